/* Claims: what somebody asks to be paid for care that was given on a day, and whether it was due.
 * A claim is judged by what is known now, and where that does not bear it out, by what was known at
 * the end of its own day: a list that came late is nobody's fraud. */
#ifndef CQ_CLAIMS_H
#define CQ_CLAIMS_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/str.h"

enum cq_claim_verdict {
    CQ_CLAIM_AGREES,        /* entitled, and the payer claimed is the one due */
    CQ_CLAIM_OTHER_PAYER,   /* entitled, another payer is due */
    CQ_CLAIM_NOT_ENTITLED,  /* not entitled as known now, nor due as claimed as known then */
    CQ_CLAIM_THEN_ENTITLED, /* due as claimed as known on its day, not as known now */
    CQ_CLAIM_UNKNOWN,       /* facts are missing, or the acts do not say who pays */
    CQ_CLAIM_TWICE,         /* an earlier row claims the same care */
    CQ_CLAIM_VERDICTS
};
#define CQ_CLAIM_UNJUDGED (-1) /* a row that could not be read */

/* "agrees", …; NULL at the end. */
extern const char *const cq_claim_verdict_names[CQ_CLAIM_VERDICTS + 1];

/* What was claimed, by verdict. Units: tiyn, a hundredth of a tenge. Zero-initialise before use. */
struct cq_claim_sum {
    int64_t claims, unstated; /* unstated: of them, those without an amount */
    int64_t amount;
    bool overflow; /* the amounts are more than the sum can hold: it is of no use */
};
struct cq_claim_sums {
    struct cq_claim_sum by_verdict[CQ_CLAIM_VERDICTS];
    int64_t unread; /* rows without a verdict */
};

/* Reads an amount of tenge with up to two decimals after a comma or a point; blanks part thousands.
 * Units: tiyn. Errors: CQ_X_AMOUNT. */
enum cq_code cq_amount_parse(const char *text, size_t len, int64_t *tiyn);

/* Appends an amount as tenge with two decimals: "1234.50". Errors: in dst->failed. */
void cq_amount_write(struct cq_str *dst, int64_t tiyn);

#endif
