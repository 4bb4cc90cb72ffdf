/* Civil days and moments, without the C library's time functions: those follow the time zone
 * and the locale. The day arithmetic counts years from March, so that a leap day ends a year. */
#include "cq/date.h"

#include <stdlib.h>
#include <string.h>

#define YEAR_FIRST 1800
#define YEAR_LAST 2199
#define ERA_DAYS 146097   /* days of 400 years */
#define EPOCH_DAYS 719468 /* from 0000-03-01 to 1970-01-01 */
#define DAY_MS INT64_C(86400000)

static bool leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Day number of a civil day; 64 bits, so that the caller can check the range. */
static int64_t day_number(int64_t year, int month, int mday)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + mday - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

int32_t cq_date_make(int year, int month, int mday)
{
    return (int32_t)day_number(year, month, mday);
}

void cq_date_split(int32_t day, int *year, int *month, int *mday)
{
    int64_t z = (int64_t)day + EPOCH_DAYS;
    int64_t era = floor_div(z, ERA_DAYS);
    int day_of_era = (int)(z - era * ERA_DAYS);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
                      365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (5 * day_of_year + 2) / 153;
    *mday = day_of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = (int)(era * 400) + year_of_era + (*month <= 2);
}

bool cq_date_valid(int year, int month, int mday)
{
    static const signed char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 || mday < 1)
        return false;
    return mday <= lengths[month - 1] + (month == 2 && leap_year(year));
}

/* Reads exactly count digits; -1 if there is anything else. */
static int read_digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9)
            return -1;
        value = value * 10 + (int)digit;
    }
    return value;
}

static enum cq_code make_checked(int year, int month, int mday, int32_t *day)
{
    if (!cq_date_valid(year, month, mday))
        return CQ_R_DATE;
    *day = cq_date_make(year, month, mday);
    return CQ_OK;
}

enum cq_code cq_date_parse_iso(const char *text, size_t len, int32_t *day)
{
    if (len != 10 || text[4] != '-' || text[7] != '-')
        return CQ_R_DATE;
    return make_checked(read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2),
                        day);
}

/* A spreadsheet's day count: 4 to 6 digits, perhaps with decimals after a point or comma. */
static bool looks_serial(const char *text, size_t len)
{
    size_t whole = 0;
    while (whole < len && text[whole] >= '0' && text[whole] <= '9')
        whole++;
    if (whole < 4 || whole > 6)
        return false;
    if (whole == len)
        return true;
    if ((text[whole] != '.' && text[whole] != ',') || whole + 1 == len)
        return false;
    for (size_t i = whole + 1; i < len; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

enum cq_code cq_date_parse(const char *text, size_t len, int32_t *day)
{
    if (len == 10 && text[4] == '-')
        return cq_date_parse_iso(text, len, day);
    if (len == 10 && text[2] == '.' && text[5] == '.') {
        return make_checked(read_digits(text + 6, 4), read_digits(text + 3, 2),
                            read_digits(text, 2), day);
    }
    return looks_serial(text, len) ? CQ_R_DATE_SERIAL : CQ_R_DATE;
}

static void write_digits(char *dst, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        dst[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

size_t cq_date_write(char *dst, int32_t day)
{
    int year, month, mday;
    cq_date_split(day, &year, &month, &mday);
    if (year < 0 || year > 9999)
        return 0;
    write_digits(dst, year, 4);
    dst[4] = '-';
    write_digits(dst + 5, month, 2);
    dst[7] = '-';
    write_digits(dst + 8, mday, 2);
    return 10;
}

size_t cq_date_write_dotted(char *dst, int32_t day)
{
    char iso[10];
    if (cq_date_write(iso, day) == 0)
        return 0;
    const char text[] = {iso[8], iso[9], '.', iso[5], iso[6], '.', iso[0], iso[1], iso[2], iso[3]};
    memcpy(dst, text, sizeof text);
    return sizeof text;
}

size_t cq_date_turn(char *dst, const char *text, size_t len)
{
    int32_t day;
    return len == 10 && text[4] == '-' && !cq_date_parse_iso(text, len, &day)
               ? cq_date_write_dotted(dst, day)
               : 0;
}

/* Open ends stay open; days beyond the range of the type become open too. */
static int32_t day_or_open(int64_t day)
{
    return day <= CQ_DAY_MIN ? CQ_DAY_MIN : day >= CQ_DAY_MAX ? CQ_DAY_MAX : (int32_t)day;
}

int32_t cq_date_birthday(int32_t birth, int years)
{
    if (birth == CQ_DAY_MIN || birth == CQ_DAY_MAX)
        return birth;
    int year, month, mday;
    cq_date_split(birth, &year, &month, &mday);
    /* 29 February of a common year gives the day number of 1 March. */
    return day_or_open(day_number((int64_t)year + years, month, mday));
}

int32_t cq_date_month_after(int32_t day, int months)
{
    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX)
        return day;
    int year, month, mday;
    cq_date_split(day, &year, &month, &mday);
    int64_t count = (int64_t)year * 12 + month - 1 + months;
    int64_t target_year = floor_div(count, 12);
    return day_or_open(day_number(target_year, (int)(count - target_year * 12) + 1, 1));
}

static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

size_t cq_days_sort(int32_t *days, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(days, count, sizeof *days, by_day);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || days[i] != days[kept - 1])
            days[kept++] = days[i];
    return kept;
}

enum cq_code cq_time_parse(const char *text, size_t len, int64_t *ms)
{
    int32_t day;
    if (len < 10 || cq_date_parse_iso(text, 10, &day))
        return CQ_R_DATE;
    if (len == 10) {
        *ms = (day + INT64_C(1)) * DAY_MS - 1;
        return CQ_OK;
    }
    if (text[len - 1] == 'Z')
        len--;
    /* What is left has one of three lengths: minutes, seconds or milliseconds. */
    if ((len != 16 && len != 19 && len != 23) || (text[10] != 'T' && text[10] != ' ') ||
        text[13] != ':' || (len > 16 && text[16] != ':') || (len > 19 && text[19] != '.'))
        return CQ_R_DATE;
    int hour = read_digits(text + 11, 2);
    int minute = read_digits(text + 14, 2);
    int second = len > 16 ? read_digits(text + 17, 2) : 0;
    int milli = len > 19 ? read_digits(text + 20, 3) : 0;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
        milli < 0)
        return CQ_R_DATE;
    *ms = day * DAY_MS + ((hour * 60 + minute) * 60 + second) * INT64_C(1000) + milli;
    return CQ_OK;
}

size_t cq_time_write(char *dst, int64_t ms)
{
    int64_t day = floor_div(ms, DAY_MS);
    if (day <= CQ_DAY_MIN || day >= CQ_DAY_MAX || cq_date_write(dst, (int32_t)day) == 0)
        return 0;
    int rest = (int)(ms - day * DAY_MS);
    dst[10] = 'T';
    write_digits(dst + 11, rest / 3600000, 2);
    dst[13] = ':';
    write_digits(dst + 14, rest / 60000 % 60, 2);
    dst[16] = ':';
    write_digits(dst + 17, rest / 1000 % 60, 2);
    dst[19] = '.';
    write_digits(dst + 20, rest % 1000, 3);
    dst[23] = 'Z';
    return 24;
}
