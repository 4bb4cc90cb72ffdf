/* Finding people: who may be meant is looked up, and each row is compared with the question. A birth
 * date alone leaves so few that all of them are compared, whatever the names are; without one, the
 * index of names tells them. */
#include "people/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/registry.h"
#include "people/find_candidates.h"
#include "people/find_compare.h"
#include "people/twin_compare.h"

enum { MISTAKEN_BELOW = 5, TIED_WITHIN = 1 };

struct finder {
    struct cq_find_result *result;
    const struct cq_find_question *question;
    struct cq_db *db;
    sqlite3_stmt *rows; /* of a range of ids */
    int perfect;        /* people found from whom nothing differs */
};

enum { ID, BIRTH, LAST };
#define COLUMNS "SELECT id, birth_date, last_name, first_name, middle_name FROM person"
#define HOLDS                                                                                      \
    " run_from <= ?3 AND (run_to IS NULL OR run_to > ?3)"                                          \
    " AND (valid_from IS NULL OR valid_from <= ?4) AND (valid_to IS NULL OR valid_to > ?4)"

static enum cq_code compare_row(struct finder *f, struct cq_err *err)
{
    struct cq_find_result *result = f->result;
    struct cq_found found = {.id = sqlite3_column_int64(f->rows, ID)};
    bool fits;
    enum cq_code code = cq_find_compare(f->question, f->rows, LAST,
                                        sqlite3_column_int(f->rows, BIRTH), &fits, &found);
    if (code)
        return cq_err_set(err, code, NULL);
    if (!fits)
        return CQ_OK;
    struct cq_found *list = cq_grow(result->list, result->count + 1, &result->room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    result->list = list;
    list[result->count++] = found;
    return CQ_OK;
}

/* Compares the rows of people from one IIN up to another. */
static enum cq_code compare_range(struct finder *f, int64_t first, int64_t end, struct cq_err *err)
{
    bool row = true;
    enum cq_code code = CQ_OK;
    sqlite3_bind_int64(f->rows, 1, first << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(f->rows, 2, end << CQ_GROUP_SHIFT);
    while (!code && !(code = cq_db_step(f->db, f->rows, &row, err)) && row)
        code = compare_row(f, err);
    sqlite3_reset(f->rows);
    return code;
}

/* Whether nothing differs in one of the rows from a position on. */
static bool any_perfect(const struct cq_find_result *result, size_t from)
{
    for (size_t i = from; i < result->count; i++)
        if (result->list[i].cost == 0 && result->list[i].spellings == 0)
            return true;
    return false;
}

/* Compares people in the order of their IINs. Where more than are told apart fit perfectly, those that
 * follow cannot come before them. */
static enum cq_code compare_people(struct finder *f, const struct cq_iins *iins, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    size_t count = iins->count < CQ_FIND_CANDIDATES ? iins->count : CQ_FIND_CANDIDATES;
    f->result->more = f->result->more || iins->count > CQ_FIND_CANDIDATES;
    for (size_t i = 0; i < count && f->perfect <= CQ_FIND_BEST && !code; i++) {
        size_t before = f->result->count;
        code = compare_range(f, iins->list[i], iins->list[i] + 1, err);
        f->perfect += any_perfect(f->result, before);
    }
    return code;
}

static enum cq_code find_by_day(struct finder *f, struct cq_name_index *index, struct cq_err *err)
{
    int32_t digits[CQ_FIND_DIGITS];
    struct cq_iins iins = {0};
    size_t count = cq_find_digits(f->question, digits);
    enum cq_code code = cq_find_by_birth(index, f->question, &iins, err);
    for (size_t i = 0; i < count && !code; i++)
        code =
            compare_range(f, digits[i] * INT64_C(1000000), (digits[i] + 1) * INT64_C(1000000), err);
    if (!code)
        code = compare_people(f, &iins, err);
    free(iins.list);
    return code;
}

/* Keeps those whose IIN begins with the year that is asked for or one beside it, and those of another
 * set. */
static void keep_year(struct cq_iins *iins, int32_t day, const struct cq_iins *others)
{
    int32_t year = cq_name_index_digits(day) / 10000;
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < iins->count; i++) {
        int32_t apart = (int32_t)(iins->list[i] / INT64_C(10000000000)) - year + 100;
        while (k < others->count && others->list[k] < iins->list[i])
            k++;
        bool other = k < others->count && others->list[k] == iins->list[i];
        if (apart % 100 <= 1 || apart % 100 == 99 || other)
            iins->list[kept++] = iins->list[i];
    }
    iins->count = kept;
}

static enum cq_code find_by_names(struct finder *f, struct cq_name_index *index, bool mistaken,
                                  struct cq_err *err)
{
    struct cq_iins iins = {0}, born = {0};
    enum cq_code code = cq_find_by_names(index, f->question, mistaken, &iins, err);
    if (!code && f->question->born == CQ_BORN_YEAR)
        code = cq_find_by_birth(index, f->question, &born, err);
    if (!code && f->question->born == CQ_BORN_YEAR)
        keep_year(&iins, f->question->day, &born);
    if (!code)
        code = compare_people(f, &iins, err);
    free(iins.list);
    free(born.list);
    return code;
}

/* A year alone: the first people of it are enough to see that there are too many. */
static enum cq_code find_by_year(struct finder *f, struct cq_name_index *index, struct cq_err *err)
{
    int64_t year = cq_name_index_digits(f->question->day) / 10000 * INT64_C(10000000000);
    struct cq_iins iins = {0};
    int month = 1;
    enum cq_code code = cq_find_by_birth(index, f->question, &iins, err);
    for (; month <= 12 && !code && f->result->count < CQ_FIND_CANDIDATES; month++)
        code = compare_range(f, year + month * INT64_C(100000000),
                             year + (month + 1) * INT64_C(100000000), err);
    f->result->more = month <= 12;
    if (!code)
        code = compare_people(f, &iins, err);
    free(iins.list);
    return code;
}

static int by_iin(const void *a, const void *b)
{
    const struct cq_found *x = a, *y = b;
    int64_t iin = x->id >> CQ_GROUP_SHIFT, other = y->id >> CQ_GROUP_SHIFT;
    if (iin != other)
        return iin < other ? -1 : 1;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return x->spellings - y->spellings;
}

static int by_cost(const void *a, const void *b)
{
    const struct cq_found *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->spellings != y->spellings)
        return x->spellings < y->spellings ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* Keeps the best row of each person, the best person first. */
static void sort(struct cq_find_result *r)
{
    size_t kept = 0;
    if (r->count > 1)
        qsort(r->list, r->count, sizeof *r->list, by_iin);
    for (size_t i = 0; i < r->count; i++)
        if (kept == 0 || r->list[kept - 1].id >> CQ_GROUP_SHIFT != r->list[i].id >> CQ_GROUP_SHIFT)
            r->list[kept++] = r->list[i];
    r->count = kept;
    if (kept > 1)
        qsort(r->list, kept, sizeof *r->list, by_cost);
    while (r->tied < kept && r->tied <= CQ_FIND_BEST &&
           r->list[r->tied].cost <= r->list[0].cost + TIED_WITHIN)
        r->tied++;
    for (size_t i = 0; i < r->tied && (r->tied > 1 || r->more); i++)
        r->list[i].reasons |= CQ_FIND_TIED;
}

static enum cq_code find(struct finder *f, struct cq_name_index *index, struct cq_err *err)
{
    const struct cq_find_question *q = f->question;
    if (index->count == 0)
        return compare_range(f, 0, INT64_C(1000000000000), err);
    if (q->born == CQ_BORN_DAY)
        return find_by_day(f, index, err);
    if (q->part_count == 0)
        return find_by_year(f, index, err);
    enum cq_code code = find_by_names(f, index, false, err);
    if (!code && f->result->count < MISTAKEN_BELOW)
        code = find_by_names(f, index, true, err);
    return code;
}

enum cq_code cq_people_find(struct cq_find_result *result, struct cq_db *db, int64_t run,
                            int32_t day, const struct cq_find_question *question,
                            struct cq_err *err)
{
    struct finder f = {.result = result, .question = question, .db = db};
    struct cq_name_index index;
    enum cq_code code = cq_name_index_open(&index, db, err);
    if (!code)
        code = cq_db_prepare(db, &f.rows, COLUMNS " WHERE id >= ?1 AND id < ?2 AND" HOLDS, err);
    if (!code) {
        sqlite3_bind_int64(f.rows, 3, run);
        sqlite3_bind_int64(f.rows, 4, day);
        code = find(&f, &index, err);
    }
    if (!code)
        sort(result);
    sqlite3_finalize(f.rows);
    cq_name_index_close(&index);
    return code;
}
