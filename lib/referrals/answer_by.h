/* The last day for the answer of the receiving organisation. */
#ifndef CQ_REFERRALS_ANSWER_BY_H
#define CQ_REFERRALS_ANSWER_BY_H

#include "cq/calendar.h"
#include "cq/referral.h"

/* The last of the working days within which a referral that was sent on the day of its issue is
 * answered (O281:7); CQ_DAY_MIN where the acts want no answer to it. */
int32_t cq_referral_answer_by(const struct cq_calendar *calendar,
                              const struct cq_referral *referral);

/* Reads the calendar as it was known at a moment (milliseconds UTC; INT64_MAX for now).
 * Errors: those of cq_run_known and cq_calendar_read. Owner: caller, cq_calendar_free in any case. */
enum cq_code cq_referral_calendar(struct cq_calendar *calendar, struct cq_db *db,
                                  const struct cq_law *law, int64_t known_at, struct cq_err *err);

#endif
