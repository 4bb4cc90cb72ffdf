/* Text of cells. */
#include "text/workbook_text.h"

#include <stdint.h>
#include <string.h>

#include "cq/csvin.h"
#include "text/workbook_xml.h"

enum { ESCAPE = 7 }; /* bytes of _xHHHH_ */

void cq_cell_text_begin(struct cq_cell_text *text)
{
    cq_str_clear(&text->str);
    text->piece = 0;
    text->reading = text->preserve = text->phonetic = false;
}

void cq_cell_text_start(struct cq_cell_text *text, const char *name, const char **attributes)
{
    if (strcmp(name, "rPh") == 0) {
        text->phonetic = true;
    } else if (strcmp(name, "t") == 0 && !text->phonetic) {
        const char *space =
            cq_xml_attribute(attributes, "http://www.w3.org/XML/1998/namespace\nspace");
        text->preserve = space && strcmp(space, "preserve") == 0;
        text->reading = true;
        text->piece = text->str.len;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Blanks around a piece count only where the document says so. */
static void trim_piece(struct cq_cell_text *text)
{
    struct cq_str *str = &text->str;
    size_t from = text->piece;
    while (from < str->len && is_blank(str->ptr[from]))
        from++;
    while (str->len > from && is_blank(str->ptr[str->len - 1]))
        str->len--;
    if (from > text->piece)
        memmove(str->ptr + text->piece, str->ptr + from, str->len - from);
    str->len -= from - text->piece;
}

void cq_cell_text_end(struct cq_cell_text *text, const char *name)
{
    if (strcmp(name, "rPh") == 0) {
        text->phonetic = false;
    } else if (strcmp(name, "t") == 0 && text->reading) {
        text->reading = false;
        if (!text->preserve)
            trim_piece(text);
        cq_cell_text_unescape(&text->str, text->piece);
    }
}

void cq_cell_text_add(struct cq_cell_text *text, const char *bytes, size_t len)
{
    if (text->reading && text->str.len <= CQ_FIELD_MAX)
        cq_str_put(&text->str, bytes, len);
}

/* Reads the beginning of an escape, _xHHHH. Returns false where this is none. */
static bool begins_escape(const char *at, size_t len, uint32_t *value)
{
    *value = 0;
    if (len < ESCAPE - 1 || at[0] != '_' || at[1] != 'x')
        return false;
    for (int i = 2; i < ESCAPE - 1; i++) {
        static const char digits[] = "0123456789abcdef";
        char c = at[i] >= 'A' && at[i] <= 'F' ? (char)(at[i] + ('a' - 'A')) : at[i];
        const char *digit = c ? strchr(digits, c) : NULL;
        if (!digit)
            return false;
        *value = *value * 16 + (uint32_t)(digit - digits);
    }
    return true;
}

/* The character that an escape stands for; 0 where this is none. */
static uint32_t escaped(const char *at, size_t len)
{
    uint32_t value;
    if (!begins_escape(at, len, &value) || len < ESCAPE || at[ESCAPE - 1] != '_')
        return 0;
    return value >= 0xD800 && value <= 0xDFFF ? 0 : value; /* half a pair is no character */
}

static size_t write_utf8(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    to[0] = (char)(0xE0 | c >> 12);
    to[1] = (char)(0x80 | (c >> 6 & 0x3F));
    to[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

void cq_cell_text_unescape(struct cq_str *str, size_t from)
{
    const char *first = str->len > from ? memchr(str->ptr + from, '_', str->len - from) : NULL;
    if (!first)
        return;
    size_t to = (size_t)(first - str->ptr);
    for (size_t at = to; at < str->len;) {
        uint32_t c = escaped(str->ptr + at, str->len - at);
        if (c) {
            to += write_utf8(str->ptr + to, c);
            at += ESCAPE;
        } else {
            str->ptr[to++] = str->ptr[at++];
        }
    }
    str->len = to;
}

void cq_cell_text_escape(struct cq_str *out, const char *text, size_t len)
{
    size_t from = 0;
    for (size_t at = 0; at < len; at++) {
        const char *instead = NULL;
        size_t size = 1;
        uint32_t value;
        if (text[at] == '_' && begins_escape(text + at, len - at, &value)) {
            instead = "_x005F_";
        } else if (text[at] == '\xEF' && len - at >= 3 && text[at + 1] == '\xBF' &&
                   (text[at + 2] == '\xBE' || text[at + 2] == '\xBF')) {
            instead = text[at + 2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
            size = 3;
        }
        if (!instead)
            continue;
        cq_str_put(out, text + from, at - from);
        cq_str_puts(out, instead);
        from = at + size;
        at = from - 1;
    }
    cq_str_put(out, text + from, len - from);
}
