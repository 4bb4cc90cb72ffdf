/* The book of the morning: all reports on one page with a table of contents. Its first page has the
 * figures that matter and who loses cover; each chapter shows what book_views.c chooses, or all of
 * it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/report.h"
#include "result/html_page.h"
#include "result/html_sections.h"
#include "result/suppress.h"
#include "result/texts.h"
#include "reports/book_views.h"
#include "reports/run.h"

struct chapter {
    const char *report;
    size_t figure;   /* which of its figures the contents show */
    bool headline;   /* its answer is in the header of the book */
    bool takes_days; /* --days of the book is for it */
};

/* In the order in which a chief physician asks: who is about to lose cover comes first. */
static const struct chapter chapters[] = {
    {.report = "leaving", .headline = true, .takes_days = true},
    {.report = "changes"},
    {.report = "eligibility"},
    {.report = "contingent"},
    {.report = "facilities"},
    {.report = "registration"},
    {.report = "referrals"},
    {.report = "overdue"},
    {.report = "payers"},
    {.report = "overtaken"},
    {.report = "quality"},
    {.report = "check", .figure = 1}, /* with errors */
    {.report = "runs"},
    {.report = "audit"},
    {.report = "law"},
};

/* Where counts are hidden: no lists of people, and no two tables with different sums of the same
 * people. */
static const struct chapter published[] = {
    {.report = "contingent"},
    {.report = "eligibility"},
    {.report = "referrals"},
    {.report = "law"},
};

enum {
    CHAPTERS = sizeof chapters / sizeof *chapters,
    PUBLISHED = sizeof published / sizeof *published
};

struct book {
    const struct cq_report_request *request;
    const struct chapter *chapters[CHAPTERS];
    struct cq_report_result results[CHAPTERS];
    size_t count;
};

static void add_figure(struct cq_page *page, const struct cq_report_figure *figure)
{
    struct cq_html *html = &page->html;
    char number[CQ_HTML_NUMBER];
    cq_html_open(html, "span", CQ_HTML_END);
    cq_html_text(html, cq_page_translate(page, figure->label));
    cq_html_text(html, ": ");
    cq_html_leaf(html, "b",
                 figure->hidden ? CQ_REPORT_HIDDEN : cq_html_number(number, figure->number),
                 CQ_HTML_END);
    cq_html_close(html);
}

/* The contents: each report with the figure that matters most. */
static void add_contents(struct cq_page *page, const struct book *book)
{
    struct cq_html *html = &page->html;
    cq_html_open(html, "nav", "aria-label", cq_page_translate(page, N_("Contents")), CQ_HTML_END);
    cq_html_open(html, "ol", CQ_HTML_END);
    for (size_t i = 0; i < book->count; i++) {
        const struct cq_report_result *r = &book->results[i];
        char anchor[32];
        snprintf(anchor, sizeof anchor, "#%s", r->report->name);
        cq_html_open(html, "li", CQ_HTML_END);
        cq_html_leaf(html, "a", cq_page_translate(page, r->report->title), "href", anchor,
                     CQ_HTML_END);
        if (r->figure_count > book->chapters[i]->figure)
            add_figure(page, &r->figures[book->chapters[i]->figure]);
        cq_html_close(html);
    }
    cq_html_close(html);
    cq_html_close(html);
}

static void add_header(struct cq_page *page, const struct book *book, const char *name)
{
    struct cq_html *html = &page->html;
    cq_html_open(html, "header", CQ_HTML_END);
    cq_html_open(html, "h1", CQ_HTML_END);
    cq_html_text(html, name);
    cq_html_text(html, ", ");
    cq_html_leaf(html, "span", cq_page_number(page, CQ_CELL_DAY, book->request->day), "class", "d",
                 CQ_HTML_END);
    cq_html_close(html);
    for (size_t i = 0; i < book->count; i++)
        if (book->chapters[i]->headline && book->results[i].answer)
            cq_html_leaf(html, "p", book->results[i].answer, "class", "answer", CQ_HTML_END);
    cq_page_state(page, true, true);
    cq_html_close(html);
}

/* The tables of the first page. */
static void add_front(struct cq_page *page, const struct book *book)
{
    for (size_t i = 0; i < book->count; i++)
        for (size_t k = 0; k < book->results[i].section_count; k++) {
            const struct cq_report_section *section = &book->results[i].sections[k];
            if (section->place != CQ_SECTION_FRONT || cq_section_rows(section) == 0)
                continue;
            page->result = &book->results[i];
            cq_page_section(page, section);
        }
}

/* The options of the book that a report takes, as they are typed. */
static void write_command(const struct cq_report_request *request, const struct cq_report *report,
                          bool takes_days, struct cq_str *out)
{
    char day[10];
    cq_str_printf(out, "cq-report %s", report->name);
    if (request->day_given)
        cq_str_printf(out, " --as-of=%.*s", (int)cq_date_write(day, request->day), day);
    if (takes_days && request->days > 0)
        cq_str_printf(out, " --days=%lld", (long long)request->days);
    for (size_t i = 0; i < request->by_count && (report->takes & CQ_TAKES_BY) != 0; i++)
        cq_str_printf(out, "%s%s", i > 0 ? "," : " --by=", cq_dimension_names[request->by[i]]);
    if ((report->takes & CQ_TAKES_SERVICE) != 0 && request->service != CQ_UNKNOWN)
        cq_str_printf(out, " --service=%s", cq_fact_value_name(CQ_FACT_SERVICE, request->service));
    if ((report->takes & CQ_TAKES_SINCE) != 0 && request->since == CQ_SINCE_RUN)
        cq_str_printf(out, " --since=%lld", (long long)request->since_run);
    if ((report->takes & CQ_TAKES_SINCE) != 0 && request->since == CQ_SINCE_DAY)
        cq_str_printf(out, " --since=%.*s", (int)cq_date_write(day, request->since_day), day);
    if ((report->takes & CQ_TAKES_MASK) != 0 && request->mask)
        cq_str_puts(out, " --mask");
    if ((report->takes & CQ_TAKES_SUPPRESS) != 0 && request->suppress > 0)
        cq_str_printf(out, " --suppress=%lld", (long long)request->suppress);
}

/* Writes a chapter: at first look unless all of it is asked for. */
static void add_chapter(struct cq_page *page, const struct cq_report_result *result,
                        const struct chapter *chapter)
{
    struct cq_str command = {0};
    write_command(page->request, result->report, chapter->takes_days, &command);
    page->result = result;
    page->command = command.failed ? result->report->name : command.ptr;
    page->answered = chapter->headline;
    page->views = cq_book_views(result->report->name);
    cq_html_open(&page->html, "article", "id", result->report->name, CQ_HTML_END);
    cq_page_head(page);
    cq_page_sections(page);
    cq_html_close(&page->html);
    page->command = NULL;
    if (command.failed)
        page->html.out.failed = command.failed;
    cq_str_free(&command);
}

static enum cq_code write_book(const struct book *book, int fd, struct cq_err *err)
{
    struct cq_page page = {.result = &book->results[0],
                           .request = book->request,
                           .book = true,
                           .brief = !book->request->full};
    struct cq_str title = {0};
    const char *name = cq_report_translate(book->request, N_("The book of the morning"));
    enum cq_code code;
    cq_str_printf(&title, "%s, %s", name, cq_page_number(&page, CQ_CELL_DAY, book->request->day));
    if (title.failed) {
        code = cq_err_set(err, title.failed, NULL);
        goto done;
    }
    cq_page_begin(&page, title.ptr);
    add_header(&page, book, name);
    cq_html_open(&page.html, "main", CQ_HTML_END);
    add_front(&page, book);
    add_contents(&page, book);
    for (size_t i = 0; i < book->count; i++)
        add_chapter(&page, &book->results[i], book->chapters[i]);
    cq_html_close(&page.html);
    code = cq_page_end(&page, fd, err);
done:
    cq_html_fini(&page.html);
    cq_str_free(&title);
    return code;
}

static enum cq_code run_chapter(struct book *book, const struct chapter *chapter,
                                struct cq_err *err)
{
    const struct cq_report *report = cq_report_find(chapter->report, NULL);
    struct cq_report_request own = *book->request;
    if ((report->takes & CQ_TAKES_BY) == 0)
        own.by_count = 0;
    if (!chapter->takes_days)
        own.days = 0;
    own.verify = false; /* the report check verifies */
    own.suppress = 0;   /* of all chapters together */
    book->chapters[book->count] = chapter;
    return cq_report_run_in_transaction(report, &own, &book->results[book->count++], err);
}

enum cq_code cq_report_book(const struct cq_report_request *given, int fd, struct cq_err *err)
{
    struct cq_report_request request = *given;
    const struct chapter *list = given->suppress > 0 ? published : chapters;
    size_t count = given->suppress > 0 ? PUBLISHED : CHAPTERS;
    struct book *book = calloc(1, sizeof *book);
    if (!book)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    request.shown = given->full ? 0 : CQ_BOOK_ROWS;
    book->request = &request;
    enum cq_code code = cq_report_begin(&request, false, err);
    for (size_t i = 0; i < count && !code; i++)
        code = run_chapter(book, &list[i], err);
    cq_db_rollback(request.db);
    if (!code && given->suppress > 0)
        code = cq_results_suppress(book->results, book->count, given->suppress, err);
    if (!code)
        code = write_book(book, fd, err);
    for (size_t i = 0; i < book->count; i++)
        cq_result_fini(&book->results[i]);
    free(book);
    return code;
}
