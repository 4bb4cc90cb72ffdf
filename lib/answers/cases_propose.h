/* What cases reach, and proposals for what they do not. */
#ifndef CQ_ANSWERS_CASES_PROPOSE_H
#define CQ_ANSWERS_CASES_PROPOSE_H

#include <stdint.h>

#include "cq/decide.h"

/* How many cases reach each rule and each row of paragraphs.csv, by index in the law. */
struct cq_coverage {
    int64_t *rules, *paragraphs; /* the caller's, zeroed at first */
};

/* Counts what a decision reaches. */
void cq_coverage_add(struct cq_coverage *coverage, const struct cq_law *law, int32_t day,
                     const struct cq_decision *decision);

/* A proposed case. */
struct cq_proposal {
    const char *rule; /* id of the rule that it is for */
    int32_t day;
    uint64_t facts;
};
typedef enum cq_code cq_proposal_fn(const struct cq_proposal *proposal, void *context,
                                    struct cq_err *err);

/* Proposes the smallest cases that reach what the coverage lacks: every rule, and of those that it
 * proposes every basis, late row, paper and day on which an answer changes.
 * Errors: CQ_B_NOMEM, those of propose. */
enum cq_code cq_cases_propose(const struct cq_law *law, const struct cq_coverage *coverage,
                              cq_proposal_fn *propose, void *context, struct cq_err *err);

#endif
