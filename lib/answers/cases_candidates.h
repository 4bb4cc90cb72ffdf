/* Candidates for proposed cases. */
#ifndef CQ_ANSWERS_CASES_CANDIDATES_H
#define CQ_ANSWERS_CASES_CANDIDATES_H

#include "cq/law.h"

/* Facts and a day that may make a case. */
struct cq_candidate {
    int stated; /* facts that are not left open */
    int32_t day;
    uint64_t facts;
};

struct cq_candidates {
    struct cq_candidate *list;
    size_t count, room;
};

/* Lists candidates for every mask, late row and row of papers of a law: the smallest first, later
 * days before earlier ones, each once. Errors: CQ_B_NOMEM. Owner: caller, free(c->list). */
enum cq_code cq_candidates_list(struct cq_candidates *c, const struct cq_law *law,
                                struct cq_err *err);

#endif
