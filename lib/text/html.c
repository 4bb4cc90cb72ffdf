/* Writes HTML with escapes. */
#include "text/html.h"

#include <stdarg.h>
#include <string.h>

#include "cq/num.h"

static const char *escape(unsigned char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\n':
    case '\t': return NULL;
    default: return c < 0x20 || c == 0x7f ? " " : NULL;
    }
}

/* Text and attributes, which are always in double quotes, have the same escapes. */
static void add_escaped(struct cq_html *html, const char *text, size_t len)
{
    size_t plain = 0;
    for (size_t i = 0; i < len; i++) {
        const char *instead = escape((unsigned char)text[i]);
        if (!instead)
            continue;
        cq_str_put(&html->out, text + plain, i - plain);
        cq_str_puts(&html->out, instead);
        plain = i + 1;
    }
    cq_str_put(&html->out, text + plain, len - plain);
}

static void add_tag(struct cq_html *html, const char *tag, va_list attributes)
{
    const char *name;
    cq_str_puts(&html->out, "<");
    cq_str_puts(&html->out, tag);
    while ((name = va_arg(attributes, const char *))) {
        const char *value = va_arg(attributes, const char *);
        if (!value)
            continue;
        cq_str_puts(&html->out, " ");
        cq_str_puts(&html->out, name);
        cq_str_puts(&html->out, "=\"");
        add_escaped(html, value, strlen(value));
        cq_str_puts(&html->out, "\"");
    }
    cq_str_puts(&html->out, ">");
}

void cq_html_open(struct cq_html *html, const char *tag, ...)
{
    va_list attributes;
    if (html->depth == CQ_HTML_DEPTH) {
        html->unbalanced = true;
        return;
    }
    va_start(attributes, tag);
    add_tag(html, tag, attributes);
    va_end(attributes);
    html->open[html->depth++] = tag;
}

/* A line ends after each block, so that two reports can be compared line by line. */
static void end_line(struct cq_html *html, const char *tag)
{
    static const char *const inside[] = {"td", "th", "a", "code", "span", "b", "i", "dt", "time"};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        if (strcmp(tag, inside[i]) == 0)
            return;
    cq_str_puts(&html->out, "\n");
}

static void add_end(struct cq_html *html, const char *tag)
{
    cq_str_puts(&html->out, "</");
    cq_str_puts(&html->out, tag);
    cq_str_puts(&html->out, ">");
    end_line(html, tag);
}

void cq_html_close(struct cq_html *html)
{
    if (html->depth == 0) {
        html->unbalanced = true;
        return;
    }
    add_end(html, html->open[--html->depth]);
}

void cq_html_void(struct cq_html *html, const char *tag, ...)
{
    va_list attributes;
    va_start(attributes, tag);
    add_tag(html, tag, attributes);
    va_end(attributes);
    end_line(html, tag);
}

void cq_html_leaf(struct cq_html *html, const char *tag, const char *text, ...)
{
    va_list attributes;
    va_start(attributes, text);
    add_tag(html, tag, attributes);
    va_end(attributes);
    add_escaped(html, text, strlen(text));
    add_end(html, tag);
}

void cq_html_text(struct cq_html *html, const char *text)
{
    add_escaped(html, text, strlen(text));
}

void cq_html_part(struct cq_html *html, const char *text, size_t len)
{
    add_escaped(html, text, len);
}

void cq_html_raw(struct cq_html *html, const char *bytes)
{
    cq_str_puts(&html->out, bytes);
}

const char *cq_html_number(char text[CQ_HTML_NUMBER], int64_t number)
{
    static const char gap[] = "\xe2\x80\xaf"; /* U+202F */
    char digits[20];
    size_t len = cq_num_write(digits, number), to = 0;
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-') {
            memcpy(text + to, gap, sizeof gap - 1);
            to += sizeof gap - 1;
        }
        text[to++] = digits[i];
    }
    text[to] = '\0';
    return text;
}

enum cq_code cq_html_done(struct cq_html *html, struct cq_err *err)
{
    if (html->out.failed)
        return cq_err_set(err, html->out.failed, NULL);
    if (html->unbalanced || html->depth != 0)
        return cq_err_set(err, CQ_B_BUG, "html");
    return CQ_OK;
}

void cq_html_fini(struct cq_html *html)
{
    cq_str_free(&html->out);
    *html = (struct cq_html){0};
}
