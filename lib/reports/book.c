/* The book of the morning: all reports on one page behind a table of contents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result/html.h"
#include "report_private.h"

enum { BOOK_ROWS = 50 }; /* of a list of people */

/* In the order in which a chief physician asks: who is about to lose cover comes first. */
static const char *const chapters[] = {
    "leaving", "changes", "eligibility", "contingent", "facilities", "referrals", "overdue",
    "payers",  "quality", "check",       "runs",       "audit",      "law",       NULL};
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
            cq_html_text(html, r->figures[0].hidden ? CQ_REPORT_HIDDEN
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
        cq_str_addf(&title, "%s, %s", name, cq_page_number(&page, CQ_CELL_DAY, book->request->day));
    if (code) {
        cq_err_record(err, code, NULL);
        goto done;
    }
    cq_page_begin(&page, title.ptr);
    cq_html_open(&page.html, "header", CQ_HTML_END);
    cq_html_open(&page.html, "h1", CQ_HTML_END);
    cq_html_text(&page.html, name);
    cq_html_text(&page.html, ", ");
    cq_html_leaf(&page.html, "span", cq_page_number(&page, CQ_CELL_DAY, book->request->day),
                 "class", "d", CQ_HTML_END);
    cq_html_close(&page.html);
    if (book->results[0].answer && book->request->suppress == 0)
        cq_html_leaf(&page.html, "p", book->results[0].answer, "class", "answer", CQ_HTML_END);
    cq_page_state(&page, true, true);
    add_contents(&page, book);
    cq_html_close(&page.html);
    cq_html_open(&page.html, "main", CQ_HTML_END);
    for (size_t i = 0; i < book->count; i++) {
        page.result = &book->results[i];
        cq_html_open(&page.html, "article", "id", page.result->report->name, CQ_HTML_END);
        cq_page_head(&page);
        cq_page_sections(&page);
        cq_html_close(&page.html);
    }
    cq_html_close(&page.html);
    code = cq_page_end(&page, fd, err);
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
