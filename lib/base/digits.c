/* Reads digits among what surrounds them. */
#include "cq/digits.h"

#include <string.h>

struct cq_text cq_digits_unwrap(struct cq_text text)
{
    if (text.len > 3 && memcmp(text.ptr, "=\"", 2) == 0 && text.ptr[text.len - 1] == '"')
        return (struct cq_text){text.ptr + 2, text.len - 3};
    return text;
}

/* Length of the mark at the start of a text that may stand between digits; 0 for none. */
static size_t mark_length(struct cq_text text)
{
    static const char *const marks[] = {" ",
                                        "-",
                                        "\t",
                                        "\xC2\xA0",
                                        "\xE2\x80\xAF",
                                        "\xE2\x80\x89",
                                        "\xE2\x80\x8B",
                                        "\xE2\x80\x90",
                                        "\xE2\x80\x91",
                                        "\xE2\x80\x92",
                                        "\xE2\x80\x93",
                                        "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = strlen(marks[i]);
        if (text.len >= len && memcmp(text.ptr, marks[i], len) == 0)
            return len;
    }
    return 0;
}

/* Whether a text is a point or comma and zeros: a whole number with decimals. */
static bool is_zero_fraction(struct cq_text text)
{
    if (text.len < 2 || (text.ptr[0] != '.' && text.ptr[0] != ','))
        return false;
    for (size_t i = 1; i < text.len; i++)
        if (text.ptr[i] != '0')
            return false;
    return true;
}

size_t cq_digits_read(const char *bytes, size_t len, char *digits, size_t room, bool *grouped)
{
    struct cq_text text = cq_digits_unwrap((struct cq_text){bytes, len});
    size_t count = 0, mark = 0;
    *grouped = false;
    if (text.len > 0 && text.ptr[0] == '\'')
        text = (struct cq_text){text.ptr + 1, text.len - 1};
    while (text.len > 0 && !(count > 0 && is_zero_fraction(text))) {
        bool digit = text.ptr[0] >= '0' && text.ptr[0] <= '9';
        mark = digit ? 0 : mark_length(text);
        if (digit ? count == room : mark == 0 || count == 0)
            return 0;
        if (digit)
            digits[count++] = text.ptr[0];
        *grouped = *grouped || !digit;
        text = (struct cq_text){text.ptr + (digit ? 1 : mark), text.len - (digit ? 1 : mark)};
    }
    return mark > 0 ? 0 : count; /* a mark stands between digits, not behind them */
}
