/* Reading referrals that may have been altered. */
#ifndef CQ_REFERRALS_FIND_H
#define CQ_REFERRALS_FIND_H

#include "cq/referral.h"

/* A reader reports codes out of range as CQ_D_CORRUPT, unless it is lenient. */
void cq_referral_reader_lenient(struct cq_referral_reader *reader);

/* Whether it was decided on the facts of earlier law tables, by its receipt: its word of facts is
 * another one, and it cannot be decided again. */
bool cq_referral_is_earlier(const struct cq_referral *referral);

/* Whether all codes of a referral are in their ranges. */
bool cq_referral_in_range(const struct cq_referral *referral);

#endif
