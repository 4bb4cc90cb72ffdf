/* Rows to facts, facts to answers: a person on a day, from rows that were read. The law tables say
 * which facts decide what. */
#include "people/person_facts.h"

#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "people/family.h"

struct cq_input_days cq_input_days_all(int32_t day)
{
    struct cq_input_days on;
    for (int i = 0; i < CQ_INPUTS; i++)
        on.day[i] = day;
    return on;
}

static int yes_no(int stored)
{
    return stored == CQ_NOT_STATED ? CQ_UNKNOWN : stored ? CQ_YES : CQ_NO;
}

const struct cq_fund *cq_history_fund(const struct cq_history *history, int32_t day)
{
    for (size_t i = history->fund_count; i-- > 0;)
        if (cq_span_holds(history->funds[i].span, day))
            return &history->funds[i];
    return NULL;
}

const struct cq_listing *cq_history_listing(const struct cq_history *history, int32_t day)
{
    for (size_t i = 0; i < history->listing_count; i++)
        if (cq_span_holds(history->listings[i].span, day))
            return &history->listings[i];
    return NULL;
}

int32_t cq_fund_tail_end(const struct cq_fund *fund, int64_t tail_months)
{
    return cq_date_month_after(fund->paid_until, (int)tail_months + 1);
}

/* Insurance on the day: from the Fund's list, else as the law presumes. */
static int find_insured(const struct cq_view *view, const struct cq_history *history,
                        const struct cq_input_days *on, uint64_t facts)
{
    int32_t day = on->day[CQ_INPUT_INSURANCE];
    const struct cq_fund *fund = cq_history_fund(history, day);
    if (!fund)
        return cq_law_presumed_insured(view->law, facts);
    if (!fund->insured)
        return CQ_NO;
    if (fund->paid_until == CQ_DAY_MAX)
        return CQ_YES;
    int64_t tail = cq_law_parameter(view->law, "insurance_tail_months", on->day[CQ_INPUT_LAW]);
    return day < cq_fund_tail_end(fund, tail) ? CQ_YES : CQ_NO;
}

static int find_home(const struct cq_view *view, int32_t residence)
{
    const struct cq_region *region = residence ? cq_law_region(view->law, cq_kato_region(residence))
                                               : NULL;
    return region ? region->home : CQ_UNKNOWN;
}

/* The region of the city that the request names as destination of a referral; 0 for none. */
static int destination_region(const struct cq_view *view, const struct cq_request *request)
{
    if (request->service != CQ_SERVICE_INPATIENT ||
        (request->destination != CQ_DESTINATION_ASTANA &&
         request->destination != CQ_DESTINATION_ALMATY))
        return 0;
    int home = request->destination == CQ_DESTINATION_ASTANA ? CQ_HOME_ASTANA : CQ_HOME_ALMATY;
    for (size_t i = 0; i < view->law->region_count; i++)
        if (view->law->regions[i].home == home)
            return view->law->regions[i].number;
    return 0;
}

const struct cq_facility *cq_view_receiving(struct cq_facilities *facilities,
                                            const struct cq_facility_query *query,
                                            const struct cq_request *request)
{
    const struct cq_facility *asked =
        request->facility.len ? cq_facilities_by_code(facilities, query, request->facility) : NULL;
    return asked ? asked : cq_facilities_find_nearest(facilities, query);
}

/* The destination: as asked for; else the city of the MVD-MO that is asked for, or would serve. */
static int find_destination(const struct cq_view *view, struct cq_facilities *facilities,
                            const struct cq_facility_query *query, const struct cq_request *request)
{
    if (request->destination != CQ_UNKNOWN)
        return request->destination;
    if (request->service != CQ_SERVICE_INPATIENT)
        return CQ_DESTINATION_LOCAL;
    const struct cq_facility *found = cq_view_receiving(facilities, query, request);
    int home = found ? find_home(view, found->kato) : CQ_HOME_ELSEWHERE;
    return home == CQ_HOME_ASTANA   ? CQ_DESTINATION_ASTANA
           : home == CQ_HOME_ALMATY ? CQ_DESTINATION_ALMATY
                                    : CQ_DESTINATION_LOCAL;
}

struct cq_facility_query cq_view_facility_query(const struct cq_view *view,
                                                const struct cq_role *role,
                                                const struct cq_request *request, int32_t day)
{
    return (struct cq_facility_query){.owner = view->mvd,
                                      .service = request->service,
                                      .profile = request->profile,
                                      .day = day,
                                      .places = {role->residence, role->service_place},
                                      .region = destination_region(view, request)};
}

static int package_of(const struct cq_view *view, const struct cq_request *request)
{
    return request->package != CQ_UNKNOWN ? request->package
                                          : view->law->services[request->service].package;
}

/* Leaves only these values of a fact possible. */
static void allow(uint64_t *facts, enum cq_fact fact, uint64_t bits)
{
    *facts &= ~cq_fact_field(fact) | bits;
}

/* The facts that follow from the request alone. */
static void set_request(const struct cq_view *view, const struct cq_request *request,
                        uint64_t *facts)
{
    cq_facts_set(facts, CQ_FACT_SERVICE, request->service);
    cq_facts_set(facts, CQ_FACT_URGENCY, request->urgency);
    cq_facts_set(facts, CQ_FACT_INDICATED, request->indicated);
    cq_facts_set(facts, CQ_FACT_PACKAGE, package_of(view, request));
}

/* The facts of one role. */
static uint64_t find_facts(const struct cq_view *view, struct cq_facilities *facilities,
                           const struct cq_history *history, const struct cq_role *role,
                           const struct cq_request *request, const struct cq_input_days *on)
{
    uint64_t facts = cq_facts_all;
    struct cq_facility_query query =
        cq_view_facility_query(view, role, request, on->day[CQ_INPUT_FACILITIES]);
    int years = (int)cq_law_parameter(view->law, "majority_years", on->day[CQ_INPUT_LAW]);
    int32_t of_age = cq_date_birthday(role->birth, years);
    bool presidential = cq_history_listing(history, on->day[CQ_INPUT_PRESIDENTIAL]) ||
                        role->presidential == 1;
    cq_facts_set(&facts, CQ_FACT_CATEGORY, role->category);
    allow(&facts, CQ_FACT_BODY, cq_role_body(view, history, role, on));
    cq_facts_set(&facts, CQ_FACT_SPECIAL_RANK, yes_no(role->special_rank));
    if (role->category == CQ_CATEGORY_FAMILY) {
        cq_facts_set(&facts, CQ_FACT_SPONSOR, cq_role_sponsor(history, role, on));
        allow(&facts, CQ_FACT_KIN, cq_role_kin(view, role, on));
    }
    cq_facts_set(&facts, CQ_FACT_CORESIDENT, yes_no(role->coresident));
    cq_facts_set(&facts, CQ_FACT_MINOR, on->day[CQ_INPUT_AGE] < of_age ? CQ_YES : CQ_NO);
    set_request(view, request, &facts);
    cq_facts_set(&facts, CQ_FACT_DESTINATION, find_destination(view, facilities, &query, request));
    cq_facts_set(&facts, CQ_FACT_HOME, find_home(view, role->residence));
    allow(&facts, CQ_FACT_PLACE, cq_facilities_place(facilities, &query));
    cq_facts_set(&facts, CQ_FACT_INSURED, find_insured(view, history, on, facts));
    cq_facts_set(&facts, CQ_FACT_PRESIDENTIAL, presidential ? CQ_YES : CQ_NO);
    cq_facts_set(&facts, CQ_FACT_DUTY_INJURY,
                 request->duty_injury || role->duty_injury == 1 ? CQ_YES : CQ_NO);
    return facts;
}

/* Answers for a person in no list: only the request is known. */
static void answer_none(const struct cq_view *view, const struct cq_request *request, int32_t day,
                        struct cq_answer *answer)
{
    *answer = (struct cq_answer){.category = CQ_CATEGORY_NONE, .birth = CQ_DAY_MIN, .facility = ""};
    answer->facts = cq_facts_all;
    cq_facts_set(&answer->facts, CQ_FACT_CATEGORY, CQ_CATEGORY_NONE);
    set_request(view, request, &answer->facts);
    cq_facts_set(&answer->facts, CQ_FACT_DESTINATION,
                 request->destination == CQ_UNKNOWN ? CQ_DESTINATION_LOCAL : request->destination);
    if (request->duty_injury)
        cq_facts_set(&answer->facts, CQ_FACT_DUTY_INJURY, CQ_YES);
    cq_decide(view->law, day, answer->facts, &answer->decision);
}

const char *cq_view_facility(const struct cq_view *view, struct cq_facilities *facilities,
                             const struct cq_role *role, const struct cq_request *request,
                             int32_t day, const char *provider)
{
    struct cq_facility_query query = cq_view_facility_query(view, role, request, day);
    query.owner = cq_facilities_owner(cq_law_owner(view->law, provider));
    if (query.owner < 0)
        return "";
    if (query.owner != view->mvd)
        query.region = 0;
    const char *code = cq_facilities_nearest(facilities, &query);
    return code ? code : "";
}

static bool answer_role(const struct cq_view *view, struct cq_facilities *facilities,
                        const struct cq_history *history, const struct cq_role *role,
                        const struct cq_request *request, const struct cq_input_days *on,
                        struct cq_answer *answer)
{
    if (!cq_span_holds(role->span, on->day[CQ_INPUT_LISTS]))
        return false;
    *answer = (struct cq_answer){.facts = find_facts(view, facilities, history, role, request, on),
                                 .category = role->category,
                                 .agency = role->agency,
                                 .version = role->id,
                                 .residence = role->residence,
                                 .service_place = role->service_place,
                                 .birth = role->birth,
                                 .facility = ""};
    cq_decide(view->law, on->day[CQ_INPUT_LAW], answer->facts, &answer->decision);
    answer->facility = cq_view_facility(view, facilities, role, request,
                                        on->day[CQ_INPUT_FACILITIES], answer->decision.provider);
    return true;
}

static int rank_of(const struct cq_view *view, int category)
{
    for (int i = 0; i < CQ_CATEGORIES; i++)
        if (view->law->role_order[i] == category)
            return i;
    return CQ_CATEGORIES;
}

/* Sorts roles in the order of the law and moves the first that entitles to the front. */
static void order_roles(const struct cq_view *view, struct cq_answer *answers, int count)
{
    for (int i = 1; i < count; i++) {
        struct cq_answer moved = answers[i];
        int rank = rank_of(view, moved.category), at = i;
        while (at > 0 && rank_of(view, answers[at - 1].category) > rank) {
            answers[at] = answers[at - 1];
            at--;
        }
        answers[at] = moved;
    }
    for (int i = 0; i < count; i++) {
        if (!answers[i].decision.entitled)
            continue;
        struct cq_answer first = answers[i];
        memmove(answers + 1, answers, (size_t)i * sizeof *answers);
        answers[0] = first;
        return;
    }
}

int cq_view_answer(const struct cq_view *view, struct cq_facilities *facilities,
                   const struct cq_history *history, const struct cq_request *request,
                   const struct cq_input_days *on, struct cq_answer *answers)
{
    int count = 0;
    for (size_t i = 0; i < history->role_count && count < CQ_ROLES_MAX; i++)
        if (answer_role(view, facilities, history, &history->roles[i], request, on,
                        &answers[count]))
            count++;
    if (count == 0) {
        answer_none(view, request, on->day[CQ_INPUT_LAW], &answers[0]);
        return 1;
    }
    order_roles(view, answers, count);
    return count;
}
