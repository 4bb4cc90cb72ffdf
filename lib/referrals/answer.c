/* Answers of receiving organisations: a day, or a refusal with its reason (O281:7, O281:8). A late
 * answer is an answer. */
#include "cq/date.h"
#include "cq/list.h"
#include "cq/terms.h"
#include "referrals/answer_by.h"
#include "referrals/bindings.h"
#include "referrals/transition_job.h"

static bool is_called(const struct cq_transition_job *m, const struct cq_transition_case *c,
                      enum cq_requirement requirement)
{
    return m->options->law && cq_referral_binding(m->options->law, c->referral, requirement);
}

enum cq_transition_check cq_transition_check_answer(const struct cq_transition_job *m,
                                                    const struct cq_transition_case *c)
{
    const struct cq_transition *t = c->transition;
    if (!is_called(m, c, CQ_REQUIREMENT_ANSWER)) {
        cq_transition_report(m, t, CQ_F_NOT_ANSWERED, NULL, NULL);
        return CQ_TRANSITION_REFUSED;
    }
    if ((t->planned_on != CQ_DAY_MIN) == (t->reason.len > 0)) {
        cq_transition_report(m, t, CQ_R_ANSWER, NULL, NULL);
        return CQ_TRANSITION_WRONG;
    }
    if (t->planned_on != CQ_DAY_MIN && t->planned_on < c->day) {
        cq_transition_report(m, t, CQ_R_DATE_ORDER, "planned_on", NULL);
        return CQ_TRANSITION_WRONG;
    }
    return CQ_TRANSITION_GOOD;
}

enum cq_transition_check cq_transition_check_refusal(const struct cq_transition_job *m,
                                                     const struct cq_transition_case *c)
{
    if (c->transition->reason.len > 0 || !is_called(m, c, CQ_REQUIREMENT_REFUSAL))
        return CQ_TRANSITION_GOOD;
    cq_transition_report(m, c->transition, CQ_F_NO_REASON, NULL, NULL);
    return CQ_TRANSITION_REFUSED;
}

/* The place of a refusal's reason among those with a code, -1 for none. */
static int find_reason(const struct cq_transition_job *m, const struct cq_transition_case *c)
{
    struct cq_text reason = c->transition->reason;
    return reason.len > 0 && is_called(m, c, CQ_REQUIREMENT_REFUSAL)
               ? cq_term_find(m->options->law, "refusal", cq_refusal_names, reason)
               : -1;
}

struct cq_text cq_transition_reason(const struct cq_transition_job *m,
                                    const struct cq_transition_case *c)
{
    int found = find_reason(m, c);
    return found < 0 ? c->transition->reason : cq_text_of(cq_refusal_names[found]);
}

void cq_transition_warn_late(const struct cq_transition_job *m, const struct cq_transition_case *c)
{
    char text[11] = "";
    int32_t last = m->calendar.law ? cq_referral_answer_by(&m->calendar, c->referral) : CQ_DAY_MIN;
    if (last == CQ_DAY_MIN || c->day <= last)
        return;
    cq_date_write(text, last);
    cq_transition_report(m, c->transition, CQ_W_ANSWER_LATE, NULL, text);
}

void cq_transition_warn_onward(const struct cq_transition_job *m,
                               const struct cq_transition_case *c)
{
    if (find_reason(m, c) >= 0)
        cq_transition_report(m, c->transition, CQ_W_ONWARD, NULL, NULL);
}

void cq_transition_warn_dayless(const struct cq_transition_job *m,
                                const struct cq_transition_case *c)
{
    if (is_called(m, c, CQ_REQUIREMENT_ANSWER))
        cq_transition_report(m, c->transition, CQ_W_DAYLESS, NULL, NULL);
}
