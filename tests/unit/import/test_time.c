/* Who left and comes back, ends that lie before a start, and names mended with a birth date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "importing.h"

#define COLUMNS "iin,last_name,first_name,birth_date,category,agency"
#define NAME ",Петров,Пётр,1885-03-15,"
#define EMPLOYEE NAME "employee,internal_affairs"
#define OTHER B ",Иванова,Анна,1886-03-15,employee,internal_affairs"

/* By the end of the own row; the days between are not covered. */
static void test_coming_back(void **state)
{
    struct world *w = *state;
    w->import.list_date = day("2023-12-01");
    assert_import(w,
                  COLUMNS ",residence,valid_from,valid_to\n" A EMPLOYEE
                          ",711110000,2020-01-01,2024-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2026-11-20");
    w->import.full = true;
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2024-01-01; 6 Петров 2026-11-20 -");
    assert_string_equal(rows_of(w, "SELECT residence FROM person WHERE run_to IS NULL"),
                        "711110000; 711110000");
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n", "1: +0 ~0 =1 -0 !0");
}

static void test_coming_back_with_an_open_end(void **state)
{
    struct world *w = *state;
    w->import.list_date = day("2023-12-01");
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,2024-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2026-11-20");
    assert_import(w, COLUMNS ",valid_to\n" A EMPLOYEE ",\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2024-01-01; 6 Петров 2026-11-20 -");
    /* a stated start after the absence is the start; a stated end is the end */
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2026-12-01,2026-12-31\n",
                  "1: +0 ~1 =0 -0 !0");
    w->import.list_date = day("2027-02-01");
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2027-01-15\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w),
                        "6 Петров 2020-01-01 2024-01-01; 6 Петров 2026-11-20 2026-12-01; "
                        "6 Петров 2026-12-01 2026-12-31; 6 Петров 2027-01-15 -");
}

static void test_the_start_of_the_old_row_is_not_that_of_the_new(void **state)
{
    struct world *w = *state;
    w->import.list_date = day("2023-12-01");
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,2024-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2026-11-20");
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2020-01-01\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2024-01-01; 6 Петров 2026-11-20 -");
    /* but with an end that is stated to be open it corrects the row */
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,\n",
                  "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 -");
}

static void test_coming_back_after_a_full_list(void **state)
{
    struct world *w = *state;
    assert_import(w,
                  COLUMNS ",residence,special_rank,rank\n" A EMPLOYEE ",711110000,no,майор\n" OTHER
                          ",750000000,yes,\n",
                  "2: +2 ~0 =0 -0 !0");
    w->import.full = true;
    w->import.list_date = day("2026-02-01");
    assert_import(w, COLUMNS "\n" OTHER "\n", "1: +0 ~0 =1 -1 !0");
    w->import.list_date = day("2026-03-01");
    assert_import(w, COLUMNS ",special_rank\n" A EMPLOYEE ",\n" OTHER ",yes\n",
                  "2: +0 ~1 =1 -0 !0");
    assert_string_equal(rows_of(w, "SELECT date(valid_from * 86400, 'unixepoch'), residence,"
                                   " special_rank, rank FROM person WHERE run_to IS NULL"
                                   " AND iin = " A " ORDER BY id"),
                        "- 711110000 0 майор; 2026-03-01 711110000 - майор");
    /* another category takes nothing over */
    w->import.list_date = day("2026-04-01");
    assert_import(w, COLUMNS "\n" OTHER "\n", "1: +0 ~0 =1 -1 !0");
    w->import.list_date = day("2026-05-01");
    assert_import(w, COLUMNS "\n" A NAME "pensioner,internal_affairs\n" OTHER "\n",
                  "2: +0 ~1 =1 -0 !0");
    assert_string_equal(
        rows_of(w, "SELECT residence, rank FROM person WHERE run_to IS NULL AND category = 3"),
        "- -");
}

static void test_ends_before_an_inherited_start(void **state)
{
    struct world *w = *state;
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2020-01-01\n", "1: +1 ~0 =0 -0 !0");
    assert_import(w, COLUMNS ",valid_to\n" A EMPLOYEE ",2019-06-01\n", "1: +0 ~0 =0 -0 !1");
    assert_string_equal(w->findings.ptr, "2:R022");
    assert_import(w, COLUMNS ",valid_to\n" A EMPLOYEE ",2020-01-01\n", "1: +0 ~0 =0 -0 !1");
    assert_import(w, COLUMNS ",valid_to\n" A EMPLOYEE ",2020-01-02\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2020-01-02");
    /* an end that is corrected later inherits the start, too */
    assert_import(w, COLUMNS ",valid_to\n" A EMPLOYEE ",2020-03-01\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2020-03-01");
    /* another category begins with the list */
    assert_import(w, COLUMNS ",valid_to\n" A NAME "pensioner,internal_affairs,2025-06-01\n",
                  "1: +0 ~0 =0 -0 !1");
}

/* A full list ended the row; a later one says that it was earlier. */
static void test_an_end_that_was_earlier(void **state)
{
    struct world *w = *state;
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n", "1: +1 ~0 =0 -0 !0");
    w->import.full = true;
    w->import.list_date = day("2026-03-01");
    assert_import(w, COLUMNS "\n" OTHER "\n", "1: +1 ~0 =0 -1 !0");
    w->import.full = false;
    w->import.list_date = day("2026-05-01");
    assert_import(w, COLUMNS ",valid_to\n" A EMPLOYEE ",2026-02-15\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров - 2026-02-15; 16 Иванова - -");
}

/* A name mended letter by letter and a birth date: together as one after the other. */
static void test_name_and_birth_date_mended(void **state)
{
    static const char before[] = COLUMNS "\n" A ",Канатов,Асель,1885-03-15,employee,courier\n";
    static const char after[] = COLUMNS "\n" A ",Қанатов,Әсел,1885-03-16,employee,courier\n";
    struct world *w = *state;
    assert_import(w, before, "1: +1 ~0 =0 -0 !0");
    assert_import(w, after, "1: +0 ~1 =0 -0 !0");
    assert_import(w, before, "1: +0 ~1 =0 -0 !0");
    assert_import(w, COLUMNS "\n" A ",Сабитов,Асель,1885-03-16,employee,courier\n",
                  "1: +0 ~0 =0 -0 !1");
    assert_string_equal(w->findings.ptr, "2:W010 2:R053");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_coming_back),
        WORLD(test_coming_back_with_an_open_end),
        WORLD(test_the_start_of_the_old_row_is_not_that_of_the_new),
        WORLD(test_coming_back_after_a_full_list),
        WORLD(test_ends_before_an_inherited_start),
        WORLD(test_an_end_that_was_earlier),
        WORLD(test_name_and_birth_date_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
