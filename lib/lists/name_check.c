/* Checks the characters of a name in one pass; what is not Cyrillic or ASCII is rare. */
#include "lists/name_check.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* What one character is in a name. */
enum mark {
    MARK_BESIDE,  /* a blank, a hyphen, punctuation */
    MARK_CAPITAL, /* letters from here on */
    MARK_SMALL,
    MARK_OTHER, /* a letter of Kazakh, which programs may leave small in capitals, or without cases */
    MARK_SIGN, /* errors from here on */
    MARK_UNSEEN,
    MARK_FOREIGN
};

static enum mark mark_of_ascii(unsigned char c)
{
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        return c & 0x20 ? MARK_SMALL : MARK_CAPITAL;
    return strchr(" -'`.,()\"/", c) ? MARK_BESIDE : MARK_SIGN;
}

/* Of U+0400 to U+04FF. Of those that no name has, the ones are named that RK1048 and UTF-8 give when
 * they are read as CP1251; others are letters of other peoples. */
static enum mark mark_of_cyrillic(unsigned c)
{
    if (c >= 0x430 && c < 0x450)
        return MARK_SMALL;
    if (c >= 0x410 && c < 0x430)
        return MARK_CAPITAL;
    switch (c) {
    case 0x401:
    case 0x406: return MARK_CAPITAL;
    case 0x451: return MARK_SMALL;
    case 0x456: return MARK_OTHER;
    case 0x490:
    case 0x491: return MARK_FOREIGN; /* Ґ ґ */
    default:
        if (c < 0x480)
            return MARK_FOREIGN;
        return c % 2 ? MARK_OTHER : MARK_CAPITAL;
    }
}

/* Of any other character. */
static enum mark mark_of(utf8proc_int32_t c)
{
    bool more_cyrillic = c >= 0x500 && c < 0x530;
    if (c < 0xA0 || c == 0xFFFD || more_cyrillic)
        return MARK_FOREIGN;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return MARK_CAPITAL;
    case UTF8PROC_CATEGORY_LL: return MARK_SMALL;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return MARK_OTHER;
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return MARK_UNSEEN;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_SK: return MARK_BESIDE;
    default: return MARK_SIGN;
    }
}

/* The mark of the character at s; *size becomes its bytes. */
static enum mark next_mark(const unsigned char *s, size_t left, size_t *size)
{
    if (s[0] < 0x80) {
        *size = 1;
        return mark_of_ascii(s[0]);
    }
    if ((s[0] & 0xFC) == 0xD0 && left > 1) {
        *size = 2;
        return mark_of_cyrillic(0x400 | (s[0] & 3u) << 6 | (s[1] & 0x3Fu));
    }
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate(s, (utf8proc_ssize_t)left, &c);
    *size = n > 0 ? (size_t)n : 1;
    return n > 0 ? mark_of(c) : MARK_FOREIGN;
}

/* A word of a name: whether it begins with a small letter and goes on in capitals. */
struct word {
    int letters, capitals;
    bool begins_small, has_small; /* the latter after the first letter */
};

static bool is_wrong_case(const struct word *word)
{
    return word->begins_small && !word->has_small && word->capitals > 1;
}

static void add_letter(struct word *word, enum mark mark)
{
    if (word->letters++ == 0)
        word->begins_small = mark == MARK_SMALL;
    else
        word->has_small = word->has_small || mark == MARK_SMALL;
    word->capitals += mark == MARK_CAPITAL;
}

/* What people write where they have no name, in small letters. */
static const char *const placeholders[] = {
    "n/a",        "none",        "null",         "нет",         "нет данных",   "не указан",
    "не указана", "не указано",  "неизвестно",   "отсутствует", "н/д",          "б/о",
    "жоқ",        "мәлімет жоқ", "деректер жоқ", "белгісіз",    "көрсетілмеген"};

/* Reads a character of ASCII or U+0400 to U+04FF as a small letter; others as their first byte. */
static unsigned next_small(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    unsigned c = s[0];
    if ((c & 0xFC) != 0xD0) {
        (*at)++;
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
    *at += 2;
    c = 0x400 | (c & 3u) << 6 | (s[1] & 0x3Fu);
    if (c < 0x430)
        return c < 0x410 ? c + 0x50 : c + 0x20;
    return c >= 0x48A ? c | 1 : c;
}

/* Whether a name is a word. A small letter is as long as its capital. */
static bool is_word(struct cq_text name, const char *word)
{
    const char *end = name.ptr + name.len;
    if (strlen(word) != name.len)
        return false;
    while (name.ptr < end)
        if (next_small(&name.ptr) != next_small(&word))
            return false;
    return true;
}

static bool is_placeholder(struct cq_text name)
{
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (is_word(name, placeholders[i]))
            return true;
    return false;
}

enum cq_code cq_name_check(struct cq_text name)
{
    const unsigned char *s = (const unsigned char *)name.ptr;
    struct word word = {0};
    bool letter = false, wrong_case = false;
    enum mark worst = MARK_BESIDE;
    for (size_t i = 0, n; i < name.len; i += n) {
        enum mark mark = next_mark(s + i, name.len - i, &n);
        worst = mark > worst ? mark : worst;
        if (mark >= MARK_CAPITAL && mark <= MARK_OTHER) {
            letter = true;
            add_letter(&word, mark);
        } else {
            wrong_case = wrong_case || is_wrong_case(&word);
            word = (struct word){0};
        }
    }
    if (worst == MARK_FOREIGN)
        return CQ_R_NAME_LETTER;
    if (worst == MARK_UNSEEN)
        return CQ_R_CONTROL_CHARACTER;
    if (s[0] == '#')
        return CQ_R_NAME_ERROR;
    if (!letter)
        return CQ_R_NAME_EMPTY;
    if (is_placeholder(name))
        return CQ_R_NAME_PLACEHOLDER;
    if (worst == MARK_SIGN)
        return CQ_R_NAME_SIGN;
    return wrong_case || is_wrong_case(&word) ? CQ_R_NAME_CASE : CQ_OK;
}
