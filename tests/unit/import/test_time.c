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

/* A list without days said the row again before it ended: the same bytes bring the person back. */
static void test_coming_back_by_the_same_bytes(void **state)
{
    static const char list[] = COLUMNS "\n" A EMPLOYEE "\n";
    struct world *w = *state;
    w->import.list_date = day("2023-11-01");
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,2024-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2023-12-01");
    assert_import(w, list, "1: +0 ~0 =1 -0 !0");
    w->import.list_date = day("2026-11-20");
    assert_import(w, list, "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2024-01-01; 6 Петров 2026-11-20 -");
    assert_import(w, list, "1: +0 ~0 =1 -0 !0");
}

/* Lists that say no end repeat the start of long ago; the absence stays one until a list says
 * otherwise. */
static void test_a_start_before_an_absence(void **state)
{
    static const char back[] = "6 Петров 2020-01-01 2024-01-01; 6 Петров 2026-11-20 -";
    struct world *w = *state;
    w->import.list_date = day("2023-12-01");
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,2024-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2026-11-20");
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2020-01-01\n", "1: +0 ~1 =0 -0 !0");
    w->import.list_date = day("2026-12-20");
    assert_import(w, COLUMNS ",valid_from,rank\n" A EMPLOYEE ",2020-01-01,майор\n",
                  "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), back);
    /* between the old end and the new start it is news */
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2026-01-01\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2024-01-01; 6 Петров 2026-01-01 -");
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,\n",
                  "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 -");
}

/* Nor does it where the row changed since, or the category does now. */
static void test_a_start_before_an_absence_of_long_ago(void **state)
{
    struct world *w = *state;
    w->import.list_date = day("2023-12-01");
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,2024-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2026-11-20");
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n", "1: +0 ~1 =0 -0 !0");
    assert_import(w, COLUMNS ",residence,valid_from\n" A EMPLOYEE ",75,2026-12-01\n",
                  "1: +0 ~1 =0 -0 !0");
    w->import.list_date = day("2026-12-20");
    assert_import(w, COLUMNS ",residence,valid_from\n" A EMPLOYEE ",71,2020-01-01\n",
                  "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2024-01-01; "
                                           "6 Петров 2026-11-20 2026-12-01; "
                                           "6 Петров 2026-12-01 -");
    assert_import(w, COLUMNS ",valid_from\n" A NAME "pensioner,internal_affairs,2020-01-01\n",
                  "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров 2020-01-01 2024-01-01; "
                                           "6 Петров 2026-11-20 2026-12-01; "
                                           "6 Петров 2026-12-01 2026-12-20; "
                                           "6 Петров 2026-12-20 -");
}

/* A start before the old end, in a list that says when rows end, corrects that end; under a header
 * for the last day, too. */
static void test_ends_corrected_after_they_passed(void **state)
{
    static const char *const ends[] = {",valid_to\n" A EMPLOYEE ",2020-01-01,2027-01-01\n",
                                       ",valid_through\n" A EMPLOYEE ",2020-01-01,2026-12-31\n",
                                       ",valid_through\n" A EMPLOYEE ",2020-01-01,\n"};
    struct world *w = *state;
    for (int i = 0; i < 3; i++) {
        char list[300];
        w->import.list_date = day("2023-12-01");
        assert_int_equal(
            import_text(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,2024-01-01\n"),
            CQ_OK);
        w->import.list_date = day("2026-11-20");
        snprintf(list, sizeof list, COLUMNS ",valid_from%s", ends[i]);
        assert_import(w, list, "1: +0 ~1 =0 -0 !0");
        assert_string_equal(current_people(w),
                            i < 2 ? "6 Петров 2020-01-01 2027-01-01" : "6 Петров 2020-01-01 -");
    }
}

/* An end that a list without ends would keep is not that of a row which begins later. */
static void test_an_end_before_a_stated_start_is_not_kept(void **state)
{
    struct world *w = *state;
    assert_import(w, COLUMNS ",valid_from,valid_to\n" A EMPLOYEE ",2020-01-01,2027-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    w->import.list_date = day("2026-12-01");
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2026-12-31\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w),
                        "6 Петров 2020-01-01 2026-12-31; 6 Петров 2026-12-31 2027-01-01");
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2027-01-01\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w),
                        "6 Петров 2020-01-01 2026-12-31; 6 Петров 2026-12-31 2027-01-01; "
                        "6 Петров 2027-01-01 -");
}

/* What was known is what held last, not the last row that no list has cut short. */
static void test_what_was_known_last(void **state)
{
    struct world *w = *state;
    assert_import(
        w, COLUMNS ",valid_to\n" A NAME "pensioner,internal_affairs,2025-01-01\n" OTHER ",\n",
        "2: +2 ~0 =0 -0 !0");
    assert_import(w, COLUMNS ",residence,valid_from\n" A EMPLOYEE ",711110000,2025-06-01\n",
                  "1: +0 ~1 =0 -0 !0");
    w->import.full = true;
    w->import.list_date = day("2026-02-01");
    assert_import(w, COLUMNS "\n" OTHER "\n", "1: +0 ~0 =1 -1 !0");
    w->import.list_date = day("2026-03-01");
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n" OTHER "\n", "2: +0 ~1 =1 -0 !0");
    assert_string_equal(rows_of(w, "SELECT residence, date(valid_from * 86400, 'unixepoch')"
                                   " FROM person WHERE run_to IS NULL AND iin = " A " AND valid_to"
                                   " IS NULL"),
                        "711110000 2026-03-01");
}

/* A list that is older than the one that ended a row says of it what it would say of any row. */
static void test_an_older_list_than_the_one_that_ended(void **state)
{
    struct world *w = *state;
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n" OTHER "\n", "2: +2 ~0 =0 -0 !0");
    w->import.full = true;
    w->import.list_date = day("2026-05-01");
    assert_import(w, COLUMNS "\n" OTHER "\n", "1: +0 ~0 =1 -1 !0");
    w->import.full = false;
    w->import.list_date = day("2026-03-01");
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n", "1: +0 ~0 =1 -0 !0");
    assert_import(w, COLUMNS ",rank\n" A EMPLOYEE ",майор\n", "1: +0 ~1 =0 -0 !0");
    assert_string_equal(current_people(w), "6 Петров - 2026-05-01; 16 Иванова - -");
    /* the end that the full list made, in other words */
    w->import.full = true;
    w->import.list_date = day("2026-06-01");
    assert_import(w, COLUMNS "\n" A EMPLOYEE "\n", "1: +0 ~1 =0 -1 !0");
    w->import.list_date = day("2026-07-01");
    assert_import(w, COLUMNS ",valid_to\n" A EMPLOYEE ",\n" OTHER ",2026-06-01\n",
                  "2: +0 ~0 =2 -0 !0");
}

/* A card was opened when it was opened, also where a list forgot it in between. */
static void test_starts_of_rows_that_cannot_end(void **state)
{
    static const char list[] = "iin,facility,card_no,opened_on\n" A ",F1,7,2020-01-01\n" B
                               ",F1,8,2020-01-01\n";
    struct world *w = *state;
    w->import.kind = CQ_KIND_CARDS;
    w->import.full = true;
    assert_import(w, list, "2: +2 ~0 =0 -0 !0");
    w->import.list_date = day("2026-02-01");
    assert_import(w, "iin,facility,card_no,opened_on\n" B ",F1,8,2020-01-01\n",
                  "1: +0 ~0 =1 -1 !0");
    w->import.list_date = day("2026-03-01");
    assert_import(w, list, "2: +0 ~1 =1 -0 !0");
    assert_string_equal(rows_of(w, "SELECT DISTINCT date(valid_from * 86400, 'unixepoch'), valid_to"
                                   " FROM card WHERE run_to IS NULL"),
                        "2020-01-01 -");
}

/* The row twice, and wrong: neither is taken. */
static void test_a_rejected_row_that_stands_twice(void **state)
{
    static const char list[] = COLUMNS ",valid_to\n" A EMPLOYEE ",2019-06-01\n" A EMPLOYEE
                                       ",2019-06-01\n";
    struct world *w = *state;
    assert_import(w, COLUMNS ",valid_from\n" A EMPLOYEE ",2020-01-01\n", "1: +1 ~0 =0 -0 !0");
    assert_import(w, list, "2: +0 ~0 =0 -0 !2");
    assert_string_equal(w->findings.ptr, "2:R022 3:R022");
}

/* A list of one agency is older than one of several that names it, and the other way round. */
static void test_older_than_a_list_of_several_agencies(void **state)
{
    static const char joint[] = COLUMNS "\n" A EMPLOYEE "\n" C NAME "employee,courier\n";
    static const char one[] = COLUMNS "\n" A EMPLOYEE "\n";
    struct world *w = *state;
    w->import.list_date = day("2026-02-01");
    assert_import(w, joint, "2: +2 ~0 =0 -0 !0");
    w->import.full = true;
    w->import.agency = 1; /* which the joint list does not name */
    w->import.list_date = day("2026-01-31");
    assert_import(w, COLUMNS "\n" D NAME "employee,prosecution\n", "1: +1 ~0 =0 -0 !0");
    w->import.agency = 2;
    assert_int_equal(import_text(w, one), CQ_F_OLDER);
    w->import.list_date = day("2026-03-01");
    assert_import(w, one, "1: +0 ~0 =1 -0 !0");
    w->import.agency = 0;
    w->import.list_date = day("2026-02-28");
    assert_int_equal(import_text(w, joint), CQ_F_OLDER);
    assert_import(w, COLUMNS "\n" C NAME "employee,courier\n", "1: +0 ~0 =1 -0 !0");
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
        WORLD(test_coming_back_by_the_same_bytes),
        WORLD(test_a_start_before_an_absence),
        WORLD(test_a_start_before_an_absence_of_long_ago),
        WORLD(test_ends_corrected_after_they_passed),
        WORLD(test_an_end_before_a_stated_start_is_not_kept),
        WORLD(test_what_was_known_last),
        WORLD(test_an_older_list_than_the_one_that_ended),
        WORLD(test_starts_of_rows_that_cannot_end),
        WORLD(test_a_rejected_row_that_stands_twice),
        WORLD(test_older_than_a_list_of_several_agencies),
        WORLD(test_name_and_birth_date_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
