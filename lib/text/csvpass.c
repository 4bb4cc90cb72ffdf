/* Recognises rows that are passed over. Most rows of a list fail each test at their first cell. */
#include "text/csvpass.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/list.h"
#include "cq/num.h"
#include "cq/utf8.h"

enum {
    COUNT_DIGITS = 10, /* a count has no more; an IIN without its zero has eleven */
    LEAST_NUMBERED = 3 /* columns: fewer numbers in a row may be values */
};

/* Length of the blank, delimiter, page break or character without width at the start of a text; 0
 * if it begins with something else. */
static size_t blank_length(const char *text, size_t len)
{
    static const char *const unseen[] = {"\xE2\x80\x8B", "\xE2\x81\xA0", "\xEF\xBB\xBF"};
    if ((unsigned char)text[0] < 0x80)
        return strchr(" \t\r\n\v\f,;", text[0]) ? 1 : 0;
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        if (len >= 3 && memcmp(text, unseen[i], 3) == 0)
            return 3;
    return cq_utf8_blank(text, len);
}

static bool states_nothing(struct cq_text cell)
{
    size_t at = 0;
    while (at < cell.len) {
        size_t n = blank_length(cell.ptr + at, cell.len - at);
        if (n == 0)
            return false;
        at += n;
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a cell is a count: digits, perhaps in groups or with decimals, perhaps with a word for
 * what is counted. A date has more points. */
static bool is_count(struct cq_text cell)
{
    size_t digits = 0, at = 0, points = 0;
    cell = cq_text_trim(cell);
    for (;;) {
        size_t from = at, mark = 0;
        while (at < cell.len && is_digit(cell.ptr[at]))
            at++;
        if (at == from)
            return false;
        digits += at - from;
        if (at < cell.len)
            mark = cell.ptr[at] == '.' ? 1 : blank_length(cell.ptr + at, cell.len - at);
        if (mark == 0 || at + mark >= cell.len || !is_digit(cell.ptr[at + mark]))
            break;
        points += cell.ptr[at] == '.';
        at += mark;
    }
    for (; at < cell.len; at++)
        if (is_digit(cell.ptr[at]))
            return false;
    return digits <= COUNT_DIGITS && points <= 1;
}

/* Whether a cell only numbers its row. */
static bool is_row_number(const struct cq_row *row, size_t i, int number)
{
    return (int)i == number && is_count(row->fields[i]);
}

bool cq_csvpass_is_blank(const struct cq_row *row, int number)
{
    for (size_t i = 0; i < row->count; i++)
        if (!states_nothing(row->fields[i]) && !is_row_number(row, i, number))
            return false;
    return true;
}

/* Whether a text begins with a word of totals, and the word ends there. */
static bool begins_with_total(struct cq_text cell)
{
    static const char *const words[] = {"итого",     "всего", "барлығы", "жиыны", "жиынтығы",
                                        "қорытынды", "total", "totals",  NULL};
    struct cq_str folded = {0};
    bool found = false;
    if (!cq_utf8_fold(&folded, cell.ptr, cell.len))
        for (size_t i = 0; words[i] && !found; i++) {
            size_t n = strlen(words[i]);
            found = folded.len >= n && memcmp(folded.ptr, words[i], n) == 0 &&
                    (folded.len == n || strchr(" :.,-", folded.ptr[n]));
        }
    cq_str_free(&folded);
    return found;
}

bool cq_csvpass_is_total(const struct cq_row *row, int number)
{
    const struct cq_text *first = NULL;
    for (size_t i = 0; i < row->count; i++) {
        const struct cq_text *cell = &row->fields[i];
        if (states_nothing(*cell) || is_row_number(row, i, number))
            continue;
        if (!first && (is_digit(cell->ptr[0]) || cell->ptr[0] == '='))
            return false;
        if (!first)
            first = cell;
        else if (!is_count(*cell))
            return false;
    }
    return first && begins_with_total(*first);
}

bool cq_csvpass_is_numbering(const struct cq_row *row)
{
    char want[20];
    int64_t number = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct cq_text cell = cq_text_trim(row->fields[i]);
        if (cell.len == 0 && number == 0)
            continue;
        size_t n = cq_num_write(want, ++number);
        if (cell.len != n || memcmp(cell.ptr, want, n) != 0)
            return false;
    }
    return number >= LEAST_NUMBERED;
}
