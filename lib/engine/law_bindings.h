/* What the acts bind referrals to: bindings.csv. */
#ifndef CQ_ENGINE_LAW_BINDINGS_H
#define CQ_ENGINE_LAW_BINDINGS_H

#include "engine/law_cells.h"

extern const char *const cq_law_bindings_columns[]; /* NULL at the end */

/* Reads the rows of an opened table. Shape: acts, editions, paragraphs, words and rules were read
 * before. Errors: in r->err. */
void cq_law_bindings_read(struct cq_law_cells *r, size_t rows);

/* Receives a rule whose cases the table binds wrongly, and the requirement or the word. */
typedef void cq_law_bindings_fault_fn(const struct cq_rule *rule, const char *what, void *context);

/* Looks at every rule that entitles on every day: no requirement is called twice for one of its
 * cases; a referral that it names has somebody who makes it, and what makes it conditional binds
 * something. Shape: the rules are written out. Returns the number of faults. */
size_t cq_law_bindings_faults(const struct cq_law *law, cq_law_bindings_fault_fn *report,
                              void *context);

/* Whether some rule that entitles calls for a row. */
bool cq_law_binding_is_called(const struct cq_law *law, const struct cq_binding *binding);

#endif
