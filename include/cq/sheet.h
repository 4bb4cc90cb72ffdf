/* What is said of the sheet of a workbook that was read as a list. */
#ifndef CQ_SHEET_H
#define CQ_SHEET_H

#include <stdbool.h>
#include "cq/err.h"

/* Rows are those of the sheet; 0 for none. */
struct cq_sheet {
    int number, count; /* its place among all sheets, from 1, and how many there are */
    bool hidden;
    long rows;                      /* with values */
    long hidden_rows, first_hidden; /* rows with values that the sheet does not show */
    long merged, merged_end; /* the last cells that are merged over rows: first and last row */
    long beyond;             /* the first row with cells to the right of the table */
    char unread[64];         /* numbers of the sheets that have values and were not read */
};

/* Reports, as warnings, what a reader of the sheet may not expect.
 * Shape: file is its name in messages, header the row of its header. */
void cq_sheet_report(const struct cq_sheet *sheet, const char *file, long header,
                     cq_finding_fn *report, void *context);

#endif
