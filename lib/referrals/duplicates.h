/* What a request states otherwise than the open referral that it is given. */
#ifndef CQ_REFERRALS_DUPLICATES_H
#define CQ_REFERRALS_DUPLICATES_H

#include "cq/referral.h"
#include "cq/str.h"

/* Appends the columns in which a draft states what the open referral of the same request does not,
 * with ", " between. The facility is not among them: the registry chooses it.
 * Errors: in out->failed. */
void cq_referral_differs(const struct cq_referral *open, const struct cq_referral *draft,
                         struct cq_str *out);

#endif
