/* The lines of form 2, table 01: form2.csv. */
#ifndef CQ_ENGINE_LAW_FORM2_H
#define CQ_ENGINE_LAW_FORM2_H

#include "engine/law_cells.h"

extern const char *const cq_law_form2_columns[];

/* Reads the table. Shape: agencies were read before. The first line is that of everybody; each other
 * is a part of an earlier one, and parts of one line that are not of women alone have nobody in
 * common. Errors: in r->err. */
void cq_law_form2_read(struct cq_law_cells *r, size_t rows);

#endif
