/* Judging claims row by row. */
#ifndef CQ_ANSWERS_CLAIMS_H
#define CQ_ANSWERS_CLAIMS_H

#include "cq/claims.h"
#include "cq/person.h"

struct cq_claim {
    bool read; /* with a valid IIN and no bad cell */
    int payer; /* number of the payer claimed */
    bool has_amount;
    int64_t amount; /* tiyn */
    int verdict;    /* enum cq_claim_verdict, or CQ_CLAIM_UNJUDGED */
};

struct cq_claims;

/* Opens the judging of claims against the people's registry, as of their run.
 * Shape: sums is added to. Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller,
 * cq_claims_close. */
enum cq_code cq_claims_open(struct cq_claims **claims, struct cq_people *people,
                            struct cq_claim_sums *sums, int32_t day, struct cq_err *err);
void cq_claims_close(struct cq_claims *claims);

/* Reads who is to pay: a code, or a word of three languages.
 * Errors: CQ_X_NO_PAYER (empty), CQ_X_PAYER. */
enum cq_code cq_claims_payer(const struct cq_claims *claims, struct cq_text text, int *payer);

/* Judges a claim for care that the answer is about, and adds it to the sums.
 * Shape: answer is as known now, of the person and the request; the verdict of the claim is set.
 * Errors: as cq_people_decide, CQ_B_NOMEM. */
enum cq_code cq_claims_judge(struct cq_claims *claims, int64_t person,
                             const struct cq_request *request, const struct cq_answer *answer,
                             struct cq_claim *claim, struct cq_err *err);

/* Counts a row that could not be read. */
void cq_claims_unread(struct cq_claims *claims, struct cq_claim *claim);

#endif
