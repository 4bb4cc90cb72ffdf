/* Rows of a form. */
#include "referrals/form_rows.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"

const char *cq_form_word(const struct cq_form *f, const char *kind, struct cq_text code,
                         enum cq_language language)
{
    const struct cq_word *word = cq_law_word(f->law, kind, code.ptr, code.len);
    return word ? word->label[language] : NULL;
}

static const char *label_of(const struct cq_form *f, const char *code, int language)
{
    return cq_law_label(f->law, "label", code, f->languages[language]);
}

void cq_form_label(struct cq_form *f, const char *code)
{
    for (int i = 0; i < f->count; i++) {
        const char *text = label_of(f, code, i);
        if (i && strcmp(label_of(f, code, 0), text) == 0)
            continue;
        if (i)
            cq_html_text(&f->html, " / ");
        cq_html_leaf(&f->html, "span", text, "lang", cq_language_names[f->languages[i]],
                     CQ_HTML_END);
    }
}

void cq_form_lines(struct cq_form *f, const char *code)
{
    for (int i = 0; i < f->count; i++)
        cq_html_leaf(&f->html, "span", label_of(f, code, i), "lang",
                     cq_language_names[f->languages[i]], CQ_HTML_END);
}

void cq_form_open_page(struct cq_form *f, const char *title, const char *style)
{
    cq_html_raw(&f->html, "<!DOCTYPE html>\n");
    cq_html_open(&f->html, "html", "lang", cq_language_names[f->languages[0]], CQ_HTML_END);
    cq_html_open(&f->html, "head", CQ_HTML_END);
    cq_html_void(&f->html, "meta", "charset", "utf-8", CQ_HTML_END);
    cq_html_void(&f->html, "meta", "name", "viewport", "content", "width=device-width",
                 CQ_HTML_END);
    cq_html_leaf(&f->html, "title", label_of(f, title, 0), CQ_HTML_END);
    cq_html_open(&f->html, "style", CQ_HTML_END);
    cq_html_raw(&f->html, style);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "body", CQ_HTML_END);
}

void cq_form_section(struct cq_form *f, const char *code)
{
    cq_html_open(&f->html, "h2", CQ_HTML_END);
    cq_form_label(f, code);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "dl", CQ_HTML_END);
}

void cq_form_open_row(struct cq_form *f, const char *label, enum cq_form_width width)
{
    cq_html_open(&f->html, "div", "class", width == CQ_FORM_WIDE ? "wide" : NULL, CQ_HTML_END);
    cq_html_open(&f->html, "dt", CQ_HTML_END);
    cq_form_label(f, label);
    cq_html_close(&f->html);
    cq_html_text(&f->html, " ");
    cq_html_open(&f->html, "dd", CQ_HTML_END);
}

void cq_form_open_part(struct cq_form *f, const char *label, int language, enum cq_form_width width)
{
    const char *class = f->count == 1 ? (width == CQ_FORM_WIDE ? "wide" : NULL)
                        : language    ? "second"
                                      : "first";
    cq_html_open(&f->html, "div", "class", class, "lang", cq_language_names[f->languages[language]],
                 CQ_HTML_END);
    cq_html_leaf(&f->html, "dt", label_of(f, label, language), CQ_HTML_END);
    cq_html_text(&f->html, " ");
    cq_html_open(&f->html, "dd", CQ_HTML_END);
}

void cq_form_close_row(struct cq_form *f)
{
    cq_html_close(&f->html);
    cq_html_close(&f->html);
}

void cq_form_text(struct cq_form *f, const char *label, struct cq_text text,
                  enum cq_form_width width)
{
    if (text.len == 0)
        return;
    cq_form_open_row(f, label, width);
    cq_html_part(&f->html, text.ptr, text.len);
    cq_form_close_row(f);
}

void cq_form_put_day(struct cq_form *f, int32_t day)
{
    char text[10];
    cq_html_part(&f->html, text, cq_date_write_dotted(text, day));
}

void cq_form_day(struct cq_form *f, const char *label, int32_t day)
{
    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX)
        return;
    cq_form_open_row(f, label, CQ_FORM_HALF);
    cq_form_put_day(f, day);
    cq_form_close_row(f);
}

void cq_form_codes(struct cq_form *f, const char *label, const char *kind, struct cq_text codes)
{
    struct cq_text code;
    for (int i = 0; i < f->count && codes.len > 0; i++) {
        struct cq_text rest = codes;
        cq_form_open_part(f, label, i, CQ_FORM_HALF);
        for (bool first = true; cq_text_next(&rest, ';', &code); first = false) {
            const char *word = cq_form_word(f, kind, code, f->languages[i]);
            cq_html_text(&f->html, first ? "" : "; ");
            if (word)
                cq_html_text(&f->html, word);
            else
                cq_html_part(&f->html, code.ptr, code.len);
        }
        cq_form_close_row(f);
    }
}

/* "id_card+service_id", "birth_certificate/id_card" */
static void put_papers(struct cq_form *f, struct cq_text papers, enum cq_language language)
{
    const char *at = papers.ptr, *end = at + papers.len;
    while (at < end) {
        size_t len = 0;
        while (at + len < end && at[len] != '+' && at[len] != '/')
            len++;
        const struct cq_text code = {at, len}, join = {at + len, 1};
        const char *word = cq_form_word(f, "document", code, language);
        if (word)
            cq_html_text(&f->html, word);
        else
            cq_html_part(&f->html, at, len);
        at += len;
        const char *between = at < end ? cq_form_word(f, "join", join, language) : NULL;
        cq_html_text(&f->html, between ? " " : "");
        cq_html_text(&f->html, between ? between : "");
        cq_html_text(&f->html, between ? " " : "");
        at += at < end;
    }
}

void cq_form_papers(struct cq_form *f, const char *label, struct cq_text papers)
{
    for (int i = 0; i < f->count && papers.len; i++) {
        cq_form_open_part(f, label, i, CQ_FORM_HALF);
        put_papers(f, papers, f->languages[i]);
        cq_form_close_row(f);
    }
}

void cq_form_code_or_text(struct cq_form *f, const char *label, const char *kind,
                          struct cq_text text)
{
    if (cq_form_word(f, kind, text, f->languages[0]))
        cq_form_codes(f, label, kind, text);
    else
        cq_form_text(f, label, text, CQ_FORM_WIDE);
}

void cq_form_hand(struct cq_form *f, const char *label, const char *class)
{
    enum { LINES = 32 }; /* more than a page has room for */
    cq_html_open(&f->html, "section", "class", class, CQ_HTML_END);
    cq_html_open(&f->html, "p", CQ_HTML_END);
    cq_form_label(f, label);
    cq_html_close(&f->html);
    cq_html_open(&f->html, "div", CQ_HTML_END);
    for (int i = 0; i < LINES; i++)
        cq_html_leaf(&f->html, "p", "", CQ_HTML_END);
    cq_html_close(&f->html);
    cq_html_close(&f->html);
}

void cq_form_blank(struct cq_form *f, const char *label, enum cq_form_width width)
{
    cq_html_open(&f->html, "div", "class", width == CQ_FORM_WIDE ? "wide blank" : "blank",
                 CQ_HTML_END);
    cq_html_open(&f->html, "dt", CQ_HTML_END);
    cq_form_label(f, label);
    cq_html_close(&f->html);
    cq_html_leaf(&f->html, "dd", "", CQ_HTML_END);
    cq_html_close(&f->html);
}
