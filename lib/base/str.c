/* A growing byte string: doubles its room, always ends with a NUL that is not counted. The first
 * failure sticks. */
#include "cq/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 64

enum cq_code cq_str_reserve(struct cq_str *s, size_t extra)
{
    if (s->failed || (s->ptr && extra < s->cap - s->len))
        return s->failed;
    if (extra > SIZE_MAX - s->len - 1)
        return s->failed = CQ_B_NOMEM;
    size_t need = s->len + extra + 1;
    size_t cap = s->cap > SIZE_MAX / 2 ? need : s->cap * 2;
    if (cap < FIRST_ROOM)
        cap = FIRST_ROOM;
    if (cap < need)
        cap = need;
    char *ptr = realloc(s->ptr, cap);
    if (!ptr)
        return s->failed = CQ_B_NOMEM;
    ptr[s->len] = '\0';
    s->ptr = ptr;
    s->cap = cap;
    return CQ_OK;
}

void cq_str_put(struct cq_str *s, const char *bytes, size_t len)
{
    if (cq_str_reserve(s, len) || len == 0)
        return;
    memcpy(s->ptr + s->len, bytes, len);
    s->len += len;
    s->ptr[s->len] = '\0';
}

void cq_str_puts(struct cq_str *s, const char *text)
{
    cq_str_put(s, text, strlen(text));
}

/* The first try returns the length of the text; most texts fit at once. */
void cq_str_printf(struct cq_str *s, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = -1;
    if (!cq_str_reserve(s, 0)) {
        size_t room = s->cap - s->len;
        len = vsnprintf(s->ptr + s->len, room, format, args);
        if (len >= 0 && (size_t)len >= room) {
            s->ptr[s->len] = '\0';
            len = cq_str_reserve(s, (size_t)len)
                      ? -1
                      : vsnprintf(s->ptr + s->len, s->cap - s->len, format, again);
        }
    }
    if (len >= 0) {
        s->len += (size_t)len;
    } else { /* no memory, or a text of more than INT_MAX bytes */
        s->failed = CQ_B_NOMEM;
        if (s->ptr)
            s->ptr[s->len] = '\0';
    }
    va_end(again);
    va_end(args);
}

void cq_str_clear(struct cq_str *s)
{
    s->len = 0;
    s->failed = CQ_OK;
    if (s->ptr)
        s->ptr[0] = '\0';
}

void cq_str_free(struct cq_str *s)
{
    free(s->ptr);
    *s = (struct cq_str){0};
}
