/* Quotes the cells of a CSV. */
#include "text/csvquote.h"

#include "cq/csvout.h"

void cq_out_quote(struct cq_str *dst, const char *text, size_t len)
{
    if (!cq_csv_needs_quotes(text, len)) {
        cq_str_put(dst, text, len);
        return;
    }
    if (cq_str_reserve(dst, 2 * len + 2))
        return;
    char *to = dst->ptr + dst->len;
    *to++ = '"';
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"')
            *to++ = '"';
        *to++ = text[i];
    }
    *to++ = '"';
    *to = '\0';
    dst->len = (size_t)(to - dst->ptr);
}
