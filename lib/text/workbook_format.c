/* Format codes to kinds of values. */
#include "text/workbook_format.h"

#include <string.h>
#include <strings.h>

/* What the characters of a section say. */
struct parts {
    bool date, time, month; /* month: an m, which may be minutes */
    bool digits;            /* only digits 0 and literals so far */
    int zeros;
    size_t len; /* of the pattern */
};

static void add_literal(struct parts *parts, struct cq_number_format *format, char c)
{
    if (parts->len + 2 >= sizeof format->digits) {
        parts->digits = false;
        return;
    }
    format->digits[parts->len++] = '\\';
    format->digits[parts->len++] = c;
}

static void add_zero(struct parts *parts, struct cq_number_format *format)
{
    parts->zeros++;
    if (parts->len + 1 >= sizeof format->digits)
        parts->digits = false;
    else
        format->digits[parts->len++] = '0';
}

/* Passes over text in quotation marks. Returns the place after it. */
static const char *quoted(const char *at, struct parts *parts, struct cq_number_format *format)
{
    for (; *at && *at != '"'; at++)
        add_literal(parts, format, *at);
    return *at ? at + 1 : at;
}

/* Passes over what is in brackets: elapsed time, as in [h]:mm; else a colour or locale, which say
 * nothing about the value, or a condition or currency, with which digits are not a pattern. */
static const char *bracketed(const char *at, struct parts *parts)
{
    size_t len = strcspn(at, "]");
    size_t same = strspn(at, "hH") + strspn(at, "mM") + strspn(at, "sS");
    if (len > 0 && same == len)
        parts->time = true;
    else if (strncmp(at, "$-", 2) != 0 && strchr("<>=$", *at))
        parts->digits = false;
    return at[len] ? at + len + 1 : at + len;
}

/* The length of the name of a half of the day, as in h:mm AM/PM; 0 where there is none. */
static size_t half_of_day(const char *at)
{
    return strncasecmp(at, "AM/PM", 5) == 0 ? 5 : strncasecmp(at, "A/P", 3) == 0 ? 3 : 0;
}

static void add_character(struct parts *parts, struct cq_number_format *format, char c)
{
    switch (c) {
    case 'y':
    case 'Y':
    case 'd':
    case 'D': parts->date = true; break;
    case 'h':
    case 'H':
    case 's':
    case 'S': parts->time = true; break;
    case 'm':
    case 'M': parts->month = true; break;
    case '0': add_zero(parts, format); break;
    default:
        if (strchr(" -()+:", c))
            add_literal(parts, format, c);
        else
            parts->digits = false;
    }
}

/* Reads the first section of a code. */
static void read_section(const char *code, struct parts *parts, struct cq_number_format *format)
{
    for (const char *at = code; *at && *at != ';';) {
        size_t half = half_of_day(at);
        if (half) {
            parts->time = true;
            at += half;
        } else if (strncasecmp(at, "General", 7) == 0) {
            parts->digits = false;
            at += 7;
        } else if (*at == '"') {
            at = quoted(at + 1, parts, format);
        } else if (*at == '[') {
            at = bracketed(at + 1, parts);
        } else if (*at == '\\' && at[1]) {
            add_literal(parts, format, at[1]);
            at += 2;
        } else if ((*at == '_' || *at == '*') && at[1]) { /* room for a character, or a filler */
            at += 2;
        } else {
            add_character(parts, format, *at++);
        }
    }
}

struct cq_number_format cq_number_format_parse(const char *code)
{
    struct parts parts = {.digits = true};
    struct cq_number_format format = {CQ_NUMBER_PLAIN, ""};
    read_section(code, &parts, &format);
    if (parts.month && !parts.time)
        parts.date = true;
    if (parts.date)
        format.kind = parts.time ? CQ_NUMBER_DATE_TIME : CQ_NUMBER_DATE;
    else if (parts.time)
        format.kind = CQ_NUMBER_TIME;
    else if (parts.digits && (parts.zeros > 1 || (parts.zeros == 1 && parts.len > 1)))
        format.kind = CQ_NUMBER_DIGITS;
    format.digits[parts.len] = '\0';
    return format;
}

struct cq_number_format cq_number_format_builtin(int id)
{
    struct cq_number_format format = {CQ_NUMBER_PLAIN, ""};
    bool asian = (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    if ((id >= 14 && id <= 17) || asian)
        format.kind = CQ_NUMBER_DATE;
    else if (id == 22)
        format.kind = CQ_NUMBER_DATE_TIME;
    else if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47))
        format.kind = CQ_NUMBER_TIME;
    return format;
}
