/* Latin letters that look like Cyrillic ones: lists mix them into Kazakh and Russian words. */
#include <string.h>

#include "cq/utf8.h"

/* Latin letter and its Cyrillic double. */
static const struct {
    char latin;
    char cyrillic[3];
} doubles[] = {{'a', "а"}, {'c', "с"}, {'e', "е"}, {'h', "һ"}, {'i', "і"}, {'o', "о"}, {'p', "р"},
               {'x', "х"}, {'y', "у"}, {'A', "А"}, {'B', "В"}, {'C', "С"}, {'E', "Е"}, {'H', "Н"},
               {'I', "І"}, {'K', "К"}, {'M', "М"}, {'O', "О"}, {'P', "Р"}, {'T', "Т"}, {'X', "Х"},
               {'Y', "У"}};

static const char *double_of(char c)
{
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        if (doubles[i].latin == c)
            return doubles[i].cyrillic;
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

/* Whether a word is Cyrillic with nothing but look-alikes mixed in. */
static bool is_mixed(const char *word, size_t len)
{
    bool latin = false, cyrillic = false;
    for (size_t i = 0; i < len; i++) {
        if (is_latin(word[i])) {
            if (!double_of(word[i]))
                return false;
            latin = true;
        }
        cyrillic = cyrillic || is_cyrillic(word + i, len - i);
    }
    return latin && cyrillic;
}

static enum cq_code mend_word(struct cq_str *out, const char *word, size_t len)
{
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < len && !code; i++) {
        const char *to = double_of(word[i]);
        code = to ? cq_str_add(out, to, 2) : cq_str_add(out, word + i, 1);
    }
    return code;
}

enum cq_code cq_utf8_mend(struct cq_str *out, const char *text, size_t len, bool *mended)
{
    enum cq_code code = CQ_OK;
    *mended = false;
    while (len > 0 && !code) {
        size_t n = word_length(text, len);
        if (is_mixed(text, n)) {
            *mended = true;
            code = mend_word(out, text, n);
        } else {
            code = cq_str_add(out, text, n);
        }
        if (!code && n < len)
            code = cq_str_add(out, text + n++, 1);
        text += n;
        len -= n;
    }
    return code;
}
