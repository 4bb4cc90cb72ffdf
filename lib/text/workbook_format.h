/* Number formats: what kind of value a cell shows. Dates are told from numbers by nothing else.
 * Source: ECMA-376 part 1, 18.8.30 and 18.8.31. */
#ifndef CQ_TEXT_WORKBOOK_FORMAT_H
#define CQ_TEXT_WORKBOOK_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

enum cq_number_kind {
    CQ_NUMBER_PLAIN,
    CQ_NUMBER_DATE,
    CQ_NUMBER_DATE_TIME,
    CQ_NUMBER_TIME,
    CQ_NUMBER_DIGITS /* a number of digits with leading zeros: 000000000000 */
};

#define CQ_FORMAT_DIGITS 40 /* bytes of a pattern; longer ones are plain */

struct cq_number_format {
    enum cq_number_kind kind;
    char digits[CQ_FORMAT_DIGITS]; /* DIGITS: '0' for a digit, '\\' before any other character */
};

/* Reads a format code; its first section counts. Shape: code is UTF-8. */
struct cq_number_format cq_number_format_parse(const char *code);

/* The format of a number that workbooks do not spell out. */
struct cq_number_format cq_number_format_builtin(int id);

#endif
