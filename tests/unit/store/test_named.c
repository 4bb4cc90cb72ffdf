/* Whom lists name: every set of a chain of whole lists is found again, also after many of them, and
 * a list that repeats the one before takes no room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "store/named.h"

enum { PEOPLE = 400, LISTS = 120, AGENCY = 3 };

static const int64_t first_iin = 850315100006;
static struct cq_db db;

static int64_t number(const char *sql)
{
    int64_t value;
    struct cq_err err = {0};
    assert_int_equal(cq_db_int(&db, sql, &value, &err), CQ_OK);
    return value;
}

static int setup(void **state)
{
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    assert_int_equal(cq_db_exec(&db, "PRAGMA foreign_keys = OFF", &err), CQ_OK);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    cq_db_close(&db);
    return 0;
}

static void write_list(int64_t run, bool full, const bool *names)
{
    const struct cq_agency_counts counts = {7, 0, 2};
    struct cq_named set = {0};
    struct cq_err err = {0};
    for (int i = 0; i < PEOPLE; i++)
        for (int times = 0; times < 1 + i % 2 && names[i]; times++)
            cq_named_add(&set, first_iin + (int64_t)i * i * 1001);
    assert_int_equal(cq_named_write(&db, run, AGENCY, full, &counts, &set, &err), CQ_OK);
    cq_named_fini(&set);
}

static void assert_named(int64_t run, const bool *names)
{
    struct cq_named set;
    struct cq_err err = {0};
    assert_int_equal(cq_named_read(&db, run, AGENCY, &set, &err), CQ_OK);
    struct cq_named_reader reader = {(const unsigned char *)set.bytes.ptr, set.bytes.len, 0, 0};
    for (int i = 0; i < PEOPLE; i++)
        if (names[i]) {
            assert_true(cq_named_next(&reader));
            assert_int_equal(reader.iin, first_iin + (int64_t)i * i * 1001);
        }
    assert_false(cq_named_next(&reader));
    cq_named_fini(&set);
}

static void test_every_list_of_a_chain(void **state)
{
    static bool names[LISTS][PEOPLE];
    (void)state;
    srand(7);
    for (int i = 0; i < PEOPLE; i++)
        names[0][i] = rand() % 10 > 0;
    write_list(1, false, names[0]);
    for (int list = 1; list < LISTS; list++) {
        memcpy(names[list], names[list - 1], sizeof names[list]);
        for (int i = 0; i < list % 7; i++)
            names[list][rand() % PEOPLE] ^= true;
        write_list(list + 1, false, names[list]);
    }
    for (int list = 0; list < LISTS; list++)
        assert_named(list + 1, names[list]);
    assert_int_equal(number("SELECT min(whole) FROM run_agency"), 1);
    assert_int_equal(number("SELECT count(*) FROM run_agency WHERE (read, rejected, warnings) ="
                            " (7, 0, 2)"),
                     LISTS);
}

static void test_no_news_take_no_room(void **state)
{
    bool names[PEOPLE];
    (void)state;
    memset(names, true, sizeof names);
    write_list(1, false, names);
    write_list(2, true, names);
    assert_true(number("SELECT length(iins) > 0 FROM run_agency WHERE run = 1"));
    assert_int_equal(number("SELECT length(iins) FROM run_agency WHERE run = 2"), 0);
    assert_named(2, names);
}

static void test_a_short_list_is_not_whole_unless_it_says_so(void **state)
{
    bool all[PEOPLE], few[PEOPLE] = {false};
    (void)state;
    memset(all, true, sizeof all);
    few[5] = few[9] = true;
    write_list(1, false, all);
    write_list(2, false, few);
    assert_int_equal(number("SELECT whole FROM run_agency WHERE run = 2"), 0);
    assert_named(2, all);
    write_list(3, true, few);
    assert_named(3, few);
    assert_named(2, all);
}

static void test_nothing_before_the_first(void **state)
{
    bool nobody[PEOPLE] = {false};
    (void)state;
    assert_named(1, nobody);
    write_list(1, false, nobody);
    assert_named(1, nobody);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_list_of_a_chain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_news_take_no_room, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_short_list_is_not_whole_unless_it_says_so, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_nothing_before_the_first, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
