/* Lists inside one cell: parts joined by a mark. Nothing is copied. */
#include "cq/list.h"

#include <string.h>

struct cq_text cq_text_of(const char *string)
{
    return (struct cq_text){string, strlen(string)};
}

bool cq_text_equal(struct cq_text a, struct cq_text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool cq_text_is(struct cq_text text, const char *string)
{
    for (size_t i = 0; i < text.len; i++)
        if (string[i] == '\0' || string[i] != text.ptr[i])
            return false;
    return string[text.len] == '\0';
}

bool cq_text_next(struct cq_text *rest, char mark, struct cq_text *part)
{
    if (!rest->ptr)
        return false;
    const char *end = memchr(rest->ptr, mark, rest->len);
    *part = end ? (struct cq_text){rest->ptr, (size_t)(end - rest->ptr)} : *rest;
    *rest = end ? (struct cq_text){end + 1, rest->len - part->len - 1} : (struct cq_text){NULL, 0};
    return true;
}

bool cq_text_has(struct cq_text list, char mark, const char *string)
{
    struct cq_text part;
    while (cq_text_next(&list, mark, &part))
        if (cq_text_is(part, string))
            return true;
    return false;
}
