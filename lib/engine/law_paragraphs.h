/* paragraphs.csv: the acts, paragraph by paragraph, with their editions. */
#ifndef CQ_ENGINE_LAW_PARAGRAPHS_H
#define CQ_ENGINE_LAW_PARAGRAPHS_H

#include "engine/law_cells.h"

extern const char *const cq_law_paragraphs_columns[]; /* NULL at the end */

/* Reads the rows of an opened table. Errors: in r->err. */
void cq_law_paragraphs_read(struct cq_law_cells *r, size_t rows);

/* What a basis reads as on a day, clauses written out: each citation as its edition has it, once.
 * Shape: certainty becomes that of its weakest citation; it is inferred where an edition of the
 * day is not confirmed for the rule, or a citation has no row on the day.
 * Owner: the law. Errors: in r->err. */
const char *cq_law_paragraphs_basis(struct cq_law_cells *r, const struct cq_rule *rule,
                                    const struct cq_clause_row *clause, int32_t day,
                                    enum cq_certainty *certainty);

#endif
