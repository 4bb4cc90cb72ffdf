/* Checks what the acts bind a referral to when it is issued: who may refer, what must be granted, and
 * what must be recorded. What calls for it is in the law tables (bindings.csv). */
#include "referrals/conditions.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "cq/lists.h"
#include "referrals/bindings.h"
#include "referrals/found_in.h"
#include "referrals/places.h"

/* The columns that state what is required; -1 for no second one. Answers are of moves. */
static const int columns_of[CQ_REQUIREMENT_CONSENT + 1][2] = {
    [CQ_REQUIREMENT_FROM_FACILITY] = {CQ_REQUEST_FROM_FACILITY, -1},
    [CQ_REQUIREMENT_REFERRER] = {CQ_REQUEST_REFERRER, -1},
    [CQ_REQUIREMENT_INDICATION] = {CQ_REQUEST_INDICATION, -1},
    [CQ_REQUIREMENT_OCCASION] = {CQ_REQUEST_OCCASION, -1},
    [CQ_REQUIREMENT_MEASURE] = {CQ_REQUEST_MEASURE, -1},
    [CQ_REQUIREMENT_FOUND_IN] = {CQ_REQUEST_FOUND_IN, -1},
    [CQ_REQUIREMENT_PAID_BY] = {CQ_REQUEST_PAID_BY, -1},
    [CQ_REQUIREMENT_BUREAU_CODE] = {CQ_REQUEST_BUREAU_CODE, -1},
    [CQ_REQUIREMENT_COMMISSION] = {CQ_REQUEST_COMMISSION_NO, CQ_REQUEST_COMMISSION_ON},
    [CQ_REQUIREMENT_CONSENT] = {CQ_REQUEST_CONSENT, -1},
};
enum { ASKED = sizeof columns_of / sizeof *columns_of };

static const struct cq_binding *binding_of(const struct cq_intake *intake, const struct cq_case *c,
                                           enum cq_requirement requirement)
{
    const struct cq_decision *d = &c->answer->decision;
    const struct cq_bound decision = {.day = c->request.day,
                                      .service = c->request.service,
                                      .urgency = c->request.urgency,
                                      .reasons = cq_text_of(d->reasons),
                                      .referral = cq_text_of(d->referral),
                                      .basis = cq_text_of(d->basis)};
    return cq_law_binding(intake->options->law, requirement, &decision);
}

/* "conditional: paid": what the decision depends on. */
static void refuse_condition(struct cq_intake *intake, const struct cq_case *c,
                             const struct cq_binding *b, int column)
{
    struct cq_str *why = &intake->composed;
    cq_str_clear(why);
    cq_str_printf(why, "%s: %s", c->answer->decision.outcome,
                  strcmp(b->reason, "*") != 0 ? b->reason : b->basis);
    cq_intake_report(intake, CQ_R_NOT_ENTITLED, column, why->failed ? NULL : why->ptr);
}

/* Says that what is required is not stated. */
static void refuse_missing(struct cq_intake *intake, const struct cq_case *c,
                           const struct cq_binding *b, int column)
{
    if (strcmp(b->referral, "*") != 0)
        cq_intake_report(intake, CQ_R_REFERRER, column, b->referral);
    else
        refuse_condition(intake, c, b, column);
}

/* Whether the facility that refers is one of those that may. */
static bool check_owner(struct cq_intake *intake, const struct cq_case *c,
                        const struct cq_binding *b)
{
    const struct cq_intake_facility *facility =
        cq_intake_find_facility(intake, &c->values[CQ_REQUEST_FROM_FACILITY].text);
    const char *owner = facility ? cq_owner_name(facility->owner) : NULL;
    if (owner && cq_text_has(cq_text_of(b->accepts), '|', owner))
        return true;
    cq_intake_report(intake, CQ_R_REFERRER, CQ_REQUEST_FROM_FACILITY, c->answer->decision.referral);
    return false;
}

/* A commission cannot have decided later than the day. */
static bool check_commission(struct cq_intake *intake, const struct cq_case *c)
{
    const struct cq_value *on = &c->values[CQ_REQUEST_COMMISSION_ON];
    if (!on->present || on->number <= c->request.day)
        return true;
    cq_intake_report(intake, CQ_R_DATE_ORDER, CQ_REQUEST_COMMISSION_ON, NULL);
    return false;
}

static enum cq_code check_found_in(struct cq_intake *intake, const struct cq_case *c,
                                   const struct cq_binding *b, bool *good, struct cq_err *err)
{
    const char *why = NULL;
    enum cq_code code = cq_intake_check_found_in(intake, c, b, &why, err);
    if (!code && why) {
        cq_intake_report(intake, CQ_R_FOUND_IN, CQ_REQUEST_FOUND_IN, why);
        *good = false;
    }
    return code;
}

/* Checks what is stated of a requirement that the decision calls for. */
static enum cq_code check_stated(struct cq_intake *intake, const struct cq_case *c,
                                 const struct cq_binding *b, bool *good, struct cq_err *err)
{
    switch (b->requirement) {
    case CQ_REQUIREMENT_FROM_FACILITY: *good = check_owner(intake, c, b) && *good; break;
    case CQ_REQUIREMENT_COMMISSION: *good = check_commission(intake, c) && *good; break;
    case CQ_REQUIREMENT_FOUND_IN: return check_found_in(intake, c, b, good, err);
    case CQ_REQUIREMENT_CONSENT:
        if (c->values[CQ_REQUEST_CONSENT].number)
            break;
        refuse_condition(intake, c, b, CQ_REQUEST_CONSENT);
        *good = false;
        break;
    default: break;
    }
    return CQ_OK;
}

/* Checks one requirement; clears *good and reports where the row is refused. */
static enum cq_code check(struct cq_intake *intake, const struct cq_case *c,
                          enum cq_requirement requirement, bool *good, struct cq_err *err)
{
    const struct cq_binding *b = binding_of(intake, c, requirement);
    bool stated = false;
    for (int i = 0; i < 2; i++) {
        int column = columns_of[requirement][i];
        bool present = column >= 0 && c->values[column].present;
        stated = stated || present;
        if (!b && present && cq_requirement_is_exclusive(requirement)) {
            cq_intake_report(intake, CQ_R_VALUE, column, ""); /* none belongs here */
            *good = false;
        }
    }
    if (b && stated)
        return check_stated(intake, c, b, good, err);
    if (b && b->stage == CQ_STAGE_ISSUE && b->need == CQ_NEED_REQUIRED) {
        refuse_missing(intake, c, b, columns_of[requirement][0]);
        *good = false;
    }
    return CQ_OK;
}

/* Says what is still to be recorded of a referral that is issued. */
static void warn_incomplete(struct cq_intake *intake, const struct cq_case *c,
                            enum cq_requirement requirement)
{
    const struct cq_binding *b = binding_of(intake, c, requirement);
    for (int i = 0; i < 2 && b && b->need != CQ_NEED_ALLOWED; i++) {
        int column = columns_of[requirement][i];
        if (column >= 0 && !c->values[column].present)
            cq_intake_report(intake, CQ_W_INCOMPLETE, column, b->basis);
    }
}

enum cq_code cq_intake_check_conditions(struct cq_intake *intake, const struct cq_case *c,
                                        bool *good, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    *good = true;
    for (int i = 0; i < ASKED && !code; i++)
        code = check(intake, c, (enum cq_requirement)i, good, err);
    for (int i = 0; i < ASKED && !code && *good; i++)
        warn_incomplete(intake, c, (enum cq_requirement)i);
    return code;
}
