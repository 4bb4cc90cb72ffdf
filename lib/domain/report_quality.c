/* Quality: how far each agency's list can be relied on, by named measures, and a score of them;
 * and the worst rows, for the HR service to mend. One pass over the people as the registry keeps
 * them, side by side with their cards; the rest is arithmetic on what that pass kept. */
#include "report_private.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/registry.h"
#include "report_twins.h"

enum { AGENCIES = 1 << CQ_AGENCY_BITS, WORST = 20, STALE_DAYS = 31 };

/* What can be wrong with a row, as bits. The first ones are fields that the decision or the
 * documents need and the row does not state. */
enum { RESIDENCE, SEX, SERVICE_PLACE, SERVICE_ID, CORESIDENT, SPECIAL_RANK, KILLED_ON,
       PENSION_CERTIFICATE, MISSING_FIELDS, ORPHAN = MISSING_FIELDS, LOOKALIKE, NO_CARD, TWIN,
       FINDINGS };
static const char *const finding_names[FINDINGS] = {
    "missing_residence", "missing_sex", "missing_service_place", "missing_service_id",
    "missing_coresident", "missing_special_rank", "missing_killed_on",
    "missing_pension_certificate", "orphan", "lookalike", "no_card", "twin"};

/* What the score is made of: a measure that hits every row costs its weight. */
enum { MISSING, WARNED, CONFLICTS, ORPHANS, LOOKALIKES, CARDLESS, TWINS, MEASURES };
static const int weights[MEASURES] = {25, 10, 15, 15, 5, 10, 10};
enum { STALE_WEIGHT = 10 };
static const char *const measure_names[MEASURES] = {"missing", "warned", "conflicts", "orphans",
                                                    "lookalikes", "no_card", "twins"};

static const struct cq_report_column columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"list_date", N_("Day of the last list"), CQ_CELL_DAY, false},
    {"age_days", N_("Days old"), CQ_CELL_COUNT, false},
    {"rows", N_("Entries"), CQ_CELL_COUNT, false},
    {"missing", N_("With a missing field"), CQ_CELL_COUNT, false},
    {"warned", N_("Warnings in the last list"), CQ_CELL_COUNT, false},
    {"conflicts", N_("Contradictions in the last list"), CQ_CELL_COUNT, false},
    {"orphans", N_("Without known sponsor"), CQ_CELL_COUNT, false},
    {"lookalikes", N_("Latin letters"), CQ_CELL_COUNT, false},
    {"no_card", N_("Without card"), CQ_CELL_COUNT, false},
    {"twins", N_("Probable duplicates"), CQ_CELL_COUNT, false},
    {"score", N_("Score of 100"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column score_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"score", N_("Score of 100"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column measure_columns[] = {
    {"measure", N_("Entries that are"), CQ_CELL_CODE, false},
    {"rows", N_("Entries"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column trend_columns[] = {
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"list_date", N_("Day of the list"), CQ_CELL_DAY, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"read", N_("Read"), CQ_CELL_COUNT, false},
    {"rejected", N_("Rejected"), CQ_CELL_COUNT, false},
    {"warnings", N_("Warnings"), CQ_CELL_COUNT, false},
    {"per_1000", N_("Rejected or warned, of 1000"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column worst_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"line", N_("Line, list sorted by IIN"), CQ_CELL_NUMBER, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"findings", N_("What is wrong"), CQ_CELL_LIST, false},
};
static const struct cq_report_column review_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"line", N_("Line of the list"), CQ_CELL_NUMBER, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"code", N_("Code"), CQ_CELL_TEXT, false},
};

struct entry {
    int64_t id, sponsor, twin;
    uint32_t findings;
};

struct worst {
    int64_t id, line;
    uint32_t findings;
};

struct agency {
    int64_t rows, measures[MEASURES];
    int64_t run, read;
    int32_t list_date;
    struct worst worst[WORST];
    size_t worst_count;
};

struct quality {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct entry *entries;
    size_t count, room;
    struct agency agencies[AGENCIES];
    sqlite3_stmt *cards;
    int64_t card; /* the IIN that the cards stand on; INT64_MAX at their end */
};

enum { ID, CATEGORY, BIRTH, SPONSOR, COL_RESIDENCE, COL_SEX, COL_SERVICE_PLACE, COL_SERVICE_ID,
       COL_CORESIDENT, COL_SPECIAL_RANK, COL_KILLED_ON, COL_PENSION, LISTED, LAST, FIRST };
static const char people_sql[] =
    "SELECT id, category, birth_date, sponsor_iin, residence, sex, service_place, service_id,"
    " coresident, special_rank, killed_on, pension_certificate, listed_names, last_name,"
    " first_name FROM person WHERE" CQ_SQL_NOW " ORDER BY id";

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

static enum cq_code next_card(struct quality *q, struct cq_err *err)
{
    bool row = false;
    enum cq_code code = cq_db_step(q->request->db, q->cards, &row, err);
    q->card = row ? sqlite3_column_int64(q->cards, 0) : INT64_MAX;
    return code;
}

static enum cq_code take(struct quality *q, sqlite3_stmt *stmt, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (q->count == q->room) {
        size_t room = q->room ? q->room * 2 : 4096;
        struct entry *entries = realloc(q->entries, room * sizeof *entries);
        if (!entries)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        q->entries = entries;
        q->room = room;
    }
    struct entry *e = &q->entries[q->count++];
    int64_t id = sqlite3_column_int64(stmt, ID), iin = id >> CQ_GROUP_SHIFT;
    *e = (struct entry){.id = id, .sponsor = sqlite3_column_int64(stmt, SPONSOR)};
    e->findings = missing_of(q, stmt, agency_of(id));
    if (sqlite3_column_type(stmt, LISTED) != SQLITE_NULL)
        e->findings |= 1u << LOOKALIKE;
    const char *last = (const char *)sqlite3_column_text(stmt, LAST);
    const char *first = (const char *)sqlite3_column_text(stmt, FIRST);
    e->twin = cq_twins_key(last, (size_t)sqlite3_column_bytes(stmt, LAST), first,
                           (size_t)sqlite3_column_bytes(stmt, FIRST),
                           sqlite3_column_int(stmt, BIRTH));
    while (!code && q->card < iin)
        code = next_card(q, err);
    if (q->card != iin)
        e->findings |= 1u << NO_CARD;
    return code;
}

static enum cq_code read_people(struct quality *q, struct cq_err *err)
{
    struct cq_db *db = q->request->db;
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(
        db, &q->cards, "SELECT id >> 23 FROM card WHERE" CQ_SQL_NOW " ORDER BY id", err);
    if (!code)
        code = cq_db_prepare(db, &stmt, people_sql, err);
    for (int i = 0; i < 2 && !code; i++) {
        sqlite3_bind_int64(i ? stmt : q->cards, 1, q->result->run);
        sqlite3_bind_int64(i ? stmt : q->cards, 2, q->request->day);
    }
    if (!code)
        code = next_card(q, err);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        if (!code && row)
            code = take(q, stmt, err);
    }
    sqlite3_finalize(stmt);
    sqlite3_finalize(q->cards);
    return code;
}

/* Sponsors whom no list names: entries lie in the order of IIN, so each is looked for by halves. */
static void find_orphans(struct quality *q)
{
    for (size_t i = 0; i < q->count; i++) {
        struct entry *e = &q->entries[i];
        size_t low = 0, high = q->count;
        if (e->sponsor == 0)
            continue;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (q->entries[middle].id >> CQ_GROUP_SHIFT < e->sponsor)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == q->count || q->entries[low].id >> CQ_GROUP_SHIFT != e->sponsor)
            e->findings |= 1u << ORPHAN;
    }
}

struct twin {
    int64_t key;
    size_t entry;
};

static int by_key(const void *a, const void *b)
{
    const struct twin *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static enum cq_code find_twins(struct quality *q, struct cq_err *err)
{
    struct twin *twins = malloc((q->count + 1) * sizeof *twins);
    if (!twins)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < q->count; i++)
        twins[i] = (struct twin){q->entries[i].twin, i};
    qsort(twins, q->count, sizeof *twins, by_key);
    for (size_t i = 0, end; i < q->count; i = end) {
        int64_t first = q->entries[twins[i].entry].id >> CQ_GROUP_SHIFT;
        bool several = false;
        for (end = i; end < q->count && twins[end].key == twins[i].key; end++)
            several = several || q->entries[twins[end].entry].id >> CQ_GROUP_SHIFT != first;
        for (size_t k = i; k < end && several; k++)
            q->entries[twins[k].entry].findings |= 1u << TWIN;
    }
    free(twins);
    return CQ_OK;
}

static int bits(uint32_t findings)
{
    return __builtin_popcount(findings);
}

/* Keeps the worst rows, the earlier one first where two are as bad. */
static void keep_worst(struct agency *a, const struct entry *e)
{
    size_t at = a->worst_count;
    if (bits(e->findings) < 2)
        return;
    while (at > 0 && bits(a->worst[at - 1].findings) < bits(e->findings))
        at--;
    if (at == WORST)
        return;
    if (a->worst_count < WORST)
        a->worst_count++;
    memmove(&a->worst[at + 1], &a->worst[at], (a->worst_count - at - 1) * sizeof *a->worst);
    a->worst[at] = (struct worst){e->id, a->rows + 1, e->findings};
}

static void count_entries(struct quality *q)
{
    for (size_t i = 0; i < q->count; i++) {
        const struct entry *e = &q->entries[i];
        struct agency *a = &q->agencies[agency_of(e->id)];
        a->rows++;
        a->measures[MISSING] += (e->findings & ((1u << MISSING_FIELDS) - 1)) != 0;
        a->measures[ORPHANS] += e->findings >> ORPHAN & 1;
        a->measures[LOOKALIKES] += e->findings >> LOOKALIKE & 1;
        a->measures[CARDLESS] += e->findings >> NO_CARD & 1;
        a->measures[TWINS] += e->findings >> TWIN & 1;
        keep_worst(a, e);
    }
}

/* The last list of each agency, its day and what it was warned about. */
static enum cq_code read_lists(struct quality *q, struct cq_err *err)
{
    static const char sql[] =
        "SELECT id, list_date, read, warnings,"
        " (SELECT count(*) FROM review WHERE review.run = run.id AND review.agency = ?2)"
        " FROM run WHERE kind = 'contingent' AND mode <> 'undo' AND id <= ?1"
        " AND (agency = ?2 OR agency IS NULL AND ?3 > 0) AND NOT EXISTS (SELECT 1 FROM run AS u WHERE u.undoes = run.id"
        " AND u.id <= ?1) ORDER BY id DESC LIMIT 1";
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
        if (!code && row) {
            a->run = sqlite3_column_int64(stmt, 0);
            if (sqlite3_column_type(stmt, 1) != SQLITE_NULL)
                a->list_date = sqlite3_column_int(stmt, 1);
            a->read = sqlite3_column_int64(stmt, 2);
            a->measures[WARNED] = sqlite3_column_int64(stmt, 3);
            a->measures[CONFLICTS] = sqlite3_column_int64(stmt, 4);
        }
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* Thousandths of the weight by which a measure lowers the score. */
static int64_t cost(const struct agency *a, int measure)
{
    int64_t whole = measure == WARNED || measure == CONFLICTS ? a->read : a->rows;
    int64_t hit = a->measures[measure] < whole ? a->measures[measure] : whole;
    return whole > 0 ? weights[measure] * 1000 * hit / whole : 0;
}

static int64_t score_of(const struct quality *q, const struct agency *a)
{
    int64_t score = 100000;
    for (int m = 0; m < MEASURES; m++)
        score -= cost(a, m);
    if (a->list_date == CQ_DAY_MIN || q->request->day - a->list_date > STALE_DAYS)
        score -= STALE_WEIGHT * 1000;
    return (score + 500) / 1000;
}

static void add_agencies(struct quality *q, struct cq_report_section *rows)
{
    struct cq_report_section *scores = CQ_SECTION(q->result, "scores", score_columns);
    scores->title = N_("Score by agency");
    scores->place = CQ_SECTION_PICTURE;
    scores->chart = CQ_CHART_BARS;
    for (int i = 0; i < AGENCIES; i++) {
        const struct agency *a = &q->agencies[i];
        struct cq_report_result *r = q->result;
        if (a->rows == 0 && a->run == 0)
            continue;
        cq_result_word_number(q->request, r, rows, &columns[0], i);
        cq_result_day(r, rows, a->list_date);
        if (a->list_date == CQ_DAY_MIN)
            cq_result_empty(r, rows);
        else
            cq_result_number(r, rows, q->request->day - a->list_date);
        cq_result_number(r, rows, a->rows);
        for (int m = 0; m < MEASURES; m++)
            cq_result_number(r, rows, a->measures[m]);
        cq_result_number(r, rows, score_of(q, a));
        cq_result_word_number(q->request, r, scores, &score_columns[0], i);
        cq_result_number(r, scores, score_of(q, a));
    }
}

static void add_measures(struct quality *q)
{
    struct cq_report_section *s = CQ_SECTION(q->result, "measures", measure_columns);
    s->title = N_("What lowers the scores");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    for (int m = 0; m < MEASURES; m++) {
        int64_t sum = 0;
        if (m == WARNED) /* one list may speak for several agencies */
            continue;
        for (int i = 0; i < AGENCIES; i++)
            sum += q->agencies[i].measures[m];
        cq_result_word(q->request, q->result, s, &measure_columns[0], measure_names[m]);
        cq_result_number(q->result, s, sum);
    }
}

static const char *finding_list(struct quality *q, uint32_t findings)
{
    struct cq_str out = {0};
    for (int i = 0; i < FINDINGS; i++)
        if ((findings >> i & 1) != 0 &&
            cq_str_addf(&out, "%s%s", out.len > 0 ? ";" : "", finding_names[i]))
            q->result->failed = CQ_B_NOMEM;
    const char *copy = cq_result_copy(q->result, out.ptr ? out.ptr : "", out.len);
    cq_str_free(&out);
    return copy;
}

static enum cq_code add_worst(struct quality *q, struct cq_err *err)
{
    struct cq_report_section *s = CQ_SECTION(q->result, "worst", worst_columns);
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(
        q->request->db, &stmt, "SELECT last_name, first_name FROM person WHERE id = ?1", err);
    s->title = N_("The rows to mend first");
    s->note = N_("Lines count from the header, 1, through the agency's list sorted by IIN.");
    s->people = true;
    for (int i = 0; i < AGENCIES && !code; i++)
        for (size_t k = 0; k < q->agencies[i].worst_count && !code; k++) {
            const struct worst *w = &q->agencies[i].worst[k];
            bool row = false;
            sqlite3_bind_int64(stmt, 1, w->id);
            code = cq_db_step(q->request->db, stmt, &row, err);
            cq_result_word_number(q->request, q->result, s, &worst_columns[0], i);
            cq_result_number(q->result, s, w->line);
            cq_result_iin(q->request, q->result, s, w->id >> CQ_GROUP_SHIFT);
            cq_result_name(q->request, q->result, s, stmt, 0);
            cq_result_name(q->request, q->result, s, stmt, 1);
            cq_result_text(q->result, s, finding_list(q, w->findings));
            sqlite3_reset(stmt);
        }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code add_lists(struct quality *q, struct cq_err *err)
{
    static const char trend[] =
        "SELECT * FROM (SELECT id, list_date, agency, read, rejected, warnings,"
        " (rejected + warnings) * 1000 / max(read, 1) FROM run WHERE kind = 'contingent'"
        " AND mode <> 'undo' AND id <= ?1 ORDER BY id DESC LIMIT 24) ORDER BY id";
    static const char review[] = "SELECT agency, run, line, iin, code FROM review WHERE run <= ?1"
                                 " ORDER BY run DESC, line, iin LIMIT 200";
    const int64_t params[] = {q->result->run};
    struct cq_report_section *s = CQ_SECTION(q->result, "trend", trend_columns);
    s->title = N_("List by list");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_LINE;
    enum cq_code code = cq_result_query(q->request, q->result, s, trend, params, err);
    s = CQ_SECTION(q->result, "review", review_columns);
    s->title = N_("Contradictions to settle");
    s->people = true;
    return code ? code : cq_result_query(q->request, q->result, s, review, params, err);
}

enum cq_code cq_report_quality(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    struct quality *q = calloc(1, sizeof *q);
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    if (!q)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    q->request = request;
    q->result = result;
    rows->title = N_("Agency by agency");
    enum cq_code code = read_people(q, err);
    if (!code) {
        find_orphans(q);
        code = find_twins(q, err);
    }
    if (!code) {
        count_entries(q);
        code = read_lists(q, err);
    }
    if (!code) {
        add_agencies(q, rows);
        add_measures(q);
        code = add_lists(q, err);
    }
    if (!code)
        code = add_worst(q, err);
    cq_result_figure(result, N_("entries"), (int64_t)q->count);
    int64_t twins = 0, missing = 0;
    for (int i = 0; i < AGENCIES; i++) {
        twins += q->agencies[i].measures[TWINS];
        missing += q->agencies[i].measures[MISSING];
    }
    cq_result_figure(result, N_("with a missing field"), missing);
    cq_result_figure(result, N_("probable duplicates"), twins);
    result->has_day = true;
    result->summary = N_("How far the HR lists can be relied on, on %s, and which rows to mend "
                         "first.");
    free(q->entries);
    free(q);
    return code;
}
