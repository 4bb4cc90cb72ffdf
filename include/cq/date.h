/* Civil days and moments. A day is an int32_t: days since 1970-01-01, proleptic Gregorian. */
#ifndef CQ_DATE_H
#define CQ_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* Open ends of intervals of days; no real day has these values. */
#define CQ_DAY_MIN INT32_MIN
#define CQ_DAY_MAX INT32_MAX

/* Reads YYYY-MM-DD or DD.MM.YYYY, years 1800 to 2199, real calendar days only.
 * Errors: CQ_R_DATE; CQ_R_DATE_SERIAL for a bare number of 4 to 6 digits (or with decimals). */
enum cq_code cq_date_parse(const char *text, size_t len, int32_t *day);

/* Reads YYYY-MM-DD only, for the options of programs. Errors: CQ_R_DATE. */
enum cq_code cq_date_parse_iso(const char *text, size_t len, int32_t *day);

/* Writes YYYY-MM-DD (10 bytes, no NUL) at dst; returns 10. Open ends and days outside the years 0
 * to 9999 write nothing and return 0. */
size_t cq_date_write(char *dst, int32_t day);

/* The same as DD.MM.YYYY, as forms for people have days. */
size_t cq_date_write_dotted(char *dst, int32_t day);

/* The same of a day that is written YYYY-MM-DD. Any other text writes nothing and returns 0. */
size_t cq_date_turn(char *dst, const char *text, size_t len);

/* Day number from year, month 1-12, day of month; no check. And back. */
int32_t cq_date_make(int year, int month, int mday);
void cq_date_split(int32_t day, int *year, int *month, int *mday);

/* Whether year, month, mday name a real day of 1800 to 2199. */
bool cq_date_valid(int year, int month, int mday);

/* The day on which someone born on birth completes years of age. Born on 29 February: on 1 March in
 * years without that day (cq-eligible(1)). Open ends stay open.
 * Units: years. */
int32_t cq_date_birthday(int32_t birth, int years);

/* First day of the month that lies months after the month of day (months may be 0).
 * Open ends stay open. */
int32_t cq_date_month_after(int32_t day, int months);

/* Sorts days and drops repeated ones. Returns the new number. */
size_t cq_days_sort(int32_t *days, size_t count);

/* Reads a UTC moment: YYYY-MM-DD, or YYYY-MM-DDTHH:MM[:SS[.fff]][Z] (T may be a blank).
 * A bare day means its last millisecond. Units: milliseconds since 1970. Errors: CQ_R_DATE. */
enum cq_code cq_time_parse(const char *text, size_t len, int64_t *ms);

/* Writes YYYY-MM-DDTHH:MM:SS.fffZ (24 bytes, no NUL) at dst; returns 24. Moments outside the
 * years 0 to 9999 write nothing and return 0. */
size_t cq_time_write(char *dst, int64_t ms);

#endif
