/* A small CSV file in memory as rows of cells, for the tables of the law; csvin reads lists of
 * people in constant memory. RFC 4180, comma, UTF-8, a BOM is stripped. */
#ifndef CQ_TEXT_CSVTABLE_H
#define CQ_TEXT_CSVTABLE_H

#include <stddef.h>
#include "cq/err.h"
#include "cq/str.h"

struct cq_csvtable_row {
    const struct cq_text *cells; /* as many as the table has columns; NUL-terminated */
    long line;                   /* first line of the row; the first line of the file is 1 */
};

struct cq_csvtable {
    const struct cq_csvtable_row *rows; /* rows[0] is the header */
    size_t count;
    size_t columns;
    void *memory;
};

/* Reads a whole table. Shape: the first row that states anything is the header; those
 * that state nothing are skipped; every row has as many cells as the header; cells are copies, bytes can be freed.
 * Errors, with the line: CQ_F_EMPTY, CQ_F_BINARY (NUL), CQ_R_QUOTES, CQ_R_WIDTH; CQ_B_NOMEM.
 * Owner: caller, cq_csvtable_fini; after an error there is nothing to free. */
enum cq_code cq_csvtable_read(struct cq_csvtable *table, const char *bytes, size_t len,
                              struct cq_err *err);
void cq_csvtable_fini(struct cq_csvtable *table);

#endif
