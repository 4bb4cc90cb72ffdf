/* The individual identification number (IIN): 12 digits, stored as an integer. Source:
 * cq-csv(5). */
#ifndef CQ_IIN_H
#define CQ_IIN_H

#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* Reads an IIN and checks it. Shape: 12 ASCII digits, not all 0, also as cq_digits_read takes them;
 * *iin is set on success.
 * Only the control digit is checked: since 2013 the birth and sex in the other digits need not be
 * those of the person.
 * Errors: CQ_R_IIN (other length or characters, or zeros only), CQ_R_IIN_ELEVEN (11 digits that
 * make a valid IIN with a zero in front), CQ_R_IIN_EXPONENT (8.5031E+11), CQ_R_IIN_LETTER (twelve
 * characters, letters among them), CQ_R_IIN_CONTROL. */
enum cq_code cq_iin_parse(const char *text, size_t len, int64_t *iin);

/* The control digit that belongs to the first eleven digits: 0-9, or -1 where no number exists.
 * Shape: iin of up to 12 digits, its last digit is ignored. */
int cq_iin_control(int64_t iin);

/* The birth date in the digits; CQ_DAY_MIN where the seventh is not 1 to 6 or they are no date. */
int32_t cq_iin_birth(int64_t iin);

/* 'm', 'f', or 0 where the seventh digit is 0. */
char cq_iin_sex(int64_t iin);

/* Writes the 12 digits at dst, no NUL; returns 12. */
size_t cq_iin_write(char *dst, int64_t iin);

#endif
