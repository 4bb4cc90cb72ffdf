/* The bytes of the law tables: embedded by the assembler, or read from a folder. What they mean
 * is in law_tables.c. */
#include "engine/law_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq/fd.h"

/* The assembler's working directory is the root of the sources. */
#ifndef CQ_LAW_DIR
#define CQ_LAW_DIR "lib/law"
#endif

/* A table of the law has some kilobytes; larger files are refused. */
#define FILE_MAX (4 * 1024 * 1024)

#define EMBED(name)                                                                                \
    __asm__(".pushsection .rodata,\"a\",%progbits\n"                                               \
            "cq_law_file_" #name ":\n"                                                             \
            ".incbin \"" CQ_LAW_DIR "/" #name ".csv\"\n"                                           \
            "cq_law_file_" #name "_end:\n"                                                         \
            ".byte 0\n"                                                                            \
            ".popsection\n");                                                                      \
    extern const char cq_law_file_##name[] __attribute__((visibility("hidden")));                  \
    extern const char cq_law_file_##name##_end[] __attribute__((visibility("hidden")));

/* clang-format off: one table a line */
#define TABLES(X)                                                                                  \
    X(ACTS, acts)                                                                                  \
    X(EDITIONS, editions)                                                                          \
    X(PARAGRAPHS, paragraphs)                                                                      \
    X(GAPS, gaps)                                                                                  \
    X(WORDS, words)                                                                                \
    X(PROVIDERS, providers)                                                                        \
    X(GROUPS, groups)                                                                              \
    X(CLAUSES, clauses)                                                                            \
    X(RULES, rules)                                                                                \
    X(LATE, late)                                                                                  \
    X(GAP_READINGS, readings)                                                                      \
    X(DOCUMENTS, documents)                                                                        \
    X(SERVICES, services)                                                                          \
    X(AGENCIES, agencies)                                                                          \
    X(REGIONS, regions)                                                                            \
    X(ROLES, roles)                                                                                \
    X(PRESUMPTIONS, presumptions)                                                                  \
    X(PARAMETERS, parameters)                                                                      \
    X(BINDINGS, bindings)                                                                          \
    X(BEARERS, bearers)                                                                            \
    X(FORM2, form2)                                                                                \
    X(HOLIDAYS, holidays)
/* clang-format on */

#define DECLARE(upper, name) EMBED(name)
TABLES(DECLARE)

const char *cq_law_files_name(enum cq_law_table table)
{
#define NAME(upper, name) [CQ_LAW_TABLE_##upper] = #name ".csv",
    static const char *const names[CQ_LAW_TABLES] = {TABLES(NAME)};

    return names[table];
}

void cq_law_files_embedded(struct cq_law_files *files)
{
#define BYTES(upper, name)                                                                         \
    files->bytes[CQ_LAW_TABLE_##upper] = (struct cq_text){                                         \
        cq_law_file_##name,                                                                        \
        (size_t)((uintptr_t)cq_law_file_##name##_end - (uintptr_t)cq_law_file_##name)};

    *files = (struct cq_law_files){0};
    TABLES(BYTES)
}

static enum cq_code read_file(const char *path, struct cq_text *bytes, void **memory,
                              struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    struct cq_err reading = {0};
    struct stat st;
    size_t len = 0;
    char *buffer = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return cq_err_set(err, CQ_L_OPEN, "%s: %s", path, cq_system_text(errno));
    if (fstat(fd, &st) != 0) {
        code = cq_err_set(err, CQ_L_OPEN, "%s: %s", path, cq_system_text(errno));
        goto done;
    }
    if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX) {
        code = cq_err_set(err, CQ_L_OPEN, "%s: %s", path, cq_system_text(EINVAL));
        goto done;
    }
    buffer = malloc((size_t)st.st_size + 1);
    if (!buffer) {
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
        goto done;
    }
    if (cq_fd_read_at(fd, buffer, (size_t)st.st_size, 0, &len, &reading)) {
        code = cq_err_set(err, CQ_L_OPEN, "%s: %s", path, reading.detail);
        goto done;
    }
    *bytes = (struct cq_text){buffer, len};
    *memory = buffer;
    buffer = NULL;
done:
    free(buffer);
    close(fd);
    return code;
}

enum cq_code cq_law_files_read(struct cq_law_files *files, const char *dir, struct cq_err *err)
{
    enum cq_code code = CQ_OK;

    *files = (struct cq_law_files){0};
    for (int table = 0; table < CQ_LAW_TABLES && !code; table++) {
        struct cq_str path = {0};

        cq_str_printf(&path, "%s/%s", dir, cq_law_files_name((enum cq_law_table)table));
        code = path.failed ? cq_err_set(err, path.failed, NULL)
                           : read_file(path.ptr, &files->bytes[table], &files->memory[table], err);
        cq_str_free(&path);
    }
    return code;
}

void cq_law_files_fini(struct cq_law_files *files)
{
    for (int table = 0; table < CQ_LAW_TABLES; table++)
        free(files->memory[table]);
    *files = (struct cq_law_files){0};
}
