/* Letters that do not belong in a Kazakh or Russian word: Latin ones that are confusable with
 * Cyrillic ones, which can be replaced, and those that result from a wrong encoding. */
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

/* Whether neither language has the character U+0400 + at: all but the Russian letters and І і. */
static bool is_foreign(unsigned at)
{
    if (at < 0x10)
        return at != 0x01 && at != 0x06;
    return at >= 0x50 && at != 0x51 && at != 0x56;
}

bool cq_utf8_damaged(const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t i = 0; i + 1 < len; i++) {
        if ((s[i] == 0xD0 || s[i] == 0xD1) && is_foreign((s[i] & 1u) << 6 | (s[i + 1] & 0x3Fu)))
            return true;
        if (s[i] == 0xD2 && (s[i + 1] == 0x90 || s[i + 1] == 0x91)) /* Ґ ґ */
            return true;
        if (s[i] == 0xC2 && s[i + 1] < 0xA0)
            return true;
        if (i + 2 < len && memcmp(s + i, "\xEF\xBF\xBD", 3) == 0)
            return true;
    }
    return false;
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
