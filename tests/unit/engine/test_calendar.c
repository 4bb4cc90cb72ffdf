/* Working days: against a calendar of 2020 to 2035 that is painted day by day from the acts, with
 * corrections drawn at random, and against days off that were really given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../random.h"
#include "cq/calendar.h"
#include "cq/date.h"

enum { FIRST_YEAR = 2020, LAST_YEAR = 2035, DAYS = 16 * 366 + 40, CORRECTIONS = 400 };

/* A painted calendar: letters for days from 1 January 2020 on. 'w' worked, 's' Saturday or Sunday,
 * 'h' a holiday, 'o' a day off given for one, '+' and '-' as a list states it. */
static char painted[DAYS];

static struct tm civil(int index)
{
    time_t seconds = (time_t)1577836800 + (time_t)index * 86400; /* 2020-01-01 */
    struct tm tm;

    assert_non_null(gmtime_r(&seconds, &tm));
    return tm;
}

/* The holidays of a year that move on, as the law on holidays has them. Texts "MM-DD". */
static const char *holidays_of(int year)
{
    if (year <= 2021)
        return "01-01 01-02 03-08 03-21 03-22 03-23 05-01 05-07 05-09 07-06 08-30 12-01 12-16 "
               "12-17";
    if (year <= 2025)
        return "01-01 01-02 03-08 03-21 03-22 03-23 05-01 05-07 05-09 07-06 08-30 10-25 12-16";
    if (year == 2026)
        return "01-01 01-02 03-08 03-21 03-22 03-23 05-01 05-07 05-09 07-06 10-25 12-16";
    return "01-01 01-02 03-08 03-15 03-21 03-22 03-23 05-01 05-07 05-09 07-06 10-25 12-16";
}

static bool is_holiday(const struct tm *tm)
{
    char text[6];

    strftime(text, sizeof text, "%m-%d", tm);
    return strstr(holidays_of(tm->tm_year + 1900), text);
}

static void paint(const struct cq_stated_day *days, size_t count)
{
    int32_t start = cq_date_make(FIRST_YEAR, 1, 1);
    bool worked[DAYS] = {false};

    for (int i = 0; i < DAYS; i++) {
        struct tm tm = civil(i);
        bool weekend = tm.tm_wday == 0 || tm.tm_wday == 6;

        painted[i] = weekend                             ? 's'
                     : is_holiday(&tm)                   ? 'h'
                     : tm.tm_mon == 0 && tm.tm_mday == 7 ? 'h'
                                                         : 'w';
    }
    for (size_t i = 0; i < count; i++)
        worked[days[i].day - start] = days[i].working;
    for (int i = 0; i < DAYS; i++) {
        struct tm tm = civil(i);
        int next = i + 1;

        if (!is_holiday(&tm) || (tm.tm_wday != 0 && tm.tm_wday != 6) || worked[i])
            continue;
        while (next < DAYS && painted[next] != 'w')
            next++;
        if (next < DAYS)
            painted[next] = 'o';
    }
    for (size_t i = 0; i < count; i++)
        painted[days[i].day - start] = days[i].working ? '+' : '-';
}

static bool is_worked(int index)
{
    return painted[index] == 'w' || painted[index] == '+';
}

/* Compares every day, and from every day the working days after it. */
static void compare(const struct cq_calendar *calendar)
{
    int32_t start = cq_date_make(FIRST_YEAR, 1, 1);
    int last = cq_date_make(LAST_YEAR, 12, 31) - start;

    paint(calendar->days, calendar->count);
    for (int i = 0; i <= last; i++) {
        int worked = 0;

        if (cq_calendar_works(calendar, start + i) != is_worked(i)) {
            struct tm tm = civil(i);
            fail_msg("%d-%02d-%02d is '%c'", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                     painted[i]);
        }
        for (int k = i + 1; k < DAYS && k <= last && worked < 7; k++)
            if (is_worked(k) && cq_calendar_after(calendar, start + i, ++worked) != start + k)
                fail_msg("%d working days after %d: not %d", worked, i, k);
    }
}

static struct cq_law *open_law(void)
{
    struct cq_law *law = NULL;
    struct cq_err err = {0};

    assert_int_equal(cq_law_load(&law, NULL, &err), CQ_OK);
    return law;
}

static int by_day(const void *a, const void *b)
{
    int32_t x = ((const struct cq_stated_day *)a)->day, y = ((const struct cq_stated_day *)b)->day;

    return (x > y) - (x < y);
}

static void test_every_day_of_sixteen_years(void **state)
{
    struct cq_law *law = open_law();
    struct cq_calendar calendar = {.law = law};

    (void)state;
    compare(&calendar);
    cq_law_free(law);
}

/* Some corrections fall beside holidays, where they meet the days off given for these. */
static void test_corrections_at_random(void **state)
{
    struct cq_law *law = open_law();
    struct cq_stated_day days[CORRECTIONS];
    int32_t start = cq_date_make(FIRST_YEAR, 1, 1);

    (void)state;
    seed = 7;
    for (int round = 0; round < 20; round++) {
        size_t count = 0;

        for (size_t i = 0; i < CORRECTIONS; i++) {
            int32_t day = start + random_below(DAYS - 40);

            if (round % 2 && cq_law_holiday(law, day - 2) == NULL)
                continue;
            days[count++] = (struct cq_stated_day){day, random_below(2) != 0};
        }
        qsort(days, count, sizeof *days, by_day);
        size_t kept = 0;
        for (size_t i = 0; i < count; i++)
            if (kept == 0 || days[kept - 1].day != days[i].day)
                days[kept++] = days[i];
        const struct cq_calendar calendar = {law, days, kept};
        compare(&calendar);
    }
    cq_law_free(law);
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;

    assert_int_equal(cq_date_parse_iso(text, 10, &day), CQ_OK);
    return day;
}

/* Days from Monday to Friday that were off in whole years. Source: the calendars that the
 * Government's portal published for 2024, 2025 and 2026, and what was announced since: Kurban ait of
 * 2024 on a Sunday, no holiday on 30 August 2026. */
static const char *const years[] = {
    "2024 01-01 01-02 03-08 03-21 03-22 03-25 05-01 05-07 05-09 07-08 08-30 10-25 12-16",
    ("2025 01-01 01-02 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 "
     "12-16"),
    "2026 01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16",
};
static const char *const kurban[] = {"2024-06-16", "2025-06-06", "2026-05-27"};

static void test_years_as_they_were(void **state)
{
    struct cq_law *law = open_law();
    struct cq_stated_day days[] = {
        {day_of(kurban[0]), false}, {day_of(kurban[1]), false}, {day_of(kurban[2]), false}};
    const struct cq_calendar calendar = {law, days, 3};

    (void)state;
    for (int i = 0; i < 3; i++) {
        int year = atoi(years[i]), count = 0, found = 0;

        for (int32_t day = cq_date_make(year, 1, 1); day <= cq_date_make(year, 12, 31); day++) {
            struct tm tm = civil(day - cq_date_make(FIRST_YEAR, 1, 1));
            char text[6];

            strftime(text, sizeof text, "%m-%d", &tm);
            if (tm.tm_wday == 0 || tm.tm_wday == 6) {
                assert_false(cq_calendar_works(&calendar, day));
                continue;
            }
            if (!cq_calendar_works(&calendar, day) != (strstr(years[i] + 4, text) != NULL))
                fail_msg("%d-%s", year, text);
            found += !cq_calendar_works(&calendar, day);
        }
        for (const char *p = years[i]; (p = strchr(p, ' ')); p++)
            count++;
        assert_int_equal(found, count);
    }
    cq_law_free(law);
}

/* A list of the whole year as it was published says what the law says, and changes no day. */
static void test_a_year_that_is_listed_whole(void **state)
{
    struct cq_law *law = open_law();
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct cq_stated_day days[366], off[366];
        size_t count = 0, free = 0;
        int year = atoi(years[i]);
        const struct cq_stated_day ait = {day_of(kurban[i]), false};
        const struct cq_calendar one = {law, &ait, 1};
        for (int32_t day = cq_date_make(year, 1, 1); day <= cq_date_make(year, 12, 31); day++) {
            days[count++] = (struct cq_stated_day){day, cq_calendar_works(&one, day)};
            if (!days[count - 1].working)
                off[free++] = days[count - 1];
        }
        const struct cq_calendar whole = {law, days, count}, only_off = {law, off, free};
        for (int32_t day = days[0].day; day <= days[count - 1].day; day++) {
            assert_int_equal(cq_calendar_works(&whole, day), cq_calendar_works(&one, day));
            assert_int_equal(cq_calendar_works(&only_off, day), cq_calendar_works(&one, day));
            assert_int_equal(cq_calendar_after(&only_off, day, 5), cq_calendar_after(&one, day, 5));
        }
    }
    cq_law_free(law);
}

/* Days off that the Government moved: the list says so, and nothing else changes. */
static void test_days_that_were_moved(void **state)
{
    struct cq_law *law = open_law();
    struct cq_stated_day days[] = {{day_of("2020-01-03"), false}, {day_of("2020-01-05"), true},
                                   {day_of("2022-10-22"), true},  {day_of("2022-10-24"), false},
                                   {day_of("2023-06-28"), false}, {day_of("2023-07-01"), true},
                                   {day_of("2023-07-07"), false}};
    const struct cq_calendar calendar = {law, days, 7};
    static const struct {
        const char *from, *fifth;
    } cases[] = {
        {"2020-01-01", "2020-01-10"}, /* Sunday 5th worked; 6, 8, 9, 10; the 7th is Christmas */
        {"2022-10-20", "2022-10-28"}, /* 21, Saturday 22, 26, 27, 28 */
        {"2023-06-27", "2023-07-04"}, /* 29, 30, Saturday 1 July, 3, 4 */
        {"2023-07-04", "2023-07-13"}, /* 5, 10, 11, 12, 13 */
        {"2025-12-31", "2026-01-12"}, /* 5, 6, 8, 9, 12 January */
        {"2026-03-20", "2026-04-01"}, /* 26, 27, 30, 31 March, 1 April */
        {"2026-03-21", "2026-04-01"}, /* sent on a Saturday */
        {"2026-11-30", "2026-12-07"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t fifth = cq_calendar_after(&calendar, day_of(cases[i].from), 5);

        if (fifth != day_of(cases[i].fifth))
            fail_msg("after %s: %d days off", cases[i].from, (int)(fifth - day_of(cases[i].fifth)));
    }
    assert_int_equal(cq_calendar_after(&calendar, CQ_DAY_MAX, 5), CQ_DAY_MAX);
    assert_int_equal(cq_calendar_after(&calendar, CQ_DAY_MIN, 5), CQ_DAY_MIN);
    cq_law_free(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_of_sixteen_years),
        cmocka_unit_test(test_corrections_at_random),
        cmocka_unit_test(test_years_as_they_were),
        cmocka_unit_test(test_a_year_that_is_listed_whole),
        cmocka_unit_test(test_days_that_were_moved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
