/* Opening a registry: what is one, what is refused, and how failures are reported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq/db.h"

static char folder[] = "/tmp/cq-test-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "%s/cq.db", mkdtemp(folder));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static int remove_file(void **state)
{
    char journal[80];
    (void)state;
    snprintf(journal, sizeof journal, "%s-journal", path);
    unlink(journal);
    unlink(path);
    return 0;
}

static void refused(const char *file, enum cq_db_mode mode, enum cq_code code)
{
    struct cq_db db;
    struct cq_err err = {0};
    assert_int_equal(cq_db_open(&db, file, mode, 0, &err), code);
    assert_int_equal(err.code, code);
    assert_string_equal(err.file, file);
    assert_null(db.sqlite);
    cq_db_close(&db);
}

static struct cq_db opened(enum cq_db_mode mode)
{
    struct cq_db db;
    struct cq_err err = {0};
    assert_int_equal(cq_db_open(&db, path, mode, 0, &err), CQ_OK);
    return db;
}

static int64_t number(struct cq_db *db, const char *sql)
{
    int64_t value;
    struct cq_err err = {0};
    assert_int_equal(cq_db_int(db, sql, &value, &err), CQ_OK);
    return value;
}

static void write_file(const void *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    close(fd);
}

/* Runs SQL on the file without the module. */
static void run_sql(const char *sql)
{
    sqlite3 *sqlite;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sqlite);
}

static void test_create_and_open_again(void **state)
{
    struct stat st;
    (void)state;
    refused(path, CQ_DB_READ, CQ_D_MISSING);
    refused(path, CQ_DB_WRITE, CQ_D_MISSING);
    umask(0);
    struct cq_db db = opened(CQ_DB_CREATE);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(number(&db, "PRAGMA application_id"), CQ_APPLICATION_ID);
    assert_int_equal(number(&db, "PRAGMA user_version"), 5);
    assert_int_equal(number(&db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(number(&db, "PRAGMA trusted_schema"), 0);
    cq_db_close(&db);
    for (enum cq_db_mode mode = CQ_DB_READ; mode <= CQ_DB_CREATE; mode++) {
        db = opened(mode);
        assert_int_equal(number(&db, "SELECT count(*) FROM run"), 0);
        cq_db_close(&db);
    }
    cq_db_close(&db); /* twice is harmless */
}

static void test_an_empty_file_becomes_a_registry(void **state)
{
    (void)state;
    write_file("", 0);
    refused(path, CQ_DB_READ, CQ_D_MISSING);
    refused(path, CQ_DB_WRITE, CQ_D_MISSING);
    struct cq_db db = opened(CQ_DB_CREATE);
    assert_int_equal(number(&db, "SELECT count(*) FROM person"), 0);
    cq_db_close(&db);
}

static void test_what_is_not_a_registry(void **state)
{
    (void)state;
    for (enum cq_db_mode mode = CQ_DB_READ; mode <= CQ_DB_CREATE; mode++) {
        write_file("iin,last_name\n850315100006,x\n", 29);
        refused(path, mode, CQ_D_NOT_REGISTRY);
        unlink(path);
        run_sql("CREATE TABLE person (id INTEGER PRIMARY KEY)");
        refused(path, mode, CQ_D_NOT_REGISTRY);
        unlink(path);
        refused("/dev/null", mode, CQ_D_NOT_REGISTRY);
        refused("/tmp", mode, CQ_O_DIRECTORY);
        refused("/dev/null/x", mode, CQ_D_OPEN);
    }
    refused("/nonexistent/cq.db", CQ_DB_READ, CQ_D_MISSING);
    refused("/nonexistent/cq.db", CQ_DB_CREATE, CQ_D_OPEN);
}

static void test_versions_of_the_schema(void **state)
{
    struct cq_db db = opened(CQ_DB_CREATE);
    (void)state;
    cq_db_close(&db);
    run_sql("PRAGMA user_version = 1000");
    for (enum cq_db_mode mode = CQ_DB_READ; mode <= CQ_DB_CREATE; mode++)
        refused(path, mode, CQ_D_NEWER);
    run_sql("PRAGMA user_version = 0");
    refused(path, CQ_DB_READ, CQ_D_NOT_REGISTRY);
}

static void test_a_damaged_file(void **state)
{
    struct cq_db db = opened(CQ_DB_CREATE);
    struct cq_err err = {0};
    char noise[4096];
    int64_t value;
    (void)state;
    cq_db_close(&db);
    memset(noise, 0x5a, sizeof noise);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    off_t end = lseek(fd, 0, SEEK_END);
    for (off_t at = 4096; at < end; at += 4096) /* all but the first page */
        assert_int_equal(pwrite(fd, noise, sizeof noise, at), sizeof noise);
    close(fd);
    enum cq_code code = cq_db_open(&db, path, CQ_DB_READ, 0, &err);
    if (!code)
        code = cq_db_int(&db, "SELECT count(*) FROM person", &value, &err);
    assert_int_equal(code, CQ_D_CORRUPT);
    cq_db_close(&db);
}

static void test_readers_cannot_write(void **state)
{
    struct cq_err err = {0};
    struct cq_db db = opened(CQ_DB_CREATE);
    (void)state;
    cq_db_close(&db);
    db = opened(CQ_DB_READ);
    assert_int_equal(cq_db_exec(&db, "DELETE FROM run", &err), CQ_D_OPEN);
    cq_db_close(&db);
}

/* After a crash of a writer SQLite must roll back before anybody reads; a reader can do that, and
 * still cannot write. */
static void test_reading_after_a_crash(void **state)
{
    char journal[80], kept[80], copy[400];
    struct cq_err err = {0};
    struct cq_db db = opened(CQ_DB_CREATE);
    (void)state;
    snprintf(journal, sizeof journal, "%s-journal", path);
    snprintf(kept, sizeof kept, "%s.kept", path);
    assert_int_equal(cq_db_exec(&db, "PRAGMA cache_size = 1", &err), CQ_OK);
    assert_int_equal(cq_db_begin(&db, &err), CQ_OK);
    assert_int_equal(
        cq_db_exec(&db,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)"
                   " INSERT INTO person (id, hash, line, run_from, category, birth_date,"
                   " last_name, first_name) SELECT i, 1, 1, 1, 1, 1, 'a', 'b' FROM n",
                   &err),
        CQ_OK);
    snprintf(copy, sizeof copy, "cp %s %s && cp %s %s-journal", path, kept, journal, kept);
    assert_int_equal(system(copy), 0);
    cq_db_rollback(&db);
    cq_db_close(&db);
    assert_int_equal(rename(kept, path), 0);
    strcat(kept, "-journal");
    assert_int_equal(rename(kept, journal), 0);
    db = opened(CQ_DB_READ);
    assert_int_equal(number(&db, "SELECT count(*) FROM person"), 0);
    assert_int_equal(cq_db_exec(&db, "DELETE FROM run", &err), CQ_D_OPEN);
    cq_db_close(&db);
    assert_int_equal(access(journal, F_OK), -1);
}

static void test_locks(void **state)
{
    struct cq_err err = {0};
    struct cq_db one = opened(CQ_DB_CREATE), two = opened(CQ_DB_WRITE);
    (void)state;
    assert_int_equal(cq_db_begin(&one, &err), CQ_OK);
    assert_int_equal(cq_db_begin(&two, &err), CQ_D_LOCKED);
    assert_int_equal(cq_code_status(err.code), 5);
    cq_db_rollback(&two); /* legal outside a transaction */
    assert_int_equal(cq_db_commit(&one, &(struct cq_err){0}), CQ_OK);
    assert_int_equal(cq_db_begin(&two, &(struct cq_err){0}), CQ_OK);
    cq_db_rollback(&two);
    cq_db_close(&one);
    cq_db_close(&two);
}

static void test_statements(void **state)
{
    struct cq_db db = opened(CQ_DB_CREATE);
    struct cq_err err = {0};
    sqlite3_stmt *stmt;
    bool row;
    (void)state;
    assert_int_equal(cq_db_prepare(&db, &stmt, "SELECT ?1 IS NULL, ?2, ?3 IS NULL, ?4", &err),
                     CQ_OK);
    cq_db_bind_int(stmt, 1, 7, false);
    cq_db_bind_int(stmt, 2, INT64_MIN, true);
    cq_db_bind_text(stmt, 3, NULL, 0);
    cq_db_bind_text(stmt, 4, "abc", 2);
    assert_int_equal(cq_db_step(&db, stmt, &row, &err), CQ_OK);
    assert_true(row);
    assert_int_equal(sqlite3_column_int(stmt, 0), 1);
    assert_int_equal(sqlite3_column_int64(stmt, 1), INT64_MIN);
    assert_int_equal(sqlite3_column_int(stmt, 2), 1);
    assert_string_equal((const char *)sqlite3_column_text(stmt, 3), "ab");
    assert_int_equal(cq_db_step(&db, stmt, &row, &err), CQ_OK);
    assert_false(row);
    sqlite3_finalize(stmt);
    assert_int_equal(cq_db_exec(&db, "SELECT * FROM nothing", &err), CQ_D_SQL);
    cq_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_create_and_open_again, remove_file),
        cmocka_unit_test_teardown(test_an_empty_file_becomes_a_registry, remove_file),
        cmocka_unit_test_teardown(test_what_is_not_a_registry, remove_file),
        cmocka_unit_test_teardown(test_versions_of_the_schema, remove_file),
        cmocka_unit_test_teardown(test_a_damaged_file, remove_file),
        cmocka_unit_test_teardown(test_readers_cannot_write, remove_file),
        cmocka_unit_test_teardown(test_reading_after_a_crash, remove_file),
        cmocka_unit_test_teardown(test_locks, remove_file),
        cmocka_unit_test_teardown(test_statements, remove_file),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
