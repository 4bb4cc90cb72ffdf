/* Words in lists with '|' between: the values of a column and the headers that mean it. */
#include "text/choice.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/list.h"
#include "cq/utf8.h"

struct cq_text cq_text_trim(struct cq_text text)
{
    size_t n;
    while ((n = cq_utf8_blank(text.ptr, text.len)) > 0) {
        text.ptr += n;
        text.len -= n;
    }
    while ((n = cq_utf8_blank_last(text.ptr, text.len)) > 0)
        text.len -= n;
    return text;
}

bool cq_choice_same(struct cq_text a, struct cq_text b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

struct cq_text cq_choice_text(const struct cq_str *s)
{
    return (struct cq_text){s->ptr ? s->ptr : "", s->len};
}

struct cq_text cq_choice_name(const char *list)
{
    return (struct cq_text){list, strcspn(list, "|")};
}

bool cq_choice_has(const char *list, struct cq_text text)
{
    struct cq_text rest = list ? cq_text_of(list) : (struct cq_text){NULL, 0}, word;
    while (cq_text_next(&rest, '|', &word))
        if (cq_choice_same(word, text))
            return true;
    return false;
}

/* Skips the marks that a header may have or lack. */
static struct cq_text skip_marks(struct cq_text text)
{
    while (text.len > 0 && strchr(" .,-_", text.ptr[0]))
        text = (struct cq_text){text.ptr + 1, text.len - 1};
    return text;
}

static bool same_letters(struct cq_text a, struct cq_text b)
{
    for (;;) {
        a = skip_marks(a);
        b = skip_marks(b);
        if (a.len == 0 || b.len == 0)
            return a.len == b.len;
        if (a.ptr[0] != b.ptr[0])
            return false;
        a = (struct cq_text){a.ptr + 1, a.len - 1};
        b = (struct cq_text){b.ptr + 1, b.len - 1};
    }
}

bool cq_choice_has_letters(const char *list, struct cq_text text)
{
    struct cq_text rest = list ? cq_text_of(list) : (struct cq_text){NULL, 0}, word;
    while (cq_text_next(&rest, '|', &word))
        if (word.len > 0 && same_letters(word, text))
            return true;
    return false;
}

bool cq_choice_is_name(struct cq_text name, struct cq_text folded)
{
    struct cq_str own = {0};
    bool same = !cq_utf8_fold(&own, name.ptr, name.len) &&
                cq_choice_same(cq_choice_text(&own), folded);
    cq_str_free(&own);
    return same;
}

int cq_choice_find(const char *const *values, const char *text, size_t len)
{
    for (int i = 0; values[i]; i++)
        if (cq_choice_same(cq_choice_name(values[i]), (struct cq_text){text, len}))
            return i;
    struct cq_str folded = {0};
    int found = -1;
    if (!cq_utf8_fold(&folded, text, len)) {
        struct cq_text want = cq_choice_text(&folded);
        for (int i = 0; values[i] && found < 0; i++)
            if (cq_choice_has(values[i], want) ||
                cq_choice_is_name(cq_choice_name(values[i]), want))
                found = i;
    }
    cq_str_free(&folded);
    return found;
}
