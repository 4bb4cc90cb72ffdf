/* The claims of the rows before: whether the same care was claimed already. */
#ifndef CQ_ANSWERS_CLAIMS_SEEN_H
#define CQ_ANSWERS_CLAIMS_SEEN_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/err.h"
#include "cq/str.h"

/* What makes two claims the same, whoever claims. */
struct cq_claim_care {
    int64_t person;
    int32_t day;
    int service;
    struct cq_text profile; /* folded; may be empty */
};

struct cq_claims_seen;

/* Errors: CQ_B_NOMEM. Owner: caller, cq_claims_seen_free. */
enum cq_code cq_claims_seen_new(struct cq_claims_seen **seen, struct cq_err *err);
void cq_claims_seen_free(struct cq_claims_seen *seen);

/* Adds a claim. Shape: *before becomes true if it was added before: compared in full, so that no
 * claim is taken for another one. Errors: CQ_B_NOMEM. */
enum cq_code cq_claims_seen_add(struct cq_claims_seen *seen, const struct cq_claim_care *care,
                                bool *before, struct cq_err *err);

#endif
