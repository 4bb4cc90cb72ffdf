/* What cases reach, and proposals for what they do not. */
#ifndef CQ_ANSWERS_CASES_PROPOSE_H
#define CQ_ANSWERS_CASES_PROPOSE_H

#include <stdint.h>

#include "answers/cases_features.h"

/* How many cases reach each rule and each row of paragraphs.csv, and what they show. */
struct cq_coverage {
    const struct cq_law *law;
    int64_t *rules, *paragraphs; /* by index in the law */
    struct cq_case_features features;
    bool *shown; /* by number of the feature: whether a case shows it */
    size_t shown_room;
};

/* Errors: CQ_B_NOMEM. Owner: caller, cq_coverage_fini in any case. */
enum cq_code cq_coverage_init(struct cq_coverage *coverage, const struct cq_law *law,
                              struct cq_err *err);
void cq_coverage_fini(struct cq_coverage *coverage);

/* Records what a case and its decision reach. */
void cq_coverage_add(struct cq_coverage *coverage, int32_t day, uint64_t word,
                     const struct cq_decision *decision);

/* A proposed case. */
struct cq_proposal {
    const char *rule; /* id of the rule that it is for */
    int32_t day;
    uint64_t facts;
};
typedef enum cq_code cq_proposal_fn(const struct cq_proposal *proposal, void *context,
                                    struct cq_err *err);

/* Proposes cases for what the coverage lacks: for each rule a smallest one, and cases that together
 * show every feature (cases_features.h) that it lacks. They are added to it.
 * Errors: CQ_B_NOMEM, those of propose. */
enum cq_code cq_cases_propose(struct cq_coverage *coverage, cq_proposal_fn *propose, void *context,
                              struct cq_err *err);

#endif
