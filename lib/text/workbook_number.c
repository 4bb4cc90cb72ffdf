/* Numbers to text. */
#include "text/workbook_number.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"

enum {
    NUMBER_MAX = 64,    /* bytes of a number; 17 digits, a sign and an exponent are 24 */
    DAY_1970 = 25569,   /* the serial number of 1970-01-01 where 1900 is the first year */
    FROM_1904 = 1462,   /* what it is less by where 1904 is */
    NO_DAY = 60,        /* the 29 February of 1900 */
    LAST_DAY = 2958465, /* 9999-12-31 */
    DAY_SECONDS = 86400
};

static bool is_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return len > 0;
}

/* Reads a number in decimal, with an exponent or not. */
static bool read_number(const char *text, size_t len, double *number)
{
    char copy[NUMBER_MAX];
    char *end;
    if (len == 0 || len >= sizeof copy)
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    if (strspn(copy, "0123456789+-.eE") != len)
        return false;
    *number = strtod(copy, &end);
    return *end == '\0' && isfinite(*number);
}

/* A whole number that is written with all of its digits. */
static bool is_whole(double number)
{
    return fabs(number) < 1e18 && number == (double)(int64_t)number;
}

static void write_plain(double number, struct cq_str *out)
{
    if (is_whole(number))
        cq_str_printf(out, "%" PRId64, (int64_t)number);
    else
        cq_str_printf(out, "%.15g", number); /* as many digits as spreadsheets have */
}

/* Writes hours and minutes, seconds if there are any. */
static void write_time(int64_t seconds, struct cq_str *out)
{
    cq_str_printf(out, "%02" PRId64 ":%02" PRId64, seconds / 3600, seconds / 60 % 60);
    if (seconds % 60)
        cq_str_printf(out, ":%02" PRId64, seconds % 60);
}

static void write_day(int64_t day, bool date1904, struct cq_str *out)
{
    char text[10];
    if (!date1904 && day == NO_DAY) {
        cq_str_puts(out, "1900-02-29");
        return;
    }
    if (!date1904 && day < NO_DAY)
        day++;
    day -= date1904 ? DAY_1970 - FROM_1904 : DAY_1970;
    cq_str_put(out, text, cq_date_write(text, (int32_t)day));
}

static void write_moment(const struct cq_number_format *format, double number, bool date1904,
                         struct cq_str *out)
{
    int64_t seconds = (int64_t)(number * DAY_SECONDS + 0.5);
    int64_t day = seconds / DAY_SECONDS;
    bool has_day = format->kind != CQ_NUMBER_TIME;
    bool has_time = format->kind == CQ_NUMBER_TIME ||
                    (format->kind == CQ_NUMBER_DATE_TIME && seconds % DAY_SECONDS);
    if (has_day)
        write_day(day, date1904, out);
    if (has_day && has_time)
        cq_str_puts(out, " ");
    if (has_time)
        write_time(has_day ? seconds % DAY_SECONDS : seconds, out);
}

/* Puts digits into a pattern from the right; the first place takes those that are left over. */
static void write_digits(const char *pattern, int64_t number, struct cq_str *out)
{
    char digits[24];
    size_t places = 0, count = (size_t)snprintf(digits, sizeof digits, "%" PRId64, number), at = 0;
    for (const char *p = pattern; *p; p++)
        if (*p == '\\')
            p++;
        else
            places++;
    for (size_t left = places; *pattern; pattern++) {
        if (*pattern == '\\') {
            cq_str_put(out, ++pattern, 1);
            continue;
        }
        for (; count - at > left; at++)
            cq_str_put(out, &digits[at], 1);
        if (count - at == left)
            cq_str_put(out, &digits[at++], 1);
        else
            cq_str_puts(out, "0");
        left--;
    }
}

void cq_number_write(const struct cq_number_format *format, const char *text, size_t len,
                     bool date1904, struct cq_str *out)
{
    double number;
    if (format->kind == CQ_NUMBER_PLAIN && is_digits(text, len)) {
        for (; len > 1 && *text == '0'; len--)
            text++;
        cq_str_put(out, text, len);
        return;
    }
    if (!read_number(text, len, &number)) {
        cq_str_put(out, text, len);
        return;
    }
    switch (format->kind) {
    case CQ_NUMBER_DATE:
    case CQ_NUMBER_DATE_TIME:
        if (number >= (date1904 ? 0 : 1) && number < LAST_DAY + 1 - (date1904 ? FROM_1904 : 0))
            write_moment(format, number, date1904, out);
        else
            write_plain(number, out);
        break;
    case CQ_NUMBER_TIME:
        if (number >= 0 && number < LAST_DAY)
            write_moment(format, number, date1904, out);
        else
            write_plain(number, out);
        break;
    case CQ_NUMBER_DIGITS:
        if (number >= 0 && is_whole(number))
            write_digits(format->digits, (int64_t)number, out);
        else
            write_plain(number, out);
        break;
    case CQ_NUMBER_PLAIN: write_plain(number, out); break;
    }
}
