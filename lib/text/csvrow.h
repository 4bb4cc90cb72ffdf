/* One row of a CSV: libcsv over lines, with limits and recovery. csvin.c finds the header and says
 * which rows count. */
#ifndef CQ_TEXT_CSVROW_H
#define CQ_TEXT_CSVROW_H

#include <csv.h>
#include "cq/csvin.h"
#include "text/lines.h"

struct cq_csvrow {
    struct cq_lines lines;
    struct csv_parser parser;
    bool parser_ready;
    char delimiter;

    struct cq_str bytes; /* the fields of the row, one after the other */
    struct cq_text *fields;
    size_t field_room;
    size_t field_count;
    bool row_done;
    bool too_long;
    bool no_memory;

    struct cq_row row; /* that was read last */
};

/* Prepares for rows with in->delimiter. Errors: CQ_B_NOMEM. */
enum cq_code cq_csvrow_start(struct cq_csvrow *in, struct cq_err *err);
void cq_csvrow_fini(struct cq_csvrow *in);

/* Reads the next row that is no blank line into in->row; *blank_lines grows by those before it.
 * Shape: *found is false at the end. *bad is CQ_R_QUOTES or CQ_R_LONG for a row that cannot be
 * split; reading can continue after it.
 * Errors: those of cq_csvin_next. */
enum cq_code cq_csvrow_read(struct cq_csvrow *in, bool *found, enum cq_code *bad,
                            int64_t *blank_lines, struct cq_err *err);

/* Gives the row as many fields as count: the surplus is dropped, what lacks is empty.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_csvrow_set_width(struct cq_csvrow *in, size_t count, struct cq_err *err);

#endif
