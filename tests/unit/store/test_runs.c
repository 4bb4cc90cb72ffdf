/* Runs: numbers and moments that never go back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/registry.h"

static struct cq_db opened(void)
{
    struct cq_db db;
    struct cq_err err = {0};
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    return db;
}

static struct cq_run started(struct cq_db *db, int64_t at)
{
    struct cq_run run = {.at = at,
                         .kind = "contingent",
                         .mode = "delta",
                         .list_date = 100,
                         .file_hash = "f",
                         .encoding = "UTF-8",
                         .law = "l"};
    struct cq_err err = {0};
    assert_int_equal(cq_run_start(db, &run, &err), CQ_OK);
    return run;
}

static int64_t number(struct cq_db *db, const char *sql)
{
    int64_t value;
    struct cq_err err = {0};
    assert_int_equal(cq_db_int(db, sql, &value, &err), CQ_OK);
    return value;
}

static int64_t known(struct cq_db *db, int64_t at)
{
    int64_t run;
    struct cq_err err = {0};
    assert_int_equal(cq_run_known(db, at, &run, &err), CQ_OK);
    return run;
}

static void test_moments_never_go_back(void **state)
{
    struct cq_db db = opened();
    (void)state;
    assert_int_equal(known(&db, INT64_MAX), 0);
    struct cq_run first = started(&db, 1000), same = started(&db, 1000);
    struct cq_run back = started(&db, 5), later = started(&db, 2000);
    assert_int_equal(first.id, 1);
    assert_int_equal(first.at, 1000);
    assert_int_equal(same.at, 1001);
    assert_int_equal(back.id, 3);
    assert_int_equal(back.at, 1002);
    assert_int_equal(later.at, 2000);
    assert_int_equal(known(&db, 999), 0);
    assert_int_equal(known(&db, 1000), 1);
    assert_int_equal(known(&db, 1999), 3);
    assert_int_equal(known(&db, INT64_MAX), 4);
    cq_db_close(&db);
}

static void test_counts_are_written_by_finish(void **state)
{
    struct cq_db db = opened();
    struct cq_err err = {0};
    struct cq_run run = started(&db, 1);
    (void)state;
    assert_int_equal(number(&db, "SELECT read + added + ended FROM run"), 0);
    run.read = 1;
    run.added = 20;
    run.changed = 300;
    run.unchanged = 4000;
    run.ended = 50000;
    run.rejected = 600000;
    run.warnings = 7000000;
    assert_int_equal(cq_run_finish(&db, &run, &err), CQ_OK);
    assert_int_equal(number(&db, "SELECT read + added + changed + unchanged + ended + rejected"
                                 " + warnings FROM run WHERE id = 1"),
                     7654321);
    assert_int_equal(number(&db, "SELECT unchanged FROM run"), 4000);
    assert_int_equal(number(&db, "SELECT agency IS NULL AND undoes IS NULL FROM run"), 1);
    cq_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments_never_go_back),
        cmocka_unit_test(test_counts_are_written_by_finish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
