/* The contingent: how many people the HR lists name, by any dimensions. One pass over the table
 * in its own order, where the rows of a person lie side by side; every count is an array that a
 * small integer indexes. A person counts once in each group, whatever number of rows they have. */
#include "report_private.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "cq/registry.h"

#define REGIONS 101 /* two digits, and not stated */
#define AGENCIES 16
#define AGES 5
#define SEXES 3
#define COUNTS_MAX (CQ_DIMENSIONS + 2)

static const size_t sizes[CQ_DIMENSIONS] = {
    [CQ_BY_REGION] = REGIONS,     [CQ_BY_AGENCY] = AGENCIES, [CQ_BY_CATEGORY] = CQ_CATEGORIES,
    [CQ_BY_BODY] = CQ_BODIES + 1, [CQ_BY_SEX] = SEXES,       [CQ_BY_AGE] = AGES,
};

static const struct cq_report_column columns[CQ_DIMENSIONS] = {
    [CQ_BY_REGION] = {"region", N_("Region"), CQ_CELL_CODE, false},
    [CQ_BY_AGENCY] = {"agency", N_("Agency"), CQ_CELL_CODE, false},
    [CQ_BY_CATEGORY] = {"category", N_("Category"), CQ_CELL_CODE, false},
    [CQ_BY_BODY] = {"body", N_("Body"), CQ_CELL_CODE, false},
    [CQ_BY_SEX] = {"sex", N_("Sex"), CQ_CELL_CODE, false},
    [CQ_BY_AGE] = {"age", N_("Age, years"), CQ_CELL_CODE, false},
};
static const struct cq_report_column people = {"people", N_("People"), CQ_CELL_COUNT, false};

static const char *const pictures[CQ_DIMENSIONS] = {
    [CQ_BY_REGION] = N_("By region of residence"),
    [CQ_BY_AGENCY] = N_("By agency"),
    [CQ_BY_CATEGORY] = N_("By category"),
    [CQ_BY_BODY] = N_("By body"),
    [CQ_BY_SEX] = N_("By sex"),
    [CQ_BY_AGE] = N_("By age"),
};

/* Ages in whole years on the day; people of age at the lower end and above, up to the next. */
static const int ages[AGES] = {0, 18, 30, 45, 60};
static const char *const age_names[AGES] = {"0-17", "18-29", "30-44", "45-59", "60+"};
static const char *const age_labels[AGES] = {"0–17", "18–29", "30–44", "45–59", "60+"};

/* One count: the packed values of a row, divided and cut, tell the group. */
struct count {
    uint32_t divisor, size;
    int64_t *groups;
};

struct contingent {
    const struct cq_report_request *request;
    enum cq_dimension by[CQ_DIMENSIONS];
    size_t by_count;
    uint32_t strides[CQ_DIMENSIONS]; /* of by */
    struct count counts[COUNTS_MAX]; /* the whole, without the last dimension, each by itself */
    size_t count_count;
    int32_t born_by[AGES]; /* born on or before it: at least of that age */
    uint32_t bodies[AGENCIES];
    int64_t persons, rows, several;

    /* the rows of the person at hand */
    uint32_t *keys;
    size_t key_count, key_room;
};

/* The last day of birth on which one is of an age on the day; law.md 3 says what 29 February
 * means, so the guess is put right by the rule itself. */
static int32_t last_birth(int32_t day, int years)
{
    int y, m, d;
    cq_date_split(day, &y, &m, &d);
    int32_t birth = cq_date_make(y - years, m, d);
    while (cq_date_birthday(birth, years) > day)
        birth--;
    while (cq_date_birthday(birth + 1, years) <= day)
        birth++;
    return birth;
}

static enum cq_code open_counts(struct contingent *c, struct cq_err *err)
{
    uint32_t whole = 1;
    for (size_t i = c->by_count; i-- > 0;) {
        c->strides[i] = whole;
        whole *= (uint32_t)sizes[c->by[i]];
    }
    uint32_t last = (uint32_t)sizes[c->by[c->by_count - 1]];
    c->counts[c->count_count++] = (struct count){.divisor = 1, .size = whole};
    if (c->by_count > 1) {
        for (size_t i = 0; i < c->by_count; i++)
            c->counts[c->count_count++] =
                (struct count){.divisor = c->strides[i], .size = (uint32_t)sizes[c->by[i]]};
        c->counts[c->count_count++] = (struct count){.divisor = last, .size = whole / last};
    }
    for (size_t i = 0; i < c->count_count; i++) {
        c->counts[i].groups = calloc(c->counts[i].size, sizeof *c->counts[i].groups);
        if (!c->counts[i].groups)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    for (int i = 0; i < AGES; i++)
        c->born_by[i] = last_birth(c->request->day, ages[i]);
    for (int i = 0; i < AGENCIES; i++) {
        const struct cq_agency *agency = cq_law_agency_number(c->request->law, i);
        c->bodies[i] = agency ? (uint32_t)agency->body : CQ_BODIES;
    }
    return CQ_OK;
}

static uint32_t group_of(const struct count *count, uint32_t key)
{
    return key / count->divisor % count->size;
}

/* Counts the person at hand: in each count once for each group that differs from those before. */
static void count_person(struct contingent *c)
{
    if (c->key_count == 0)
        return;
    c->persons++;
    c->several += c->key_count > 1;
    for (size_t n = 0; n < c->count_count; n++) {
        const struct count *count = &c->counts[n];
        for (size_t i = 0; i < c->key_count; i++) {
            uint32_t group = group_of(count, c->keys[i]);
            size_t before = 0;
            while (before < i && group_of(count, c->keys[before]) != group)
                before++;
            if (before == i)
                count->groups[group]++;
        }
    }
    c->key_count = 0;
}

static enum cq_code add_key(struct contingent *c, uint32_t key, struct cq_err *err)
{
    if (c->key_count == c->key_room) {
        size_t room = c->key_room ? c->key_room * 2 : 16;
        uint32_t *keys = realloc(c->keys, room * sizeof *keys);
        if (!keys)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        c->keys = keys;
        c->key_room = room;
    }
    c->keys[c->key_count++] = key;
    return CQ_OK;
}

enum { ID, CATEGORY, BIRTH, RESIDENCE, SEX };

static uint32_t value_of(const struct contingent *c, enum cq_dimension by, sqlite3_stmt *stmt)
{
    int64_t id, n;
    switch (by) {
    case CQ_BY_REGION:
        n = sqlite3_column_int64(stmt, RESIDENCE);
        return n < 10 || n > 999999999 ? REGIONS - 1 : (uint32_t)cq_kato_region((int32_t)n);
    case CQ_BY_CATEGORY:
        n = sqlite3_column_int64(stmt, CATEGORY);
        return n < 0 || n >= CQ_CATEGORIES ? CQ_CATEGORY_NONE : (uint32_t)n;
    case CQ_BY_SEX:
        if (sqlite3_column_type(stmt, SEX) == SQLITE_NULL)
            return SEXES - 1;
        return sqlite3_column_int64(stmt, SEX) != 0;
    case CQ_BY_AGE:
        n = sqlite3_column_int64(stmt, BIRTH);
        for (uint32_t i = AGES - 1; i > 0; i--)
            if (n <= c->born_by[i])
                return i;
        return 0;
    default:
        id = sqlite3_column_int64(stmt, ID) >> CQ_VERSION_BITS & (AGENCIES - 1);
        return by == CQ_BY_AGENCY ? (uint32_t)id : c->bodies[id];
    }
}

static enum cq_code read_people(struct contingent *c, int64_t run, struct cq_err *err)
{
    static const char sql[] =
        "SELECT id, category, birth_date, residence, sex FROM person"
        " WHERE run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
        " AND (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to > ?2)"
        " ORDER BY id";
    struct cq_db *db = c->request->db;
    sqlite3_stmt *stmt = NULL;
    int64_t last = -1;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    sqlite3_bind_int64(stmt, 2, c->request->day);
    while (!(code = cq_db_step(db, stmt, &row, err)) && row) {
        int64_t iin = sqlite3_column_int64(stmt, ID) >> CQ_GROUP_SHIFT;
        uint32_t key = 0;
        if (iin != last)
            count_person(c);
        last = iin;
        c->rows++;
        for (size_t i = 0; i < c->by_count; i++)
            key += value_of(c, c->by[i], stmt) * c->strides[i];
        code = add_key(c, key, err);
        if (code)
            break;
    }
    count_person(c);
    sqlite3_finalize(stmt);
    return code;
}

/* The code and the label of a value; "" where it is not stated. */
static void add_value(struct contingent *c, struct cq_report_result *result,
                      struct cq_report_section *section, enum cq_dimension by, int value)
{
    const struct cq_report_request *request = c->request;
    const struct cq_agency *agency = cq_law_agency_number(request->law, value);
    const struct cq_region *region = cq_law_region(request->law, value);
    const char *code = "", *label = cq_report_say(request, N_("not stated"));
    char digits[12];

    if (by == CQ_BY_REGION && value < REGIONS - 1) {
        digits[0] = (char)('0' + value / 10);
        digits[1] = (char)('0' + value % 10);
        code = cq_result_copy(result, digits, 2);
        label = region ? region->name[request->language] : code;
    } else if (by == CQ_BY_AGENCY && agency) {
        code = agency->id;
        label = agency->name[request->language];
    } else if (by == CQ_BY_CATEGORY) {
        code = cq_fact_value_name(CQ_FACT_CATEGORY, value);
        label = cq_report_word(request, "category", code);
    } else if (by == CQ_BY_BODY && value < CQ_BODIES) {
        code = cq_fact_value_name(CQ_FACT_BODY, value);
        label = cq_report_word(request, "body", code);
    } else if (by == CQ_BY_SEX && value < SEXES - 1) {
        code = value == 0 ? "m" : "f";
        label = cq_report_word(request, "sex", code);
    } else if (by == CQ_BY_AGE) {
        code = age_names[value];
        label = age_labels[value];
    }
    cq_result_code(result, section, code, label);
}

/* A count as a section over some of the dimensions. */
static struct cq_report_section *add_section(struct contingent *c, struct cq_report_result *result,
                                             const char *id, const struct count *count,
                                             const enum cq_dimension *by, size_t by_count)
{
    struct cq_report_column *own = cq_result_alloc(result, (by_count + 1) * sizeof *own);
    struct cq_report_section *section = cq_result_section(result, id, own, own ? by_count + 1 : 0);
    if (!own)
        return section;
    for (size_t i = 0; i < by_count; i++)
        own[i] = columns[by[i]];
    own[by_count] = people;
    for (uint32_t group = 0; group < count->size; group++) {
        if (count->groups[group] == 0)
            continue;
        uint32_t stride = count->size, rest = group;
        for (size_t i = 0; i < by_count; i++) {
            stride /= (uint32_t)sizes[by[i]];
            add_value(c, result, section, by[i], (int)(rest / stride));
            rest %= stride;
        }
        cq_result_number(result, section, count->groups[group]);
    }
    return section;
}

static enum cq_report_chart picture_of(enum cq_dimension by)
{
    return by == CQ_BY_REGION ? CQ_CHART_MAP : CQ_CHART_BARS;
}

static void add_sections(struct contingent *c, struct cq_report_result *result)
{
    struct cq_report_section *rows =
        add_section(c, result, "rows", &c->counts[0], c->by, c->by_count);
    rows->title = pictures[c->by[0]];
    rows->chart = c->by_count == 1 ? picture_of(c->by[0]) : CQ_CHART_NONE;
    rows->note = c->several == 0 ? NULL
                                 : N_("Who stands in several groups counts in each of them; "
                                      "totals count everybody once.");
    if (c->by_count == 1)
        return;
    rows->title = N_("In detail");
    for (size_t i = 0; i < c->by_count; i++) {
        struct cq_report_section *one =
            add_section(c, result, cq_dimension_names[c->by[i]], &c->counts[1 + i], &c->by[i], 1);
        one->title = pictures[c->by[i]];
        one->place = CQ_SECTION_PICTURE;
        one->chart = picture_of(c->by[i]);
        rows->columns_total = one;
    }
    rows->rows_total =
        add_section(c, result, "totals", &c->counts[c->count_count - 1], c->by, c->by_count - 1);
    result->sections[result->section_count - 1].place = CQ_SECTION_TOTALS;
}

enum cq_code cq_report_contingent(const struct cq_report_request *request,
                                  struct cq_report_result *result, struct cq_err *err)
{
    struct contingent c = {.request = request, .by = {CQ_BY_REGION, CQ_BY_CATEGORY}, .by_count = 2};
    enum cq_code code;
    if (request->by_count > 0) {
        memcpy(c.by, request->by, request->by_count * sizeof *c.by);
        c.by_count = request->by_count;
    }
    code = open_counts(&c, err);
    if (!code)
        code = read_people(&c, result->run, err);
    if (!code) {
        add_sections(&c, result);
        cq_result_figure(result, N_("people"), c.persons);
        cq_result_figure(result, N_("rows of lists"), c.rows);
        cq_result_figure(result, N_("people in several rows"), c.several);
        result->has_day = true;
        result->summary = N_("People whom the lists of the HR services name on %s: each counted "
                             "once, however many lists name them.");
    }
    for (size_t i = 0; i < c.count_count; i++)
        free(c.counts[i].groups);
    free(c.keys);
    return code;
}
