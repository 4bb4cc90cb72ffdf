/* An external sort of rows by key: in memory, and beyond a limit in runs on an unlinked file that
 * are merged when read. The sort is stable. */
#ifndef CQ_STORE_SORTER_H
#define CQ_STORE_SORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

struct cq_sorter;

/* A row with its position in the list. Payload is the row in packed form. */
struct cq_record {
    int64_t key;  /* 0 to 2^44 - 1 */
    int64_t hash; /* of the payload; 0 without one */
    int64_t line_hash;
    int64_t offset; /* of the row's bytes in the list */
    uint32_t line;
    uint32_t size; /* of the payload */
    const unsigned char *payload;
};

/* Opens a sorter. Shape: limit is bytes of rows held in memory; folder is where runs go.
 * Errors: CQ_B_NOMEM. Owner: caller, cq_sorter_close. */
enum cq_code cq_sorter_open(struct cq_sorter **sorter, size_t limit, const char *folder,
                            struct cq_err *err);
void cq_sorter_close(struct cq_sorter *sorter);

/* Adds a row; the payload is copied. Errors: CQ_B_NOMEM, CQ_O_WRITE. */
enum cq_code cq_sorter_add(struct cq_sorter *sorter, const struct cq_record *record,
                           struct cq_err *err);

/* Ends adding. Errors: CQ_B_NOMEM, CQ_O_WRITE, CQ_O_READ. */
enum cq_code cq_sorter_sort(struct cq_sorter *sorter, struct cq_err *err);

/* The next row, NULL at the end; valid until the next call.
 * Errors: CQ_O_READ. */
enum cq_code cq_sorter_next(struct cq_sorter *sorter, const struct cq_record **record,
                            struct cq_err *err);

int64_t cq_sorter_count(const struct cq_sorter *sorter);

#endif
