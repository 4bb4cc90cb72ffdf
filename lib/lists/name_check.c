/* Checks the characters of a name in one pass; what is not Cyrillic or ASCII is rare. */
#include "lists/name_check.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "cq/lists.h"

/* What one character is in a name. */
enum mark {
    MARK_BESIDE, /* a blank, a hyphen, punctuation */
    MARK_CAPITAL,
    MARK_SMALL,
    MARK_OTHER, /* a letter of Kazakh, which programs may leave small in capitals, or without cases */
    MARK_SIGN, /* errors from here on */
    MARK_UNSEEN,
    MARK_FOREIGN
};

/* The marks of ASCII and of U+0400 to U+04FF, as digits. Of the Cyrillic letters that no name has,
 * those are foreign that RK1048 and UTF-8 give when they are read as CP1251; others are letters of
 * other peoples. */
static const char ascii[] = "55555555555555555555555555555555"
                            "04044440004400004444444444444444"
                            "41111111111111111111111111144444"
                            "02222222222222222222222222244445";
static const char cyrillic[] = "61666616666666661111111111111111"
                               "11111111111111112222222222222222"
                               "22222222222222226266663666666666"
                               "66666666666666666666666666666666"
                               "13433333331313136613131313131313"
                               "13131313131313131313131313131313"
                               "33333333333333331313131313131313"
                               "13131313131313131313131313131313";

/* The mark of any other character. */
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
    utf8proc_int32_t c;
    if (s[0] < 0x80) {
        *size = 1;
        return (enum mark)(ascii[s[0]] - '0');
    }
    if ((s[0] & 0xFC) == 0xD0 && left > 1) {
        *size = 2;
        return (enum mark)(cyrillic[(s[0] & 3u) << 6 | (s[1] & 0x3Fu)] - '0');
    }
    utf8proc_ssize_t n = utf8proc_iterate(s, (utf8proc_ssize_t)left, &c);
    *size = n > 0 ? (size_t)n : 1;
    return n > 0 ? mark_of(c) : MARK_FOREIGN;
}

/* How the letters of a word follow each other, as far as it may be wrong: one that begins with a
 * small letter and goes on in two capitals or more. */
enum { START, SMALL, ONE_CAPITAL, CAPITALS, FINE };
static const unsigned char next_form[][MARK_OTHER + 1] = {
    [START] = {[MARK_CAPITAL] = FINE, [MARK_SMALL] = SMALL, [MARK_OTHER] = FINE},
    [SMALL] = {[MARK_CAPITAL] = ONE_CAPITAL, [MARK_SMALL] = FINE, [MARK_OTHER] = SMALL},
    [ONE_CAPITAL] = {[MARK_CAPITAL] = CAPITALS, [MARK_SMALL] = FINE, [MARK_OTHER] = ONE_CAPITAL},
    [CAPITALS] = {[MARK_CAPITAL] = CAPITALS, [MARK_SMALL] = FINE, [MARK_OTHER] = CAPITALS},
    [FINE] = {[MARK_CAPITAL] = FINE, [MARK_SMALL] = FINE, [MARK_OTHER] = FINE}};

/* What people write where they have no name, in small letters. */
#define WORD(text)                                                                                 \
    {                                                                                              \
        text, sizeof text - 1                                                                      \
    }
static const struct cq_text placeholders[] = {
    WORD("n/a"),          WORD("none"),        WORD("null"),         WORD("нет"),
    WORD("нет данных"),   WORD("не указан"),   WORD("не указана"),   WORD("не указано"),
    WORD("неизвестно"),   WORD("отсутствует"), WORD("н/д"),          WORD("б/о"),
    WORD("нет сведений"), WORD("не известно"), WORD("неизвестный"),  WORD("неизвестная"),
    WORD("прочерк"),      WORD("б/н"),         WORD("ххх"),          WORD("xxx"),
    WORD("жоқ"),          WORD("мәлімет жоқ"), WORD("деректер жоқ"), WORD("белгісіз"),
    WORD("көрсетілмеген")};

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
static bool is_word(struct cq_text name, struct cq_text word)
{
    const char *end = name.ptr + name.len;
    if (word.len != name.len)
        return false;
    while (name.ptr < end)
        if (next_small(&name.ptr) != next_small(&word.ptr))
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

/* Letters U+00C0 to U+00FF alone are Cyrillic ones of CP1251, KOI8-R or ISO-8859-5, read as Latin-1:
 * names of the languages that have such letters have others beside them. */
enum cq_code cq_name_check(struct cq_text name)
{
    const unsigned char *s = (const unsigned char *)name.ptr;
    unsigned form = START, marks = 0;
    size_t letters = 0, accented = 0;
    bool wrong_case = false;
    for (size_t i = 0, n; i < name.len; i += n) {
        enum mark mark = next_mark(s + i, name.len - i, &n);
        marks |= 1u << mark;
        if (mark >= MARK_CAPITAL && mark <= MARK_OTHER) {
            form = next_form[form][mark];
            letters++;
            accented += s[i] == 0xC3;
        } else {
            wrong_case = wrong_case || form == CAPITALS;
            form = START;
        }
    }
    if (marks & 1u << MARK_FOREIGN || (accented == letters && letters > 1))
        return CQ_R_NAME_LETTER;
    if (marks & 1u << MARK_UNSEEN)
        return CQ_R_CONTROL_CHARACTER;
    if (s[0] == '#')
        return CQ_R_NAME_ERROR;
    if (!(marks & (1u << MARK_CAPITAL | 1u << MARK_SMALL | 1u << MARK_OTHER)))
        return CQ_R_NAME_EMPTY;
    if (is_placeholder(name))
        return CQ_R_NAME_PLACEHOLDER;
    if (marks & 1u << MARK_SIGN)
        return CQ_R_NAME_SIGN;
    return wrong_case || form == CAPITALS ? CQ_R_NAME_CASE : CQ_OK;
}

bool cq_text_states_nothing(struct cq_text text)
{
    const unsigned char *s = (const unsigned char *)text.ptr;
    bool letter = false, digit = false;
    for (size_t i = 0, n; i < text.len; i += n) {
        enum mark mark = next_mark(s + i, text.len - i, &n);
        letter = letter || (mark >= MARK_CAPITAL && mark <= MARK_OTHER) || mark == MARK_FOREIGN;
        digit = digit || (s[i] >= '1' && s[i] <= '9');
    }
    if (digit)
        return false;
    return !letter || s[0] == '#' || is_placeholder(text);
}
