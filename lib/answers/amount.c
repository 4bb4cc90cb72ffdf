/* Amounts of money, exact: whole tiyn, no floating point. */
#include "cq/claims.h"

#include <inttypes.h>
#include <string.h>

#include "cq/utf8.h"

enum { TENGE_DIGITS = 15 }; /* a sum of many still fits */

static bool is_digit(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

/* Reads whole tenge; where blanks part them, they part thousands. Returns where they end; NULL where
 * they are none. */
static const char *read_whole(const char *at, const char *end, int64_t *tenge)
{
    int digits = 0, group = 0;
    bool parted = false;
    *tenge = 0;
    for (;;) {
        if (is_digit(at, end)) {
            *tenge = *tenge * 10 + (*at++ - '0');
            group++;
            if (++digits > TENGE_DIGITS)
                return NULL;
            continue;
        }
        size_t blank = cq_utf8_blank(at, (size_t)(end - at));
        if (blank == 0)
            break;
        if (parted ? group != 3 : group < 1 || group > 3)
            return NULL;
        parted = true;
        group = 0;
        at += blank;
    }
    return digits > 0 && (!parted || group == 3) ? at : NULL;
}

enum cq_code cq_amount_parse(const char *text, size_t len, int64_t *tiyn)
{
    const char *end = text + len;
    int64_t tenge;
    const char *at = read_whole(text, end, &tenge);
    int hundredths = 0, decimals = 0;
    if (!at)
        return CQ_X_AMOUNT;
    if (at < end && (*at == '.' || *at == ',')) {
        for (at++; is_digit(at, end) && decimals < 2; at++, decimals++)
            hundredths = hundredths * 10 + (*at - '0');
        if (decimals == 0)
            return CQ_X_AMOUNT;
        if (decimals == 1)
            hundredths *= 10;
    }
    if (at != end)
        return CQ_X_AMOUNT;
    *tiyn = tenge * 100 + hundredths;
    return CQ_OK;
}

void cq_amount_write(struct cq_str *dst, int64_t tiyn)
{
    cq_str_printf(dst, "%" PRId64 ".%02d", tiyn / 100, (int)(tiyn % 100));
}
