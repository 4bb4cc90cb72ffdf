/* Strict whole numbers: digits only; a sign, blank or overflow is an error. */
#ifndef CQ_NUM_H
#define CQ_NUM_H

#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* Reads an unsigned decimal number of 1 to 18 digits that lies within min..max.
 * Errors: CQ_R_NUMBER. */
enum cq_code cq_num_parse(const char *text, size_t len, int64_t min, int64_t max, int64_t *out);

/* Writes a number in decimal at dst (room for 20 bytes), no NUL. Returns the length. */
size_t cq_num_write(char *dst, int64_t value);

#endif
