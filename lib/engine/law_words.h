/* words.csv: the codes of the programs and their labels. */
#ifndef CQ_ENGINE_LAW_WORDS_H
#define CQ_ENGINE_LAW_WORDS_H

#include "engine/law_cells.h"

extern const char *const cq_law_words_columns[]; /* NULL at the end */

/* Reads the rows of the opened table into r and, sorted, its law. Errors: in r->err. */
void cq_law_words_read(struct cq_law_cells *r, size_t rows);

#endif
