/* A letter as one A4 page: the person, then the sections, a column a language. */
#include <stdio.h>
#include <string.h>

#include "answers/letter_words.h"
#include "cq/date.h"
#include "cq/iin.h"
#include "cq/utf8.h"
#include "text/html_qr.h"

/* Characters of a line in the densest layout, and lines of a page in each layout. */
enum { LINE = 54, LOOSE_LINES = 30, MIDDLE_LINES = 42 };

static const struct {
    const char *title;
    cq_letter_section_fn *write;
} sections[] = {
    {"asked", cq_letter_asked}, {"answer", cq_letter_answer},     {"payer", cq_letter_payer},
    {"where", cq_letter_where}, {"referral", cq_letter_referral}, {"papers", cq_letter_papers},
    {"until", cq_letter_until}, {"change", cq_letter_change},     {"still", cq_letter_still},
    {"facts", cq_letter_facts}, {"mend", cq_letter_mend},         {"law", cq_letter_law},
    {"open", cq_letter_open},   {"readings", cq_letter_readings},
};

/* Lines that the text of some HTML needs. */
static int lines_of(const char *html, size_t len)
{
    bool tag = false;
    int letters = 0;
    for (size_t i = 0; i < len; i++) {
        tag = html[i] == '<' || (tag && html[i] != '>');
        letters += !tag && ((unsigned char)html[i] & 0xc0) != 0x80;
    }
    return (letters + LINE - 1) / LINE;
}

/* One section in all languages; a row of the page. */
static void write_section(struct cq_letter_page *p, const char *title, cq_letter_section_fn *write,
                          const enum cq_language *languages, int count)
{
    size_t before = p->body.out.len;
    int rows = 0;
    for (int i = 0; i < count; i++) {
        enum cq_language language = languages[i];
        size_t start = p->body.out.len, empty;
        cq_html_open(&p->body, "section", "lang", cq_language_names[language], CQ_HTML_END);
        cq_html_leaf(&p->body, "h2", cq_letter_fixed(p, title, language), CQ_HTML_END);
        cq_html_open(&p->body, "div", CQ_HTML_END);
        empty = p->body.out.len;
        write(p, language);
        if (p->body.out.failed)
            return;
        bool any = p->body.out.len > empty;
        cq_html_close(&p->body);
        cq_html_close(&p->body);
        if (!any) {
            p->body.out.len = before;
            return;
        }
        int lines = lines_of(p->body.out.ptr + start, p->body.out.len - start);
        rows = lines > rows ? lines : rows;
    }
    p->rows += rows;
}

/* The label of the form in the languages: "ЖСН / ИИН". */
static void put_label(struct cq_letter_page *p, struct cq_html *html, const char *kind,
                      const char *code, const enum cq_language *languages, int count)
{
    for (int i = 0; i < count; i++) {
        cq_html_text(html, i ? " / " : "");
        cq_html_leaf(html, "span", cq_letter_word(p, kind, code, strlen(code), languages[i]),
                     "lang", cq_language_names[languages[i]], CQ_HTML_END);
    }
}

static void write_person(struct cq_letter_page *p, struct cq_html *html,
                         const enum cq_language *languages, int count)
{
    const struct cq_letter *letter = p->letter;
    const struct cq_question *q = letter->question;
    char iin[12], day[11];
    bool born = letter->person.birth != CQ_DAY_MIN;
    if (letter->person.full.len) {
        cq_html_open(html, "p", "class", "name", CQ_HTML_END);
        cq_html_part(html, letter->person.full.ptr, letter->person.full.len);
        cq_html_close(html);
    }
    cq_html_open(html, "p", CQ_HTML_END);
    put_label(p, html, "label", born ? "iin_birth" : "iin", languages, count);
    cq_html_text(html, ": ");
    if (q->person)
        cq_html_part(html, iin, cq_iin_write(iin, q->person));
    else
        cq_html_part(html, q->iin.ptr, q->iin.len);
    if (born) {
        cq_html_text(html, ", ");
        cq_html_text(html, cq_letter_day(day, letter->person.birth));
    }
    cq_html_close(html);
}

static void write_header(struct cq_letter_page *p, struct cq_html *html,
                         const enum cq_language *languages, int count)
{
    const struct cq_text *receipt = &p->letter->question->receipt;
    struct cq_str text = {0};
    cq_html_open(html, "header", CQ_HTML_END);
    cq_html_open(html, "div", CQ_HTML_END);
    cq_html_open(html, "h1", CQ_HTML_END);
    put_label(p, html, "letter", "title", languages, count);
    cq_html_close(html);
    write_person(p, html, languages, count);
    cq_html_close(html);
    cq_str_put(&text, receipt->ptr ? receipt->ptr : "", receipt->len);
    if (text.failed || (receipt->len && !cq_html_qr(html, text.ptr)))
        p->failed = CQ_B_NOMEM;
    cq_str_free(&text);
    cq_html_close(html);
}

/* Which registry was asked, and what the code is. */
static void put_foot(struct cq_letter_page *p, enum cq_language language)
{
    char run[24];
    snprintf(run, sizeof run, "%lld", (long long)p->letter->run);
    cq_letter_fill(p, cq_letter_fixed(p, "registry", language), run);
    if (p->letter->question->receipt.len) {
        cq_letter_put(p, " ");
        cq_letter_put(p, cq_letter_fixed(p, "code", language));
    }
}

static void write_foot(struct cq_letter_page *p, const enum cq_language *languages, int count)
{
    cq_html_open(&p->body, "footer", CQ_HTML_END);
    for (int i = 0; i < count; i++) {
        cq_html_open(&p->body, "p", "lang", cq_language_names[languages[i]], CQ_HTML_END);
        put_foot(p, languages[i]);
        cq_html_close(&p->body);
    }
    cq_html_close(&p->body);
}

enum cq_code cq_letter_write(struct cq_html *html, const struct cq_letter *letter,
                             const enum cq_language *languages, int count, struct cq_err *err)
{
    struct cq_letter_page p = {.letter = letter};
    cq_html_open(&p.body, "div", "class", count > 1 ? "two" : "one", CQ_HTML_END);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        write_section(&p, sections[i].title, sections[i].write, languages, count);
    cq_html_close(&p.body);
    write_foot(&p, languages, count);
    cq_html_open(html, "main", "class",
                 p.rows <= LOOSE_LINES    ? "loose"
                 : p.rows <= MIDDLE_LINES ? "middle"
                                          : "dense",
                 CQ_HTML_END);
    write_header(&p, html, languages, count);
    enum cq_code code = cq_html_done(&p.body, err);
    if (!code && p.failed)
        code = cq_err_set(err, p.failed, NULL);
    if (!code && p.lacks)
        code = cq_err_set(err, CQ_U_LETTER_WORD, "%s,%s", p.lacks_kind, p.lacks);
    if (!code)
        cq_html_raw(html, p.body.out.ptr);
    cq_html_fini(&p.body);
    cq_html_close(html);
    return code;
}
