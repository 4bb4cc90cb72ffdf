/* Numbers of a workbook as a list writes them: dates and times in ISO form, leading zeros as the
 * format has them. Other numbers are written plainly, whole ones without decimals or exponent: the
 * rest of a format is only how they look. */
#ifndef CQ_TEXT_WORKBOOK_NUMBER_H
#define CQ_TEXT_WORKBOOK_NUMBER_H

#include "cq/str.h"
#include "text/workbook_format.h"

/* Appends the number of a cell. Shape: text is the number as the workbook has it; what is no number
 * is appended as it is. A time of midnight is not written behind a date. date1904: days count from
 * 1904-01-01, else from 1900 with a 29 February of that year, which no calendar has and which no
 * check takes for a date. Errors: in out->failed. Source: ECMA-376 part 1, 18.17.4. */
void cq_number_write(const struct cq_number_format *format, const char *text, size_t len,
                     bool date1904, struct cq_str *out);

#endif
