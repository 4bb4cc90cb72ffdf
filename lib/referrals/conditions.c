/* Checks conditions of the law that the decision names: who may refer, what must be granted, and
 * what must be recorded. The words of a decision come from the law tables. */
#include "referrals/conditions.h"

#include <string.h>

#include "cq/list.h"
#include "cq/lists.h"
#include "referrals/places.h"

static bool has_reason(const struct cq_case *c, const char *word)
{
    return cq_text_has(cq_text_of(c->answer->decision.reasons), ';', word);
}

/* R78:13.1, O61:8: the decision names who refers, and the law tables name the owners of such
 * facilities. The request must state who refers if the right depends on it. */
static bool check_referrer(struct cq_intake *intake, const struct cq_case *c)
{
    const char *referral = c->answer->decision.referral;
    const struct cq_referrer *who = cq_law_referrer(intake->options->law, referral);
    const struct cq_value *from = &c->values[CQ_REQUEST_FROM_FACILITY];
    if (!who || !*who->owner || (!from->present && !has_reason(c, "referral")))
        return true;
    const struct cq_intake_facility *facility =
        from->present ? cq_intake_find_facility(intake, &from->text) : NULL;
    const char *owner = facility ? cq_owner_name(facility->owner) : NULL;
    if (!owner || !cq_text_has(cq_text_of(who->owner), '|', owner)) {
        cq_intake_report(intake, CQ_R_REFERRER, CQ_REQUEST_FROM_FACILITY, referral);
        return false;
    }
    if (who->specialist && !c->values[CQ_REQUEST_REFERRER].present) {
        cq_intake_report(intake, CQ_R_REFERRER, CQ_REQUEST_REFERRER, referral);
        return false;
    }
    return true;
}

/* Conditions that the request itself denies, or must grant explicitly. */
static bool check_conditions(struct cq_intake *intake, const struct cq_case *c)
{
    const struct cq_value *consent = &c->values[CQ_REQUEST_CONSENT];
    const struct cq_value *paid_by = &c->values[CQ_REQUEST_PAID_BY];
    bool good = true;
    if (has_reason(c, "consent") && consent->present && !consent->number) {
        cq_intake_report(intake, CQ_R_NOT_ENTITLED, CQ_REQUEST_CONSENT, "conditional: consent");
        good = false;
    }
    if (has_reason(c, "paid") && !paid_by->present) {
        cq_intake_report(intake, CQ_R_NOT_ENTITLED, CQ_REQUEST_PAID_BY, "conditional: paid");
        good = false;
    }
    return good;
}

/* O61:10: one of three measures, for psychological rehabilitation only. */
static bool check_measure(struct cq_intake *intake, const struct cq_case *c)
{
    if (!c->values[CQ_REQUEST_MEASURE].present ||
        c->request.service == CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION)
        return true;
    cq_intake_report(intake, CQ_R_VALUE, CQ_REQUEST_MEASURE, ""); /* none belongs here */
    return false;
}

static void report_incomplete(struct cq_intake *intake, int column, const char *basis)
{
    cq_intake_report(intake, CQ_W_INCOMPLETE, column, basis);
}

static void warn_incomplete(struct cq_intake *intake, const struct cq_case *c)
{
    bool fallback = cq_facts_get(c->answer->facts, CQ_FACT_PLACE) == CQ_PLACE_ABSENT &&
                    cq_facts_get(c->answer->facts, CQ_FACT_INDICATED) == CQ_YES;
    if (c->request.service == CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION &&
        !c->values[CQ_REQUEST_MEASURE].present)
        report_incomplete(intake, CQ_REQUEST_MEASURE, "O61:10");
    if (has_reason(c, "consent") && !c->values[CQ_REQUEST_CONSENT].present)
        report_incomplete(intake, CQ_REQUEST_CONSENT, "HC:166.2");
    const struct cq_referrer *who =
        cq_law_referrer(intake->options->law, c->answer->decision.referral);
    if (who && *who->owner && !c->values[CQ_REQUEST_FROM_FACILITY].present)
        report_incomplete(intake, CQ_REQUEST_FROM_FACILITY, who->basis);
    if (fallback && !c->values[CQ_REQUEST_INDICATION].present)
        report_incomplete(intake, CQ_REQUEST_INDICATION, "R78:4.2");
}

bool cq_intake_check_conditions(struct cq_intake *intake, const struct cq_case *c)
{
    bool referrer = check_referrer(intake, c);
    bool conditions = check_conditions(intake, c);
    bool measure = check_measure(intake, c);
    if (referrer && conditions && measure)
        warn_incomplete(intake, c);
    return referrer && conditions && measure;
}
