/* The schema: created as a whole or not at all, and only where that is allowed; upgraded from every
 * earlier version. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/str.h"
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

/* Migrates; a registry that is not older is not told to be. */
static enum cq_code migrated(struct cq_db *db, enum cq_db_mode mode, struct cq_err *err)
{
    bool older = true;
    enum cq_code code = cq_migrate(db, mode, &older, err);
    assert_false(older);
    assert_int_equal(db->older, 0);
    return code;
}

static void test_creates_every_table_once(void **state)
{
    static const char *const tables[] = {"run",          "person",     "facility", "insurance",
                                         "presidential", "card",       "referral", "referral_event",
                                         "rejected",     "run_agency", "verdict",  "name_index"};
    struct cq_db db = bare();
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(migrated(&db, CQ_DB_CREATE, &err), CQ_OK);
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
    assert_int_equal(migrated(&db, CQ_DB_CREATE, &err), CQ_OK);
    assert_int_equal(migrated(&db, CQ_DB_WRITE, &err), CQ_OK);
    assert_int_equal(migrated(&db, CQ_DB_READ, &err), CQ_OK);
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
        assert_int_equal(migrated(&db, mode, &err), CQ_D_MISSING);
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
        assert_int_equal(migrated(&db, CQ_DB_CREATE, &err), CQ_D_NOT_REGISTRY);
        assert_int_equal(number(&db, "PRAGMA schema_version"), schema);
        cq_db_close(&db);
    }
}

static void test_newer_schema(void **state)
{
    struct cq_db db = bare();
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(migrated(&db, CQ_DB_MEMORY, &err), CQ_OK);
    assert_int_equal(cq_db_exec(&db, "PRAGMA user_version = 1000", &err), CQ_OK);
    assert_int_equal(migrated(&db, CQ_DB_CREATE, &err), CQ_D_NEWER);
    assert_string_equal(err.detail, "1000");
    cq_db_close(&db);
}

/* --- steps: registries as the programs of their version made them (tests/data/vN) --- */

static void run_file(struct cq_db *db, const char *path)
{
    struct cq_err err = {0};
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    char *sql = calloc(1, 1 << 20);
    assert_true(fread(sql, 1, (1 << 20) - 1, file) > 1000);
    fclose(file);
    assert_int_equal(cq_db_exec(db, sql, &err), CQ_OK);
    free(sql);
}

/* The answer of a query as text, a line a row. */
static char *answer(struct cq_db *db, const char *sql)
{
    struct cq_str text = {0};
    struct cq_err err = {0};
    sqlite3_stmt *stmt;
    bool row = true;
    assert_int_equal(cq_db_prepare(db, &stmt, sql, &err), CQ_OK);
    while (row) {
        assert_int_equal(cq_db_step(db, stmt, &row, &err), CQ_OK);
        for (int i = 0; row && i < sqlite3_column_count(stmt); i++)
            cq_str_printf(&text, "%s|", (const char *)sqlite3_column_text(stmt, i));
        cq_str_puts(&text, "\n");
    }
    sqlite3_finalize(stmt);
    assert_int_equal(text.failed, CQ_OK);
    return text.ptr;
}

/* Every object of the schema with its SQL, without comments and spaces. Owner: caller. */
static char *schema_of(struct cq_db *db)
{
    char *text = answer(db, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"),
         *to = text;
    for (const char *at = text; *at; at++) {
        if (at[0] == '-' && at[1] == '-')
            at += strcspn(at, "\n");
        if (*at != ' ' && *at != '\n')
            *to++ = *at;
    }
    *to = '\0';
    return text;
}

static void same_schema(struct cq_db *a, struct cq_db *b)
{
    char *one = schema_of(a), *other = schema_of(b);
    assert_non_null(strstr(one, "CREATETABLEperson"));
    assert_string_equal(one, other);
    free(one);
    free(other);
}

/* From every version that ever was: tests/README.md says how its file is made. */
static void test_steps_lead_to_the_new_schema(void **state)
{
    struct cq_db new = bare();
    struct cq_err err = {0};
    bool older;
    (void)state;
    assert_int_equal(migrated(&new, CQ_DB_CREATE, &err), CQ_OK);
    int newest = (int)number(&new, "PRAGMA user_version");
    assert_true(newest >= 2);
    for (int version = 1; version < newest; version++) {
        struct cq_db old = bare();
        char path[64];
        snprintf(path, sizeof path, "tests/data/v%d/registry.sql", version);
        run_file(&old, path);
        assert_int_equal(number(&old, "PRAGMA user_version"), version);
        assert_int_equal(cq_migrate(&old, CQ_DB_READ, &older, &err), CQ_OK);
        assert_true(older);
        assert_int_equal(number(&old, "PRAGMA user_version"), version);
        assert_int_equal(cq_migrate(&old, CQ_DB_WRITE, &older, &err), CQ_OK);
        assert_int_equal(old.older, version);
        assert_null(old.copy); /* there is no file */
        same_schema(&old, &new);
        assert_int_equal(number(&old, "PRAGMA user_version"), newest);
        assert_int_equal(number(&old, "SELECT count(*) FROM pragma_integrity_check"), 1);
        assert_int_equal(number(&old, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
        cq_db_close(&old);
    }
    cq_db_close(&new);
}

/* Registries of before views and CHECKs are of version 1 too, and a view of the user's own stays. */
static void test_steps_without_views(void **state)
{
    struct cq_db old = bare(), new = bare();
    struct cq_err err = {0};
    bool older;
    (void)state;
    run_file(&old, "tests/data/v1/registry.sql");
    assert_int_equal(cq_db_exec(&old,
                                "DROP VIEW person_now; DROP VIEW referral_now;"
                                "CREATE VIEW own AS SELECT count(*) AS people FROM person",
                                &err),
                     CQ_OK);
    assert_int_equal(cq_migrate(&old, CQ_DB_WRITE, &older, &err), CQ_OK);
    assert_int_equal(migrated(&new, CQ_DB_CREATE, &err), CQ_OK);
    assert_int_equal(number(&old, "SELECT people FROM own"),
                     number(&old, "SELECT count(*) FROM person"));
    assert_int_equal(cq_db_exec(&old, "DROP VIEW own", &err), CQ_OK);
    same_schema(&old, &new);
    cq_db_close(&old);
    cq_db_close(&new);
}

/* A step that fails half way leaves all as it was. */
static void test_a_step_that_fails(void **state)
{
    struct cq_db old = bare();
    struct cq_err err = {0};
    bool older;
    (void)state;
    run_file(&old, "tests/data/v1/registry.sql");
    assert_int_equal(cq_db_exec(&old, "ALTER TABLE person ADD COLUMN dependent TEXT", &err), CQ_OK);
    char *before = answer(&old, "SELECT sql FROM sqlite_schema");
    assert_int_equal(cq_migrate(&old, CQ_DB_WRITE, &older, &err), CQ_D_SQL);
    assert_int_equal(old.older, 0);
    assert_int_equal(sqlite3_get_autocommit(old.sqlite), 1);
    assert_int_equal(number(&old, "PRAGMA user_version"), 1);
    char *after = answer(&old, "SELECT sql FROM sqlite_schema");
    assert_string_equal(before, after);
    free(before);
    free(after);
    cq_db_close(&old);
}

/* A version below the first is no registry of ours. */
static void test_no_version(void **state)
{
    (void)state;
    for (int version = -1; version <= 0; version++) {
        struct cq_db db = bare();
        struct cq_err err = {0};
        char sql[96];
        snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                 CQ_APPLICATION_ID, version);
        assert_int_equal(cq_db_exec(&db, sql, &err), CQ_OK);
        assert_int_equal(migrated(&db, CQ_DB_WRITE, &err), CQ_D_NOT_REGISTRY);
        cq_db_close(&db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_creates_every_table_once),
        cmocka_unit_test(test_makes_nothing_where_it_may_not),
        cmocka_unit_test(test_foreign_files),
        cmocka_unit_test(test_newer_schema),
        cmocka_unit_test(test_steps_lead_to_the_new_schema),
        cmocka_unit_test(test_steps_without_views),
        cmocka_unit_test(test_a_step_that_fails),
        cmocka_unit_test(test_no_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
