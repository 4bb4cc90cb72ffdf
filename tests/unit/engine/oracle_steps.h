/* The decision on known facts, step by step, as a lawyer would check it. */
#ifndef CQ_TEST_ORACLE_STEPS_H
#define CQ_TEST_ORACLE_STEPS_H

#include "oracle.h"

static void oracle_say(struct oracle_answer *out, const char *outcome, const char *reasons)
{
    out->outcome = outcome;
    out->reasons = reasons;
}

static void oracle_give(struct oracle_answer *out, const char *provider, const char *payer,
                        const char *referral)
{
    out->provider = provider;
    out->payer = payer;
    out->referral = referral;
}

static void oracle_before_718_ambiguous(const struct oracle_case *c, struct oracle_answer *out)
{
    oracle_say(out, "undetermined", "ambiguous");
    oracle_cite(c, out, "LES:84.3");
    oracle_cite(c, out, "R78:1");
    oracle_gap(out, 26);
}

static void oracle_not_contingent(const struct oracle_case *c, struct oracle_answer *out,
                                  const char *reason, const char *citation)
{
    oracle_say(out, "not_contingent", reason);
    oracle_cite(c, out, citation);
}

/* Step 1. */
static bool oracle_step_membership(const struct oracle_case *c, struct oracle_answer *out)
{
    const struct oracle_facts *f = c->f;

    if (f->category == NONE)
        oracle_not_contingent(c, out, "not_listed", "R78:1.2");
    else if (f->category == FAMILY && f->coresident == NO)
        oracle_not_contingent(c, out, "not_coresident", "R78:1.2");
    else if (f->category == FAMILY && f->kin == KIN_OTHER)
        oracle_not_contingent(c, out, "not_family", "R78:3.1");
    else if (f->category == FAMILY && f->sponsor == SPONSOR_OTHER)
        oracle_not_contingent(c, out, "sponsor_not_employee", "R78:1.2");
    else if (f->category == CHILD_OF_FALLEN && f->minor == NO)
        oracle_not_contingent(c, out, "of_age", "R78:1.2");
    else if (f->category == PENSIONER && oracle_cp(c) && c->law->no_718 && f->special_rank == NO)
        oracle_not_contingent(c, out, "no_special_rank", "R78:1.3");
    else
        return false;
    return true;
}

/* Step 2. */
static bool oracle_step_mental_health(const struct oracle_case *c, struct oracle_answer *out)
{
    if (c->f->service != MENTAL_HEALTH)
        return false;
    oracle_say(out, "conditional", "consent");
    oracle_give(out, "mental_health_organisation", "fund_gobmp", "");
    if (oracle_cp_employee(c) && c->law->o61) {
        oracle_cite(c, out, "O61:12");
    } else {
        oracle_infer(out);
        oracle_gap(out, 28);
    }
    oracle_cite(c, out, "HC:196.3");
    oracle_cite(c, out, "HC:166.2");
    return true;
}

static bool oracle_on_udp_list(const struct oracle_case *c)
{
    const int service = c->f->service;

    return oracle_employee(c) && c->f->presidential == YES &&
           (service == OUTPATIENT || service == INPATIENT || service == DAY_HOSPITAL ||
            service == MEDICAL_REHABILITATION);
}

/* Step 4. */
static bool oracle_step_udp(const struct oracle_case *c, struct oracle_answer *out)
{
    if (!oracle_on_udp_list(c))
        return false;
    oracle_gap(out, 24);
    switch (oracle_cover(c)) {
    case 'G':
        oracle_say(out, "eligible", "");
        oracle_give(out, "presidential", "fund_gobmp", "presidential_rules");
        oracle_cite(c, out, "R78:2(1)");
        break;
    case 'O':
        oracle_say(out, "eligible", "");
        oracle_give(out, "presidential", "fund_osms", "presidential_rules");
        oracle_cite(c, out, "R78:2(2)");
        break;
    default:
        oracle_say(out, "conditional", "udp_kinds");
        oracle_give(out, "presidential", "budget", "presidential_rules");
        oracle_cite(c, out, "R78:2(3)");
    }
    if (oracle_cp(c) && c->f->service == MEDICAL_REHABILITATION) {
        oracle_cite(c, out, "O61:7");
        oracle_cite(c, out, "O61:8.2");
    }
    return true;
}

/* Step 4 as step 3 takes it. */
static bool oracle_step_udp_before_718(const struct oracle_case *c, struct oracle_answer *out)
{
    if (!oracle_on_udp_list(c))
        return false;
    oracle_gap(out, 24);
    oracle_say(out, "eligible", "");
    oracle_give(out, "presidential", "presidential_rules", "presidential_rules");
    oracle_cite(c, out, "O61:7");
    oracle_cite(c, out, "O61:8.2");
    return true;
}

/* Step 5. An employee of CP comes here only while O61 is in force. */
static bool oracle_step_psychological(const struct oracle_case *c, struct oracle_answer *out)
{
    if (c->f->service != PSYCHOLOGICAL_REHABILITATION)
        return false;
    if (!oracle_cp_employee(c)) {
        oracle_say(out, "not_regulated", "no_rule");
        return true;
    }
    oracle_say(out, "eligible", "");
    oracle_give(out, "civil_protection_psychologist", "not_stated", "");
    oracle_cite(c, out, "O61:10");
    oracle_cite(c, out, "O61:11");
    oracle_gap(out, 21);
    return true;
}

/* Step 6, sanatorium. */
static bool oracle_step_sanatorium(const struct oracle_case *c, struct oracle_answer *out)
{
    if (c->f->service != SANATORIUM)
        return false;
    if (oracle_employee(c) && c->f->duty_injury == YES) {
        oracle_say(out, "conditional", "commission");
        oracle_give(out, "sanatorium", "budget", "");
        oracle_cite(c, out, "R78:16");
        oracle_cite(c, out, "R78:17");
    } else if (oracle_cp_employee(c)) {
        oracle_say(out, "undetermined", "ambiguous");
        oracle_cite(c, out, "O61:2(4)");
        oracle_cite(c, out, "O61:4");
        if (c->law->no_718)
            oracle_cite(c, out, "R78:15");
        oracle_gap(out, 25);
    } else {
        oracle_say(out, "not_regulated", "general_law");
        if (oracle_child(c))
            oracle_cite(c, out, "R78:3.2");
        oracle_cite(c, out, "R78:15");
    }
    return true;
}

/* Step 6, abroad. */
static bool oracle_step_abroad(const struct oracle_case *c, struct oracle_answer *out)
{
    if (c->f->service != ABROAD)
        return false;
    oracle_say(out, "not_regulated", "general_law");
    oracle_cite(c, out, "R78:12");
    return true;
}

static bool oracle_planned_stay_far(const struct oracle_case *c)
{
    return c->f->service == INPATIENT && c->f->urgency == PLANNED && oracle_far(c);
}

/* B of step 8 (b). */
static void oracle_own_basis(const struct oracle_case *c, struct oracle_answer *out)
{
    const char cover = oracle_cover(c);

    if (oracle_child(c)) {
        oracle_cite(c, out, "R78:3.2");
        oracle_infer(out);
        oracle_gap(out, 10);
        return;
    }
    if (cover == 'N') {
        oracle_cite(c, out, "R78:6.2");
        return;
    }
    oracle_cite(c, out, "R78:6.1");
    oracle_cite(c, out, cover == 'G' ? "R78:6.2(1)" : "R78:6.2(2)");
}

/* U and N, where nothing else is said of them. */
static void oracle_not_covered(const struct oracle_case *c, struct oracle_answer *out)
{
    oracle_say(out, "ineligible", oracle_cover(c) == 'U' ? "not_insured" : "not_in_package");
}

static bool oracle_covered(const struct oracle_case *c)
{
    return oracle_cover(c) == 'G' || oracle_cover(c) == 'O';
}

static const char *oracle_fund(const struct oracle_case *c)
{
    return oracle_cover(c) == 'G' ? "fund_gobmp" : "fund_osms";
}

/* Step 8 (b), place available or one. The basis may have been begun. */
static void oracle_dependant_in_mvd(const struct oracle_case *c, struct oracle_answer *out)
{
    if (oracle_covered(c)) {
        oracle_say(out, "eligible", "");
        oracle_give(out, "mvd", oracle_fund(c), "");
    } else if (oracle_child(c)) {
        oracle_say(out, "undetermined", "ambiguous");
    } else {
        oracle_not_covered(c, out);
    }
    oracle_own_basis(c, out);
}

/* Step 8 (b), place absent, and planned care of an employee that nothing indicates. */
static void oracle_attached(const struct oracle_case *c, struct oracle_answer *out)
{
    oracle_cite(c, out, "R78:7");
    if (!oracle_covered(c)) {
        oracle_not_covered(c, out);
        return;
    }
    oracle_say(out, "eligible", "");
    oracle_give(out, "health_subject", oracle_fund(c), "");
    oracle_cite(c, out, oracle_cover(c) == 'G' ? "HC:196.3" : "HC:200.1");
    oracle_gap(out, 7);
}

/* Step 7. */
static bool oracle_step_far_planned(const struct oracle_case *c, struct oracle_answer *out)
{
    if (!oracle_planned_stay_far(c))
        return false;
    oracle_cite(c, out, "R78:13.1");
    if (c->f->home != HOME_ELSEWHERE) {
        oracle_say(out, "undetermined", "ambiguous");
        oracle_gap(out, 8);
        return true;
    }
    if (oracle_employee(c)) {
        oracle_say(out, "conditional", "referral");
        oracle_give(out, "mvd", "budget", "mvd_specialist");
        oracle_cite(c, out, "O281:5(1)");
        oracle_cite(c, out, "R78:4.1");
        return true;
    }
    if (!oracle_covered(c)) {
        oracle_dependant_in_mvd(c, out);
        return true;
    }
    oracle_say(out, "conditional", "referral");
    oracle_give(out, "mvd", oracle_fund(c), "mvd_specialist");
    oracle_cite(c, out, "O281:11");
    oracle_own_basis(c, out);
    return true;
}

/* Step 8 (a), place absent. */
static void oracle_employee_elsewhere(const struct oracle_case *c, struct oracle_answer *out)
{
    if (c->f->urgency == PLANNED && c->f->indicated == NO) {
        oracle_attached(c, out);
        return;
    }
    switch (oracle_cover(c)) {
    case 'G':
        oracle_cite(c, out, "R78:4.2(1)");
        oracle_cite(c, out, "R78:5.1");
        break;
    case 'O':
        oracle_cite(c, out, "R78:4.2(2)");
        oracle_cite(c, out, "R78:5.1");
        break;
    case 'U': oracle_cite(c, out, "R78:4.2(2)"); break;
    default: oracle_cite(c, out, "R78:4.2");
    }
    if (oracle_covered(c)) {
        oracle_say(out, "eligible", "");
        oracle_give(out, "health_subject", oracle_fund(c), "");
        return;
    }
    oracle_not_covered(c, out);
    if (oracle_cp(c))
        oracle_gap(out, 6);
}

/* Step 8 (a). */
static void oracle_care_of_employee(const struct oracle_case *c, struct oracle_answer *out)
{
    out->rests_on_place = true;
    if (c->f->place == ABSENT) {
        oracle_employee_elsewhere(c, out);
        return;
    }
    oracle_say(out, "eligible", "");
    oracle_give(out, "mvd", "budget", "");
    oracle_cite(c, out, "R78:4.1");
}

/* Step 8 (a) with the words of O61, as step 3 takes it. */
static void oracle_care_of_employee_under_o61(const struct oracle_case *c,
                                              struct oracle_answer *out)
{
    out->rests_on_place = true;
    oracle_infer(out);
    if (c->f->place != ABSENT) {
        oracle_say(out, "eligible", "");
        oracle_give(out, "mvd", "budget", "");
        oracle_cite(c, out, "O61:4");
        return;
    }
    if (c->f->urgency == PLANNED && c->f->indicated == NO) {
        oracle_say(out, "ineligible", "no_indication");
        oracle_cite(c, out, "O61:6");
        return;
    }
    switch (oracle_cover(c)) {
    case 'G': oracle_cite(c, out, "O61:6(1)"); break;
    case 'O':
    case 'U': oracle_cite(c, out, "O61:6(2)"); break;
    default: oracle_cite(c, out, "O61:6");
    }
    if (oracle_covered(c)) {
        oracle_say(out, "eligible", "");
        oracle_give(out, "health_subject", oracle_fund(c), "");
        return;
    }
    oracle_not_covered(c, out);
    oracle_gap(out, 6);
}

/* Step 8 (b). */
static void oracle_care_of_dependant(const struct oracle_case *c, struct oracle_answer *out)
{
    if (c->f->place == ABSENT)
        oracle_attached(c, out);
    else
        oracle_dependant_in_mvd(c, out);
}

/* Step 8 (c). */
static void oracle_add_of_service(const struct oracle_case *c, struct oracle_answer *out)
{
    const bool in_mvd = strcmp(out->provider, "mvd") == 0;

    if (in_mvd && c->f->service == INPATIENT && c->f->urgency == PLANNED && c->law->o781) {
        oracle_say(out, "conditional", "referral");
        out->referral = "mvd_specialist";
        oracle_cite(c, out, "O781:31");
        if (!oracle_employee(c))
            oracle_cite(c, out, "O781:33");
    }
    if (in_mvd && c->f->service == DAY_HOSPITAL)
        oracle_cite(c, out, "R78:8(3)");
    if (oracle_emergency_care(c) && !(in_mvd && oracle_employee(c)))
        oracle_cite(c, out, oracle_cover(c) == 'G' ? "HC:196.3" : "HC:200.1");
}

/* Step 8, far emergencies. */
static void oracle_far_emergency(const struct oracle_case *c, struct oracle_answer *out)
{
    struct oracle_facts near = *c->f;
    const struct oracle_case as_available = {c->law, &near};

    near.place = AVAILABLE;
    if (oracle_employee(c))
        oracle_care_of_employee(&as_available, out);
    else
        oracle_care_of_dependant(&as_available, out);
    oracle_add_of_service(&as_available, out);
    oracle_cite(c, out, oracle_employee(c) ? "O281:5(2)" : "O781:31");
    out->rests_on_place = false;
}

/* Step 8. */
static bool oracle_step_care(const struct oracle_case *c, struct oracle_answer *out)
{
    const int service = c->f->service;

    if (service != OUTPATIENT && service != DAY_HOSPITAL && service != INPATIENT)
        return false;
    if (service == INPATIENT && c->f->urgency == EMERGENCY && oracle_far(c)) {
        oracle_far_emergency(c, out);
        return true;
    }
    if (oracle_employee(c))
        oracle_care_of_employee(c, out);
    else
        oracle_care_of_dependant(c, out);
    oracle_add_of_service(c, out);
    return true;
}

/* Step 9, an employee of CP whom it is indicated for. */
static void oracle_rehabilitation_under_o61(const struct oracle_case *c, struct oracle_answer *out)
{
    out->rests_on_place = true;
    oracle_say(out, "eligible", "");
    if (c->f->place != ABSENT) {
        oracle_give(out, "mvd", "budget", "mvd_or_phc");
        oracle_cite(c, out, "O61:4");
        oracle_cite(c, out, "O61:5");
    } else if (oracle_covered(c)) {
        oracle_give(out, "health_subject", oracle_fund(c), "mvd_or_phc");
        oracle_cite(c, out, oracle_cover(c) == 'G' ? "O61:6(1)" : "O61:6(2)");
    } else {
        oracle_say(out, "conditional", "paid");
        oracle_give(out, "health_subject", "paid", "mvd_or_phc");
        oracle_cite(c, out, "O61:6(3)");
        oracle_gap(out, 6);
    }
    oracle_cite(c, out, "O61:8.1");
}

/* Step 9. */
static bool oracle_step_rehabilitation(const struct oracle_case *c, struct oracle_answer *out)
{
    if (c->f->service != MEDICAL_REHABILITATION)
        return false;
    if (c->f->indicated == NO) {
        oracle_say(out, "ineligible", "no_indication");
        if (oracle_cp_employee(c))
            oracle_cite(c, out, "O61:3");
        oracle_cite(c, out, "O781:42");
        if (!oracle_cp_employee(c))
            oracle_cite(c, out, "HC:125");
        return true;
    }
    if (oracle_cp_employee(c)) {
        oracle_rehabilitation_under_o61(c, out);
        return true;
    }
    if (oracle_employee(c))
        oracle_care_of_employee(c, out);
    else
        oracle_care_of_dependant(c, out);
    if (strcmp(out->provider, "mvd") == 0) {
        oracle_cite(c, out, "O781:40");
        if (!c->law->o781)
            oracle_infer(out);
    }
    return true;
}

/* Step 3, an employee from O61 on. */
static void oracle_cp_employee_before_718(const struct oracle_case *c, struct oracle_answer *out)
{
    if (oracle_step_udp_before_718(c, out) || oracle_step_psychological(c, out) ||
        oracle_step_sanatorium(c, out) || oracle_step_rehabilitation(c, out))
        return;
    if (oracle_planned_stay_far(c) || c->f->service == ABROAD) {
        oracle_before_718_ambiguous(c, out);
        return;
    }
    oracle_care_of_employee_under_o61(c, out);
    oracle_add_of_service(c, out);
}

/* Step 3. */
static bool oracle_step_before_718(const struct oracle_case *c, struct oracle_answer *out)
{
    if (!oracle_cp(c) || c->law->no_718)
        return false;
    if (oracle_employee(c) && c->f->service == SANATORIUM && c->f->duty_injury == YES) {
        oracle_say(out, "conditional", "commission");
        oracle_give(out, "sanatorium", "budget", "");
        oracle_cite(c, out, "LES:84.3");
        oracle_cite(c, out, "LES:70.3");
        oracle_infer(out);
    } else if (!oracle_employee(c) || !c->law->o61) {
        oracle_before_718_ambiguous(c, out);
    } else {
        oracle_cp_employee_before_718(c, out);
    }
    return true;
}

/* The decision, without what is added afterwards. */
static void oracle_steps(const struct oracle_case *c, struct oracle_answer *out)
{
    *out = (struct oracle_answer){"", "", "", "", "", "", 0, 0, 0, "", "", ORACLE_TEXT, false};
    if (!c->law->edition) {
        oracle_say(out, "undetermined", "no_edition");
        return;
    }
    if (oracle_step_membership(c, out) || oracle_step_mental_health(c, out) ||
        oracle_step_before_718(c, out) || oracle_step_udp(c, out) ||
        oracle_step_psychological(c, out) || oracle_step_sanatorium(c, out) ||
        oracle_step_abroad(c, out) || oracle_step_far_planned(c, out) || oracle_step_care(c, out) ||
        oracle_step_rehabilitation(c, out))
        return;
    abort();
}

#endif
