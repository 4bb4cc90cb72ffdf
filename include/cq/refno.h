/* Referral numbers: CQ-RR-YYYY-NNNNNN-C, that is region, year, serial and check digit.
 *
 * The check digit is Damm's over the twelve digits before it: a quasigroup of order ten that is
 * totally anti-symmetric, so every single wrong digit and every swap of two neighbours changes
 * it, the check digit itself included. Letters and hyphens are at fixed places, so that an
 * error in them or a swap with them is an error of form.
 *
 * Source: H. M. Damm, Total anti-symmetrische Quasigruppen, thesis, Marburg 2004. */
#ifndef CQ_REFNO_H
#define CQ_REFNO_H

#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

#define CQ_REFNO_LENGTH 19
#define CQ_SERIAL_MAX 999999

/* The greatest number as the registry stores it. */
#define CQ_REFNO_MAX INT64_C(999999999999)

/* A number as the registry stores it: its twelve digits before the check digit, so that the order
 * of integers is the order of numbers. Shape: region 0-99, year 0-9999, serial 0-CQ_SERIAL_MAX. */
static inline int64_t cq_refno_make(int region, int year, int serial)
{
    return ((int64_t)region * 10000 + year) * 1000000 + serial;
}

/* Writes a number (CQ_REFNO_LENGTH bytes, no NUL) at dst; returns CQ_REFNO_LENGTH. */
size_t cq_refno_write(char *dst, int64_t number);

/* Reads a number and checks it. Shape: exactly as cq_refno_write writes it, serial 1 or more;
 * *number is set on success. Errors: CQ_R_NUMBER_FORM, CQ_R_NUMBER_CHECK. */
enum cq_code cq_refno_parse(const char *text, size_t len, int64_t *number);

#endif
