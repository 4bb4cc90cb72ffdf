/* What the acts bind a referral to, as its decision calls for it. */
#ifndef CQ_REFERRALS_BINDINGS_H
#define CQ_REFERRALS_BINDINGS_H

#include "cq/columns.h"
#include "cq/law.h"
#include "cq/referral.h"

/* The row of bindings.csv that a referral calls for, on the day of its issue; NULL where it does not
 * call for that requirement. */
const struct cq_binding *cq_referral_binding(const struct cq_law *law,
                                             const struct cq_referral *referral,
                                             enum cq_requirement requirement);

/* Whether a referral states what a requirement asks for. Shape: not for CQ_REQUIREMENT_ANSWER and
 * CQ_REQUIREMENT_REFUSAL, which are of its moves. */
bool cq_referral_states(const struct cq_referral *referral, enum cq_requirement requirement);

/* Whether a requirement may be stated where it is called for only. */
bool cq_requirement_is_exclusive(enum cq_requirement requirement);

#endif
