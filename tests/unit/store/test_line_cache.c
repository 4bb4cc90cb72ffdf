/* The cache of lines that the registry has read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "store/line_cache.h"

static const struct cq_table table = {"presidential", NULL, 0};

static struct cq_db opened(const char *sql)
{
    struct cq_db db;
    struct cq_err err = {0};
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    assert_int_equal(cq_db_exec(&db, sql, &err), CQ_OK);
    return db;
}

static struct cq_line_cache *read_all(struct cq_db *db)
{
    struct cq_line_cache *cache;
    struct cq_err err = {0};
    assert_int_equal(cq_line_cache_read(&cache, db, &table, &err), CQ_OK);
    return cache;
}

static void test_an_empty_cache(void **state)
{
    struct cq_db db = opened("SELECT 1");
    int64_t key = 5;
    (void)state;
    assert_null(read_all(&db));
    assert_false(cq_line_cache_find(NULL, 1, &key));
    assert_int_equal(key, 5);
    cq_line_cache_free(NULL);
    cq_db_close(&db);
}

/* Ended rows and rows without a line are not in it. */
static void test_only_current_rows(void **state)
{
    struct cq_db db = opened("INSERT INTO presidential (id, hash, line, run_from, run_to) VALUES"
                             " (1 << 19 | 0, 1, 101, 1, 2), (1 << 19 | 1, 1, 102, 2, NULL),"
                             " (2 << 19 | 0, 1, 0, 1, NULL), (3 << 19 | 5, 1, 103, 1, NULL)");
    struct cq_line_cache *cache = read_all(&db);
    int64_t key;
    (void)state;
    assert_non_null(cache);
    assert_false(cq_line_cache_find(cache, 101, &key));
    assert_false(cq_line_cache_find(cache, 0, &key));
    assert_true(cq_line_cache_find(cache, 102, &key));
    assert_int_equal(key, 1);
    assert_true(cq_line_cache_find(cache, 103, &key));
    assert_int_equal(key, 3);
    cq_line_cache_free(cache);
    cq_db_close(&db);
}

/* Enough lines to grow several times, with colliding slots. */
static void test_many_lines(void **state)
{
    struct cq_db db = opened("WITH RECURSIVE n(i) AS"
                             " (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000)"
                             " INSERT INTO presidential (id, hash, line, run_from)"
                             " SELECT i << 19, 1, CASE WHEN i % 99 = 1 THEN i << 30 ELSE i END, 1"
                             " FROM n");
    struct cq_line_cache *cache = read_all(&db);
    int64_t key;
    (void)state;
    assert_non_null(cache);
    for (int64_t i = 1; i <= 60000; i += 7) {
        assert_true(cq_line_cache_find(cache, i % 99 == 1 ? i << 30 : i, &key));
        assert_int_equal(key, i);
        assert_false(cq_line_cache_find(cache, i % 99 == 1 ? i : i << 30, &key));
    }
    cq_line_cache_free(cache);
    cq_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_cache),
        cmocka_unit_test(test_only_current_rows),
        cmocka_unit_test(test_many_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
