/* A letter as one A4 page: the person, then the sections, a column a language. */
#include <stdio.h>
#include <string.h>

#include "answers/letter_words.h"
#include "cq/date.h"
#include "cq/iin.h"
#include "cq/utf8.h"
#include "text/html_qr.h"

/* How a letter may be set, roomy ones first: the last is taken where no other fits. */
enum { LAYOUTS = CQ_LETTER_LAYOUTS, PAGE = 2515 };
static const struct {
    const char *class;
    int letters; /* of a line of a column */
    int line;    /* its height, in tenths of a millimetre */
    int between; /* sections, likewise */
    bool items;  /* each item of a list has lines of its own */
    int heading; /* lines */
} layouts[LAYOUTS] = {{"loose", 48, 53, 34, true, 1},
                      {"middle", 52, 46, 22, true, 1},
                      {"near", 48, 46, 16, true, 0},
                      {"close", 53, 41, 12, true, 0},
                      {"dense", 55, 38, 9, false, 0}};

static const struct {
    const char *title;
    cq_letter_section_fn *write;
    bool spare; /* left out where a letter has no room: the lists say whose they are */
} sections[] = {
    {"asked", cq_letter_asked, false},       {"answer", cq_letter_answer, false},
    {"payer", cq_letter_payer, false},       {"where", cq_letter_where, false},
    {"referral", cq_letter_referral, false}, {"papers", cq_letter_papers, false},
    {"until", cq_letter_until, false},       {"change", cq_letter_change, false},
    {"still", cq_letter_still, false},       {"facts", cq_letter_facts, false},
    {"mend", cq_letter_mend, true},          {"law", cq_letter_law, false},
    {"open", cq_letter_open, false},         {"readings", cq_letter_readings, false},
};

/* A text that is broken into lines of so many letters. */
struct lines {
    int width, done, at; /* lines that are full, letters of the last one */
    int word;            /* letters since the last blank */
};

static void end_word(struct lines *l)
{
    if (l->at + l->word > l->width) {
        l->done++;
        l->at = 0;
    }
    l->at += l->word + 1;
    l->word = 0;
}

static void end_line(struct lines *l)
{
    end_word(l);
    l->done += l->at > 1;
    l->at = 0;
}

/* Lines that the text of some HTML needs in a layout. */
static int lines_of(const char *html, size_t len, int layout)
{
    struct lines l = {.width = layouts[layout].letters};
    bool tag = false;
    for (size_t i = 0; i < len; i++) {
        if (layouts[layout].items && i + 4 < len && memcmp(html + i, "</li", 4) == 0)
            end_line(&l);
        tag = html[i] == '<' || (tag && html[i] != '>');
        if (tag || html[i] == '>')
            continue;
        if (html[i] == ' ' || html[i] == '\n')
            end_word(&l);
        else
            l.word += ((unsigned char)html[i] & 0xc0) != 0x80;
    }
    end_line(&l);
    return l.done + layouts[layout].heading;
}

/* The height of a row of the page, in each layout: that of its longest section. */
static void measure(struct cq_letter_page *p, int lines[LAYOUTS], size_t start)
{
    for (int i = 0; i < LAYOUTS; i++) {
        int needed = lines_of(p->body.out.ptr + start, p->body.out.len - start, i);
        lines[i] = needed > lines[i] ? needed : lines[i];
    }
}

static int choose_layout(const struct cq_letter_page *p)
{
    int layout = 0;
    while (layout + 1 < LAYOUTS && p->height[layout] > PAGE)
        layout++;
    return layout;
}

/* One section in all languages; a row of the page. */
static void write_section(struct cq_letter_page *p, const char *title, cq_letter_section_fn *write,
                          const enum cq_language *languages, int count)
{
    size_t before = p->body.out.len;
    int lines[LAYOUTS] = {0};
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
        measure(p, lines, start);
    }
    for (int i = 0; i < LAYOUTS; i++)
        p->height[i] += lines[i] * layouts[i].line + layouts[i].between;
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

/* Which registry was asked. */
static void put_foot(struct cq_letter_page *p, enum cq_language language)
{
    char run[24];
    snprintf(run, sizeof run, "%lld", (long long)p->letter->run);
    cq_letter_fill(p, cq_letter_fixed(p, "registry", language), run);
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

static void write_body(struct cq_letter_page *p, const enum cq_language *languages, int count,
                       bool whole)
{
    cq_html_open(&p->body, "div", "class", count > 1 ? "two" : "one", CQ_HTML_END);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (whole || !sections[i].spare)
            write_section(p, sections[i].title, sections[i].write, languages, count);
    cq_html_close(&p->body);
    write_foot(p, languages, count);
}

enum cq_code cq_letter_write(struct cq_html *html, const struct cq_letter *letter,
                             const enum cq_language *languages, int count, int *left,
                             struct cq_err *err)
{
    struct cq_letter_page p = {.letter = letter};
    write_body(&p, languages, count, true);
    if (p.height[LAYOUTS - 1] > PAGE) { /* not even the densest fits */
        cq_html_fini(&p.body);
        p = (struct cq_letter_page){.letter = letter};
        write_body(&p, languages, count, false);
    }
    int layout = choose_layout(&p);
    *left = PAGE - p.height[layout];
    cq_html_open(html, "main", "class", layouts[layout].class, CQ_HTML_END);
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
