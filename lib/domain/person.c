/* Registry rows to facts, facts to an answer. Which facts decide what stands in the law tables. */
#include "cq/person.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "cq/registry.h"
#include "facilities.h"
#include "people_read.h"

struct cq_people {
    struct cq_reader reader;
    const struct cq_law *law;
    struct cq_facilities *facilities;
    const char *mvd;              /* the owner that the fact `place` asks about */
};

struct cq_request cq_request_default(int service, int32_t day)
{
    return (struct cq_request){.service = service,
                               .destination = CQ_DESTINATION_LOCAL,
                               .indicated = CQ_UNKNOWN,
                               .package = CQ_UNKNOWN,
                               .profile = {"", 0},
                               .day = day};
}

enum cq_code cq_people_open(struct cq_people **result, struct cq_db *db, const struct cq_law *law,
                            int64_t known_run, struct cq_err *err)
{
    struct cq_people *people = calloc(1, sizeof *people);
    *result = NULL;
    if (!people)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    people->law = law;
    people->mvd = cq_law_owner(law, "mvd");
    enum cq_code code = cq_reader_open(&people->reader, db, known_run, err);
    if (!code)
        code = cq_facilities_read(&people->facilities, db, known_run, err);
    if (code)
        cq_people_close(people);
    else
        *result = people;
    return code;
}

void cq_people_close(struct cq_people *people)
{
    if (!people)
        return;
    cq_reader_close(&people->reader);
    cq_facilities_free(people->facilities);
    free(people);
}

enum cq_code cq_people_next(struct cq_people *people, int64_t after, int32_t day, int64_t *iin,
                            struct cq_err *err)
{
    return cq_reader_next(&people->reader, after, day, iin, err);
}

static int yes_no(int stored)
{
    return stored == CQ_NOT_STATED ? CQ_UNKNOWN : stored ? CQ_YES : CQ_NO;
}

static int body_of(const struct cq_people *people, int agency)
{
    const struct cq_agency *found = cq_law_agency_number(people->law, agency);
    return found ? found->body : CQ_UNKNOWN;
}

/* The body of a role; a family role lasts while the sponsor is an employee.
 * Returns through *holds whether the role holds at all. */
static enum cq_code find_body(struct cq_people *people, const struct cq_role *role,
                              const struct cq_request *request, int *body, bool *holds,
                              struct cq_err *err)
{
    struct cq_sponsor sponsor;
    *holds = true;
    *body = body_of(people, role->agency);
    if (role->category != CQ_CATEGORY_FAMILY && role->category != CQ_CATEGORY_CHILD_OF_FALLEN)
        return CQ_OK;
    enum cq_code code =
        cq_reader_sponsor(&people->reader, role->sponsor, request->day, &sponsor, err);
    if (code)
        return code;
    *body = sponsor.agency ? body_of(people, sponsor.agency) : CQ_UNKNOWN;
    if (role->category == CQ_CATEGORY_FAMILY)
        *holds = sponsor.employed || !sponsor.known;
    return CQ_OK;
}

/* Insurance on the day: the Fund's word where there is one, else what the law presumes. */
static int find_insured(const struct cq_people *people, const struct cq_fund *fund, int32_t day,
                        uint64_t facts)
{
    if (!fund->known)
        return cq_law_presumed_insured(people->law, facts);
    if (!fund->insured)
        return CQ_NO;
    if (fund->paid_until == CQ_DAY_MAX)
        return CQ_YES;
    int tail = (int)cq_law_parameter(people->law, "insurance_tail_months", day);
    return day < cq_date_month_after(fund->paid_until, tail + 1) ? CQ_YES : CQ_NO;
}

static int find_home(const struct cq_people *people, int32_t residence)
{
    const struct cq_region *region =
        residence ? cq_law_region(people->law, cq_kato_region(residence)) : NULL;
    return region ? region->home : CQ_UNKNOWN;
}

static struct cq_wanted wanted_of(const struct cq_request *request, const struct cq_role *role,
                                  const char *owner)
{
    return (struct cq_wanted){.owner = owner,
                              .service = request->service,
                              .profile = request->profile,
                              .day = request->day,
                              .places = {role->residence, role->service_place}};
}

/* The region of the city that the request names, where people go on referral. */
static int destination_region(const struct cq_people *people, const struct cq_request *request)
{
    if (request->service != CQ_SERVICE_INPATIENT || request->destination == CQ_DESTINATION_LOCAL)
        return 0;
    int home = request->destination == CQ_DESTINATION_ASTANA ? CQ_HOME_ASTANA : CQ_HOME_ALMATY;
    for (size_t i = 0; i < people->law->region_count; i++)
        if (people->law->regions[i].home == home)
            return people->law->regions[i].number;
    return 0;
}

static int package_of(const struct cq_people *people, const struct cq_request *request)
{
    return request->package != CQ_UNKNOWN ? request->package
                                          : people->law->services[request->service].package;
}

/* The facts of one role. */
static uint64_t find_facts(const struct cq_people *people, const struct cq_role *role, int body,
                           const struct cq_person *person, const struct cq_request *request)
{
    uint64_t facts = cq_facts_all;
    struct cq_wanted wanted = wanted_of(request, role, people->mvd);
    int years = (int)cq_law_parameter(people->law, "majority_years", request->day);
    cq_facts_set(&facts, CQ_FACT_CATEGORY, role->category);
    cq_facts_set(&facts, CQ_FACT_BODY, body);
    cq_facts_set(&facts, CQ_FACT_SPECIAL_RANK, yes_no(role->special_rank));
    cq_facts_set(&facts, CQ_FACT_CORESIDENT, yes_no(role->coresident));
    cq_facts_set(&facts, CQ_FACT_MINOR,
                 request->day < cq_date_birthday(role->birth, years) ? CQ_YES : CQ_NO);
    cq_facts_set(&facts, CQ_FACT_SERVICE, request->service);
    cq_facts_set(&facts, CQ_FACT_DESTINATION, request->destination);
    cq_facts_set(&facts, CQ_FACT_HOME, find_home(people, role->residence));
    cq_facts_set(&facts, CQ_FACT_PLACE, cq_facilities_place(people->facilities, &wanted));
    cq_facts_set(&facts, CQ_FACT_INDICATED, request->indicated);
    cq_facts_set(&facts, CQ_FACT_PACKAGE, package_of(people, request));
    cq_facts_set(&facts, CQ_FACT_INSURED,
                 find_insured(people, &person->fund, request->day, facts));
    cq_facts_set(&facts, CQ_FACT_PRESIDENTIAL,
                 person->presidential || role->presidential == 1 ? CQ_YES : CQ_NO);
    cq_facts_set(&facts, CQ_FACT_DUTY_INJURY,
                 request->duty_injury || role->duty_injury == 1 ? CQ_YES : CQ_NO);
    return facts;
}

/* A person whom nobody lists. */
static void answer_none(const struct cq_people *people, const struct cq_request *request,
                        struct cq_answer *answer)
{
    *answer = (struct cq_answer){.category = CQ_CATEGORY_NONE, .birth = CQ_DAY_MIN};
    answer->facts = cq_facts_all;
    cq_facts_set(&answer->facts, CQ_FACT_CATEGORY, CQ_CATEGORY_NONE);
    cq_facts_set(&answer->facts, CQ_FACT_SERVICE, request->service);
    cq_facts_set(&answer->facts, CQ_FACT_DESTINATION, request->destination);
    cq_decide(people->law, request->day, answer->facts, &answer->decision);
}

static void find_facility(const struct cq_people *people, const struct cq_role *role,
                          const struct cq_request *request, struct cq_answer *answer)
{
    const char *owner = cq_law_owner(people->law, answer->decision.provider);
    if (!owner)
        return;
    struct cq_wanted wanted = wanted_of(request, role, owner);
    if (strcmp(owner, people->mvd) == 0)
        wanted.region = destination_region(people, request);
    const char *code = cq_facilities_nearest(people->facilities, &wanted);
    if (code)
        strncat(answer->facility, code, sizeof answer->facility - 1);
}

static enum cq_code answer_role(struct cq_people *people, const struct cq_role *role,
                                const struct cq_person *person, const struct cq_request *request,
                                struct cq_answer *answer, bool *holds, struct cq_err *err)
{
    int body;
    enum cq_code code = find_body(people, role, request, &body, holds, err);
    if (code || !*holds)
        return code;
    *answer = (struct cq_answer){.facts = find_facts(people, role, body, person, request),
                                 .category = role->category,
                                 .agency = role->agency,
                                 .version = role->id,
                                 .residence = role->residence,
                                 .service_place = role->service_place,
                                 .birth = role->birth};
    cq_decide(people->law, request->day, answer->facts, &answer->decision);
    find_facility(people, role, request, answer);
    return CQ_OK;
}

static int rank_of(const struct cq_people *people, int category)
{
    for (int i = 0; i < CQ_CATEGORIES; i++)
        if (people->law->role_order[i] == category)
            return i;
    return CQ_CATEGORIES;
}

/* Roles in the order of the law, and in front the first that entitles. */
static void order_roles(const struct cq_people *people, struct cq_answer *answers, int count)
{
    for (int i = 1; i < count; i++) {
        struct cq_answer moved = answers[i];
        int at = i;
        while (at > 0 && rank_of(people, answers[at - 1].category) > rank_of(people, moved.category)) {
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

enum cq_code cq_people_decide(struct cq_people *people, int64_t iin,
                              const struct cq_request *request, struct cq_answer *answers,
                              int *count, struct cq_err *err)
{
    const struct cq_person *person;
    enum cq_code code = cq_reader_person(&people->reader, iin, request->day, &person, err);
    *count = 0;
    for (int i = 0; !code && i < person->role_count; i++) {
        bool holds;
        code = answer_role(people, &person->roles[i], person, request, &answers[*count], &holds,
                           err);
        if (!code && holds)
            ++*count;
    }
    if (code)
        return code;
    if (*count == 0) {
        answer_none(people, request, &answers[0]);
        *count = 1;
    }
    order_roles(people, answers, *count);
    return CQ_OK;
}
