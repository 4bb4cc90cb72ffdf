/* Reads the cells of a header. */
#include "text/header.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/utf8.h"

bool cq_header_is_number(struct cq_text cell)
{
    static const char *const words[] = {
        "№|№№|№ п/п|№п/п|№ п.п.|n п/п|п/п|п.п.|р/с|р/с №|№ р/с|р/н|рет саны|реттік саны|"
        "реттік нөмірі|порядковый номер|номер п/п|#|no|no.|s/n",
        NULL};
    return cq_choice_find(words, cell.ptr, cell.len) == 0;
}

int cq_header_number(const struct cq_row *header)
{
    for (size_t i = 0; i < header->count; i++)
        if (cq_header_is_number(header->fields[i]))
            return (int)i;
    return -1;
}

/* Length of a number before a header, as in "1. Name" and "2) Name". */
static size_t number_length(const char *text, size_t len)
{
    size_t digits = 0;
    while (digits < len && text[digits] >= '0' && text[digits] <= '9')
        digits++;
    bool numbered = digits > 0 && digits < 3 && digits + 1 < len &&
                    (text[digits] == ')' || (text[digits] == '.' && text[digits + 1] == ' '));
    return numbered ? digits + 1 : 0;
}

static bool has(const struct cq_str *text, const char *word)
{
    return text->len > 0 && strstr(text->ptr, word);
}

/* What a remark says that must not be lost: that a day is the last, not the first after it. */
static const char *inclusive(const struct cq_str *remark)
{
    if (has(remark, "включительно") && !has(remark, "не включительно"))
        return " включительно";
    if (has(remark, "қоса"))
        return " қоса алғанда";
    return has(remark, "inclusive") && !has(remark, "not inclusive") ? " inclusive" : "";
}

/* Divides a folded header into its text and its remarks, which stand in brackets. Brackets and
 * asterisks become blanks. */
static void divide(const struct cq_str *folded, struct cq_str *text, struct cq_str *remark)
{
    int depth = 0;
    for (size_t i = number_length(folded->ptr, folded->len); i < folded->len; i++) {
        char c = folded->ptr[i];
        depth += c == '(' || c == '[';
        struct cq_str *to = depth > 0 ? remark : text;
        cq_str_put(to, strchr("()[]*", c) ? " " : &c, 1);
        depth -= (c == ')' || c == ']') && depth > 0;
    }
}

/* Appends a text without the marks at its end, its blanks squeezed. */
static void append_trimmed(const struct cq_str *text, struct cq_str *out)
{
    size_t len = text->len;
    while (len > 0 && strchr(" :;,", text->ptr[len - 1]))
        len--;
    if (text->failed || (len > 0 && cq_utf8_fold(out, text->ptr, len)))
        out->failed = CQ_B_NOMEM;
}

void cq_header_fold(struct cq_text cell, enum cq_header_form form, struct cq_str *out)
{
    struct cq_str folded = {0}, text = {0}, remark = {0};
    if (cell.len > 0 && cq_utf8_fold(&folded, cell.ptr, cell.len))
        out->failed = CQ_B_NOMEM;
    if (form == CQ_HEADER_EXACT || folded.len == 0) {
        cq_str_put(out, folded.ptr ? folded.ptr : "", folded.len);
    } else {
        divide(&folded, &text, &remark);
        if (form == CQ_HEADER_PLAIN) { /* the words in their order */
            cq_str_clear(&text);
            for (size_t i = number_length(folded.ptr, folded.len); i < folded.len; i++)
                cq_str_put(&text, strchr("()[]*", folded.ptr[i]) ? " " : folded.ptr + i, 1);
        } else {
            cq_str_puts(&text, inclusive(&remark));
        }
        append_trimmed(&text, out);
    }
    cq_str_free(&folded);
    cq_str_free(&text);
    cq_str_free(&remark);
}

bool cq_header_part(struct cq_text *rest, struct cq_text *part)
{
    size_t n = 0;
    if (!rest->ptr)
        return false;
    while (n < rest->len && !strchr("/|\n\r", rest->ptr[n]))
        n++;
    *part = (struct cq_text){rest->ptr, n};
    bool more = n < rest->len;
    *rest = more ? (struct cq_text){rest->ptr + n + 1, rest->len - n - 1}
                 : (struct cq_text){NULL, 0};
    return true;
}
