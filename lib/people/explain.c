/* Sources of the facts of one answer, found in the rows that person_facts.c reads; and the rules
 * that nearly applied. */
#include "cq/explain.h"

#include "cq/date.h"
#include "engine/law_masks.h"
#include "people/people.h"

struct question {
    struct cq_people *people;
    const struct cq_history *history;
    const struct cq_request *request;
    const struct cq_role *role; /* NULL for a person in no list */
};

static struct cq_fact_source source(enum cq_origin origin)
{
    return (struct cq_fact_source){
        .origin = origin, .list_date = CQ_DAY_MIN, .day = CQ_DAY_MIN, .facility = ""};
}

/* A source that is the person's row in the agency's list. */
static struct cq_fact_source list_source(const struct question *q, enum cq_origin origin)
{
    struct cq_fact_source s = source(origin);
    s.agency = q->role->agency;
    s.run = q->role->run;
    return s;
}

static struct cq_fact_source body_source(const struct question *q)
{
    struct cq_fact_source s = list_source(q, CQ_ORIGIN_AGENCY);
    if (q->role->category != CQ_CATEGORY_FAMILY && q->role->category != CQ_CATEGORY_CHILD_OF_FALLEN)
        return s;
    const struct cq_sponsor_row *row =
        cq_sponsor_find(q->history, &q->history->sponsors[q->role->sponsor], q->request->day);
    if (!row)
        return source(CQ_ORIGIN_UNKNOWN);
    s.origin = CQ_ORIGIN_SPONSOR;
    s.agency = row->agency;
    s.run = row->run;
    return s;
}

static struct cq_fact_source minor_source(const struct question *q)
{
    struct cq_fact_source s = list_source(q, CQ_ORIGIN_BIRTH);
    s.day = cq_date_birthday(
        q->role->birth,
        (int)cq_law_parameter(q->people->own.law, "majority_years", q->request->day));
    return s;
}

static struct cq_fact_source place_source(const struct question *q)
{
    struct cq_facility_query query =
        cq_view_facility_query(&q->people->own, q->role, q->request, q->request->day);
    struct cq_fact_source s = source(CQ_ORIGIN_NO_FACILITY);
    query.region = 0;
    const char *code = cq_facilities_nearest(q->people->facilities, &query);
    if (code) {
        s.origin = CQ_ORIGIN_FACILITY;
        s.facility = code;
    }
    for (int p = 0; p < 2 && !code; p++)
        if (query.places[p])
            s.lacks[p] = cq_facilities_lacking(q->people->facilities, &query, query.places[p]);
    return s;
}

static struct cq_fact_source insured_source(const struct question *q)
{
    const struct cq_fund *fund = cq_history_fund(q->history, q->request->day);
    struct cq_fact_source s = source(CQ_ORIGIN_PRESUMED);
    if (!fund)
        return s;
    s.origin = CQ_ORIGIN_FUND;
    s.run = fund->run;
    s.day = fund->insured && fund->paid_until != CQ_DAY_MAX
                ? cq_fund_tail_end(fund, cq_law_parameter(q->people->own.law,
                                                          "insurance_tail_months", q->request->day))
                : CQ_DAY_MAX;
    return s;
}

static struct cq_fact_source presidential_source(const struct question *q)
{
    const struct cq_listing *listing = cq_history_listing(q->history, q->request->day);
    struct cq_fact_source s = source(CQ_ORIGIN_PRESIDENTIAL);
    if (!listing)
        return q->role->presidential == CQ_NOT_STATED ? source(CQ_ORIGIN_DEFAULT)
                                                      : list_source(q, CQ_ORIGIN_LIST);
    s.run = listing->run;
    return s;
}

static struct cq_fact_source find_source(const struct question *q, enum cq_fact fact,
                                         const bool given[CQ_FACTS])
{
    if (given[fact] && fact != CQ_FACT_DUTY_INJURY)
        return source(CQ_ORIGIN_QUESTION);
    switch (fact) {
    case CQ_FACT_SERVICE:
    case CQ_FACT_DESTINATION: return source(CQ_ORIGIN_DEFAULT);
    case CQ_FACT_CATEGORY:
        return q->role ? list_source(q, CQ_ORIGIN_LIST) : source(CQ_ORIGIN_UNLISTED);
    case CQ_FACT_INDICATED: return source(CQ_ORIGIN_UNKNOWN);
    case CQ_FACT_PACKAGE: return source(CQ_ORIGIN_SERVICE_DEFAULT);
    default: break;
    }
    if (!q->role)
        return source(fact == CQ_FACT_DUTY_INJURY && q->request->duty_injury ? CQ_ORIGIN_QUESTION
                                                                             : CQ_ORIGIN_UNLISTED);
    switch (fact) {
    case CQ_FACT_BODY: return body_source(q);
    case CQ_FACT_MINOR: return minor_source(q);
    case CQ_FACT_HOME: return list_source(q, CQ_ORIGIN_RESIDENCE);
    case CQ_FACT_PLACE: return place_source(q);
    case CQ_FACT_INSURED: return insured_source(q);
    case CQ_FACT_PRESIDENTIAL: return presidential_source(q);
    case CQ_FACT_DUTY_INJURY:
        if (q->role->duty_injury == 1)
            return list_source(q, CQ_ORIGIN_LIST);
        if (q->request->duty_injury)
            return source(CQ_ORIGIN_QUESTION);
        return q->role->duty_injury == 0 ? list_source(q, CQ_ORIGIN_LIST)
                                         : source(CQ_ORIGIN_DEFAULT);
    default: /* special_rank, coresident */ return list_source(q, CQ_ORIGIN_LIST);
    }
}

/* Reads the date of each list, which is in the row of its run. */
static enum cq_code find_list_dates(struct cq_db *db, struct cq_fact_source sources[CQ_FACTS],
                                    struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row;
    enum cq_code code = cq_db_prepare(db, &stmt, "SELECT list_date FROM run WHERE id = ?1", err);
    for (int i = 0; i < CQ_FACTS && !code; i++) {
        if (sources[i].run == 0)
            continue;
        sqlite3_bind_int64(stmt, 1, sources[i].run);
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
            sources[i].list_date = sqlite3_column_int(stmt, 0);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_people_explain(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, const bool given[CQ_FACTS],
                               const struct cq_answer *answer,
                               struct cq_fact_source sources[CQ_FACTS], struct cq_err *err)
{
    struct question q = {.people = people, .request = request};
    enum cq_code code = cq_reader_person(&people->reader, iin, request->day, &q.history, err);
    if (code)
        return code;
    for (size_t i = 0; i < q.history->role_count && !q.role; i++)
        if (q.history->roles[i].id == answer->version)
            q.role = &q.history->roles[i];
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        sources[i] = find_source(&q, fact, given);
        /* A list or presumption that leaves a fact unknown is not its source. */
        if (cq_facts_get(answer->facts, fact) == CQ_UNKNOWN &&
            sources[i].origin != CQ_ORIGIN_UNLISTED)
            sources[i] = source(CQ_ORIGIN_UNKNOWN);
    }
    return find_list_dates(people->reader.db, sources, err);
}

static uint32_t facts_outside(uint64_t word, uint64_t mask)
{
    uint32_t facts = 0;
    for (int fact = 0; fact < CQ_FACTS; fact++)
        if ((word & ~mask & cq_fact_field((enum cq_fact)fact)) != 0)
            facts |= 1u << fact;
    return facts;
}

size_t cq_near_rules(const struct cq_law *law, int32_t day, uint64_t word,
                     struct cq_near_rule *near, size_t room)
{
    const struct cq_interval *interval = cq_law_interval(law, day);
    int least = CQ_FACTS + 1;
    size_t count = 0;
    for (size_t i = 0; i < interval->count; i++) {
        const struct cq_ruling *ruling = &interval->rulings[interval->masks[i].ruling];
        const struct cq_rule *rule = ruling->rule;
        uint64_t mask = interval->masks[i].facts;
        uint32_t failed = facts_outside(word, mask);
        int facts = __builtin_popcount(failed);
        if (!rule->entitled || (failed >> CQ_FACT_SERVICE & 1) || facts == 0 || facts > least)
            continue;
        if (facts < least) {
            least = facts;
            count = 0;
        }
        if (count < room &&
            (count == 0 || near[count - 1].rule != rule)) /* masks are ordered by rule */
            near[count++] = (struct cq_near_rule){rule, ruling->basis, mask, failed};
    }
    return count;
}
