/* Counts the lists, by what their senders can mend: one pass over the people in the order of the
 * registry, merged with their cards; the rest is computed from the entries of that pass. */
#include "reports/quality_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/facts.h"
#include "cq/lists.h"
#include "people/links.h"
#include "people/twins.h"
#include "result/result_private.h"

enum {
    ID,
    CATEGORY,
    SPONSOR,
    COL_RESIDENCE,
    COL_SEX,
    COL_SERVICE_PLACE,
    COL_SERVICE_ID,
    COL_CORESIDENT,
    COL_SPECIAL_RANK,
    COL_KILLED_ON,
    COL_PENSION,
    LISTED,
    RELATION
};
static const char people_sql[] =
    "SELECT id, category, sponsor_iin, residence, sex, service_place, service_id,"
    " coresident, special_rank, killed_on, pension_certificate, listed_names, relation"
    " FROM person WHERE" CQ_SQL_NOW " ORDER BY id";

enum { STALE_DAYS = 31 };

static int agency_of(int64_t id)
{
    return (int)(id >> CQ_VERSION_BITS & (AGENCIES - 1));
}

/* The fields that a row of this category should state and does not. */
static uint32_t missing_of(const struct quality *q, sqlite3_stmt *stmt, int agency)
{
    static const struct {
        int field, column;
        unsigned categories; /* bits */
    } needed[] = {
        {RESIDENCE, COL_RESIDENCE, ~0u},
        {SEX, COL_SEX, ~0u},
        {SERVICE_PLACE, COL_SERVICE_PLACE, 1u << CQ_CATEGORY_EMPLOYEE},
        {SERVICE_ID, COL_SERVICE_ID, 1u << CQ_CATEGORY_EMPLOYEE},
        {CORESIDENT, COL_CORESIDENT, 1u << CQ_CATEGORY_FAMILY},
        {SPECIAL_RANK, COL_SPECIAL_RANK, 1u << CQ_CATEGORY_PENSIONER},
        {KILLED_ON, COL_KILLED_ON, 1u << CQ_CATEGORY_CHILD_OF_FALLEN},
        {PENSION_CERTIFICATE, COL_PENSION, 1u << CQ_CATEGORY_PENSIONER},
    };
    const struct cq_agency *own = cq_law_agency_number(q->request->law, agency);
    int category = sqlite3_column_int(stmt, CATEGORY);
    uint32_t missing = 0;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if ((needed[i].categories >> category & 1) != 0 &&
            sqlite3_column_type(stmt, needed[i].column) == SQLITE_NULL &&
            (needed[i].field != SPECIAL_RANK || (own && own->body == CQ_BODY_CIVIL_PROTECTION)))
            missing |= 1u << needed[i].field;
    return missing;
}

/* What cq-import warns about a row and its sender can mend, as long as the row stands: a list that is
 * sent again is as doubtful as before, though no line of it is read again. Not that an IIN tells
 * another birth date or sex: it need not be that of the person, and no HR service changes an IIN. */
static uint32_t doubts_of(sqlite3_stmt *stmt)
{
    uint32_t doubts = 0;
    if (sqlite3_column_int(stmt, CATEGORY) != CQ_CATEGORY_FAMILY)
        return 0;
    if (sqlite3_column_type(stmt, SPONSOR) == SQLITE_NULL)
        doubts |= 1u << NO_SPONSOR;
    if (sqlite3_column_type(stmt, RELATION) != SQLITE_NULL &&
        sqlite3_column_int(stmt, RELATION) == CQ_RELATION_OTHER)
        doubts |= 1u << OTHER_RELATION;
    return doubts;
}

/* Outpatient cards in the order of IIN. */
struct cards {
    sqlite3_stmt *stmt;
    int64_t iin; /* of the next card; INT64_MAX at the end */
};

static enum cq_code next_card(struct cards *cards, struct cq_db *db, struct cq_err *err)
{
    bool row = false;
    enum cq_code code = cq_db_step(db, cards->stmt, &row, err);
    cards->iin = row ? sqlite3_column_int64(cards->stmt, 0) : INT64_MAX;
    return code;
}

static enum cq_code add_entry(struct quality *q, struct cards *cards, sqlite3_stmt *stmt,
                              struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    struct entry *entries = cq_grow(q->entries, q->count + 1, &q->room, sizeof *entries);
    if (!entries)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    q->entries = entries;
    struct entry *e = &q->entries[q->count++];
    int64_t id = sqlite3_column_int64(stmt, ID), iin = id >> CQ_GROUP_SHIFT;
    int category = sqlite3_column_int(stmt, CATEGORY);
    *e = (struct entry){.id = id};
    if (category == CQ_CATEGORY_FAMILY || category == CQ_CATEGORY_CHILD_OF_FALLEN)
        e->sponsor = sqlite3_column_int64(stmt, SPONSOR);
    e->findings = missing_of(q, stmt, agency_of(id)) | doubts_of(stmt);
    if (sqlite3_column_type(stmt, LISTED) != SQLITE_NULL)
        e->findings |= 1u << LOOKALIKE;
    while (!code && cards->iin < iin)
        code = next_card(cards, q->request->db, err);
    e->no_card = cards->iin != iin;
    return code;
}

static enum cq_code read_people(struct quality *q, struct cq_err *err)
{
    struct cq_db *db = q->request->db;
    struct cards cards = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(
        db, &cards.stmt, "SELECT id >> 23 FROM card WHERE" CQ_SQL_NOW " ORDER BY id", err);
    if (!code)
        code = cq_db_prepare(db, &stmt, people_sql, err);
    for (int i = 0; i < 2 && !code; i++) {
        sqlite3_bind_int64(i ? stmt : cards.stmt, 1, q->result->run);
        sqlite3_bind_int64(i ? stmt : cards.stmt, 2, q->request->day);
    }
    if (!code)
        code = next_card(&cards, db, err);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row)
            code = add_entry(q, &cards, stmt, err);
    }
    sqlite3_finalize(stmt);
    sqlite3_finalize(cards.stmt);
    return code;
}

/* Whether somebody has an entry on the day. Entries are in the order of IIN. */
static bool has_entry(const struct quality *q, int64_t iin)
{
    size_t low = 0, high = q->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (q->entries[middle].id >> CQ_GROUP_SHIFT < iin)
            low = middle + 1;
        else
            high = middle;
    }
    return low < q->count && q->entries[low].id >> CQ_GROUP_SHIFT == iin;
}

/* Family members and children whose sponsor no list ever named: as cq-report check counts them. */
static enum cq_code find_orphans(struct quality *q, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(
        q->request->db, &stmt,
        "SELECT 1 FROM person WHERE id >= ?1 AND id < ?2 AND run_from <= ?3 LIMIT 1", err);
    for (size_t i = 0; i < q->count && !code; i++) {
        struct entry *e = &q->entries[i];
        bool row = false;
        if (e->sponsor == 0 || has_entry(q, e->sponsor))
            continue;
        sqlite3_bind_int64(stmt, 1, e->sponsor << CQ_GROUP_SHIFT);
        sqlite3_bind_int64(stmt, 2, (e->sponsor + 1) << CQ_GROUP_SHIFT);
        sqlite3_bind_int64(stmt, 3, q->result->run);
        code = cq_db_step(q->request->db, stmt, &row, err);
        sqlite3_reset(stmt);
        e->findings |= row ? 0 : 1u << ORPHAN;
    }
    sqlite3_finalize(stmt);
    return code;
}

static int by_id(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void mark_twin(struct quality *q, int64_t id)
{
    const struct entry key = {.id = id};
    struct entry *e = bsearch(&key, q->entries, q->count, sizeof key, by_id);
    if (e)
        e->findings |= 1u << TWIN;
}

/* People who probably have two IINs, but where that is settled. */
static enum cq_code find_twins(struct quality *q, struct cq_err *err)
{
    struct cq_twins twins = {0};
    struct cq_links links = {0};
    int64_t run = q->result->run;
    enum cq_code code = cq_twins_find(&twins, q->request->db, run, q->request->day, err);
    if (!code)
        code = cq_links_read(&links, q->request->db, run, q->request->day, err);
    for (size_t i = 0; i < twins.count && !code && q->count > 0; i++) {
        const struct cq_twin *t = &twins.list[i];
        int64_t iin = t->id >> CQ_GROUP_SHIFT, other_iin = t->other_id >> CQ_GROUP_SHIFT;
        if (!cq_links_open(&links, q->verdicts, iin, other_iin))
            continue;
        mark_twin(q, t->id);
        mark_twin(q, t->other_id);
    }
    free(twins.list);
    free(links.list);
    return code;
}

static uint32_t measures_of(uint32_t findings)
{
    uint32_t measures = 0;
    measures |= (findings & ((1u << MISSING_FIELDS) - 1)) != 0 ? 1u << MISSING : 0;
    measures |= findings >> DOUBTS != 0 ? 1u << DOUBTFUL : 0;
    measures |= (findings >> ORPHAN & 1) << ORPHANS;
    measures |= (findings >> LOOKALIKE & 1) << LOOKALIKES;
    measures |= (findings >> TWIN & 1) << TWINS;
    return measures;
}

/* Together 100. Cards cost nothing: polyclinics open them, not HR services. */
static const int weights[MEASURES] = {
    [MISSING] = 25,   [CONFLICTS] = 20, [ORPHANS] = 20, [DOUBTFUL] = 10,
    [LOOKALIKES] = 5, [TWINS] = 10,     [STALE] = 10};

int cq_quality_weight(uint32_t findings)
{
    uint32_t measures = measures_of(findings);
    int weight = 0;
    for (int m = 0; m < MEASURES; m++)
        weight += (measures >> m & 1) != 0 ? weights[m] : 0;
    return weight;
}

int64_t cq_quality_base(const struct agency *a, int measure)
{
    if (measure == STALE)
        return 1;
    return measure == CONFLICTS ? a->rows + a->measures[CONFLICTS] : a->rows;
}

int64_t cq_quality_cost(const struct agency *a, int measure)
{
    int64_t base = cq_quality_base(a, measure);
    return base > 0 ? weights[measure] * 1000 * a->measures[measure] / base : 0;
}

static bool is_worse(uint32_t findings, uint32_t others)
{
    int weight = cq_quality_weight(findings), other = cq_quality_weight(others);
    return weight != other ? weight > other
                           : __builtin_popcount(findings) > __builtin_popcount(others);
}

/* Keeps the rows that gain most, the earlier one first where two gain as much. */
static void keep_worst(struct agency *a, const struct entry *e)
{
    size_t at = a->worst_count;
    if (e->findings == 0)
        return;
    while (at > 0 && is_worse(e->findings, a->worst[at - 1].findings))
        at--;
    if (at == WORST)
        return;
    if (a->worst_count < WORST)
        a->worst_count++;
    memmove(&a->worst[at + 1], &a->worst[at], (a->worst_count - at - 1) * sizeof *a->worst);
    a->worst[at] = (struct worst){e->id, e->findings};
}

static void count_entries(struct quality *q)
{
    for (size_t i = 0; i < q->count; i++) {
        const struct entry *e = &q->entries[i];
        struct agency *a = &q->agencies[agency_of(e->id)];
        uint32_t measures = measures_of(e->findings);
        a->rows++;
        a->no_card += e->no_card;
        for (int m = 0; m < MEASURES; m++)
            a->measures[m] += measures >> m & 1;
        keep_worst(a, e);
    }
}

static enum cq_code add_conflict(const struct cq_contradiction *c, void *context,
                                 struct cq_err *err)
{
    struct quality *q = context;
    if (c->agency < 0 || c->agency >= AGENCIES || !cq_links_open(NULL, q->verdicts, c->iin, c->iin))
        return CQ_OK;
    struct cq_contradiction *list =
        cq_grow(q->conflicts, q->conflict_count + 1, &q->conflict_room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    q->conflicts = list;
    list[q->conflict_count++] = *c;
    q->agencies[c->agency].measures[CONFLICTS]++;
    return CQ_OK;
}

/* The last list of each agency, its day and what it was warned about. */
static enum cq_code read_lists(struct quality *q, struct cq_err *err)
{
    static const char sql[] =
        "SELECT id, list_date, coalesce(a.read, iif(run.agency, run.read, -1)),"
        " coalesce(a.warnings, iif(run.agency, run.warnings, -1)) FROM run LEFT JOIN run_agency AS "
        "a ON a.run = run.id AND a.agency = ?2"
        " WHERE kind = 'contingent' AND mode <> 'undo' AND id <= ?1"
        " AND (a.run IS NOT NULL OR run.agency = ?2 OR run.agency IS NULL AND ?3 > 0 AND NOT"
        " EXISTS (SELECT 1 FROM run_agency AS o WHERE o.run = run.id)) AND " CQ_SQL_IN_FORCE(
            "?1") " ORDER BY id DESC LIMIT 1";
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(q->request->db, &stmt, sql, err);
    for (int i = 0; i < AGENCIES && !code; i++) {
        struct agency *a = &q->agencies[i];
        bool row = false;
        sqlite3_bind_int64(stmt, 1, q->result->run);
        sqlite3_bind_int64(stmt, 2, i);
        sqlite3_bind_int64(stmt, 3, a->rows);
        code = cq_db_step(q->request->db, stmt, &row, err);
        a->list_date = CQ_DAY_MIN;
        a->read = a->warnings = -1;
        if (!code && row) {
            a->run = sqlite3_column_int64(stmt, 0);
            if (sqlite3_column_type(stmt, 1) != SQLITE_NULL)
                a->list_date = sqlite3_column_int(stmt, 1);
            a->read = sqlite3_column_int64(stmt, 2);
            a->warnings = sqlite3_column_int64(stmt, 3);
        }
        a->measures[STALE] = a->list_date == CQ_DAY_MIN ||
                             q->request->day - a->list_date > STALE_DAYS;
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_quality_count(struct quality *q, struct cq_err *err)
{
    enum cq_code code = read_people(q, err);
    if (!code)
        code = find_orphans(q, err);
    if (!code)
        code = find_twins(q, err);
    if (code)
        return code;
    count_entries(q);
    code = cq_contradictions_read(q->request->db, q->result->run, add_conflict, q, err);
    return code ? code : read_lists(q, err);
}
