/* Who bears in the end what a payer pays: bearers.csv. */
#ifndef CQ_ENGINE_LAW_BEARERS_H
#define CQ_ENGINE_LAW_BEARERS_H

#include "engine/law_cells.h"

extern const char *const cq_law_bearers_columns[];

/* Reads the table. Shape: acts, editions, paragraphs and words were read before. Every payer has a
 * last row without conditions. Errors: in r->err. */
void cq_law_bearers_read(struct cq_law_cells *r, size_t rows);

#endif
