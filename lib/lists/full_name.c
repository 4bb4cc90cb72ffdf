/* A last, first and middle name in one cell. */
#include "cq/lists.h"

#include <string.h>

#include "cq/list.h"
#include "cq/utf8.h"

enum { LAST, FIRST, MIDDLE, PARTS, WORDS_MAX = 6 };

/* Splits text at blanks. Returns how many words there are, at most WORDS_MAX + 1. */
static size_t split_words(struct cq_text text, struct cq_text *words)
{
    size_t count = 0;
    while (text.len > 0) {
        size_t blank = cq_utf8_blank(text.ptr, text.len), n = 0;
        if (blank == 0 && count == WORDS_MAX)
            return WORDS_MAX + 1;
        while (n < text.len && !cq_utf8_blank(text.ptr + n, text.len - n))
            n++;
        if (blank == 0)
            words[count++] = (struct cq_text){text.ptr, n};
        n = blank ? blank : n;
        text = (struct cq_text){text.ptr + n, text.len - n};
    }
    return count;
}

/* Whether a word only says whose son or daughter: it belongs to the word before it. */
static bool is_descent(struct cq_text word)
{
    static const char *const words[] = {"ұлы|улы|қызы|кызы|оглы|оғлы|углы|угли|кизи|гызы", NULL};
    return cq_choice_find(words, word.ptr, word.len) == 0;
}

/* The text from the first of some words to the last. */
static struct cq_text join(const struct cq_text *words, size_t count)
{
    const char *end = words[count - 1].ptr + words[count - 1].len;
    return (struct cq_text){words[0].ptr, (size_t)(end - words[0].ptr)};
}

/* Splits the first and middle name, after the last name. */
static enum cq_code split_rest(const struct cq_text *words, size_t count, struct cq_text *parts)
{
    bool two = count == 3 && is_descent(words[2]);
    if (count < 1 || (count > 2 && !two) || is_descent(words[count == 2 ? 1 : 0]))
        return CQ_R_FULL_NAME;
    parts[FIRST] = words[0];
    if (count > 1)
        parts[MIDDLE] = join(words + 1, count - 1);
    return CQ_OK;
}

/* Splits a name whose last name ends at a comma; another comma may follow the first name. */
static enum cq_code split_at_commas(struct cq_text name, struct cq_text *parts)
{
    struct cq_text words[WORDS_MAX], part;
    size_t count = 0;
    while (cq_text_next(&name, ',', &part)) {
        part = cq_text_trim(part);
        if (part.len == 0 || count == PARTS)
            return CQ_R_FULL_NAME;
        parts[count++] = part;
    }
    if (count != 2)
        return CQ_OK;
    count = split_words(parts[FIRST], words);
    return count > WORDS_MAX ? CQ_R_FULL_NAME : split_rest(words, count, parts);
}

enum cq_code cq_full_name_split(struct cq_text name, struct cq_text *parts)
{
    struct cq_text words[WORDS_MAX];
    memset(parts, 0, PARTS * sizeof *parts);
    for (int i = 0; i < PARTS; i++)
        parts[i].ptr = "";
    if (memchr(name.ptr, '.', name.len)) /* initials are no names */
        return CQ_R_FULL_NAME;
    if (memchr(name.ptr, ',', name.len))
        return split_at_commas(name, parts);
    size_t count = split_words(name, words);
    if (count < 2 || count > WORDS_MAX)
        return CQ_R_FULL_NAME;
    parts[LAST] = words[0];
    return split_rest(words + 1, count - 1, parts);
}
