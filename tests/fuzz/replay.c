/* Runs a fuzz target over the files of its corpus, without a fuzzer: `make check` does this with
 * any compiler. Operands are files or folders; a missing folder is empty. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    int status = 1;
    struct stat st;
    uint8_t *data = NULL;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &st) != 0)
        goto done;
    data = malloc((size_t)st.st_size + 1); /* never malloc(0) */
    if (!data)
        goto done;
    size_t size = fread(data, 1, (size_t)st.st_size, file);
    if (ferror(file))
        goto done;
    LLVMFuzzerTestOneInput(data, size);
    status = 0;
done:
    if (status != 0)
        perror(path);
    free(data);
    if (file)
        fclose(file);
    return status;
}

static int run_folder(const char *path, long *count)
{
    int status = 0;
    struct dirent *entry;
    DIR *folder = opendir(path);
    if (!folder)
        return errno != ENOENT;
    while ((entry = readdir(folder))) {
        char file[PATH_MAX];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        status |= run_file(file);
        ++*count;
    }
    closedir(folder);
    return status;
}

int main(int argc, char **argv)
{
    int status = 0;
    long count = 0;
    for (int i = 1; i < argc; i++) {
        struct stat st;
        if (stat(argv[i], &st) == 0 && S_ISREG(st.st_mode)) {
            status |= run_file(argv[i]);
            count++;
        } else {
            status |= run_folder(argv[i], &count);
        }
    }
    printf("%ld files\n", count);
    return status;
}
