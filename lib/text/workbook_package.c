/* Parts of a zip archive through libzip, within limits. */
#include "text/workbook_package.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/library.h"

/* The functions of libzip that are used, loaded by name. */
#define ZIP_CALLS(X)                                                                               \
    X(zip_fdopen)                                                                                  \
    X(zip_discard)                                                                                 \
    X(zip_get_num_entries)                                                                         \
    X(zip_name_locate)                                                                             \
    X(zip_stat_index)                                                                              \
    X(zip_fopen_index)                                                                             \
    X(zip_fread)                                                                                   \
    X(zip_fclose)

static struct {
    ZIP_CALLS(CQ_LIBRARY_MEMBER)
} zip;

static const char *const zip_names[] = {ZIP_CALLS(CQ_LIBRARY_NAME)};

static struct cq_library zip_library = {.file = CQ_LIBZIP,
                                        .names = zip_names,
                                        .count = sizeof zip_names / sizeof *zip_names,
                                        .calls = &zip};

struct cq_package {
    zip_t *zip;
};

struct cq_part {
    zip_file_t *file;
    const char *what;
    int64_t left; /* bytes that the archive states and that have not been read */
};

static enum cq_code open_failure(int reason, struct cq_err *err)
{
    switch (reason) {
    case ZIP_ER_MEMORY: return cq_err_set(err, CQ_B_NOMEM, NULL);
    case ZIP_ER_READ:
    case ZIP_ER_SEEK: return cq_err_set(err, CQ_O_READ, "%s", cq_system_text(errno));
    default: return cq_err_set(err, CQ_F_WORKBOOK, "zip");
    }
}

static enum cq_code check_size(int fd, struct cq_err *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return cq_err_set(err, CQ_O_READ, "%s", cq_system_text(errno));
    return st.st_size <= CQ_PACKAGE_BYTES
               ? CQ_OK
               : cq_err_set(err, CQ_F_WORKBOOK_LIMIT, "%lld MB > %lld MB",
                            (long long)st.st_size >> 20, (long long)CQ_PACKAGE_BYTES >> 20);
}

enum cq_code cq_package_open(struct cq_package **result, int fd, struct cq_err *err)
{
    const char *unloadable = NULL;
    struct cq_package *package = calloc(1, sizeof *package);
    int copy = -1, reason = ZIP_ER_OK;
    enum cq_code code = CQ_OK;
    *result = NULL;
    if (!package)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!cq_library_load(&zip_library, &unloadable))
        code = cq_err_set(err, CQ_O_READ, "%s: %s", unloadable, cq_library_missing);
    else
        code = check_size(fd, err);
    if (!code && (copy = dup(fd)) < 0)
        code = cq_err_set(err, CQ_O_READ, "%s", cq_system_text(errno));
    if (!code && !(package->zip = zip.zip_fdopen(copy, 0, &reason))) {
        code = open_failure(reason, err);
        close(copy);
    }
    if (!code && zip.zip_get_num_entries(package->zip, 0) > CQ_PACKAGE_PARTS)
        code = cq_err_set(err, CQ_F_WORKBOOK_LIMIT, "%lld > %d",
                          (long long)zip.zip_get_num_entries(package->zip, 0), CQ_PACKAGE_PARTS);
    if (code)
        cq_package_close(package);
    else
        *result = package;
    return code;
}

void cq_package_close(struct cq_package *package)
{
    if (!package)
        return;
    if (package->zip)
        zip.zip_discard(package->zip);
    free(package);
}

static int64_t locate(const struct cq_package *package, const char *name)
{
    return zip.zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
}

bool cq_package_has(const struct cq_package *package, const char *name)
{
    return locate(package, name) >= 0;
}

/* Checks what the archive states about a part. */
static enum cq_code check_part(const zip_stat_t *st, const char *what, int64_t limit,
                               struct cq_err *err)
{
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if ((st->valid & needed) != needed)
        return cq_err_set(err, CQ_F_WORKBOOK, "%s", what);
    if (st->valid & ZIP_STAT_ENCRYPTION_METHOD && st->encryption_method != ZIP_EM_NONE)
        return cq_err_set(err, CQ_F_WORKBOOK_PASSWORD, NULL);
    if (st->size > (zip_uint64_t)limit)
        return cq_err_set(err, CQ_F_WORKBOOK_LIMIT, "%s: %llu MB > %lld MB", what,
                          (unsigned long long)st->size >> 20, (long long)limit >> 20);
    if (st->size > (zip_uint64_t)CQ_PART_RATIO_FROM && st->size / CQ_PART_RATIO > st->comp_size)
        return cq_err_set(err, CQ_F_WORKBOOK_LIMIT, "%s: 1 : %llu > 1 : %d", what,
                          (unsigned long long)(st->size / (st->comp_size ? st->comp_size : 1)),
                          CQ_PART_RATIO);
    return CQ_OK;
}

enum cq_code cq_part_open(struct cq_part **result, const struct cq_package *package,
                          const char *name, const char *what, int64_t limit, struct cq_err *err)
{
    int64_t index = locate(package, name);
    zip_stat_t st;
    *result = NULL;
    if (index < 0 || zip.zip_stat_index(package->zip, (zip_uint64_t)index, 0, &st) != 0)
        return cq_err_set(err, CQ_F_WORKBOOK, "%s", what);
    enum cq_code code = check_part(&st, what, limit, err);
    if (code)
        return code;
    struct cq_part *part = calloc(1, sizeof *part);
    if (!part)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    part->what = what;
    part->left = (int64_t)st.size;
    part->file = zip.zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (!part->file) {
        free(part);
        return cq_err_set(err, CQ_F_WORKBOOK, "%s", what);
    }
    *result = part;
    return CQ_OK;
}

void cq_part_close(struct cq_part *part)
{
    if (!part)
        return;
    zip.zip_fclose(part->file);
    free(part);
}

enum cq_code cq_part_read(struct cq_part *part, void *bytes, size_t room, size_t *len,
                          struct cq_err *err)
{
    zip_int64_t n = zip.zip_fread(part->file, bytes, room);
    *len = n > 0 ? (size_t)n : 0;
    part->left -= n > 0 ? n : 0;
    if (n < 0 || part->left < 0 || (n == 0 && part->left > 0))
        return cq_err_set(err, CQ_F_WORKBOOK, "%s", part->what);
    return CQ_OK;
}

const char *cq_part_what(const struct cq_part *part)
{
    return part->what;
}
