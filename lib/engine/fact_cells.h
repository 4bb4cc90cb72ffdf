/* Cells that state a fact: a code or a word of three languages, several values joined by '|'. */
#ifndef CQ_ENGINE_FACT_CELLS_H
#define CQ_ENGINE_FACT_CELLS_H

#include "cq/law.h"
#include "cq/str.h"

/* Reads the values of a fact. Shape: the cell has no blanks around it. Returns their bits, all of
 * the field for an empty cell, 0 where a part is no value of the fact. */
uint64_t cq_fact_cell_read(const struct cq_law *law, enum cq_fact fact, struct cq_text cell);

/* Appends the values that a word leaves a fact, as codes; nothing where all are possible.
 * Errors: in out->failed. */
void cq_fact_cell_write(uint64_t word, enum cq_fact fact, struct cq_str *out);

/* Appends the labels of a word of the law tables as aliases of a column, folded, '|' between; where
 * before is not NULL, each follows the label of that word in the same language.
 * Errors: in out->failed. */
void cq_label_aliases(const struct cq_word *before, const struct cq_word *word, struct cq_str *out);

#endif
