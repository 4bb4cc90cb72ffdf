/* Results as one HTML file, nothing outside it, no script, no clock: the page of one report, and
 * the book of the morning, which is all of them behind a table of contents. */
#include "report_html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOOK_ROWS = 50 }; /* of a list of people */

static const char *const languages[CQ_LANGUAGES] = {[CQ_KK] = "kk", [CQ_RU] = "ru", [CQ_EN] = "en"};

static const char *shown_number(struct cq_page *page, enum cq_cell cell, int64_t number)
{
    const struct cq_report_column column = {.cell = cell};
    const struct cq_report_cell value = {.present = true, .number = number};
    return cq_report_shown(&column, &value, page->buffer);
}

static void add_state_line(struct cq_page *page, const char *name, const char *value)
{
    cq_html_leaf(&page->html, "dt", name, CQ_HTML_END);
    cq_html_leaf(&page->html, "dd", value, CQ_HTML_END);
}

/* What the numbers rest on: who has these lines can make the same page again. */
static void add_state(struct cq_page *page, bool day, bool registry)
{
    const struct cq_report_result *result = page->result;
    char run[96] = "";
    cq_html_open(&page->html, "dl", "class", "state", CQ_HTML_END);
    if (day)
        add_state_line(page, cq_page_say(page, N_("Day")),
                       shown_number(page, CQ_CELL_DAY, page->request->day));
    if (registry && result->run > 0) {
        snprintf(run, sizeof run, "%lld, %s UTC", (long long)result->run,
                 shown_number(page, CQ_CELL_MOMENT, result->run_at));
        add_state_line(page, cq_page_say(page, N_("Registry as of run")), run);
    } else if (registry) {
        add_state_line(page, cq_page_say(page, N_("Registry as of run")),
                       cq_page_say(page, N_("before the first")));
    }
    add_state_line(page, cq_page_say(page, N_("Law tables")), page->request->law->fingerprint);
    cq_html_close(&page->html);
}

static void add_figures(struct cq_page *page)
{
    char number[CQ_HTML_NUMBER];
    if (page->result->figure_count == 0)
        return;
    cq_html_open(&page->html, "dl", "class", "figures", CQ_HTML_END);
    for (size_t i = 0; i < page->result->figure_count; i++) {
        const struct cq_report_figure *figure = &page->result->figures[i];
        cq_html_open(&page->html, "div", CQ_HTML_END);
        add_state_line(page, cq_page_say(page, figure->label),
                       figure->hidden ? CQ_REPORT_HIDDEN : cq_html_number(number, figure->number));
        cq_html_close(&page->html);
    }
    cq_html_close(&page->html);
}

static void begin_page(struct cq_page *page, const char *title)
{
    struct cq_html *html = &page->html;
    cq_html_raw(html, "<!DOCTYPE html>\n");
    cq_html_open(html, "html", "lang", languages[page->request->language], CQ_HTML_END);
    cq_html_open(html, "head", CQ_HTML_END);
    cq_html_void(html, "meta", "charset", "utf-8", CQ_HTML_END);
    cq_html_void(html, "meta", "name", "viewport", "content",
                 "width=device-width, initial-scale=1", CQ_HTML_END);
    cq_html_void(html, "meta", "http-equiv", "Content-Security-Policy", "content",
                 "default-src 'none'; style-src 'unsafe-inline'", CQ_HTML_END);
    cq_html_leaf(html, "title", title, CQ_HTML_END);
    cq_html_raw(html, "<style>\n");
    cq_html_raw(html, cq_report_style);
    cq_html_raw(html, cq_report_style_charts);
    cq_html_raw(html, cq_report_style_tables);
    cq_html_raw(html, "</style>\n");
    cq_html_close(html);
    cq_html_open(html, "body", CQ_HTML_END);
}

static enum cq_code end_page(struct cq_page *page, int fd, struct cq_err *err)
{
    cq_html_leaf(&page->html, "footer", "cq-report (cq) " CQ_VERSION, CQ_HTML_END);
    cq_html_close(&page->html);
    cq_html_close(&page->html);
    enum cq_code code = cq_html_done(&page->html, err);
    return code ? code : cq_report_put(fd, &page->html.out, err);
}

/* What the report says in words and headline figures. */
static void add_head(struct cq_page *page)
{
    const struct cq_report_result *result = page->result;
    struct cq_html *html = &page->html;
    cq_html_leaf(html, page->book ? "h2" : "h1", cq_page_say(page, result->report->title),
                 CQ_HTML_END);
    cq_html_open(html, "p", CQ_HTML_END);
    cq_page_filled(page, cq_page_say(page, result->summary),
                   shown_number(page, CQ_CELL_DAY, page->request->day));
    cq_html_close(html);
    if (result->answer)
        cq_html_leaf(html, "p", result->answer, "class", "answer", CQ_HTML_END);
    add_figures(page);
}

/* Pictures first. Where counts are kept back, people are not listed by name. */
static void add_sections(struct cq_page *page)
{
    const struct cq_report_result *result = page->result;
    for (int pictures = 1; pictures >= 0; pictures--)
        for (size_t i = 0; i < result->section_count; i++) {
            const struct cq_report_section *section = &result->sections[i];
            if (section->place == (pictures ? CQ_SECTION_PICTURE : CQ_SECTION_PEOPLE) &&
                !(section->people && page->request->suppress > 0))
                cq_page_section(page, section);
        }
}

enum cq_code cq_report_html(const struct cq_report_result *result,
                            const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct cq_page page = {.result = result, .request = request};
    struct cq_str title = {0};
    enum cq_code code = cq_str_addf(
        &title, "%s%s%s", cq_report_say(request, result->report->title),
        result->has_day ? ", " : "",
        result->has_day ? shown_number(&page, CQ_CELL_DAY, request->day) : "");
    if (code) {
        cq_err_set(err, code, NULL);
        goto done;
    }
    begin_page(&page, title.ptr);
    cq_html_open(&page.html, "header", CQ_HTML_END);
    add_head(&page);
    add_state(&page, result->has_day, result->report->registry != CQ_REGISTRY_NONE);
    cq_html_close(&page.html);
    cq_html_open(&page.html, "main", CQ_HTML_END);
    add_sections(&page);
    cq_html_close(&page.html);
    code = end_page(&page, fd, err);
done:
    cq_html_fini(&page.html);
    cq_str_free(&title);
    return code;
}

/* --- the book --- */

/* In the order in which a chief physician asks: who is about to lose cover comes first. */
static const char *const chapters[] = {
    "leaving",   "changes", "eligibility", "contingent", "facilities", "referrals", "overdue",
    "payers",    "quality", "check",       "runs",       "audit",      "law", NULL};
/* Where counts are kept back: no lists of people, and no two tables that add the same people up in
 * ways of their own. What people are entitled to goes too where it would tell on the other. */
static const char *const published[] = {"contingent", "eligibility", "referrals", "law", NULL};
enum { CHAPTERS = sizeof chapters / sizeof *chapters - 1 };

struct book {
    const struct cq_report_request *request;
    struct cq_report_result results[CHAPTERS];
    size_t count;
};

/* The reports with their first figure: the page's first look. */
static void add_contents(struct cq_page *page, const struct book *book)
{
    struct cq_html *html = &page->html;
    cq_html_open(html, "nav", "aria-label", cq_page_say(page, N_("Contents")), CQ_HTML_END);
    cq_html_open(html, "ol", CQ_HTML_END);
    for (size_t i = 0; i < book->count; i++) {
        const struct cq_report_result *r = &book->results[i];
        char anchor[32], number[CQ_HTML_NUMBER];
        snprintf(anchor, sizeof anchor, "#%s", r->report->name);
        cq_html_open(html, "li", CQ_HTML_END);
        cq_html_leaf(html, "a", cq_page_say(page, r->report->title), "href", anchor, CQ_HTML_END);
        if (r->figure_count > 0) {
            cq_html_open(html, "span", CQ_HTML_END);
            cq_html_text(html, cq_page_say(page, r->figures[0].label));
            cq_html_text(html, ": ");
            cq_html_text(html, r->figures[0].hidden
                                   ? CQ_REPORT_HIDDEN
                                   : cq_html_number(number, r->figures[0].number));
            cq_html_close(html);
        }
        cq_html_close(html);
    }
    cq_html_close(html);
    cq_html_close(html);
}

static enum cq_code write_book(const struct book *book, int fd, struct cq_err *err)
{
    struct cq_page page = {.result = &book->results[0], .request = book->request, .book = true};
    struct cq_str title = {0};
    const char *name = cq_report_say(book->request, N_("The book of the morning"));
    enum cq_code code =
        cq_str_addf(&title, "%s, %s", name, shown_number(&page, CQ_CELL_DAY, book->request->day));
    if (code) {
        cq_err_set(err, code, NULL);
        goto done;
    }
    begin_page(&page, title.ptr);
    cq_html_open(&page.html, "header", CQ_HTML_END);
    cq_html_open(&page.html, "h1", CQ_HTML_END);
    cq_html_text(&page.html, name);
    cq_html_text(&page.html, ", ");
    cq_html_leaf(&page.html, "span", shown_number(&page, CQ_CELL_DAY, book->request->day), "class",
                 "d", CQ_HTML_END);
    cq_html_close(&page.html);
    if (book->results[0].answer && book->request->suppress == 0)
        cq_html_leaf(&page.html, "p", book->results[0].answer, "class", "answer", CQ_HTML_END);
    add_state(&page, true, true);
    add_contents(&page, book);
    cq_html_close(&page.html);
    cq_html_open(&page.html, "main", CQ_HTML_END);
    for (size_t i = 0; i < book->count; i++) {
        page.result = &book->results[i];
        cq_html_open(&page.html, "article", "id", page.result->report->name, CQ_HTML_END);
        add_head(&page);
        add_sections(&page);
        cq_html_close(&page.html);
    }
    cq_html_close(&page.html);
    code = end_page(&page, fd, err);
done:
    cq_html_fini(&page.html);
    cq_str_free(&title);
    return code;
}

static enum cq_code run_chapter(struct book *book, const char *name, struct cq_err *err)
{
    const struct cq_report *report = cq_report_find(name);
    struct cq_report_result *result = &book->results[book->count++];
    struct cq_report_request own = *book->request;
    if ((report->takes & CQ_TAKES_BY) == 0)
        own.by_count = 0;
    own.days = strcmp(name, "leaving") == 0 ? own.days : 0;
    own.verify = false; /* the checks do that */
    return cq_report_run_inside(report, &own, result, err);
}

/* Takes out what people are entitled to, where totals that it shows again were hidden. */
static void drop_exposed(struct book *book)
{
    if (!book->results[0].exposed && !book->results[1].exposed)
        return;
    cq_report_fini(&book->results[1]);
    book->count--;
    memmove(&book->results[1], &book->results[2], (book->count - 1) * sizeof *book->results);
    book->results[book->count] = (struct cq_report_result){0};
}

enum cq_code cq_report_book(const struct cq_report_request *given, int fd, struct cq_err *err)
{
    struct cq_report_request request = *given;
    struct book *book = calloc(1, sizeof *book);
    const char *const *names = given->suppress > 0 ? published : chapters;
    if (!book)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    request.shown = BOOK_ROWS;
    book->request = &request;
    enum cq_code code = cq_report_begin(&request, false, err);
    for (size_t i = 0; names[i] && !code; i++)
        code = run_chapter(book, names[i], err);
    cq_db_rollback(request.db);
    if (!code && given->suppress > 0)
        drop_exposed(book);
    if (!code)
        code = write_book(book, fd, err);
    for (size_t i = 0; i < book->count; i++)
        cq_report_fini(&book->results[i]);
    free(book);
    return code;
}
