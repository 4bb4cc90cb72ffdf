/* Which cells of a CSV need quotes. */
#ifndef CQ_TEXT_CSVQUOTE_H
#define CQ_TEXT_CSVQUOTE_H

#include <stdbool.h>
#include <stddef.h>

static inline bool cq_csv_needs_quotes(const char *text, size_t len)
{
    static const unsigned char special[256] = {['"'] = 1, [','] = 1, ['\n'] = 1, ['\r'] = 1};
    unsigned char found = 0;
    for (size_t i = 0; i < len; i++)
        found |= special[(unsigned char)text[i]];
    return found != 0;
}

#endif
