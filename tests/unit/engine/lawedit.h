/* Law tables with one place changed, in memory: for tests that break the law on purpose. */
#ifndef CQ_TEST_LAWEDIT_H
#define CQ_TEST_LAWEDIT_H

#include <stdlib.h>
#include <string.h>

#include "engine/law.h"
#include "engine/law_masks.h"
#include "engine/law_prove.h"

/* Replaces len bytes at offset of a table by text. Owner: cq_law_files_fini. */
static inline void law_splice(struct cq_law_files *files, enum cq_law_table table, size_t offset,
                              size_t len, const char *text)
{
    struct cq_text old = files->bytes[table];
    size_t added = strlen(text);
    char *bytes = malloc(old.len - len + added + 1);

    assert_non_null(bytes);
    memcpy(bytes, old.ptr, offset);
    memcpy(bytes + offset, text, added);
    memcpy(bytes + offset + added, old.ptr + offset + len, old.len - offset - len);
    free(files->memory[table]);
    files->bytes[table] = (struct cq_text){bytes, old.len - len + added};
    files->memory[table] = bytes;
}

/* Replaces the first occurrence of a text, which must be there. */
static inline void law_replace(struct cq_law_files *files, enum cq_law_table table,
                               const char *from, const char *to)
{
    struct cq_text bytes = files->bytes[table];
    const char *at = memmem(bytes.ptr, bytes.len, from, strlen(from));

    assert_non_null(at);
    law_splice(files, table, (size_t)(at - bytes.ptr), strlen(from), to);
}

/* The index-th line of a table, the header is 0, with its line end; false behind the last. */
static inline bool law_line(const struct cq_law_files *files, enum cq_law_table table, size_t index,
                            size_t *offset, size_t *len)
{
    struct cq_text bytes = files->bytes[table];
    size_t at = 0;

    for (;;) {
        const char *end = memchr(bytes.ptr + at, '\n', bytes.len - at);
        size_t next = !end ? bytes.len : (size_t)(end - bytes.ptr) + 1;

        if (next == at)
            return false;
        if (index-- == 0) {
            *offset = at;
            *len = next - at;
            return true;
        }
        at = next;
    }
}

#endif
