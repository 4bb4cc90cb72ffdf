/* What a referral was asked for, so that it can be decided again. */
#ifndef CQ_REFERRALS_ASKED_H
#define CQ_REFERRALS_ASKED_H

#include "cq/person.h"
#include "cq/referral.h"

#define CQ_ASKED_MAX 2

/* The requests that a referral may have been issued on, for a day. A referral keeps the destination
 * of the role that answered; where its receipt says that none was asked for, each role has its own,
 * by the facility that was named or, if none was, by the nearest. A referral does not say whether
 * its facility was named, so there may be two requests; cq_asked_by tells which.
 * Shape: returns 1 or 2. Owner of the texts: the referral's. */
int cq_referral_asked(const struct cq_referral *referral, int32_t day,
                      struct cq_request requests[CQ_ASKED_MAX]);

/* Whether an answer has the facts and the role that the referral was decided on. */
bool cq_asked_by(const struct cq_referral *referral, const struct cq_answer *answer);

#endif
