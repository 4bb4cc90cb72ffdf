/* The proof that the rules are complete and do not contradict each other. */
#ifndef CQ_ENGINE_LAW_PROVE_H
#define CQ_ENGINE_LAW_PROVE_H

#include "cq/law_finding.h"

/* Proves by counting that on every day every combination of facts has exactly one rule.
 * Shape: report may be NULL; it is called for each overlap and each uncovered box, at most limit
 * times. Errors: CQ_L_OVERLAP, CQ_L_HOLE (the first kind found); the detail names the first
 * finding. */
enum cq_code cq_law_prove(const struct cq_law *law, size_t limit, cq_law_finding_fn *report,
                          void *context, struct cq_err *err);

#endif
