/* The audit log: a chain in which every change of a line is detected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/audit.h"

static struct cq_db db;
static struct cq_err err;

static int setup(void **state)
{
    (void)state;
    err = (struct cq_err){0};
    return cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err) ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    cq_db_close(&db);
    return 0;
}

static void add(int64_t at, const char *action, int64_t subject)
{
    const struct cq_audit line = {at, "clerk", action, subject, "x"};
    assert_int_equal(cq_audit_add(&db, &line, &err), CQ_OK);
}

static struct cq_audit_state verify(void)
{
    struct cq_audit_state found;
    assert_int_equal(cq_audit_verify(&db, &found, &err), CQ_OK);
    return found;
}

static void three_lines(void)
{
    add(1000, "import", 1);
    add(2000, "read", 850315100006);
    add(3000, "undo", 2);
}

static void test_a_chain_holds(void **state)
{
    (void)state;
    struct cq_audit_state none = verify();
    assert_int_equal(none.lines, 0);
    assert_string_equal(none.link, "");
    three_lines();
    struct cq_audit_state found = verify();
    assert_int_equal(found.lines, 3);
    assert_int_equal(found.broken, 0);
    assert_int_equal(strlen(found.link), CQ_HASH_HEX);
}

static void test_moments_never_go_back(void **state)
{
    int64_t at;
    (void)state;
    three_lines();
    add(5, "read", 850315100006);
    assert_int_equal(cq_db_int(&db, "SELECT at FROM audit WHERE id = 4", &at, &err), CQ_OK);
    assert_int_equal(at, 3000);
    assert_int_equal(verify().broken, 0);
}

/* Any change of a line by SQL is detected. */
static void test_every_change_shows(void **state)
{
    static const struct {
        const char *sql;
        int64_t broken;
    } cases[] = {
        {"UPDATE audit SET actor = 'other' WHERE id = 2", 2},
        {"UPDATE audit SET at = at + 1 WHERE id = 2", 2},
        {"UPDATE audit SET action = 'undo' WHERE id = 2", 2},
        {"UPDATE audit SET subject = subject + 1 WHERE id = 1", 1},
        {"UPDATE audit SET detail = '' WHERE id = 3", 3},
        {"UPDATE audit SET link = (SELECT link FROM audit WHERE id = 1) WHERE id = 3", 3},
        {"DELETE FROM audit WHERE id = 1", 2},
        {"DELETE FROM audit WHERE id = 2", 3},
        {"DELETE FROM audit WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3", 2},
        {"UPDATE audit SET actor = 'cle', action = 'rkread' WHERE id = 2", 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(cq_db_exec(&db, "DELETE FROM audit", &err), CQ_OK);
        three_lines();
        assert_int_equal(cq_db_exec(&db, cases[i].sql, &err), CQ_OK);
        assert_int_equal(verify().broken, cases[i].broken);
    }
}

/* Truncation at the end leaves a valid chain: only the recorded last link detects it. */
static void test_the_last_link_detects_truncation(void **state)
{
    (void)state;
    three_lines();
    struct cq_audit_state before = verify();
    assert_int_equal(cq_db_exec(&db, "DELETE FROM audit WHERE id = 3", &err), CQ_OK);
    assert_int_equal(verify().broken, 0);
    assert_string_not_equal(verify().link, before.link);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_chain_holds),
        TEST(test_moments_never_go_back),
        TEST(test_every_change_shows),
        TEST(test_the_last_link_detects_truncation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
