/* A growing byte string: doubles its room, always ends with a NUL that is not counted. */
#include "cq/str.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 64

enum cq_code cq_str_reserve(struct cq_str *s, size_t extra)
{
    if (s->ptr != NULL && extra < s->cap - s->len) {
        return CQ_OK;
    }
    if (extra > SIZE_MAX - s->len - 1) {
        return CQ_B_NOMEM;
    }
    size_t need = s->len + extra + 1;
    size_t cap = s->cap > SIZE_MAX / 2 ? need : s->cap * 2;
    if (cap < FIRST_ROOM) {
        cap = FIRST_ROOM;
    }
    if (cap < need) {
        cap = need;
    }
    char *ptr = realloc(s->ptr, cap);
    if (ptr == NULL) {
        return CQ_B_NOMEM;
    }
    ptr[s->len] = '\0';
    s->ptr = ptr;
    s->cap = cap;
    return CQ_OK;
}

enum cq_code cq_str_add(struct cq_str *s, const char *bytes, size_t len)
{
    enum cq_code code = cq_str_reserve(s, len);
    if (code != CQ_OK) {
        return code;
    }
    if (len > 0) {
        memcpy(s->ptr + s->len, bytes, len);
        s->len += len;
        s->ptr[s->len] = '\0';
    }
    return CQ_OK;
}

enum cq_code cq_str_adds(struct cq_str *s, const char *text)
{
    return cq_str_add(s, text, strlen(text));
}

enum cq_code cq_str_addf(struct cq_str *s, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);

    /* The first try says how long the text is; most texts fit at once. */
    enum cq_code code = cq_str_reserve(s, 0);
    if (code != CQ_OK) {
        goto done;
    }
    size_t room = s->cap - s->len;
    int len = vsnprintf(s->ptr + s->len, room, format, args);
    if (len >= 0 && (size_t)len >= room) {
        s->ptr[s->len] = '\0';
        code = cq_str_reserve(s, (size_t)len);
        if (code != CQ_OK) {
            goto done;
        }
        len = vsnprintf(s->ptr + s->len, s->cap - s->len, format, again);
    }
    if (len < 0) {
        /* A text of more than INT_MAX bytes. */
        s->ptr[s->len] = '\0';
        code = CQ_B_NOMEM;
        goto done;
    }
    s->len += (size_t)len;
done:
    va_end(again);
    va_end(args);
    return code;
}

void cq_str_clear(struct cq_str *s)
{
    s->len = 0;
    if (s->ptr != NULL) {
        s->ptr[0] = '\0';
    }
}

void cq_str_free(struct cq_str *s)
{
    free(s->ptr);
    *s = (struct cq_str){0};
}
