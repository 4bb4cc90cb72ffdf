/* The last day for the answer of the receiving organisation. */
#include "referrals/answer_by.h"

#include "cq/date.h"
#include "cq/registry.h"
#include "people/calendar.h"
#include "referrals/bindings.h"

int32_t cq_referral_answer_by(const struct cq_calendar *calendar, const struct cq_referral *r)
{
    if (!cq_referral_binding(calendar->law, r, CQ_REQUIREMENT_ANSWER))
        return CQ_DAY_MIN;
    return cq_calendar_after(calendar, r->issued_on,
                             cq_law_parameter(calendar->law, "answer_days", r->issued_on));
}

enum cq_code cq_referral_calendar(struct cq_calendar *calendar, struct cq_db *db,
                                  const struct cq_law *law, int64_t known_at, struct cq_err *err)
{
    int64_t run = 0;
    *calendar = (struct cq_calendar){.law = law};
    enum cq_code code = cq_run_known(db, known_at, &run, err);
    return code ? code : cq_calendar_read(calendar, db, law, run, err);
}
