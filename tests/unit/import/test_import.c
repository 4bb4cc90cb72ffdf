/* Imports: the rule of time, full lists, duplicates, cached lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/iin.h"
#include "importing.h"

static void test_a_first_list(void **state)
{
    struct world *w = *state;
    assert_import(w, HEADER ROW(B, "Bb", "", "") ROW(A, "Aa", "2020-01-01", "2021-01-01"),
                  "2: +2 ~0 =0 -0 !0");
    assert_int_equal(w->result.run, 1);
    assert_string_equal(current_people(w), "6 Aa 2020-01-01 2021-01-01; 16 Bb - -");
    assert_string_equal(
        rows_of(w, "SELECT kind, mode, agency, read, added, rejected, length(file_hash) FROM run"),
        "contingent delta - 2 2 0 64");
}

/* The same bytes, the same rows in another order, under other headers, or in a full list change
 * nothing. */
static void test_the_same_list_again(void **state)
{
    static const char kk[] = "ТЕГІ;iin;first_name;birth_date;category;agency\r\n"
                             "Aa;" A ";Name;15.03.1885;ҚЫЗМЕТКЕР;internal_affairs\r\n"
                             "\"Bb\";" B " ;Name;1885-03-15;employee;internal_affairs\r\n";
    static const char *const lists[] = {
        HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", ""),
        HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", ""),
        HEADER ROW(B, "Bb", "", "") ROW(A, "Aa", "", ""),
        HEADER ROW(B, "\"Bb\"", "", "") ROW(A, " Aa ", "", ""),
        kk,
        kk,
        HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", ""),
    };
    struct world *w = *state;
    assert_import(w, lists[0], "2: +2 ~0 =0 -0 !0");
    for (size_t i = 1; i < sizeof lists / sizeof *lists; i++) {
        w->import.full = i % 2;
        w->import.agency = i % 2 ? 2 : 0; /* internal_affairs */
        assert_import(w, lists[i], "2: +0 ~0 =2 -0 !0");
    }
    assert_string_equal(current_people(w), "6 Aa - -; 16 Bb - -");
    assert_string_equal(rows_of(w, "SELECT count(*), max(run_from) FROM person"), "2 1");
}

/* A row states what is valid from its start on. */
static void test_rule_of_time(void **state)
{
    struct world *w = *state;
    w->import.list_date = day("2026-06-01");
    assert_import(w, HEADER ROW(A, "One", "", ""), "1: +1 ~0 =0 -0 !0");
    /* No start: that of the row it replaces. */
    assert_import(w, HEADER ROW(A, "Two", "", ""), "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Two - -");
    /* One that is valid over the start is ended there. */
    assert_import(w, HEADER ROW(A, "Three", "2020-01-01", ""), "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Two - 2020-01-01; 6 Three 2020-01-01 -");
    assert_import(w, HEADER ROW(A, "Four", "", ""), "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Two - 2020-01-01; 6 Four 2020-01-01 -");
    /* Earlier ones stay, with a gap between. */
    assert_import(w, HEADER ROW(A, "Five", "2022-01-01", "2023-01-01"), "1: +0 ~1 =0 -0 !0");
    assert_import(w, HEADER ROW(A, "Six", "2024-01-01", ""), "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Two - 2020-01-01; 6 Four 2020-01-01 2022-01-01; "
                                           "6 Five 2022-01-01 2023-01-01; 6 Six 2024-01-01 -");
    /* Later ones are replaced, whatever the end of the new one. */
    assert_import(w, HEADER ROW(A, "Seven", "2021-01-01", "2021-02-01"), "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Two - 2020-01-01; 6 Four 2020-01-01 2021-01-01; "
                                           "6 Seven 2021-01-01 2021-02-01");
    /* Nothing was lost: the state after each run can be read. */
    assert_string_equal(rows_of(w, "SELECT last_name FROM person WHERE run_from <= 3 AND"
                                   " (run_to IS NULL OR run_to > 3) ORDER BY id"),
                        "Two; Three");
    assert_string_equal(rows_of(w, "SELECT last_name FROM person WHERE run_from <= 6 AND"
                                   " (run_to IS NULL OR run_to > 6) ORDER BY valid_from"),
                        "Two; Four; Five; Six");
}

/* A row whose part before another is still valid is read again when the list returns to it. */
static void test_going_back_to_an_earlier_row(void **state)
{
    struct world *w = *state;
    static const char first[] = HEADER ROW(A, "One", "2020-01-01", "2020-06-01");
    static const char second[] = HEADER ROW(A, "Two", "2021-01-01", "");
    assert_import(w, first, "1: +1 ~0 =0 -0 !0");
    assert_import(w, second, "1: +0 ~1 =0 -0 !0");
    assert_import(w, second, "1: +0 ~0 =1 -0 !0");
    assert_import(w, first, "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 One 2020-01-01 2020-06-01");
    assert_import(w, first, "1: +0 ~0 =1 -0 !0");
}

/* A row of another category begins on the day of the list, where it names no start. */
static void test_another_category_begins_with_the_list(void **state)
{
    struct world *w = *state;
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2026-03-01");
    assert_import(w, HEADER A ",Aa,Name,1885-03-15,pensioner,internal_affairs,,\n",
                  "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Aa - 2026-03-01; 6 Aa 2026-03-01 -");
}

/* A full list ends who is absent, of its agency only, and who returns has a new start. */
static void test_full_lists(void **state)
{
    struct world *w = *state;
    assert_import(w,
                  HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", "2025-01-01")
                      ROW(C, "Cc", "2027-01-01", "") D ",Dd,Name,1885-03-15,employee,courier,,\n",
                  "4: +4 ~0 =0 -0 !0");
    w->import.full = true;
    w->import.agency = 2;
    assert_import(w, HEADER, "0: +0 ~0 =0 -2 !0");
    assert_string_equal(w->findings.ptr, "1:W023");
    assert_string_equal(current_people(w), "6 Aa - 2026-01-01; 16 Bb - 2025-01-01; 716 Dd - -");
    assert_import(w, HEADER, "0: +0 ~0 =0 -0 !0");
    w->import.list_date = day("2026-05-01");
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w),
                        "6 Aa - 2026-01-01; 6 Aa 2026-05-01 -; 16 Bb - 2025-01-01; 716 Dd - -");
}

/* A person whose row is bad has not left. */
static void test_bad_rows_of_a_full_list_end_nobody(void **state)
{
    struct world *w = *state;
    w->import.full = true;
    w->import.agency = 2;
    assert_import(w, HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", ""), "2: +2 ~0 =0 -0 !0");
    w->import.list_date = day("2026-05-01");
    assert_import(w, HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "05/01/2026", ""),
                  "2: +0 ~0 =1 -0 !1");
    assert_string_equal(current_people(w), "6 Aa - -; 16 Bb - -");
}

static void test_duplicates_and_conflicts_in_one_list(void **state)
{
    struct world *w = *state;
    assert_import(w,
                  HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", "") ROW(A, "Aa", "", "")
                      ROW(B, "Other", "", "") ROW(C, "Cc", "", ""),
                  "5: +2 ~0 =1 -0 !2");
    assert_string_equal(w->findings.ptr, "4:W013 3:R052 5:R052");
    assert_string_equal(current_people(w), "6 Aa - -; 704 Cc - -");
    /* The same with some of the lines cached. */
    assert_import(w,
                  HEADER ROW(A, "Aa", "", "") ROW(A, "Other", "", "") ROW(C, "Cc", "", "")
                      ROW(C, "Cc", "", ""),
                  "4: +0 ~0 =2 -0 !2");
    assert_string_equal(w->findings.ptr, "2:R052 3:R052 5:W013");
    assert_string_equal(current_people(w), "6 Aa - -; 704 Cc - -");
    /* A full list does not end a person of whom it has two different rows. */
    w->import.full = true;
    w->import.agency = 2;
    assert_import(w, HEADER ROW(A, "Aa", "", "") ROW(A, "Other", "", "") ROW(C, "Cc", "", ""),
                  "3: +0 ~0 =1 -0 !2");
    w->import.full = false;
    w->import.agency = 0;
    /* Two agencies may list one person. */
    assert_import(w, HEADER ROW(A, "Aa", "", "") A ",Aa,Name,1885-03-15,employee,courier,,\n",
                  "2: +1 ~0 =1 -0 !0");
}

/* A cached line is the row as of the reading; another program may have written since. */
static void test_another_writer_after_the_reading(void **state)
{
    struct world *w = *state;
    static const char list[] = HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", "");
    assert_import(w, list, "2: +2 ~0 =0 -0 !0");
    /* As if it wrote between reading and merging: the line is cached, but at the merge the registry
     * holds another row. */
    assert_int_equal(sqlite3_exec(w->db.sqlite,
                                  "CREATE TEMP TRIGGER other AFTER INSERT ON main.run BEGIN"
                                  " UPDATE person SET hash = 5, line = 6, last_name = 'Late'"
                                  " WHERE iin = " A "; END",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_import(w, list, "2: +0 ~1 =1 -0 !0");
    assert_string_equal(current_people(w), "6 Aa - -; 16 Bb - -");
    assert_string_equal(rows_of(w, "SELECT last_name, run_to FROM person WHERE run_to IS NOT NULL"),
                        "Late 2");
    sqlite3_exec(w->db.sqlite, "DROP TRIGGER other", NULL, NULL, NULL);
    assert_import(w, list, "2: +0 ~0 =2 -0 !0");
}

/* A line cached for one list date is checked again for another. */
static void test_cached_lines_are_checked_by_the_list_date(void **state)
{
    struct world *w = *state;
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("1885-01-01");
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +0 ~0 =0 -0 !1");
    assert_string_equal(w->findings.ptr, "2:R023");
}

/* A list of many people: scanned beside the registry; then single people, looked up. */
static void test_many_people(void **state)
{
    struct world *w = *state;
    struct cq_str text = {0};
    long people = 0;
    cq_str_puts(&text, HEADER);
    for (int64_t serial = 0; serial < 3000; serial++) {
        int64_t iin = 850315100000 + serial * 10;
        int control = cq_iin_control(iin);
        if (control < 0)
            continue;
        cq_str_printf(&text, "%012lld,Nn,Name,1885-03-15,employee,internal_affairs,,\n",
                      (long long)(iin + control));
        people++;
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(import_text(w, text.ptr), CQ_OK);
        assert_int_equal(w->result.added, i == 0 ? people : 0);
        assert_int_equal(w->result.changed, i == 0 ? 0 : 1);
        assert_import(w, HEADER ROW(C, "Other", "", ""), "1: +0 ~1 =0 -0 !0");
        assert_import(w, HEADER ROW(C, "Other", "", ""), "1: +0 ~0 =1 -0 !0");
    }
    w->import.full = true;
    w->import.agency = 2;
    assert_int_equal(import_text(w, HEADER ROW(C, "Other", "", "")), CQ_OK);
    assert_int_equal(w->result.ended, people - 1);
    assert_string_equal(rows_of(w, "SELECT count(*) FROM person WHERE run_to IS NULL AND valid_to"
                                   " IS NULL"),
                        "1");
    cq_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_a_first_list),
        WORLD(test_the_same_list_again),
        WORLD(test_rule_of_time),
        WORLD(test_going_back_to_an_earlier_row),
        WORLD(test_another_category_begins_with_the_list),
        WORLD(test_full_lists),
        WORLD(test_bad_rows_of_a_full_list_end_nobody),
        WORLD(test_duplicates_and_conflicts_in_one_list),
        WORLD(test_another_writer_after_the_reading),
        WORLD(test_cached_lines_are_checked_by_the_list_date),
        WORLD(test_many_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
