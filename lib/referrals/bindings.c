/* What the acts bind a referral to, as its decision calls for it. */
#include "referrals/bindings.h"

#include "cq/date.h"
#include "cq/facts.h"

const struct cq_binding *cq_referral_binding(const struct cq_law *law, const struct cq_referral *r,
                                             enum cq_requirement requirement)
{
    const struct cq_bound decision = {.day = r->issued_on,
                                      .service = r->service,
                                      .urgency = r->urgency == CQ_UNKNOWN ? CQ_URGENCY_PLANNED
                                                                          : r->urgency,
                                      .reasons = r->text[CQ_REFERRAL_REASONS],
                                      .referral = r->text[CQ_REFERRAL_REFERRAL],
                                      .basis = r->text[CQ_REFERRAL_BASIS]};
    return cq_law_binding(law, requirement, &decision);
}

bool cq_referral_states(const struct cq_referral *r, enum cq_requirement requirement)
{
    switch (requirement) {
    case CQ_REQUIREMENT_FROM_FACILITY: return r->text[CQ_REFERRAL_FROM_FACILITY].len > 0;
    case CQ_REQUIREMENT_REFERRER: return r->text[CQ_REFERRAL_REFERRER].len > 0;
    case CQ_REQUIREMENT_INDICATION: return r->text[CQ_REFERRAL_INDICATION].len > 0;
    case CQ_REQUIREMENT_OCCASION: return r->occasion != CQ_UNKNOWN;
    case CQ_REQUIREMENT_MEASURE: return r->measure != CQ_UNKNOWN;
    case CQ_REQUIREMENT_FOUND_IN: return r->found_in != 0;
    case CQ_REQUIREMENT_PAID_BY: return r->paid || r->paid_by != CQ_UNKNOWN;
    case CQ_REQUIREMENT_BUREAU_CODE: return r->text[CQ_REFERRAL_BUREAU_CODE].len > 0;
    case CQ_REQUIREMENT_COMMISSION:
        return r->text[CQ_REFERRAL_COMMISSION_NO].len > 0 && r->commission_on != CQ_DAY_MIN;
    case CQ_REQUIREMENT_CONSENT: return r->consent == CQ_YES;
    case CQ_REQUIREMENT_ANSWER:
    case CQ_REQUIREMENT_REFUSAL:
    case CQ_REQUIREMENTS: break;
    }
    return false;
}

bool cq_requirement_is_exclusive(enum cq_requirement requirement)
{
    return requirement == CQ_REQUIREMENT_OCCASION || requirement == CQ_REQUIREMENT_MEASURE ||
           requirement == CQ_REQUIREMENT_FOUND_IN || requirement == CQ_REQUIREMENT_PAID_BY ||
           requirement == CQ_REQUIREMENT_COMMISSION;
}
