/* Unicode over utf8proc, with fast paths for ASCII and Cyrillic, which most of HR lists is. Other
 * encodings are decoded in lib/text. */
#include "cq/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define DISTANCE_MAX 64 /* characters a side */

static const utf8proc_uint8_t *bytes_of(const char *text)
{
    return (const utf8proc_uint8_t *)text;
}

/* Whether each of eight bytes, under its mask, has its value. */
static bool eight_match(const unsigned char *s, const unsigned char mask[8],
                        const unsigned char value[8])
{
    uint64_t v, m, w;
    memcpy(&v, s, 8);
    memcpy(&m, mask, 8);
    memcpy(&w, value, 8);
    return (v & m) == w;
}

static bool eight_ascii(const unsigned char *s)
{
    static const unsigned char mask[8] = {128, 128, 128, 128, 128, 128, 128, 128};
    static const unsigned char value[8] = {0};
    return eight_match(s, mask, value);
}

/* Four characters with the lead bytes D0 to D3: U+0400 to U+04FF. */
static bool eight_cyrillic(const unsigned char *s)
{
    static const unsigned char mask[8] = {0xFC, 0xC0, 0xFC, 0xC0, 0xFC, 0xC0, 0xFC, 0xC0};
    static const unsigned char value[8] = {0xD0, 0x80, 0xD0, 0x80, 0xD0, 0x80, 0xD0, 0x80};
    return eight_match(s, mask, value);
}

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Length of the valid character of two bytes or more at s; 0 if there is none (RFC 3629, 4). */
static size_t long_character(const unsigned char *s, size_t len)
{
    unsigned char lead = s[0];
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    if (lead < 0xE0)
        return len >= 2 && is_tail(s[1]) ? 2 : 0;
    size_t need = lead < 0xF0 ? 3 : 4;
    if (len < need || !is_tail(s[1]) || !is_tail(s[2]) || (need == 4 && !is_tail(s[3])))
        return 0;
    bool overlong = (lead == 0xE0 && s[1] < 0xA0) || (lead == 0xF0 && s[1] < 0x90);
    bool surrogate = lead == 0xED && s[1] > 0x9F;
    bool beyond = lead == 0xF4 && s[1] > 0x8F;
    return overlong || surrogate || beyond ? 0 : need;
}

/* Whether a character of several bytes is a blank: NBSP, those of U+2000 to U+200A, the narrow, the
 * mathematical and the ideographic one, and what separates lines and paragraphs. */
static bool is_wide_blank(const unsigned char *s, size_t size)
{
    if (size == 2)
        return s[0] == 0xC2 && s[1] == 0xA0;
    unsigned c = (s[0] & 0xFu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    return (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x1680 || c == 0x3000;
}

static bool is_narrow_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t cq_utf8_blank(const char *text, size_t len)
{
    const unsigned char *s = bytes_of(text);
    size_t size = len == 0 ? 0 : s[0] < 0x80 ? 1 : s[0] == 0xC2 ? 2 : (s[0] & 0xFC) == 0xE0 ? 3 : 0;
    if (size < 2)
        return size == 1 && is_narrow_blank(text[0]) ? 1 : 0;
    return size <= len && is_wide_blank(s, size) ? size : 0;
}

size_t cq_utf8_blank_last(const char *text, size_t len)
{
    if (len == 0 || (unsigned char)text[len - 1] < 0x80)
        return len > 0 && is_narrow_blank(text[len - 1]) ? 1 : 0;
    for (size_t size = 2; size <= 3 && size <= len; size++)
        if (cq_utf8_blank(text + len - size, size) == size)
            return size;
    return 0;
}

size_t cq_utf8_valid(const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t at = 0;
    while (at < len) {
        if (len - at >= 8 && (eight_ascii(s + at) || eight_cyrillic(s + at))) {
            at += 8;
        } else if (s[at] < 0x80) {
            at++;
        } else {
            size_t size = long_character(s + at, len - at);
            if (size == 0)
                break;
            at += size;
        }
    }
    return at;
}

bool cq_utf8_ascii(const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t at = 0;
    while (len - at >= 8) {
        if (!eight_ascii(s + at))
            return false;
        at += 8;
    }
    for (; at < len; at++)
        if (s[at] >= 0x80)
            return false;
    return true;
}

/* Whether text holds only ASCII and the Cyrillic letters U+0400 to U+0481 and U+048A to U+052F:
 * such text is in normal form C (no combining marks) and folds letter by letter. */
static bool is_plain(const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t at = 0;
    while (at < len) {
        if (s[at] < 0x80) {
            at++;
            continue;
        }
        if (len - at < 2 || !is_tail(s[at + 1]))
            return false;
        unsigned c = (s[at] & 0x1FU) << 6 | (s[at + 1] & 0x3FU);
        if (s[at] < 0xD0 || s[at] > 0xD4 || c > 0x52F || (c > 0x481 && c < 0x48A))
            return false;
        at += 2;
    }
    return true;
}

static enum cq_code append_mapped(struct cq_str *out, const char *text, size_t len, int options)
{
    utf8proc_uint8_t *result = NULL;
    utf8proc_ssize_t size =
        utf8proc_map(bytes_of(text), (utf8proc_ssize_t)len, &result, (utf8proc_option_t)options);
    if (size < 0)
        return size == UTF8PROC_ERROR_INVALIDUTF8 ? CQ_B_BUG : CQ_B_NOMEM;
    cq_str_put(out, (const char *)result, (size_t)size);
    free(result);
    return out->failed;
}

enum cq_code cq_utf8_nfc(struct cq_str *out, const char *text, size_t len)
{
    if (is_plain(text, len)) {
        cq_str_put(out, text, len);
        return out->failed;
    }
    return append_mapped(out, text, len, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* Appends plain text, each letter folded; folding keeps the number of bytes. */
static enum cq_code append_folded(struct cq_str *out, const char *text, size_t len)
{
    enum cq_code code = cq_str_reserve(out, len);
    if (code)
        return code;
    const unsigned char *s = (const unsigned char *)text;
    char *dst = out->ptr + out->len;
    size_t at = 0;
    while (at < len) {
        if (s[at] < 0x80) {
            bool upper = s[at] >= 'A' && s[at] <= 'Z';
            dst[at] = (char)(upper ? s[at] | 0x20 : s[at]);
            at++;
            continue;
        }
        utf8proc_int32_t c = (s[at] & 0x1F) << 6 | (s[at + 1] & 0x3F);
        c = utf8proc_tolower(c);
        dst[at] = (char)(0xC0 | c >> 6);
        dst[at + 1] = (char)(0x80 | (c & 0x3F));
        at += 2;
    }
    out->len += len;
    out->ptr[out->len] = '\0';
    return CQ_OK;
}

static bool is_space(utf8proc_int32_t c)
{
    if (c < 0x80)
        return c == ' ' || c == '_' || (c >= '\t' && c <= '\r');
    if (c == 0x85)
        return true;
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

/* Size of the character at s, its code point in *c. Text that is not valid is read byte by byte. */
static size_t next_character(const char *s, size_t len, utf8proc_int32_t *c)
{
    if ((unsigned char)s[0] < 0x80) {
        *c = (unsigned char)s[0];
        return 1;
    }
    utf8proc_ssize_t size = utf8proc_iterate(bytes_of(s), (utf8proc_ssize_t)len, c);
    if (size <= 0) {
        *c = 0xFFFD;
        return 1;
    }
    return (size_t)size;
}

/* Turns the runs of white space from start on into one blank each and drops those at the ends. */
static void squeeze_blanks(struct cq_str *s, size_t start)
{
    size_t to = start;
    bool blank = false;
    for (size_t at = start; at < s->len;) {
        utf8proc_int32_t c;
        size_t size = next_character(s->ptr + at, s->len - at, &c);
        if (is_space(c)) {
            blank = to > start;
        } else {
            if (blank) {
                s->ptr[to++] = ' ';
                blank = false;
            }
            memmove(s->ptr + to, s->ptr + at, size);
            to += size;
        }
        at += size;
    }
    s->len = to;
    s->ptr[to] = '\0';
}

enum cq_code cq_utf8_fold(struct cq_str *out, const char *text, size_t len)
{
    size_t start = out->len;
    enum cq_code code =
        is_plain(text, len)
            ? append_folded(out, text, len)
            : append_mapped(out, text, len, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (code)
        return code;
    squeeze_blanks(out, start);
    return CQ_OK;
}

size_t cq_utf8_width(const char *text, size_t len)
{
    size_t width = 0;
    for (size_t at = 0; at < len;) {
        utf8proc_int32_t c;
        at += next_character(text + at, len - at, &c);
        int columns = utf8proc_charwidth(c);
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

size_t cq_utf8_size(const char *text, size_t len)
{
    size_t size = 1;
    while (size < len && is_tail((unsigned char)text[size]))
        size++;
    return size;
}

size_t cq_utf8_count(const char *text, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += !is_tail((unsigned char)text[i]);
    return count;
}

/* Decodes at most DISTANCE_MAX characters; false if there are more. */
static bool decode(const char *text, size_t len, utf8proc_int32_t *chars, size_t *count)
{
    *count = 0;
    for (size_t at = 0; at < len;) {
        if (*count == DISTANCE_MAX)
            return false;
        at += next_character(text + at, len - at, &chars[*count]);
        (*count)++;
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t cq_utf8_distance(const char *a, size_t a_len, const char *b, size_t b_len, size_t limit)
{
    utf8proc_int32_t x[DISTANCE_MAX], y[DISTANCE_MAX];
    size_t x_count, y_count;
    if (!decode(a, a_len, x, &x_count) || !decode(b, b_len, y, &y_count))
        return limit + 1;
    size_t longer = x_count > y_count ? x_count - y_count : y_count - x_count;
    if (longer > limit)
        return limit + 1;

    /* Three rows of the table are enough: a swap looks two rows back. */
    size_t rows[3][DISTANCE_MAX + 1];
    for (size_t j = 0; j <= y_count; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= x_count; i++) {
        size_t *row = rows[i % 3];
        const size_t *before = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= y_count; j++) {
            size_t best = before[j - 1] + (x[i - 1] != y[j - 1]);
            best = least(best, least(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                best = least(best, rows[(i - 2) % 3][j - 2] + 1);
            row[j] = best;
        }
    }
    return least(rows[x_count % 3][y_count], limit + 1);
}
