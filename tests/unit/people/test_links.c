/* IINs that verdicts say are one person's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "people/links.h"

/* Links by the verdicts that a script inserts. */
static struct cq_links links_of(const char *sql)
{
    struct cq_links links = {0};
    struct cq_err err = {0};
    struct cq_db db;
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    assert_int_equal(cq_db_exec(&db, sql, &err), CQ_OK);
    assert_int_equal(cq_links_read(&links, &db, 5, 100, &err), CQ_OK);
    cq_db_close(&db);
    return links;
}

#define VERDICTS                                                                                   \
    "INSERT INTO verdict (id, hash, line, run_from, run_to, valid_from, valid_to, iin, other_iin," \
    " verdict) VALUES "

/* In whichever order the pairs of a chain come, all are the lowest. */
static void test_chains(void **state)
{
    static const char *const chains[] = {
        VERDICTS "(1, 1, 0, 1, NULL, NULL, NULL, 40, 50, 0), (2, 1, 0, 1, NULL, NULL, NULL, 30, 40,"
                 " 0), (3, 1, 0, 1, NULL, NULL, NULL, 20, 30, 0), (4, 1, 0, 1, NULL, NULL, NULL,"
                 " 10, 20, 0)",
        VERDICTS "(1, 1, 0, 1, NULL, NULL, NULL, 10, 20, 0), (2, 1, 0, 1, NULL, NULL, NULL, 40, 50,"
                 " 0), (3, 1, 0, 1, NULL, NULL, NULL, 20, 50, 0), (4, 1, 0, 1, NULL, NULL, NULL,"
                 " 30, 40, 0)"};
    (void)state;
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        struct cq_links links = links_of(chains[i]);
        assert_int_equal(links.count, 5);
        for (int64_t iin = 10; iin <= 50; iin += 10)
            assert_int_equal(cq_links_find(&links, iin), 10);
        assert_int_equal(cq_links_find(&links, 60), 0);
        free(links.list);
    }
}

/* Verdicts of other people, about one IIN, taken back, later, and ended link nobody. */
static void test_others(void **state)
{
    struct cq_links links = links_of(
        VERDICTS "(1, 1, 0, 1, NULL, NULL, NULL, 10, 20, 1), (2, 1, 0, 1, NULL, NULL, NULL, 30, 30,"
                 " 0), (3, 1, 0, 1, 3, NULL, NULL, 40, 50, 0), (4, 1, 0, 6, NULL, NULL, NULL, 60,"
                 " 70, 0), (5, 1, 0, 1, NULL, NULL, 100, 80, 90, 0), (6, 1, 0, 1, NULL, 101, NULL,"
                 " 81, 91, 0), (7, 1, 0, 1, 6, 100, 101, 2, 1000, 0)");
    (void)state;
    assert_int_equal(links.count, 2);
    assert_int_equal(cq_links_find(&links, 1000), 2);
    free(links.list);
    links = links_of("SELECT 1");
    assert_int_equal(cq_links_find(&links, 10), 0);
    free(links.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_others),
    };
    return cmocka_run_group_tests_name("links", tests, NULL, NULL);
}
