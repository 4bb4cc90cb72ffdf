/* Reading referrals that may have been altered. */
#ifndef CQ_FIND_H
#define CQ_FIND_H

#include "cq/referral.h"

/* Codes that stand for nothing are CQ_D_CORRUPT to a reader, unless it is lenient. */
void cq_referral_reader_lenient(struct cq_referral_reader *reader);
bool cq_referral_in_range(const struct cq_referral *referral);

#endif
