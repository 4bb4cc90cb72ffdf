/* What a request states otherwise than the open referral that it is given. */
#ifndef CQ_REFERRALS_DUPLICATES_H
#define CQ_REFERRALS_DUPLICATES_H

#include "cq/str.h"
#include "referrals/drafts.h"

/* Appends the columns in which a draft states what the open referral of the same request does not,
 * with ", " between. A facility that the registry chose is none of them.
 * Errors: in out->failed. */
void cq_draft_differs(const struct cq_referral *open, const struct cq_draft *given,
                      struct cq_str *out);

#endif
