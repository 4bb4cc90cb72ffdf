/* Form 2 as sheets to sign: an A4 page for each organisation and each of both languages, in the order
 * organisation, language. All numbers are those of the result. */
#include "reports/form2_page.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/fd.h"
#include "result/html_text.h"

static const char style[] =
    "@page{size:A4;margin:11mm 15mm 9mm}\n"
    "*{box-sizing:border-box}\n"
    "html{color-scheme:light}\n"
    "body{margin:0;background:#e9ecef;color:#000;font:10pt/1.25 'Noto Sans','Segoe UI',"
    "'Liberation Sans','DejaVu Sans',sans-serif;font-variant-numeric:tabular-nums lining-nums}\n"
    "main{width:210mm;min-height:297mm;margin:6mm auto;padding:11mm 15mm 9mm;background:#fff}\n"
    "header{display:grid;grid-template-columns:1fr auto;gap:0 8mm}\n"
    "header p{margin:0;text-align:right;font-size:9pt}\n"
    "h1{font-size:14pt;line-height:1.2;font-weight:600;margin:0 0 1.5mm}\n"
    "dl{display:grid;grid-template-columns:52mm 1fr;margin:1mm 0 2.5mm;font-size:10pt}\n"
    "dt,dd{margin:0;padding:.3mm 0}\n"
    "dd{font-weight:600;overflow-wrap:anywhere}\n"
    "table{width:100%;border-collapse:collapse}\n"
    "th,td{border:.2mm solid #000;padding:.3mm 2mm;vertical-align:baseline;font-weight:400;"
    "text-align:left}\n"
    "thead th{font-size:9pt;font-weight:600}\n"
    "th.c,td.c{width:17mm;text-align:center}\n"
    "th.n,td.n{width:23mm;text-align:right}\n"
    "tr.w th{font-weight:600}\n"
    ".p{padding-left:6mm}\n"
    ".notes{margin:2mm 0 0;font-size:9pt;line-height:1.3}\n"
    ".notes p{margin:0}\n"
    ".sign{display:grid;grid-template-columns:repeat(3,1fr);gap:8mm;margin-top:10mm;"
    "break-inside:avoid}\n"
    ".sign p{margin:0;padding-top:1mm;border-top:.25mm solid #000;font-size:8.5pt}\n"
    "footer{margin-top:2.5mm;font-size:6.6pt;overflow-wrap:anywhere}\n"
    "@media print{body{background:#fff}main{width:auto;min-height:0;margin:0;padding:0;"
    "break-after:page}main:last-of-type{break-after:auto}}\n";

/* A sheet that is being written: an organisation, in a language. */
struct sheet {
    struct cq_html html;
    const struct cq_report_result *result;
    const struct cq_report_request *request;
    enum cq_language language;
    const char *facility; /* its code; "" for all */
};

static const char *word(const struct sheet *s, const char *code)
{
    return cq_law_label(s->request->law, "form2", code, s->language);
}

static const char *text_at(const struct cq_report_section *section, size_t row, size_t column)
{
    const char *text = cq_section_cell(section, row, column)->text;
    return text ? text : "";
}

/* The name of the organisation in the language of the sheet, else in another, and its code. */
static void add_name(struct sheet *s)
{
    const struct cq_report_section *places = &s->result->sections[CQ_FORM2_PLACES];
    const char *name = "";
    if (*s->facility == '\0') {
        cq_html_text(&s->html, word(s, "all"));
        return;
    }
    for (size_t row = 0; row < cq_section_rows(places); row++) {
        if (strcmp(text_at(places, row, 0), s->facility) != 0)
            continue;
        name = text_at(places, row, 1 + (size_t)s->language);
        for (size_t other = 1; other <= CQ_LANGUAGES && *name == '\0'; other++)
            name = text_at(places, row, other);
    }
    cq_html_text(&s->html, name);
    cq_html_text(&s->html, *name != '\0' ? " · " : "");
    cq_html_text(&s->html, s->facility);
}

static void add_head(struct sheet *s)
{
    struct cq_html *html = &s->html;
    int year, month, day;
    char number[8], date[12];
    cq_date_split(s->request->day, &year, &month, &day);
    snprintf(number, sizeof number, "%04d", year);
    snprintf(date, sizeof date, "%02d.%02d.%04d", day, month, year);
    cq_html_open(html, "header", CQ_HTML_END);
    cq_html_leaf(html, "h1", word(s, "title"), CQ_HTML_END);
    cq_html_leaf(html, "p", word(s, "form"), CQ_HTML_END);
    cq_html_close(html);
    cq_html_open(html, "dl", CQ_HTML_END);
    cq_html_leaf(html, "dt", word(s, "year"), CQ_HTML_END);
    cq_html_leaf(html, "dd", number, CQ_HTML_END);
    cq_html_leaf(html, "dt", word(s, "day"), CQ_HTML_END);
    cq_html_leaf(html, "dd", date, CQ_HTML_END);
    cq_html_leaf(html, "dt", word(s, "organisation"), CQ_HTML_END);
    cq_html_open(html, "dd", CQ_HTML_END);
    add_name(s);
    cq_html_close(html);
    cq_html_close(html);
}

static const struct cq_form2_line *find_line(const struct sheet *s, const char *line)
{
    const struct cq_law *law = s->request->law;
    for (size_t i = 0; i < law->form2_line_count; i++)
        if (strcmp(law->form2_lines[i].line, line) == 0)
            return &law->form2_lines[i];
    return NULL;
}

/* A part of a part of everybody is set in; the lines of everybody's parts are not. */
static bool is_set_in(const struct sheet *s, const struct cq_form2_line *line)
{
    const struct cq_form2_line *whole = find_line(s, line->of);
    return whole && *whole->of != '\0';
}

static void add_line(struct sheet *s, const struct cq_form2_line *line,
                     const struct cq_report_cell *people)
{
    char number[CQ_HTML_NUMBER];
    bool top = !is_set_in(s, line);
    cq_html_open(&s->html, "tr", "class", top ? "w" : NULL, CQ_HTML_END);
    cq_html_leaf(&s->html, "th", line->label[s->language], "scope", "row", "class",
                 top ? NULL : "p", CQ_HTML_END);
    cq_html_leaf(&s->html, "td", line->line, "class", "c", CQ_HTML_END);
    cq_html_leaf(&s->html, "td", people->present ? cq_html_number(number, people->number) : "–",
                 "class", "n", CQ_HTML_END);
    cq_html_close(&s->html);
}

static void add_table(struct sheet *s)
{
    const struct cq_report_section *rows = &s->result->sections[CQ_FORM2_ROWS];
    cq_html_open(&s->html, "table", CQ_HTML_END);
    cq_html_open(&s->html, "thead", CQ_HTML_END);
    cq_html_open(&s->html, "tr", CQ_HTML_END);
    cq_html_leaf(&s->html, "th", word(s, "line"), "scope", "col", CQ_HTML_END);
    cq_html_leaf(&s->html, "th", word(s, "code"), "scope", "col", "class", "c", CQ_HTML_END);
    cq_html_leaf(&s->html, "th", word(s, "people"), "scope", "col", "class", "n", CQ_HTML_END);
    cq_html_close(&s->html);
    cq_html_close(&s->html);
    cq_html_open(&s->html, "tbody", CQ_HTML_END);
    for (size_t row = 0; row < cq_section_rows(rows); row++) {
        const struct cq_form2_line *line = find_line(s, text_at(rows, row, CQ_FORM2_LINE));
        if (line && strcmp(text_at(rows, row, CQ_FORM2_FACILITY), s->facility) == 0)
            add_line(s, line, cq_section_cell(rows, row, CQ_FORM2_PEOPLE));
    }
    cq_html_close(&s->html);
    cq_html_close(&s->html);
}

/* "in none of the parts of this line: 01 – 5, 18 – 2." One note for all the lines, so that the
 * signatures stay on the page. */
static void add_left(struct sheet *s, const char *what)
{
    const struct cq_report_section *left = &s->result->sections[CQ_FORM2_LEFT];
    char number[CQ_HTML_NUMBER];
    bool any = false;
    for (size_t row = 0; row < cq_section_rows(left); row++) {
        if (strcmp(text_at(left, row, CQ_FORM2_FACILITY), s->facility) != 0 ||
            strcmp(text_at(left, row, CQ_FORM2_WHAT), what) != 0)
            continue;
        if (!any) {
            cq_html_open(&s->html, "p", CQ_HTML_END);
            cq_html_text(&s->html, word(s, what));
        }
        cq_html_text(&s->html, any ? ", " : ": ");
        any = true;
        cq_html_text(&s->html, text_at(left, row, CQ_FORM2_LINE));
        cq_html_text(&s->html, " – ");
        cq_html_text(
            &s->html,
            cq_html_number(number, cq_section_cell(left, row, CQ_FORM2_LEFT_PEOPLE)->number));
    }
    if (any) {
        cq_html_text(&s->html, ".");
        cq_html_close(&s->html);
    }
}

/* Who is in no part of a line, whose sex is not stated, what a dash is, when it is due. */
static void add_notes(struct sheet *s)
{
    cq_html_open(&s->html, "div", "class", "notes", CQ_HTML_END);
    add_left(s, "in_no_part");
    add_left(s, "sex_not_stated");
    cq_html_leaf(&s->html, "p", word(s, "dash"), CQ_HTML_END);
    cq_html_leaf(&s->html, "p", word(s, "due"), CQ_HTML_END);
    cq_html_close(&s->html);
}

static void add_foot(struct sheet *s)
{
    static const char *const lines[] = {"head", "filled", "filled_on"};
    char run[64];
    cq_html_open(&s->html, "div", "class", "sign", CQ_HTML_END);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cq_html_leaf(&s->html, "p", word(s, lines[i]), CQ_HTML_END);
    cq_html_close(&s->html);
    snprintf(run, sizeof run, " · %s %lld · ", word(s, "run"), (long long)s->result->run);
    cq_html_open(&s->html, "footer", CQ_HTML_END);
    cq_html_text(&s->html, "cq-report (cq) " CQ_VERSION);
    cq_html_text(&s->html, run);
    cq_html_text(&s->html, s->request->law->fingerprint);
    cq_html_close(&s->html);
}

static void add_sheet(struct sheet *s, const char *facility)
{
    static const enum cq_language languages[] = {CQ_KK, CQ_RU};
    s->facility = facility;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        s->language = languages[i];
        cq_html_open(&s->html, "main", "lang", cq_language_names[s->language], CQ_HTML_END);
        add_head(s);
        add_table(s);
        add_notes(s);
        add_foot(s);
        cq_html_close(&s->html);
    }
}

static void open_page(struct sheet *s)
{
    s->language = CQ_KK;
    cq_html_raw(&s->html, "<!DOCTYPE html>\n");
    cq_html_open(&s->html, "html", "lang", cq_language_names[s->language], CQ_HTML_END);
    cq_html_open(&s->html, "head", CQ_HTML_END);
    cq_html_void(&s->html, "meta", "charset", "utf-8", CQ_HTML_END);
    cq_html_void(&s->html, "meta", "name", "viewport", "content", "width=device-width",
                 CQ_HTML_END);
    cq_html_leaf(&s->html, "title", word(s, "form"), CQ_HTML_END);
    cq_html_open(&s->html, "style", CQ_HTML_END);
    cq_html_raw(&s->html, style);
    cq_html_close(&s->html);
    cq_html_close(&s->html);
    cq_html_open(&s->html, "body", CQ_HTML_END);
}

enum cq_code cq_form2_page(const struct cq_report_result *result,
                           const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct sheet s = {.result = result, .request = request};
    const struct cq_report_section *places = &result->sections[CQ_FORM2_PLACES];
    open_page(&s);
    add_sheet(&s, "");
    for (size_t row = 0; row < cq_section_rows(places); row++)
        add_sheet(&s, text_at(places, row, 0));
    cq_html_close(&s.html);
    cq_html_close(&s.html);
    enum cq_code code = cq_html_done(&s.html, err);
    if (!code)
        code = cq_fd_write(fd, s.html.out.ptr, s.html.out.len, err);
    cq_html_fini(&s.html);
    return code;
}
