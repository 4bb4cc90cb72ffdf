/* holidays.csv: days of the year that are not worked. */
#ifndef CQ_ENGINE_LAW_HOLIDAYS_H
#define CQ_ENGINE_LAW_HOLIDAYS_H

#include "engine/law_cells.h"

extern const char *const cq_law_holidays_columns[]; /* NULL at the end */

/* Reads the rows of an opened table: each is a day that the year has, and no two rows of one day of
 * the year hold at once. Errors: in r->err. */
void cq_law_holidays_read(struct cq_law_cells *r, size_t rows);

#endif
