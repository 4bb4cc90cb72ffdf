/* Days and moments, against the C library's calendar and against dates worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>
#include "cq/date.h"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    assert_int_equal(cq_date_parse(text, strlen(text), &day), CQ_OK);
    return day;
}

static void assert_day(int32_t day, const char *text)
{
    char dst[11] = "";
    assert_int_equal(cq_date_write(dst, day), 10);
    assert_string_equal(dst, text);
}

static void test_every_day_agrees_with_the_c_library(void **state)
{
    (void)state;
    int32_t first = cq_date_make(1800, 1, 1);
    int32_t last = cq_date_make(2199, 12, 31);
    assert_int_equal(last - first + 1, 146097);
    for (int32_t day = first; day <= last; day++) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        assert_non_null(gmtime_r(&seconds, &tm));
        int year, month, mday;
        cq_date_split(day, &year, &month, &mday);
        if (year != tm.tm_year + 1900 || month != tm.tm_mon + 1 || mday != tm.tm_mday ||
            cq_date_make(year, month, mday) != day || !cq_date_valid(year, month, mday))
            fail_msg("day %d", (int)day);
        char iso[10];
        int32_t back = 0;
        assert_int_equal(cq_date_write(iso, day), 10);
        if (cq_date_parse(iso, 10, &back) || back != day)
            fail_msg("day %d does not come back", (int)day);
    }
}

static void test_known_days(void **state)
{
    (void)state;
    assert_int_equal(day_of("1970-01-01"), 0);
    assert_int_equal(day_of("1969-12-31"), -1);
    assert_int_equal(day_of("2000-03-01"), 11017);
    assert_int_equal(day_of("01.03.2000"), 11017);
    assert_int_equal(day_of("2022-06-08"), day_of("08.06.2022"));
}

static void test_leap_centuries(void **state)
{
    (void)state;
    assert_true(cq_date_valid(2000, 2, 29));
    assert_true(cq_date_valid(2024, 2, 29));
    assert_false(cq_date_valid(1900, 2, 29));
    assert_false(cq_date_valid(2100, 2, 29));
    assert_false(cq_date_valid(1800, 2, 29));
    assert_false(cq_date_valid(2023, 2, 29));
    assert_false(cq_date_valid(2024, 2, 30));
    assert_false(cq_date_valid(2024, 0, 1));
    assert_false(cq_date_valid(2024, 13, 1));
    assert_false(cq_date_valid(2024, 4, 31));
    assert_false(cq_date_valid(2024, 4, 0));
    assert_false(cq_date_valid(1799, 12, 31));
    assert_false(cq_date_valid(2200, 1, 1));
}

static void test_what_is_no_date(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",           "2024",       "2024-1-1",    "1.1.2024",    "2024-02-30",       "30.02.2024",
        "1900-02-29", "2024/01/01", "2024-01-01 ", " 2024-01-01", "2024-01-0a",       "202a-01-01",
        "2024.01.01", "01-01-2024", "1799-12-31",  "2200-01-01",  "2024-01-01T00:00", "+024-01-01",
        "2024-+1-01", "01.01.-024", "2024-01.01",  "01.01-2024",  "20240101",         "0000-00-00",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t day = 4711;
        assert_int_not_equal(cq_date_parse(bad[i], strlen(bad[i]), &day), CQ_OK);
        assert_int_equal(day, 4711);
    }
    int32_t day;
    assert_int_equal(cq_date_parse("20240101", 8, &day), CQ_R_DATE);
    assert_int_equal(cq_date_parse("2024-02-30", 10, &day), CQ_R_DATE);
}

static void test_serial_numbers_are_distinguished(void **state)
{
    (void)state;
    static const char *const serial[] = {"4500",    "45292",    "145292",
                                         "45292.5", "45292,75", "45292.1234"};
    int32_t day;
    for (size_t i = 0; i < sizeof serial / sizeof *serial; i++)
        assert_int_equal(cq_date_parse(serial[i], strlen(serial[i]), &day), CQ_R_DATE_SERIAL);
    static const char *const not_serial[] = {"4529212", "452",    "45292.", "45292.5.1",
                                             "45292 ",  "-45292", "4529a"};
    for (size_t i = 0; i < sizeof not_serial / sizeof *not_serial; i++)
        assert_int_equal(cq_date_parse(not_serial[i], strlen(not_serial[i]), &day), CQ_R_DATE);
}

static void test_options_take_iso_only(void **state)
{
    (void)state;
    int32_t day = 0;
    assert_int_equal(cq_date_parse_iso("2024-02-29", 10, &day), CQ_OK);
    assert_day(day, "2024-02-29");
    assert_int_equal(cq_date_parse_iso("29.02.2024", 10, &day), CQ_R_DATE);
    assert_int_equal(cq_date_parse_iso("45292", 5, &day), CQ_R_DATE);
    assert_int_equal(cq_date_parse_iso("2024-02-29x", 11, &day), CQ_R_DATE);
}

static void test_open_ends_are_not_written(void **state)
{
    (void)state;
    char dst[25] = "untouched";
    assert_int_equal(cq_date_write(dst, CQ_DAY_MIN), 0);
    assert_int_equal(cq_date_write(dst, CQ_DAY_MAX), 0);
    assert_int_equal(cq_date_write(dst, cq_date_make(9999, 12, 31) + 1), 0);
    assert_int_equal(cq_date_write(dst, cq_date_make(0, 1, 1) - 1), 0);
    assert_int_equal(cq_time_write(dst, INT64_MAX), 0);
    assert_int_equal(cq_time_write(dst, INT64_MIN), 0);
    assert_string_equal(dst, "untouched");
    assert_day(cq_date_make(9999, 12, 31), "9999-12-31");
    assert_day(cq_date_make(0, 1, 1), "0000-01-01");
}

static void test_birthdays(void **state)
{
    (void)state;
    assert_day(cq_date_birthday(day_of("2006-05-17"), 18), "2024-05-17");
    assert_day(cq_date_birthday(day_of("2006-05-17"), 0), "2006-05-17");
    assert_day(cq_date_birthday(day_of("2004-02-29"), 18), "2022-03-01");
    assert_day(cq_date_birthday(day_of("2004-02-29"), 20), "2024-02-29");
    assert_day(cq_date_birthday(day_of("2004-02-29"), 96), "2100-03-01");
    assert_day(cq_date_birthday(day_of("2004-02-28"), 18), "2022-02-28");
    assert_day(cq_date_birthday(day_of("2005-03-01"), 19), "2024-03-01");
    assert_day(cq_date_birthday(day_of("2006-12-31"), 18), "2024-12-31");
    assert_int_equal(cq_date_birthday(CQ_DAY_MIN, 18), CQ_DAY_MIN);
    assert_int_equal(cq_date_birthday(CQ_DAY_MAX, 18), CQ_DAY_MAX);
    assert_int_equal(cq_date_birthday(CQ_DAY_MAX - 1, 18), CQ_DAY_MAX);
}

static void test_month_after(void **state)
{
    (void)state;
    assert_day(cq_date_month_after(day_of("2024-01-31"), 0), "2024-01-01");
    assert_day(cq_date_month_after(day_of("2024-01-31"), 1), "2024-02-01");
    assert_day(cq_date_month_after(day_of("2024-12-01"), 1), "2025-01-01");
    assert_day(cq_date_month_after(day_of("2024-11-30"), 4), "2025-03-01");
    assert_day(cq_date_month_after(day_of("2024-11-30"), 25), "2026-12-01");
    assert_day(cq_date_month_after(day_of("2024-01-15"), -1), "2023-12-01");
    assert_day(cq_date_month_after(day_of("2024-12-31"), -12), "2023-12-01");
    assert_int_equal(cq_date_month_after(CQ_DAY_MAX, 3), CQ_DAY_MAX);
    assert_int_equal(cq_date_month_after(CQ_DAY_MIN, 3), CQ_DAY_MIN);
}

static int64_t moment(const char *text)
{
    int64_t ms = 0;
    assert_int_equal(cq_time_parse(text, strlen(text), &ms), CQ_OK);
    return ms;
}

static void test_moments(void **state)
{
    (void)state;
    assert_true(moment("1970-01-01T00:00Z") == 0);
    assert_true(moment("1970-01-01") == 86399999);
    assert_true(moment("1969-12-31T23:59:59.999Z") == -1);
    assert_true(moment("2024-02-29T12:34:56.789Z") == INT64_C(1709210096789));
    assert_true(moment("2024-02-29 12:34:56.789") == INT64_C(1709210096789));
    assert_true(moment("2024-02-29T12:34:56") == INT64_C(1709210096000));
    assert_true(moment("2024-02-29T12:34") == INT64_C(1709210040000));
    assert_true(moment("2024-02-29") + 1 == moment("2024-03-01T00:00"));
}

static void test_what_is_no_moment(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "2024",
        "2024-02-30",
        "2024-02-29T",
        "2024-02-29Z",
        "2024-02-29T12",
        "2024-02-29T24:00",
        "2024-02-29T12:60",
        "2024-02-29T12:00:60",
        "2024-02-29T12:34:56.",
        "2024-02-29T12:34:56.7",
        "2024-02-29T12:34:56.7890",
        "2024-02-29x12:34",
        "2024-02-29T12.34",
        "2024-02-29T12:34.56",
        "2024-02-29T12:34:56,789",
        "2024-02-29T12:34z",
        "2024-02-29T12:34ZZ",
        "29.02.2024",
        "2024-02-29T12:34+05:00",
        "2024-02-29T-1:34",
        "2024-02-29T12:34:5a",
        "2024-02-30T12:34",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms = 4711;
        assert_int_equal(cq_time_parse(bad[i], strlen(bad[i]), &ms), CQ_R_DATE);
        assert_true(ms == 4711);
    }
}

static void test_moments_round_trip(void **state)
{
    (void)state;
    static const char *const moments[] = {
        "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "1800-01-01T00:00:00.001Z",
        "2199-12-31T23:59:59.999Z", "2024-02-29T12:34:56.789Z",
    };
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        char dst[25] = "";
        assert_int_equal(cq_time_write(dst, moment(moments[i])), 24);
        assert_string_equal(dst, moments[i]);
    }
}

static void test_days_are_sorted_once_each(void **state)
{
    int32_t days[] = {3, CQ_DAY_MAX, -1, 3, CQ_DAY_MIN, -1};
    const int32_t sorted[] = {CQ_DAY_MIN, -1, 3, CQ_DAY_MAX};
    (void)state;
    assert_int_equal(cq_days_sort(days, 6), 4);
    assert_memory_equal(days, sorted, sizeof sorted);
    assert_int_equal(cq_days_sort(days, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_agrees_with_the_c_library),
        cmocka_unit_test(test_known_days),
        cmocka_unit_test(test_leap_centuries),
        cmocka_unit_test(test_what_is_no_date),
        cmocka_unit_test(test_serial_numbers_are_distinguished),
        cmocka_unit_test(test_options_take_iso_only),
        cmocka_unit_test(test_open_ends_are_not_written),
        cmocka_unit_test(test_birthdays),
        cmocka_unit_test(test_month_after),
        cmocka_unit_test(test_days_are_sorted_once_each),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_what_is_no_moment),
        cmocka_unit_test(test_moments_round_trip),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
