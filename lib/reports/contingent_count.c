/* Counting people: one pass over the table in its own order, where the rows of a person are side by
 * side; every count is an array that a small integer indexes. A person counts once in each group,
 * however many rows they have. */
#include "reports/contingent_count.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/kato.h"
#include "cq/registry.h"
#include "result/result_private.h"

enum { ID, CATEGORY, BIRTH, RESIDENCE, SEX }; /* columns of the query */

const size_t cq_dimension_sizes[CQ_DIMENSIONS] = {
    [CQ_BY_REGION] = REGIONS,     [CQ_BY_AGENCY] = AGENCIES, [CQ_BY_CATEGORY] = CQ_CATEGORIES,
    [CQ_BY_BODY] = CQ_BODIES + 1, [CQ_BY_SEX] = SEXES,       [CQ_BY_AGE] = AGES,
};

/* Lower ends of the age groups, in whole years on the day. */
static const int ages[AGES] = {0, 18, 30, 45, 60};

/* The last day of birth on which one is of an age on the day; cq_date_birthday has the rule for 29
 * February, so it corrects the estimate. */
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
        whole *= (uint32_t)cq_dimension_sizes[c->by[i]];
    }
    uint32_t last = (uint32_t)cq_dimension_sizes[c->by[c->by_count - 1]];
    c->counts[c->count_count++] = (struct count){.divisor = 1, .size = whole};
    if (c->by_count > 1) {
        for (size_t i = 0; i < c->by_count; i++)
            c->counts[c->count_count++] = (struct count){
                .divisor = c->strides[i], .size = (uint32_t)cq_dimension_sizes[c->by[i]]};
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

/* Counts the current person: in each count once for each group that differs from those before. */
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
    uint32_t *keys = cq_grow(c->keys, c->key_count + 1, &c->key_room, sizeof *keys);
    if (!keys)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    c->keys = keys;
    c->keys[c->key_count++] = key;
    return CQ_OK;
}

static enum cq_code keep_linked(struct contingent *c, int64_t person, uint32_t key,
                                struct cq_err *err)
{
    struct linked_row *grown =
        cq_grow(c->linked, c->linked_count + 1, &c->linked_room, sizeof *grown);
    if (!grown)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    c->linked = grown;
    grown[c->linked_count++] = (struct linked_row){person, key};
    return CQ_OK;
}

static int by_person(const void *a, const void *b)
{
    const struct linked_row *x = a, *y = b;
    return (x->person > y->person) - (x->person < y->person);
}

/* Counts the people with several IINs, whose rows do not lie side by side. */
static enum cq_code count_linked(struct contingent *c, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (c->linked_count > 1)
        qsort(c->linked, c->linked_count, sizeof *c->linked, by_person);
    for (size_t i = 0; i < c->linked_count && !code; i++) {
        if (i > 0 && c->linked[i].person != c->linked[i - 1].person)
            count_person(c);
        code = add_key(c, c->linked[i].key, err);
    }
    count_person(c);
    return code;
}

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
    static const char sql[] = "SELECT id, category, birth_date, residence, sex FROM person"
                              " WHERE" CQ_SQL_NOW " ORDER BY id";
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
        int64_t person = cq_links_find(&c->links, iin);
        code = person ? keep_linked(c, person, key, err) : add_key(c, key, err);
        if (code)
            break;
    }
    count_person(c);
    sqlite3_finalize(stmt);
    return code ? code : count_linked(c, err);
}

enum cq_code cq_contingent_count(struct contingent *c, int64_t run, struct cq_err *err)
{
    enum cq_code code = open_counts(c, err);
    if (!code)
        code = cq_links_read(&c->links, c->request->db, run, c->request->day, err);
    return code ? code : read_people(c, run, err);
}

void cq_contingent_free(struct contingent *c)
{
    for (size_t i = 0; i < c->count_count; i++)
        free(c->counts[i].groups);
    free(c->keys);
    free(c->links.list);
    free(c->linked);
}
