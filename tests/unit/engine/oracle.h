/* A second implementation of the acts as a chain of steps, for known facts only. It shares nothing
 * with the tables but the names of facts, so an error in either shows as a difference. */
#ifndef CQ_TEST_ORACLE_H
#define CQ_TEST_ORACLE_H

#include <stdbool.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"

enum {
    GAP_A01,
    GAP_A02,
    GAP_A06,
    GAP_A07,
    GAP_A08,
    GAP_A09,
    GAP_A10,
    GAP_A21,
    GAP_G04,
    ORACLE_GAPS
};
static const char *const oracle_gap_ids[ORACLE_GAPS] = {"A-01", "A-02", "A-06", "A-07", "A-08",
                                                        "A-09", "A-10", "A-21", "G-04"};

struct oracle {
    const char *outcome, *provider, *payer, *referral, *reasons, *basis, *certainty, *documents;
    unsigned gaps;
    bool inferred; /* the step itself states it */
};

/* The input of the steps. */
struct oracle_case {
    const int *f;
    bool amended; /* No. 718 holds */
    bool o61;     /* O61 holds, in either edition */
};

static bool oracle_is(const struct oracle_case *c, enum cq_fact fact, int value)
{
    return c->f[fact] == value;
}

static bool oracle_yes(const struct oracle_case *c, enum cq_fact fact)
{
    return c->f[fact] == CQ_YES;
}

static struct oracle oracle_answer(const char *outcome, const char *reasons, const char *basis)
{
    return (struct oracle){outcome, "", "", "", reasons, basis, "", "", 0, false};
}

static struct oracle oracle_given(const char *outcome, const char *provider, const char *payer,
                                  const char *referral, const char *reasons, const char *basis)
{
    return (struct oracle){outcome, provider, payer, referral, reasons, basis, "", "", 0, false};
}

static struct oracle oracle_gapped(struct oracle answer, int gap)
{
    answer.gaps |= 1u << gap;
    return answer;
}

/* The basis before No. 718 in place of a paragraph of R78. */
static const char *oracle_r78(const struct oracle_case *c, const char *amended)
{
    if (c->amended)
        return amended;
    if (strncmp(amended, "R78:4.2", 7) == 0)
        return "LES:70.2";
    switch (c->f[CQ_FACT_CATEGORY]) {
    case CQ_CATEGORY_EMPLOYEE: return "LES:70.1";
    case CQ_CATEGORY_FAMILY:
    case CQ_CATEGORY_PENSIONER: return "LES:70.4";
    case CQ_CATEGORY_CHILD_OF_FALLEN: return "LES:66.7";
    default: return "";
    }
}

/* An employee, where no other step applies: R78:4. */
static struct oracle oracle_employee(const struct oracle_case *c)
{
    int package = c->f[CQ_FACT_PACKAGE];

    if (oracle_is(c, CQ_FACT_PLACE, CQ_PLACE_AVAILABLE))
        return oracle_given("eligible", "mvd", "budget", "", "", oracle_r78(c, "R78:4.1"));
    if (!oracle_yes(c, CQ_FACT_INDICATED))
        return oracle_answer("ineligible", "no_indication", oracle_r78(c, "R78:4.2"));
    if (package == CQ_PACKAGE_GOBMP)
        return oracle_given("eligible", "health_subject", "fund_gobmp", "", "",
                            oracle_r78(c, "R78:4.2(1);R78:5.1"));
    if (package == CQ_PACKAGE_NONE)
        return oracle_answer("ineligible", "not_in_package", oracle_r78(c, "R78:4.2"));
    if (oracle_yes(c, CQ_FACT_INSURED))
        return oracle_given("eligible", "health_subject", "fund_osms", "", "",
                            oracle_r78(c, "R78:4.2(2);R78:5.1"));
    return oracle_answer("ineligible", "not_insured", oracle_r78(c, "R78:4.2(2)"));
}

/* Family, pensioners and children of the fallen: R78:6, and by referral R78:13, where the place
 * does not matter. */
static struct oracle oracle_dependant(const struct oracle_case *c, bool referral)
{
    const char *outcome = referral ? "conditional" : "eligible";
    const char *specialist = referral ? "mvd_specialist" : "";
    const char *reason = referral ? "referral" : "";
    int package = c->f[CQ_FACT_PACKAGE];
    struct oracle answer;

    if (!referral && oracle_is(c, CQ_FACT_PLACE, CQ_PLACE_ABSENT))
        answer = oracle_gapped(
            oracle_answer("not_regulated", "no_fallback", oracle_r78(c, "R78:6")), GAP_A07);
    else if (package == CQ_PACKAGE_GOBMP)
        answer = oracle_given(outcome, "mvd", "fund_gobmp", specialist, reason,
                              referral ? "R78:13;R78:6(1)" : oracle_r78(c, "R78:6(1)"));
    else if (package == CQ_PACKAGE_NONE)
        answer = oracle_answer("ineligible", "not_in_package",
                               referral ? "R78:13;R78:6" : oracle_r78(c, "R78:6"));
    else if (oracle_yes(c, CQ_FACT_INSURED))
        answer = oracle_given(outcome, "mvd", "fund_osms", specialist, reason,
                              referral ? "R78:13;R78:6(2)" : oracle_r78(c, "R78:6(2)"));
    else
        answer = oracle_answer("ineligible", "not_insured",
                               referral ? "R78:13;R78:6(2)" : oracle_r78(c, "R78:6(2)"));
    if (oracle_is(c, CQ_FACT_CATEGORY, CQ_CATEGORY_CHILD_OF_FALLEN)) {
        answer.inferred = true;
        answer = oracle_gapped(answer, GAP_A10);
    }
    return answer;
}

/* Medical rehabilitation of an employee of civil protection: O61. */
static struct oracle oracle_o61(const struct oracle_case *c)
{
    int package = c->f[CQ_FACT_PACKAGE];

    if (oracle_is(c, CQ_FACT_PLACE, CQ_PLACE_AVAILABLE))
        return oracle_given("eligible", "mvd", "budget", "mvd_organisation", "",
                            "O61:4;O61:5;O61:8.1(1)");
    if (package == CQ_PACKAGE_GOBMP)
        return oracle_given("eligible", "health_subject", "fund_gobmp", "phc_organisation", "",
                            "O61:6(1);O61:8.1(2)");
    if (package == CQ_PACKAGE_OSMS && oracle_yes(c, CQ_FACT_INSURED))
        return oracle_given("eligible", "health_subject", "fund_osms", "phc_organisation", "",
                            "O61:6(2);O61:8.1(2)");
    return oracle_gapped(oracle_given("conditional", "health_subject", "own_funds",
                                      "phc_organisation", "paid", "O61:6(3);O61:8.1(2)"),
                         GAP_A06);
}

/* All steps: the contingent, then by service and destination. */
static struct oracle oracle_steps(const struct oracle_case *c)
{
    const int category = c->f[CQ_FACT_CATEGORY], service = c->f[CQ_FACT_SERVICE];
    const int destination = c->f[CQ_FACT_DESTINATION], home = c->f[CQ_FACT_HOME];
    const bool employee = category == CQ_CATEGORY_EMPLOYEE;
    const bool civil = oracle_is(c, CQ_FACT_BODY, CQ_BODY_CIVIL_PROTECTION);
    const bool at_home = (destination == CQ_DESTINATION_ASTANA && home == CQ_HOME_ASTANA) ||
                         (destination == CQ_DESTINATION_ALMATY && home == CQ_HOME_ALMATY);
    const struct oracle text_missing = oracle_answer("undetermined", "text_missing", "");

    if (category == CQ_CATEGORY_NONE)
        return oracle_answer("not_contingent", "not_listed", oracle_r78(c, "R78:1.2"));
    if (category == CQ_CATEGORY_PENSIONER && civil && !c->amended)
        return text_missing;
    if (category == CQ_CATEGORY_FAMILY && !oracle_yes(c, CQ_FACT_CORESIDENT))
        return oracle_answer("not_contingent", "not_coresident", oracle_r78(c, "R78:1.2"));
    if (category == CQ_CATEGORY_CHILD_OF_FALLEN && !oracle_yes(c, CQ_FACT_MINOR))
        return oracle_answer("not_contingent", "of_age", oracle_r78(c, "R78:1.2"));
    if (category == CQ_CATEGORY_PENSIONER && civil && !oracle_yes(c, CQ_FACT_SPECIAL_RANK))
        return oracle_answer("not_contingent", "no_special_rank", "R78:1.3");

    if (employee && oracle_yes(c, CQ_FACT_PRESIDENTIAL) &&
        (service == CQ_SERVICE_OUTPATIENT || service == CQ_SERVICE_INPATIENT ||
         service == CQ_SERVICE_MEDICAL_REHABILITATION)) {
        bool under_o61 = civil && service == CQ_SERVICE_MEDICAL_REHABILITATION;

        if (under_o61 && !c->o61)
            return text_missing;
        return oracle_given("eligible", "presidential", "presidential_rules", "presidential_rules",
                            "", under_o61 ? "O61:7;O61:8.2" : "LES:70.1");
    }
    if (service == CQ_SERVICE_MENTAL_HEALTH)
        return oracle_given(
            "conditional", "mental_health_organisation", "fund_gobmp", "", "consent",
            employee && civil && c->o61 ? "O61:12;HC:196.3;HC:166.2" : "HC:196.3;HC:166.2");
    if (service == CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION) {
        if (!employee || !civil)
            return oracle_answer("not_regulated", "no_rule", "");
        if (!c->o61)
            return text_missing;
        return oracle_gapped(oracle_given("eligible", "civil_protection_psychologist", "not_stated",
                                          "", "", "O61:10;O61:11"),
                             GAP_A21);
    }
    if (service == CQ_SERVICE_SANATORIUM) {
        if (employee && oracle_yes(c, CQ_FACT_DUTY_INJURY))
            return oracle_given("eligible", "sanatorium", "budget", "", "", "LES:70.3");
        return oracle_gapped(text_missing, GAP_G04);
    }
    if (service == CQ_SERVICE_INPATIENT && destination != CQ_DESTINATION_LOCAL && !at_home) {
        if (home != CQ_HOME_ELSEWHERE)
            return oracle_gapped(oracle_answer("undetermined", "ambiguous", "R78:13"), GAP_A08);
        if (!c->amended)
            return text_missing;
        if (employee)
            return oracle_given("conditional", "mvd", "budget", "mvd_specialist", "referral",
                                "R78:13;R78:4.1");
        return oracle_dependant(c, true);
    }
    if (service != CQ_SERVICE_MEDICAL_REHABILITATION)
        return employee ? oracle_employee(c) : oracle_dependant(c, false);

    if (employee && civil && !c->o61)
        return text_missing;
    if (!oracle_yes(c, CQ_FACT_INDICATED))
        return oracle_answer("ineligible", "no_indication", employee && civil ? "O61:3" : "HC:125");
    if (employee && civil)
        return oracle_o61(c);
    struct oracle answer = employee ? oracle_employee(c) : oracle_dependant(c, false);
    answer.inferred = true;
    return answer;
}

static const char *oracle_certainty(const struct oracle *answer, bool amended, bool restated)
{
    if (strcmp(answer->outcome, "undetermined") == 0 || answer->basis[0] == '\0')
        return "";
    if (!amended || answer->inferred)
        return "inferred";
    if (strstr(answer->basis, "O61:"))
        return restated ? "superseded" : "text";
    return strstr(answer->basis, "R78:") ? "text" : "read";
}

/* Decides. Shape: every fact is known. */
static struct oracle oracle_decide(int32_t day, const int facts[CQ_FACTS])
{
    const struct oracle_case c = {facts, day >= cq_date_make(2025, 9, 20),
                                  day >= cq_date_make(2022, 3, 7)};
    struct oracle answer;

    if (day < cq_date_make(2020, 1, 1))
        return oracle_answer("undetermined", "no_edition", "");
    answer = oracle_steps(&c);
    answer.certainty = oracle_certainty(&answer, c.amended, day >= cq_date_make(2025, 10, 4));
    if (day >= cq_date_make(2025, 9, 14) && !c.amended)
        answer = oracle_gapped(answer, GAP_A01);
    if (day >= cq_date_make(2025, 9, 25) && strstr(answer.basis, "O61:"))
        answer = oracle_gapped(answer, GAP_A02);
    if (c.amended && strcmp(answer.provider, "mvd") == 0) {
        switch (facts[CQ_FACT_CATEGORY]) {
        case CQ_CATEGORY_EMPLOYEE: answer.documents = "id_card+service_id"; break;
        case CQ_CATEGORY_PENSIONER: answer.documents = "id_card+pension_certificate"; break;
        case CQ_CATEGORY_CHILD_OF_FALLEN: answer.documents = "birth_certificate/id_card"; break;
        default:
            answer.documents = "id_card";
            if (facts[CQ_FACT_MINOR] == CQ_YES) {
                answer.documents = "id_card/birth_certificate";
                answer = oracle_gapped(answer, GAP_A09);
            }
        }
    }
    return answer;
}

#endif
