/* Cells of a result as text: as data, and for people. */
#ifndef CQ_RESULT_CELLS_H
#define CQ_RESULT_CELLS_H

#include "cq/result.h"

#define CQ_REPORT_HIDDEN "…" /* in place of a hidden count */
#define CQ_REPORT_BUFFER 32

/* A cell for people, and as data; "" where it is empty. Owner: the result, or buffer. */
const char *cq_report_shown(const struct cq_report_column *column,
                            const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER]);
const char *cq_report_data(const struct cq_report_column *column, const struct cq_report_cell *cell,
                           char buffer[CQ_REPORT_BUFFER]);

/* Whether cells of a column are written as numbers. */
static inline bool cq_report_is_number(const struct cq_report_column *column)
{
    return column->cell == CQ_CELL_COUNT || column->cell == CQ_CELL_NUMBER;
}

#endif
