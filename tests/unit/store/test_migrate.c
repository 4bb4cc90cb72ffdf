/* The schema: created as a whole or not at all, and only where that is allowed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "store/migrate.h"

static struct cq_db bare(void)
{
    struct cq_db db = {0};
    assert_int_equal(sqlite3_open(":memory:", &db.sqlite), SQLITE_OK);
    return db;
}

static int64_t number(struct cq_db *db, const char *sql)
{
    int64_t value;
    struct cq_err err = {0};
    assert_int_equal(cq_db_int(db, sql, &value, &err), CQ_OK);
    return value;
}

static void test_creates_every_table_once(void **state)
{
    static const char *const tables[] = {"run",          "person", "facility", "insurance",
                                         "presidential", "card",   "referral", "referral_event"};
    struct cq_db db = bare();
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(cq_migrate(&db, CQ_DB_CREATE, &err), CQ_OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        sqlite3_stmt *stmt;
        bool row;
        assert_int_equal(cq_db_prepare(&db, &stmt,
                                       "SELECT strict FROM pragma_table_list WHERE name = ?1"
                                       " AND type = 'table'",
                                       &err),
                         CQ_OK);
        cq_db_bind_text(stmt, 1, tables[i], strlen(tables[i]));
        assert_int_equal(cq_db_step(&db, stmt, &row, &err), CQ_OK);
        assert_true(row);
        assert_int_equal(sqlite3_column_int(stmt, 0), 1);
        sqlite3_finalize(stmt);
    }
    int64_t schema = number(&db, "PRAGMA schema_version");
    assert_int_equal(cq_migrate(&db, CQ_DB_CREATE, &err), CQ_OK);
    assert_int_equal(cq_migrate(&db, CQ_DB_WRITE, &err), CQ_OK);
    assert_int_equal(cq_migrate(&db, CQ_DB_READ, &err), CQ_OK);
    assert_int_equal(number(&db, "PRAGMA schema_version"), schema);
    assert_int_equal(sqlite3_get_autocommit(db.sqlite), 1);
    cq_db_close(&db);
}

static void test_makes_nothing_where_it_may_not(void **state)
{
    (void)state;
    for (enum cq_db_mode mode = CQ_DB_READ; mode <= CQ_DB_WRITE; mode++) {
        struct cq_db db = bare();
        struct cq_err err = {0};
        assert_int_equal(cq_migrate(&db, mode, &err), CQ_D_MISSING);
        assert_int_equal(sqlite3_get_autocommit(db.sqlite), 1);
        assert_int_equal(number(&db, "SELECT count(*) FROM sqlite_schema"), 0);
        cq_db_close(&db);
    }
}

/* Another program's file is not changed, even if it has no table yet. */
static void test_foreign_files(void **state)
{
    static const char *const signs[] = {"PRAGMA application_id = 7", "PRAGMA user_version = 7",
                                        "CREATE TABLE t (x)"};
    (void)state;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct cq_db db = bare();
        struct cq_err err = {0};
        assert_int_equal(cq_db_exec(&db, signs[i], &err), CQ_OK);
        int64_t schema = number(&db, "PRAGMA schema_version");
        assert_int_equal(cq_migrate(&db, CQ_DB_CREATE, &err), CQ_D_NOT_REGISTRY);
        assert_int_equal(number(&db, "PRAGMA schema_version"), schema);
        cq_db_close(&db);
    }
}

static void test_newer_schema(void **state)
{
    struct cq_db db = bare();
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(cq_migrate(&db, CQ_DB_MEMORY, &err), CQ_OK);
    assert_int_equal(cq_db_exec(&db, "PRAGMA user_version = 1000", &err), CQ_OK);
    assert_int_equal(cq_migrate(&db, CQ_DB_CREATE, &err), CQ_D_NEWER);
    assert_string_equal(err.detail, "1000");
    cq_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_creates_every_table_once),
        cmocka_unit_test(test_makes_nothing_where_it_may_not),
        cmocka_unit_test(test_foreign_files),
        cmocka_unit_test(test_newer_schema),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
