/* A registry in plain arrays, drawn at random, and a second reading of cq-law(5), FACTS: the facts of
 * each role of a person on a day, found by going through all rows. Nothing of the library's reader
 * or facilities is used. */
#ifndef CQ_TEST_PEOPLE_MODEL_H
#define CQ_TEST_PEOPLE_MODEL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "cq/db.h"
#include "cq/lists.h"
#include "cq/person.h"

enum { MODEL_PEOPLE = 300, MODEL_FACILITIES = 36, MODEL_DAYS = 5 * 365, NO_DAY = INT32_MIN };

struct birth {
    int year, month, day;
};

/* A place: the code as stored, and its digits without the zeros that stand for the whole of it. */
struct place {
    int32_t kato;
    const char *digits;
};

static const struct place model_places[] = {
    {711110000, "71111"}, {711010000, "71101"},   {751110000, "75111"}, {750000000, "75"},
    {351010000, "35101"}, {353630100, "3536301"}, {110000000, "11"},    {117020100, "1170201"},
    {71, "71"},           {3536, "3536"}};

struct model_role {
    int person, agency, version;
    int32_t from, to;                                                  /* NO_DAY where open */
    int category, special_rank, coresident, presidential, duty_injury; /* -1 where not stated */
    const struct place *residence, *service;                           /* NULL where not stated */
    int sponsor, relation, disabled, dependent;                        /* -1 likewise */
    int32_t student_until, killed_on;
};

struct model_fund {
    int person;
    int32_t from, to;
    bool insured;
    int paid_year, paid_month; /* 0 where not stated */
};

struct model_listing {
    int person;
    int32_t from, to;
};

struct model_facility {
    char code[16];
    int owner, service;
    const char *profile; /* NULL for any */
    const struct place *at;
    const char *serves[2]; /* digits; NULL: its region */
    bool lacks;
    int32_t from, to;
};

struct model {
    struct birth births[MODEL_PEOPLE];
    struct model_role roles[MODEL_PEOPLE * 6];
    struct model_fund funds[MODEL_PEOPLE * 2];
    struct model_listing listings[MODEL_PEOPLE];
    struct model_facility facilities[MODEL_FACILITIES];
    int role_count, fund_count, listing_count;
    int32_t first;
    uint64_t seed;
};

/* A role on a day. */
struct model_answer {
    const struct model_role *role; /* NULL: in no list */
    uint64_t facts;
    struct cq_decision decision;
    const char *facility;
};

/* --- days --- */

static int32_t model_birthday(const struct birth *b, int years)
{
    int year = b->year + years;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return b->month == 2 && b->day == 29 && !leap ? cq_date_make(year, 3, 1)
                                                  : cq_date_make(year, b->month, b->day);
}

static bool model_holds(int32_t from, int32_t to, int32_t day)
{
    return (from == NO_DAY || from <= day) && (to == NO_DAY || day < to);
}

static bool model_role_holds(const struct model *m, const struct model_role *r, int32_t day)
{
    return model_holds(r->from, r->to, day) && day >= model_birthday(&m->births[r->person], 0) &&
           (r->category != CQ_CATEGORY_CHILD_OF_FALLEN || r->killed_on == NO_DAY ||
            day >= r->killed_on);
}

/* --- sponsor and kin --- */

/* The row of the sponsor that counts: an employee's before a pensioner's, one that holds before one
 * that does not, then the last to end. */
static const struct model_role *model_sponsor(const struct model *m, int person, int32_t day)
{
    const struct model_role *best = NULL;
    int32_t birth;
    for (int i = 0; i < m->role_count; i++) {
        const struct model_role *r = &m->roles[i];
        if (r->person != person ||
            (r->category != CQ_CATEGORY_EMPLOYEE && r->category != CQ_CATEGORY_PENSIONER))
            continue;
        birth = model_birthday(&m->births[person], 0);
        bool holds = model_holds(r->from, r->to, day) && day >= birth,
             other = best && model_holds(best->from, best->to, day) && day >= birth;
        bool employee = r->category == CQ_CATEGORY_EMPLOYEE;
        if (best && (best->category == CQ_CATEGORY_EMPLOYEE) != employee) {
            if (employee)
                best = r;
        } else if (best && holds != other) {
            if (holds)
                best = r;
        } else if (!best ||
                   (!holds && (r->to == NO_DAY || (best->to != NO_DAY && r->to >= best->to)))) {
            best = r;
        }
    }
    return best;
}

static bool model_is_named(const struct model *m, int person)
{
    for (int i = 0; i < m->role_count; i++)
        if (m->roles[i].person == person)
            return true;
    return false;
}

static uint64_t model_body(int agency)
{
    static const int bodies[] = {0,
                                 CQ_BODY_LAW_ENFORCEMENT,
                                 CQ_BODY_LAW_ENFORCEMENT,
                                 CQ_BODY_LAW_ENFORCEMENT,
                                 CQ_BODY_LAW_ENFORCEMENT,
                                 CQ_BODY_FIRE_SERVICE,
                                 CQ_BODY_CIVIL_PROTECTION,
                                 CQ_BODY_COURIER,
                                 CQ_BODY_LAW_ENFORCEMENT};
    return cq_fact_bit(CQ_FACT_BODY, bodies[agency]);
}

static uint64_t model_kin(const struct model *m, const struct model_role *r, int32_t day)
{
    const struct birth *b = &m->births[r->person];
    uint64_t kin = 0;
#define KIN(value) cq_fact_bit(CQ_FACT_KIN, value)
    if (r->relation < 0)
        return KIN(CQ_KIN_LISTED);
    if (r->relation == CQ_RELATION_SPOUSE)
        return KIN(CQ_KIN_SPOUSE);
    if (r->relation == CQ_RELATION_PARENT) {
        if (r->dependent != 0)
            kin |= KIN(CQ_KIN_DEPENDENT_PARENT);
        if (r->dependent != 1)
            kin |= KIN(CQ_KIN_OTHER);
        return kin;
    }
    if (r->relation == CQ_RELATION_OTHER)
        return KIN(CQ_KIN_OTHER);
    if (day < model_birthday(b, 18))
        return KIN(CQ_KIN_MINOR_CHILD);
    if (day < model_birthday(b, 23) && r->student_until != NO_DAY && day <= r->student_until)
        return KIN(CQ_KIN_STUDENT_CHILD);
    if (day < model_birthday(b, 23) && r->student_until == NO_DAY)
        kin |= KIN(CQ_KIN_STUDENT_CHILD);
    if (r->disabled != 0)
        kin |= KIN(CQ_KIN_DISABLED_CHILD);
    if (r->disabled != 1)
        kin |= KIN(CQ_KIN_OTHER);
    return kin;
#undef KIN
}

/* --- facilities --- */

static bool model_begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool model_can_serve(const struct model_facility *f, int owner, int service,
                            const char *profile, int32_t day)
{
    return f->owner == owner && f->service == service && !f->lacks &&
           model_holds(f->from, f->to, day) &&
           (!profile || !f->profile || strcmp(f->profile, profile) == 0);
}

/* 1: serves the place; 2: it may, the place is too coarse to decide; 0: it does not. */
static int model_serves(const struct model_facility *f, const struct place *place)
{
    int best = 0;
    char region[3] = {f->at->digits[0], f->at->digits[1], 0};
    for (int i = 0; i < 2; i++) {
        const char *area = i == 0 && !f->serves[0] ? region : f->serves[i];
        if (!area)
            continue;
        if (model_begins(place->digits, area))
            return 1;
        if (model_begins(area, place->digits))
            best = 2;
    }
    return best;
}

/* Whether an MVD-MO can serve a place: bit 1 yes, bit 2 no. */
static unsigned model_reach(const struct model *m, const struct place *place,
                            const struct cq_request *q, const char *profile, int32_t day)
{
    unsigned reach = 2;
    for (int i = 0; i < MODEL_FACILITIES; i++) {
        const struct model_facility *f = &m->facilities[i];
        if (!model_can_serve(f, 0, q->service, profile, day))
            continue;
        int serves = model_serves(f, place);
        if (serves == 1)
            return 1;
        if (serves == 2)
            reach = 3;
    }
    return reach;
}

static uint64_t model_place(const struct model *m, const struct model_role *r,
                            const struct cq_request *q, const char *profile, int32_t day)
{
    const struct place *stated[2];
    int count = 0;
    uint64_t bits = 0;
    if (r->residence)
        stated[count++] = r->residence;
    if (r->service && r->category == CQ_CATEGORY_EMPLOYEE && r->service != r->residence)
        stated[count++] = r->service;
    if (count == 0)
        return cq_fact_field(CQ_FACT_PLACE);
    unsigned first = model_reach(m, stated[0], q, profile, day),
             second = count == 2 ? model_reach(m, stated[1], q, profile, day) : 0;
    for (unsigned a = 1; a <= 2; a++)
        for (unsigned b = 1; b <= 2; b++) {
            if (!(first & a) || (count == 2 && !(second & b)) || (count == 1 && b != a))
                continue;
            int value = a == 1 && b == 1   ? CQ_PLACE_AVAILABLE
                        : a == 2 && b == 2 ? CQ_PLACE_ABSENT
                                           : CQ_PLACE_ONE;
            bits |= cq_fact_bit(CQ_FACT_PLACE, value);
        }
    return bits;
}

static int model_shared(int32_t a, int32_t b)
{
    char x[12], y[12];
    int shared = 0;
    snprintf(x, sizeof x, "%d", (int)a);
    snprintf(y, sizeof y, "%d", (int)b);
    while (x[shared] && x[shared] == y[shared])
        shared++;
    return shared;
}

/* The nearest that serves a place for certain, then the first by code. */
static const struct model_facility *model_nearest_to(const struct model *m,
                                                     const struct place *place, int owner,
                                                     const struct cq_request *q,
                                                     const char *profile, int32_t day)
{
    const struct model_facility *best = NULL;
    int nearest = -1;
    for (int i = 0; place && i < MODEL_FACILITIES; i++) {
        const struct model_facility *f = &m->facilities[i];
        int near = model_shared(f->at->kato, place->kato);
        if (!model_can_serve(f, owner, q->service, profile, day) || model_serves(f, place) != 1)
            continue;
        if (near > nearest || (near == nearest && strcmp(f->code, best->code) < 0)) {
            best = f;
            nearest = near;
        }
    }
    return best;
}

/* The nearest in a region, to either place. */
static const struct model_facility *model_nearest_in(const struct model *m,
                                                     const struct model_role *r, const char *region,
                                                     const struct cq_request *q,
                                                     const char *profile, int32_t day)
{
    const struct place *places[2] = {r->residence,
                                     r->category == CQ_CATEGORY_EMPLOYEE ? r->service : NULL};
    const struct model_facility *best = NULL;
    int nearest = -1;
    for (int i = 0; i < MODEL_FACILITIES; i++) {
        const struct model_facility *f = &m->facilities[i];
        int near = 0;
        if (!model_can_serve(f, 0, q->service, profile, day) ||
            !model_begins(f->at->digits, region))
            continue;
        for (int p = 0; p < 2; p++)
            if (places[p] && model_shared(f->at->kato, places[p]->kato) > near)
                near = model_shared(f->at->kato, places[p]->kato);
        if (near > nearest || (near == nearest && strcmp(f->code, best->code) < 0)) {
            best = f;
            nearest = near;
        }
    }
    return best;
}

static const struct model_facility *model_nearest(const struct model *m, const struct model_role *r,
                                                  int owner, const struct cq_request *q,
                                                  const char *profile, int32_t day)
{
    if (owner == 0 && q->service == CQ_SERVICE_INPATIENT &&
        (q->destination == CQ_DESTINATION_ASTANA || q->destination == CQ_DESTINATION_ALMATY))
        return model_nearest_in(m, r, q->destination == CQ_DESTINATION_ASTANA ? "71" : "75", q,
                                profile, day);
    const struct model_facility *f = model_nearest_to(m, r->residence, owner, q, profile, day);
    if (!f && r->category == CQ_CATEGORY_EMPLOYEE)
        f = model_nearest_to(m, r->service, owner, q, profile, day);
    return f;
}

/* --- facts --- */

static int model_city(const char *digits)
{
    return model_begins(digits, "71")   ? CQ_HOME_ASTANA
           : model_begins(digits, "75") ? CQ_HOME_ALMATY
                                        : CQ_HOME_ELSEWHERE;
}

/* The MVD-MO that is asked for by code, if it can serve. */
static const struct model_facility *model_asked(const struct model *m, const struct cq_request *q,
                                                const char *profile, int32_t day)
{
    for (int i = 0; i < MODEL_FACILITIES && q->facility.len; i++)
        if (strcmp(m->facilities[i].code, q->facility.ptr) == 0 &&
            model_can_serve(&m->facilities[i], 0, q->service, profile, day))
            return &m->facilities[i];
    return NULL;
}

static int model_destination(const struct model *m, const struct model_role *r,
                             const struct cq_request *q, const char *profile, int32_t day)
{
    static const int of_city[] = {CQ_DESTINATION_ASTANA, CQ_DESTINATION_ALMATY,
                                  CQ_DESTINATION_LOCAL};
    if (q->destination != CQ_UNKNOWN)
        return q->destination;
    if (q->service != CQ_SERVICE_INPATIENT || !r)
        return CQ_DESTINATION_LOCAL;
    const struct model_facility *f = model_asked(m, q, profile, day);
    if (!f)
        f = model_nearest(m, r, 0, q, profile, day);
    return f ? of_city[model_city(f->at->digits)] : CQ_DESTINATION_LOCAL;
}

/* Three months after the last paid month; presumed where the Fund's list has no row. */
static int model_insured(const struct model *m, const struct model_role *r, int32_t day)
{
    for (int i = 0; i < m->fund_count; i++) {
        const struct model_fund *f = &m->funds[i];
        if (f->person != r->person || !model_holds(f->from, f->to, day))
            continue;
        if (!f->insured)
            return CQ_NO;
        int month = f->paid_year * 12 + f->paid_month - 1 + 4;
        return f->paid_year == 0 || day < cq_date_make(month / 12, month % 12 + 1, 1) ? CQ_YES
                                                                                      : CQ_NO;
    }
    return r->category == CQ_CATEGORY_EMPLOYEE || r->category == CQ_CATEGORY_PENSIONER ||
                   day < model_birthday(&m->births[r->person], 18)
               ? CQ_YES
               : CQ_UNKNOWN;
}

static bool model_is_presidential(const struct model *m, const struct model_role *r, int32_t day)
{
    for (int i = 0; i < m->listing_count; i++)
        if (m->listings[i].person == r->person &&
            model_holds(m->listings[i].from, m->listings[i].to, day))
            return true;
    return r->presidential == 1;
}

static void model_narrow(uint64_t *facts, enum cq_fact fact, uint64_t bits)
{
    *facts = (*facts & ~cq_fact_field(fact)) | bits;
}

static int model_yes_no(int stated)
{
    return stated < 0 ? CQ_UNKNOWN : stated ? CQ_YES : CQ_NO;
}

static uint64_t model_request_facts(const struct cq_request *q)
{
    static const int packages[CQ_SERVICES] = {
        [CQ_SERVICE_OUTPATIENT] = CQ_PACKAGE_GOBMP,
        [CQ_SERVICE_MENTAL_HEALTH] = CQ_PACKAGE_GOBMP,
        [CQ_SERVICE_INPATIENT] = CQ_PACKAGE_OSMS,
        [CQ_SERVICE_DAY_HOSPITAL] = CQ_PACKAGE_OSMS,
        [CQ_SERVICE_MEDICAL_REHABILITATION] = CQ_PACKAGE_OSMS,
        [CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION] = CQ_UNKNOWN,
        [CQ_SERVICE_SANATORIUM] = CQ_UNKNOWN,
        [CQ_SERVICE_ABROAD] = CQ_UNKNOWN};
    uint64_t facts = cq_facts_all;
    cq_facts_set(&facts, CQ_FACT_SERVICE, q->service);
    cq_facts_set(&facts, CQ_FACT_URGENCY, q->urgency);
    cq_facts_set(&facts, CQ_FACT_INDICATED, q->indicated);
    cq_facts_set(&facts, CQ_FACT_PACKAGE,
                 q->package == CQ_UNKNOWN ? packages[q->service] : q->package);
    return facts;
}

static uint64_t model_facts(const struct model *m, const struct model_role *r,
                            const struct cq_request *q, const char *profile, int32_t day)
{
    bool family = r->category == CQ_CATEGORY_FAMILY,
         dependent = family || r->category == CQ_CATEGORY_CHILD_OF_FALLEN;
    const struct model_role *sponsor = dependent ? model_sponsor(m, r->sponsor, day) : NULL;
    uint64_t facts = model_request_facts(q);
    cq_facts_set(&facts, CQ_FACT_CATEGORY, r->category);
    if (!dependent)
        model_narrow(&facts, CQ_FACT_BODY, model_body(r->agency));
    else if (sponsor)
        model_narrow(&facts, CQ_FACT_BODY, model_body(sponsor->agency));
    cq_facts_set(&facts, CQ_FACT_SPECIAL_RANK, model_yes_no(r->special_rank));
    if (family) {
        bool serves = sponsor && sponsor->category == CQ_CATEGORY_EMPLOYEE &&
                      model_role_holds(m, sponsor, day);
        cq_facts_set(&facts, CQ_FACT_SPONSOR,
                     !model_is_named(m, r->sponsor) ? CQ_SPONSOR_LISTED
                     : serves                       ? CQ_SPONSOR_EMPLOYEE
                                                    : CQ_SPONSOR_OTHER);
        model_narrow(&facts, CQ_FACT_KIN, model_kin(m, r, day));
    }
    cq_facts_set(&facts, CQ_FACT_CORESIDENT, model_yes_no(r->coresident));
    cq_facts_set(&facts, CQ_FACT_MINOR,
                 day < model_birthday(&m->births[r->person], 18) ? CQ_YES : CQ_NO);
    cq_facts_set(&facts, CQ_FACT_DESTINATION, model_destination(m, r, q, profile, day));
    cq_facts_set(&facts, CQ_FACT_HOME,
                 r->residence ? model_city(r->residence->digits) : CQ_UNKNOWN);
    model_narrow(&facts, CQ_FACT_PLACE, model_place(m, r, q, profile, day));
    cq_facts_set(&facts, CQ_FACT_INSURED, model_insured(m, r, day));
    cq_facts_set(&facts, CQ_FACT_PRESIDENTIAL, model_is_presidential(m, r, day) ? CQ_YES : CQ_NO);
    cq_facts_set(&facts, CQ_FACT_DUTY_INJURY,
                 q->duty_injury || r->duty_injury == 1 ? CQ_YES : CQ_NO);
    return facts;
}

/* --- answers --- */

static int model_owner(const char *provider)
{
    static const struct {
        const char *provider, *owner;
    } owners[] = {{"mvd", "mvd"},
                  {"health_subject", "health_subject"},
                  {"presidential", "presidential"},
                  {"civil_protection_psychologist", "civil_protection"},
                  {"sanatorium", "sanatorium"},
                  {"mental_health_organisation", "mental_health"}};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        for (int k = 0; strcmp(owners[i].provider, provider) == 0 && cq_owner_name(k); k++)
            if (strcmp(cq_owner_name(k), owners[i].owner) == 0)
                return k;
    return -1;
}

static int model_rank(int category)
{
    static const int order[] = {CQ_CATEGORY_EMPLOYEE, CQ_CATEGORY_CHILD_OF_FALLEN,
                                CQ_CATEGORY_PENSIONER, CQ_CATEGORY_FAMILY};
    int rank = 0;
    while (rank < 4 && order[rank] != category)
        rank++;
    return rank;
}

static uint64_t model_unlisted(const struct cq_request *q)
{
    uint64_t facts = model_request_facts(q);
    cq_facts_set(&facts, CQ_FACT_CATEGORY, CQ_CATEGORY_NONE);
    cq_facts_set(&facts, CQ_FACT_DESTINATION,
                 q->destination == CQ_UNKNOWN ? CQ_DESTINATION_LOCAL : q->destination);
    if (q->duty_injury)
        cq_facts_set(&facts, CQ_FACT_DUTY_INJURY, CQ_YES);
    return facts;
}

/* All roles of a person on a day, the one that answers first. Returns how many. */
static inline int model_answers(const struct model *m, const struct cq_law *law, int person,
                                const struct cq_request *q, const char *profile, int32_t day,
                                struct model_answer *answers)
{
    int count = 0;
    for (int rank = 0; rank < 4; rank++)
        for (int i = 0; i < m->role_count; i++) {
            const struct model_role *r = &m->roles[i];
            if (r->person != person || model_rank(r->category) != rank ||
                !model_role_holds(m, r, day))
                continue;
            struct model_answer *a = &answers[count++];
            *a = (struct model_answer){r, model_facts(m, r, q, profile, day), {0}, ""};
            cq_decide(law, day, a->facts, &a->decision);
            int owner = model_owner(a->decision.provider);
            const struct model_facility *f =
                owner < 0 ? NULL : model_nearest(m, r, owner, q, profile, day);
            a->facility = f ? f->code : "";
        }
    if (count == 0) {
        answers[0] = (struct model_answer){NULL, model_unlisted(q), {0}, ""};
        cq_decide(law, day, answers[0].facts, &answers[0].decision);
        return 1;
    }
    for (int i = 0; i < count; i++)
        if (answers[i].decision.entitled) {
            struct model_answer first = answers[i];
            memmove(answers + 1, answers, (size_t)i * sizeof *answers);
            answers[0] = first;
            break;
        }
    return count;
}

#endif
