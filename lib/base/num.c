/* Strict whole numbers, without strtol: no sign, no blank, no base, no locale. */
#include "cq/num.h"

#include <string.h>

#define DIGITS_MAX 18 /* as many as can never overflow */

enum cq_code cq_num_parse(const char *text, size_t len, int64_t min, int64_t max, int64_t *out)
{
    if (len < 1 || len > DIGITS_MAX)
        return CQ_R_NUMBER;
    int64_t value = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit > 9)
            return CQ_R_NUMBER;
        value = value * 10 + digit;
    }
    if (value < min || value > max)
        return CQ_R_NUMBER;
    *out = value;
    return CQ_OK;
}

size_t cq_num_write(char *dst, int64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    /* The least value has no positive counterpart: its size is computed without a sign. */
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    memcpy(dst, digits + at, sizeof digits - at);
    return sizeof digits - at;
}
