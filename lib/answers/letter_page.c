/* A letter as one A4 page: the person, then the sections, a column a language. */
#include <stdio.h>
#include <string.h>

#include "answers/letter_lines.h"
#include "answers/letter_words.h"
#include "cq/date.h"
#include "cq/iin.h"
#include "cq/utf8.h"
#include "text/html_qr.h"

/* How a letter may be set, roomy ones first: the last is taken where no other fits. */
enum { LAYOUTS = CQ_LETTER_LAYOUTS, PAGE = 2515 };
/* The head has room for two lines of a name, of so many letters each, beside the code. */
enum { NAME_LETTERS = 56, NAME_LINES = 2, NAME_LINE = 57 };
/* What is longer is no name and no number of a person, and would leave the letter no room. */
enum { NAME_MOST = 160, NAME_BRIEF = 100, NUMBER_MOST = 40 };
static const struct {
    const char *class;
    int letters; /* of a line of a column */
    int line;    /* its height, in tenths of a millimetre */
    int between; /* sections, likewise */
    bool items;  /* each item of a list has lines of its own */
    int heading; /* lines */
} layouts[LAYOUTS] = {{"loose", 49, 53, 34, true, 1},
                      {"middle", 53, 46, 22, true, 1},
                      {"near", 49, 46, 16, true, 0},
                      {"close", 54, 41, 12, true, 0},
                      {"dense", 56, 38, 9, false, 0}};

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

/* The height of a row of the page, in each layout: that of its longest section. */
static void measure(struct cq_letter_page *p, int lines[LAYOUTS], size_t start)
{
    for (int i = 0; i < LAYOUTS; i++) {
        int needed = layouts[i].heading + cq_letter_lines(p->body.out.ptr + start,
                                                          p->body.out.len - start,
                                                          layouts[i].letters, layouts[i].items);
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
        cq_letter_short(html, letter->person.full.ptr, letter->person.full.len,
                        p->brief ? NAME_BRIEF : NAME_MOST);
        cq_html_close(html);
    }
    cq_html_open(html, "p", CQ_HTML_END);
    put_label(p, html, "label", born ? "iin_birth" : "iin", languages, count);
    cq_html_text(html, ": ");
    if (q->person)
        cq_html_part(html, iin, cq_iin_write(iin, q->person));
    else
        cq_letter_short(html, q->iin.ptr, q->iin.len, NUMBER_MOST);
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

/* Which registry was asked, and what the code is where there is one. */
static void put_foot(struct cq_letter_page *p, enum cq_language language)
{
    char run[24];
    snprintf(run, sizeof run, "%lld", (long long)p->letter->run);
    cq_letter_fill(p, cq_letter_fixed(p, "registry", language), run);
    if (p->letter->question->receipt.len) {
        cq_letter_put(p, " ");
        cq_letter_put(p, cq_letter_fixed(p, "receipt", language));
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

/* What the head needs beyond the room that each head has. */
static int head_height(const struct cq_letter_page *p)
{
    const struct cq_str *name = &p->letter->person.full;
    struct cq_html shown = {0};
    cq_letter_short(&shown, name->ptr ? name->ptr : "", name->len,
                    p->brief ? NAME_BRIEF : NAME_MOST);
    int lines = shown.out.len ? cq_letter_lines(shown.out.ptr, shown.out.len, NAME_LETTERS, false)
                              : 0;
    cq_html_fini(&shown);
    return lines > NAME_LINES ? (lines - NAME_LINES) * NAME_LINE : 0;
}

static void write_body(struct cq_letter_page *p, const enum cq_language *languages, int count)
{
    for (int i = 0; i < LAYOUTS; i++)
        p->height[i] = head_height(p);
    cq_html_open(&p->body, "div", "class", count > 1 ? "two" : "one", CQ_HTML_END);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (!p->brief || !sections[i].spare)
            write_section(p, sections[i].title, sections[i].write, languages, count);
    cq_html_close(&p->body);
    write_foot(p, languages, count);
}

enum cq_code cq_letter_write(struct cq_html *html, const struct cq_letter *letter,
                             const enum cq_language *languages, int count, int *left,
                             struct cq_err *err)
{
    struct cq_letter_page p = {.letter = letter};
    write_body(&p, languages, count);
    if (p.height[LAYOUTS - 1] > PAGE) { /* not even the densest fits */
        cq_html_fini(&p.body);
        p = (struct cq_letter_page){.letter = letter, .brief = true};
        write_body(&p, languages, count);
    }
    int layout = choose_layout(&p);
    *left = PAGE - p.height[layout];
    cq_html_open(html, "main", "class", layouts[layout].class, CQ_HTML_END);
    write_header(&p, html, languages, count);
    enum cq_code code = cq_html_done(&p.body, err);
    if (!code && p.failed)
        code = cq_err_set(err, p.failed, NULL);
    if (!code && p.lacks_kind)
        code = cq_err_set(err, CQ_U_LETTER_WORD, "%s,%.*s", p.lacks_kind, (int)p.lacks.len,
                          p.lacks.ptr);
    if (!code)
        cq_html_raw(html, p.body.out.ptr);
    cq_html_fini(&p.body);
    cq_html_close(html);
    return code;
}
