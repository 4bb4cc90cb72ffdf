/* Sources of the facts of one answer, found in the rows that person_facts.c reads; and the rules
 * that nearly applied. */
#include "cq/explain.h"

#include <stdio.h>

#include "cq/date.h"
#include "cq/lists.h"
#include "cq/registry.h"
#include "engine/law_masks.h"
#include "people/family.h"
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
    s.list_line = q->role->list_line;
    return s;
}

/* The row of the sponsor that counts on the day; any row, where none makes a sponsor. */
static struct cq_fact_source sponsor_source(const struct question *q)
{
    const struct cq_sponsor *sponsor = &q->history->sponsors[q->role->sponsor];
    const struct cq_sponsor_row *row = cq_sponsor_find(q->history, sponsor, q->request->day);
    struct cq_fact_source s = source(sponsor->count ? CQ_ORIGIN_SPONSOR : CQ_ORIGIN_NO_SPONSOR);
    s.sponsor = sponsor->iin;
    if (!row && sponsor->count)
        row = &q->history->sponsor_rows[sponsor->first];
    if (!row)
        return s;
    s.agency = row->agency;
    s.run = row->run;
    s.list_line = row->list_line;
    if (row->span.to <= q->request->day)
        s.day = row->span.to;
    return s;
}

static struct cq_fact_source body_source(const struct question *q)
{
    return cq_category_has_sponsor(q->role->category) ? sponsor_source(q)
                                                      : list_source(q, CQ_ORIGIN_AGENCY);
}

static struct cq_fact_source kin_source(const struct question *q, uint64_t facts)
{
    const struct cq_role *role = q->role;
    if (role->relation == CQ_NOT_STATED)
        return list_source(q, CQ_ORIGIN_LIST);
    struct cq_fact_source s = list_source(q, CQ_ORIGIN_KIN);
    s.relation = role->relation;
    if ((role->relation == CQ_RELATION_CHILD || role->relation == CQ_RELATION_WARD) &&
        role->student_until != CQ_DAY_MIN)
        s.day = role->student_until;
    if (cq_facts_get(facts, CQ_FACT_KIN) != CQ_UNKNOWN)
        return s;
    if (facts & cq_fact_bit(CQ_FACT_KIN, CQ_KIN_STUDENT_CHILD))
        s.unstated |= CQ_UNSTATED_STUDIES;
    if (facts & cq_fact_bit(CQ_FACT_KIN, CQ_KIN_DISABLED_CHILD))
        s.unstated |= CQ_UNSTATED_DISABILITY;
    if (facts & cq_fact_bit(CQ_FACT_KIN, CQ_KIN_DEPENDENT_PARENT))
        s.unstated |= CQ_UNSTATED_DEPENDENCE;
    return s;
}

static struct cq_fact_source facility_source(const struct cq_facility *f)
{
    struct cq_fact_source s = source(CQ_ORIGIN_FACILITY);
    s.facility = f->code;
    s.run = f->run;
    s.list_line = f->list_line;
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
    const struct cq_facility *f = cq_facilities_find_nearest(q->people->facilities, &query);
    if (f)
        s = facility_source(f);
    for (int p = 0; p < 2; p++)
        if (query.places[p])
            s.lacks[p] = cq_facilities_lacking(q->people->facilities, &query, query.places[p]);
    return s;
}

/* A city that is not asked for is that of the MVD-MO that would serve. */
static struct cq_fact_source destination_source(const struct question *q)
{
    if (!q->role || q->request->service != CQ_SERVICE_INPATIENT)
        return source(CQ_ORIGIN_DEFAULT);
    struct cq_facility_query query =
        cq_view_facility_query(&q->people->own, q->role, q->request, q->request->day);
    const struct cq_facility *f = cq_view_receiving(q->people->facilities, &query, q->request);
    return f ? facility_source(f) : source(CQ_ORIGIN_DEFAULT);
}

static struct cq_fact_source insured_source(const struct question *q)
{
    const struct cq_fund *fund = cq_history_fund(q->history, q->request->day);
    struct cq_fact_source s = source(CQ_ORIGIN_PRESUMED);
    if (!fund)
        return s;
    s.origin = CQ_ORIGIN_FUND;
    s.run = fund->run;
    s.list_line = fund->list_line;
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
    s.list_line = listing->list_line;
    return s;
}

static struct cq_fact_source find_source(const struct question *q, enum cq_fact fact,
                                         const bool given[CQ_FACTS], uint64_t facts)
{
    if (given[fact] && fact != CQ_FACT_DUTY_INJURY)
        return source(CQ_ORIGIN_QUESTION);
    switch (fact) {
    case CQ_FACT_SERVICE:
    case CQ_FACT_URGENCY: return source(CQ_ORIGIN_DEFAULT);
    case CQ_FACT_DESTINATION: return destination_source(q);
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
    case CQ_FACT_SPONSOR:
        return q->role->category == CQ_CATEGORY_FAMILY ? sponsor_source(q)
                                                       : source(CQ_ORIGIN_UNKNOWN);
    case CQ_FACT_KIN:
        return q->role->category == CQ_CATEGORY_FAMILY ? kin_source(q, facts)
                                                       : source(CQ_ORIGIN_UNKNOWN);
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

/* Reads the date and the file of each list, which are in the row of its run. */
static enum cq_code find_lists(struct cq_db *db, struct cq_fact_source sources[CQ_FACTS],
                               struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row;
    enum cq_code code =
        cq_db_prepare(db, &stmt, "SELECT list_date, file_hash FROM run WHERE id = ?1", err);
    for (int i = 0; i < CQ_FACTS && !code; i++) {
        if (sources[i].run == 0)
            continue;
        sqlite3_bind_int64(stmt, 1, sources[i].run);
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row) {
            const char *hash = (const char *)sqlite3_column_text(stmt, 1);
            if (sqlite3_column_type(stmt, 0) != SQLITE_NULL)
                sources[i].list_date = sqlite3_column_int(stmt, 0);
            snprintf(sources[i].file_hash, sizeof sources[i].file_hash, "%s", hash ? hash : "");
        }
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* The row that first gives a person a role after the day. */
static struct cq_fact_source later_source(const struct question *q)
{
    struct question later = *q;
    for (size_t i = 0; i < q->history->role_count; i++) {
        const struct cq_role *role = &q->history->roles[i];
        if (role->span.from < role->span.to &&
            (!later.role || role->span.from < later.role->span.from))
            later.role = role;
    }
    if (!later.role)
        return source(CQ_ORIGIN_UNLISTED);
    struct cq_fact_source s = list_source(&later, CQ_ORIGIN_LATER);
    s.day = later.role->span.from;
    return s;
}

/* Finds how a person who has no role on the day lost the last one. */
static enum cq_code find_departure(const struct question *q, int64_t iin, struct cq_fact_source *s,
                                   struct cq_err *err)
{
    static const char sql[] =
        "SELECT p.id, p.valid_to, p.run_from, p.list_line, p.hash = 0 AND r.mode = 'full'"
        " FROM person AS p JOIN run AS r ON r.id = p.run_from"
        " WHERE p.run_from <= ?1 AND (p.run_to IS NULL OR p.run_to > ?1)"
        " AND p.id >= ?2 AND p.id < ?3 AND p.valid_to <= ?4 ORDER BY p.valid_to DESC, p.id LIMIT 1";
    struct cq_reader *reader = &q->people->reader;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = cq_db_prepare(reader->db, &stmt, sql, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, reader->run);
        sqlite3_bind_int64(stmt, 2, iin << CQ_GROUP_SHIFT);
        sqlite3_bind_int64(stmt, 3, (iin + 1) << CQ_GROUP_SHIFT);
        sqlite3_bind_int64(stmt, 4, q->request->day);
        code = cq_db_step(reader->db, stmt, &row, err);
    }
    if (!code && row) {
        int64_t id = sqlite3_column_int64(stmt, 0);
        s->origin = sqlite3_column_int(stmt, 4) ? CQ_ORIGIN_REMOVED : CQ_ORIGIN_ENDED;
        s->agency = cq_id_agency(id);
        s->day = sqlite3_column_int(stmt, 1);
        s->run = sqlite3_column_int64(stmt, 2);
        s->list_line = sqlite3_column_int64(stmt, 3);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Reads the person and finds the role that was answered for. */
static enum cq_code open_question(struct question *q, int64_t iin, const struct cq_answer *answer,
                                  struct cq_err *err)
{
    enum cq_code code =
        cq_reader_person(&q->people->reader, iin, q->request->day, &q->history, err);
    for (size_t i = 0; !code && i < q->history->role_count && !q->role; i++)
        if (q->history->roles[i].id == answer->version)
            q->role = &q->history->roles[i];
    return code;
}

enum cq_code cq_people_explain(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, const bool given[CQ_FACTS],
                               const struct cq_answer *answer,
                               struct cq_fact_source sources[CQ_FACTS], struct cq_err *err)
{
    struct question q = {.people = people, .request = request};
    enum cq_code code = open_question(&q, iin, answer, err);
    if (code)
        return code;
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        uint64_t field = cq_fact_field(fact);
        sources[i] = find_source(&q, fact, given, answer->facts);
        /* A list or presumption that leaves a fact unknown is not its source. */
        if ((answer->facts & field) == field && sources[i].origin != CQ_ORIGIN_UNLISTED &&
            sources[i].origin != CQ_ORIGIN_NO_SPONSOR)
            sources[i] = source(CQ_ORIGIN_UNKNOWN);
    }
    if (!q.role) {
        sources[CQ_FACT_CATEGORY] = later_source(&q);
        code = find_departure(&q, iin, &sources[CQ_FACT_CATEGORY], err);
    }
    return code ? code : find_lists(people->reader.db, sources, err);
}

/* The nearest MVD-MO in a city that can serve a stay; NULL if there is none. */
static const char *find_stay(const struct question *q, int city)
{
    struct cq_request asked = *q->request;
    asked.destination = city;
    struct cq_facility_query query =
        cq_view_facility_query(&q->people->own, q->role, &asked, q->request->day);
    return cq_facilities_nearest(q->people->facilities, &query);
}

enum cq_code cq_people_far(struct cq_people *people, int64_t iin, const struct cq_request *request,
                           const struct cq_answer *answer, const char *far[3], bool *any,
                           struct cq_err *err)
{
    struct question q = {.people = people, .request = request};
    enum cq_code code = open_question(&q, iin, answer, err);
    *any = false;
    for (int city = 0; city < 3; city++)
        far[city] = NULL;
    if (code || !q.role || request->service != CQ_SERVICE_INPATIENT ||
        cq_facts_get(answer->facts, CQ_FACT_PLACE) != CQ_PLACE_ABSENT)
        return code;
    for (int city = CQ_DESTINATION_ASTANA; city <= CQ_DESTINATION_ALMATY; city++) {
        far[city] = find_stay(&q, city);
        *any = *any || far[city];
    }
    return CQ_OK;
}

enum cq_code cq_people_no_stay(struct cq_people *people, int64_t iin,
                               const struct cq_request *request, const struct cq_answer *answer,
                               uint64_t *values, struct cq_err *err)
{
    struct question q = {.people = people, .request = request};
    enum cq_code code = CQ_OK;
    *values = 0;
    if (request->service != CQ_SERVICE_INPATIENT)
        return CQ_OK;
    code = open_question(&q, iin, answer, err);
    for (int city = CQ_DESTINATION_ASTANA; q.role && city <= CQ_DESTINATION_ALMATY; city++)
        if (!find_stay(&q, city))
            *values |= cq_fact_bit(CQ_FACT_DESTINATION, city);
    return code;
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
