/* The rows of a sheet as lines of CSV: one line a row, an empty one for a row that is empty or not
 * there, so that the number of a row stays its number in the sheet. Cells are separated by commas,
 * quoted where needed. Rows have as many cells as the widest of the first twenty that are not empty,
 * among which the header is; those to the right are left out, and that is said.
 * Source: ECMA-376 part 1, 18.3.1. */
#ifndef CQ_TEXT_WORKBOOK_ROWS_H
#define CQ_TEXT_WORKBOOK_ROWS_H

#include "cq/sheet.h"
#include "text/workbook_cell.h"
#include "text/workbook_xml.h"

/* The limits of spreadsheets. */
#define CQ_SHEET_ROWS 1048576
#define CQ_SHEET_COLUMNS 16384

/* Rows that are held until it is known how wide the table is. */
#define CQ_SHEET_HEAD 20

struct cq_sheet_line {
    struct cq_str text;
    long row;    /* its number in the sheet */
    int columns; /* up to the last that has a value */
};

/* Zero-initialise, then set the first two. */
struct cq_sheet_rows {
    struct cq_cell_context context;
    struct cq_sheet *sheet; /* what is said of it */

    struct cq_str out; /* lines that are finished; whoever takes them clears it */

    struct cq_sheet_line head[CQ_SHEET_HEAD];
    int heads;  /* how many are held */
    int width;  /* of the table; 0 while it is not known */
    long ended; /* lines in out, from the first on */

    struct cq_sheet_line line; /* the row so far; its number is 0 before the first */
    int column;                /* of the last cell; 0 before the first */
    bool in_data, in_row, in_cell, hidden;
    struct cq_sheet_cell cell;
};

/* Handles a sheet's document; its context is a struct cq_sheet_rows. It pauses after a row where
 * many bytes are finished. Errors, with row and column: CQ_F_WORKBOOK (a row or cell that does not
 * come after the one before, or is none; a shared string that is not there), CQ_F_FORMULA;
 * CQ_B_NOMEM. */
extern const struct cq_xml_handler cq_sheet_rows_handler;

void cq_sheet_rows_fini(struct cq_sheet_rows *rows);

/* Finds whether a sheet has a value: the context is a bool, which becomes true at the first. */
extern const struct cq_xml_handler cq_sheet_values_handler;

#endif
