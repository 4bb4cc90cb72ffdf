/* Probable twins: labelled pairs of 12 kinds, found in a registry that holds all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "people/twin_compare.h"
#include "people/twins.h"
#include "twin_pairs.h"

enum { PAIRS = 2000 };

static void must(enum cq_code code)
{
    assert_int_equal(code, CQ_OK);
}

/* The id of an entry; one of a pair has an even number, the other the next. */
static int64_t id_of(int number)
{
    return (int64_t)(850101100000 + number) << 23 | 1 << 19 | 1;
}

static int number_of(int64_t id)
{
    return (int)((id >> 23) - 850101100000);
}

static void insert(struct cq_db *db, sqlite3_stmt *stmt, int number, const struct pair_person *p)
{
    struct cq_err err = {0};
    sqlite3_bind_int64(stmt, 1, id_of(number));
    sqlite3_bind_int(stmt, 2, p->birth);
    sqlite3_bind_int(stmt, 3, p->sex);
    sqlite3_bind_text(stmt, 4, p->last, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(stmt, 5, p->first, -1, SQLITE_TRANSIENT);
    if (p->middle[0])
        sqlite3_bind_text(stmt, 6, p->middle, -1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(stmt, 6);
    must(cq_db_run(db, stmt, &err));
}

static void fill(struct cq_db *db, uint64_t seed)
{
    static const char sql[] =
        "INSERT INTO person (id, hash, line, run_from, category, birth_date, sex, last_name,"
        " first_name, middle_name) VALUES (?1, 1, 0, 1, 1, ?2, ?3, ?4, ?5, ?6)";
    struct cq_err err = {0};
    sqlite3_stmt *stmt = NULL;
    must(cq_db_open(db, NULL, CQ_DB_MEMORY, 0, &err));
    must(cq_db_prepare(db, &stmt, sql, &err));
    pair_state = seed;
    for (int i = 0; i < PAIRS; i++) {
        struct pair_person a, b;
        draw_pair((enum pair_kind)(i % PAIR_KINDS), &a, &b);
        insert(db, stmt, 2 * i, &a);
        insert(db, stmt, 2 * i + 1, &b);
    }
    sqlite3_finalize(stmt);
}

static void test_recall_and_precision(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        int found[PAIR_KINDS] = {0}, drawn[PAIR_KINDS] = {0}, others = 0, right = 0, one = 0;
        struct cq_twins twins = {0};
        struct cq_err err = {0};
        struct cq_db db;
        fill(&db, seed);
        must(cq_twins_find(&twins, &db, 1, 20000, &err));
        for (int i = 0; i < PAIRS; i++) {
            drawn[i % PAIR_KINDS]++;
            one += i % PAIR_KINDS < PAIR_RELATIVES;
        }
        for (size_t i = 0; i < twins.count; i++) {
            int a = number_of(twins.list[i].id), b = number_of(twins.list[i].other_id);
            assert_true(a < b);
            if (a / 2 == b / 2)
                found[a / 2 % PAIR_KINDS]++;
            else
                others++;
        }
        for (int kind = 0; kind < PAIR_KINDS; kind++) {
            print_message("%-20s %d of %d\n", pair_kinds[kind], found[kind], drawn[kind]);
            right += kind < PAIR_RELATIVES ? found[kind] : 0;
            if (kind < PAIR_RELATIVES)
                assert_true(found[kind] * 100 >= drawn[kind] * 80);
        }
        print_message("recall %d / %d, found %zu, of other pairs %d\n", right, one, twins.count,
                      others);
        assert_true(right * 100 >= one * 90);
        assert_true(right * 100 >= (int)twins.count * 95);
        free(twins.list);
        cq_db_close(&db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recall_and_precision),
    };
    return cmocka_run_group_tests_name("twins", tests, NULL, NULL);
}
