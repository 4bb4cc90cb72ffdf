/* Latin letters in a Cyrillic word that are confusable with Cyrillic ones. */
#include "cq/utf8.h"

#include <string.h>

/* A Latin letter and the Cyrillic one that it is confusable with. */
static const struct {
    char latin[3], cyrillic[3];
} confusables[] = {{"a", "а"}, {"c", "с"}, {"e", "е"}, {"h", "һ"}, {"i", "і"}, {"k", "к"},
                   {"o", "о"}, {"p", "р"}, {"x", "х"}, {"y", "у"}, {"A", "А"}, {"B", "В"},
                   {"C", "С"}, {"E", "Е"}, {"H", "Н"}, {"I", "І"}, {"K", "К"}, {"M", "М"},
                   {"O", "О"}, {"P", "Р"}, {"T", "Т"}, {"X", "Х"}, {"Y", "У"}, {"ə", "ә"},
                   {"Ə", "Ә"}, {"ɵ", "ө"}, {"Ɵ", "Ө"}};

/* The Cyrillic letter for the one at text, NULL for none; *len is how many bytes the letter takes. */
static const char *cyrillic_for(const char *text, size_t left, size_t *len)
{
    *len = (unsigned char)text[0] >= 0xC0 && left > 1 ? 2 : 1;
    for (size_t i = 0; i < sizeof confusables / sizeof *confusables; i++)
        if (strlen(confusables[i].latin) == *len && memcmp(confusables[i].latin, text, *len) == 0)
            return confusables[i].cyrillic;
    *len = 1;
    return NULL;
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* U+0400 to U+04FF in UTF-8. */
static bool is_cyrillic(const char *text, size_t len)
{
    return len >= 2 && ((unsigned char)text[0] & 0xFC) == 0xD0;
}

/* Letters of a word: everything but blanks and hyphens. */
static size_t word_length(const char *text, size_t len)
{
    size_t n = 0;
    while (n < len && text[n] != ' ' && text[n] != '-')
        n++;
    return n;
}

/* Whether a word is Cyrillic with nothing but confusable letters mixed in. */
static bool is_mixed(const char *word, size_t len)
{
    bool latin = false, cyrillic = false;
    for (size_t i = 0, n; i < len; i += n)
        if (cyrillic_for(word + i, len - i, &n))
            latin = true;
        else if (is_latin(word[i]))
            return false;
        else
            cyrillic = cyrillic || is_cyrillic(word + i, len - i);
    return latin && cyrillic;
}

static void append_cyrillic(struct cq_str *out, const char *word, size_t len)
{
    for (size_t i = 0, n; i < len; i += n) {
        const char *to = cyrillic_for(word + i, len - i, &n);
        if (to)
            cq_str_puts(out, to);
        else
            cq_str_put(out, word + i, n);
    }
}

bool cq_utf8_replace_confusables(struct cq_str *out, const char *text, size_t len)
{
    bool replaced = false;
    while (len > 0) {
        size_t n = word_length(text, len);
        if (is_mixed(text, n)) {
            replaced = true;
            append_cyrillic(out, text, n);
        } else {
            cq_str_put(out, text, n);
        }
        if (n < len)
            cq_str_put(out, text + n++, 1);
        text += n;
        len -= n;
    }
    return replaced;
}
