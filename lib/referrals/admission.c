/* Admission: what the acts bind the referral to must be recorded by now, and the person must still
 * have the right that was frozen. */
#include <stdio.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "referrals/asked.h"
#include "referrals/bindings.h"
#include "referrals/transition_job.h"

/* --- what is recorded --- */

/* The referral with what the transition records over it. */
static struct cq_referral record(const struct cq_transition_case *c)
{
    const struct cq_transition *t = c->transition;
    struct cq_referral r = *c->referral;
    if (t->consent != CQ_UNKNOWN)
        r.consent = t->consent;
    if (t->bureau_code.len)
        r.text[CQ_REFERRAL_BUREAU_CODE] = t->bureau_code;
    if (t->commission_no.len)
        r.text[CQ_REFERRAL_COMMISSION_NO] = t->commission_no;
    if (t->commission_on != CQ_DAY_MIN)
        r.commission_on = t->commission_on;
    return r;
}

/* Reports everything that is required before admission and is not recorded. */
static bool check_bindings(struct cq_transition_job *m, const struct cq_transition_case *c,
                           const struct cq_referral *r)
{
    bool good = true;
    for (int i = 0; i < CQ_REQUIREMENT_ANSWER; i++) {
        enum cq_requirement requirement = (enum cq_requirement)i;
        const struct cq_binding *b = cq_referral_binding(m->options->law, r, requirement);
        char detail[64];
        if (!b || b->stage != CQ_STAGE_ADMISSION || b->need != CQ_NEED_REQUIRED ||
            cq_referral_states(r, requirement))
            continue;
        snprintf(detail, sizeof detail, "%s (%s)", cq_requirement_names[i], b->basis);
        cq_transition_report(m, c->transition, CQ_F_UNBOUND, NULL, detail);
        good = false;
    }
    return good;
}

/* A commission decides where one is asked for, and before the admission. */
static bool check_commission(struct cq_transition_job *m, const struct cq_transition_case *c,
                             const struct cq_referral *r)
{
    bool stated = c->transition->commission_no.len || c->transition->commission_on != CQ_DAY_MIN;
    if (stated && !cq_referral_binding(m->options->law, r, CQ_REQUIREMENT_COMMISSION)) {
        cq_transition_report(m, c->transition, CQ_R_VALUE,
                             c->transition->commission_no.len ? "commission_no" : "commission_on",
                             "");
        return false;
    }
    if (r->commission_on == CQ_DAY_MIN || r->commission_on <= c->day)
        return true;
    cq_transition_report(m, c->transition, CQ_R_DATE_ORDER, "commission_on", NULL);
    return false;
}

/* --- the right --- */

static void compare_cell(struct cq_str *out, const char *name, struct cq_text then, const char *now)
{
    if (!cq_text_is(then, now))
        cq_str_printf(out, "%s%s: %.*s > %s", out->len ? "; " : "", name, (int)then.len, then.ptr,
                      now);
}

/* Finds what differs between the frozen right and the answer to a request. */
static enum cq_code compare_answer(struct cq_transition_job *m, const struct cq_referral *r,
                                   const struct cq_request *request, struct cq_err *err)
{
    struct cq_answer answers[CQ_ROLES_MAX];
    int count = 0;
    cq_str_clear(&m->differs);
    enum cq_code code = cq_people_decide(m->people, r->iin, request, answers, &count, err);
    if (code)
        return code;
    const struct cq_decision *d = &answers[0].decision;
    compare_cell(&m->differs, "category",
                 cq_text_of(cq_fact_value_name(CQ_FACT_CATEGORY, r->category)),
                 cq_fact_value_name(CQ_FACT_CATEGORY, answers[0].category));
    compare_cell(&m->differs, "outcome", r->text[CQ_REFERRAL_OUTCOME], d->outcome);
    compare_cell(&m->differs, "reasons", r->text[CQ_REFERRAL_REASONS], d->reasons);
    compare_cell(&m->differs, "provider", r->text[CQ_REFERRAL_PROVIDER], d->provider);
    compare_cell(&m->differs, "payer", r->text[CQ_REFERRAL_PAYER], d->payer);
    return m->differs.failed ? cq_err_set(err, m->differs.failed, NULL) : CQ_OK;
}

/* Finds what differs between the right on the day of admission and the frozen one: nothing, if one of
 * the requests on which the referral may have been issued gives it. */
static enum cq_code compare_right(struct cq_transition_job *m, const struct cq_referral *r,
                                  int32_t day, struct cq_err *err)
{
    struct cq_request requests[CQ_ASKED_MAX];
    enum cq_code code = CQ_OK;
    int count = cq_referral_asked(r, day, requests);
    do
        code = compare_answer(m, r, &requests[--count], err);
    while (!code && count > 0 && m->differs.len > 0);
    return code;
}

enum cq_code cq_transition_check_admission(struct cq_transition_job *m,
                                           const struct cq_transition_case *c,
                                           enum cq_transition_check *check, struct cq_err *err)
{
    const struct cq_referral r = record(c);
    if (!check_commission(m, c, &r))
        *check = CQ_TRANSITION_WRONG;
    else if (!check_bindings(m, c, &r))
        *check = CQ_TRANSITION_REFUSED;
    if (*check != CQ_TRANSITION_GOOD)
        return CQ_OK;
    enum cq_code code = compare_right(m, &r, c->day, err);
    if (!code && m->differs.len > 0) {
        *check = m->options->despite ? CQ_TRANSITION_GOOD : CQ_TRANSITION_REFUSED;
        cq_transition_report(m, c->transition, CQ_F_CHANGED, NULL, m->differs.ptr);
    }
    return code;
}
