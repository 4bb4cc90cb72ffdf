/* A result as one HTML file: nothing outside it, no script, no clock. */
#include "result/html_page.h"

#include <stdio.h>

#include "cq/fd.h"
#include "result/figure_words.h"
#include "result/formats.h"
#include "result/html_sections.h"
#include "result/html_style.h"
#include "result/texts.h"

#define PROGRAM "cq-report (cq) " CQ_VERSION

static void add_state_line(struct cq_page *page, const char *name, const char *value)
{
    cq_html_leaf(&page->html, "dt", name, CQ_HTML_END);
    cq_html_leaf(&page->html, "dd", value, CQ_HTML_END);
}

void cq_page_state(struct cq_page *page, bool day, bool registry)
{
    const struct cq_report_result *result = page->result;
    char run[96] = "";
    cq_html_open(&page->html, "dl", "class", "state", CQ_HTML_END);
    if (day)
        add_state_line(page, cq_page_translate(page, N_("Day")),
                       cq_page_number(page, CQ_CELL_DAY, page->request->day));
    if (registry && result->run > 0) {
        snprintf(run, sizeof run, "%lld, %s UTC", (long long)result->run,
                 cq_page_number(page, CQ_CELL_MOMENT, result->run_at));
        add_state_line(page, cq_page_translate(page, N_("Registry as of run")), run);
    } else if (registry) {
        add_state_line(page, cq_page_translate(page, N_("Registry as of run")),
                       cq_page_translate(page, N_("before the first")));
    }
    add_state_line(page, cq_page_translate(page, N_("Law tables")),
                   page->request->law->fingerprint);
    add_state_line(page, cq_page_translate(page, N_("Program")), PROGRAM);
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
        add_state_line(page, cq_figure_words(page->request, figure),
                       figure->hidden ? CQ_REPORT_HIDDEN : cq_html_number(number, figure->number));
        cq_html_close(&page->html);
    }
    cq_html_close(&page->html);
}

enum cq_code cq_page_end(struct cq_page *page, int fd, struct cq_err *err)
{
    cq_html_leaf(&page->html, "footer", PROGRAM, CQ_HTML_END);
    cq_html_close(&page->html);
    cq_html_close(&page->html);
    enum cq_code code = cq_html_done(&page->html, err);
    return code ? code : cq_fd_write(fd, page->html.out.ptr, page->html.out.len, err);
}

void cq_page_head(struct cq_page *page)
{
    const struct cq_report_result *result = page->result;
    struct cq_html *html = &page->html;
    /* On paper the head of a chapter stays whole, and with what comes after it. */
    if (page->book)
        cq_html_open(html, "div", "class", "head", CQ_HTML_END);
    cq_html_leaf(html, page->book ? "h2" : "h1", cq_page_translate(page, result->report->title),
                 CQ_HTML_END);
    cq_html_open(html, "p", CQ_HTML_END);
    cq_page_format(page, cq_page_translate(page, result->summary),
                   cq_page_number(page, CQ_CELL_DAY, page->request->day));
    cq_html_close(html);
    if (result->answer && !page->answered)
        cq_html_leaf(html, "p", result->answer, "class", "answer", CQ_HTML_END);
    add_figures(page);
    if (page->book)
        cq_html_close(html);
}

/* Pictures come first, then the lines of empty tables, so that none of them is alone on a sheet
 * behind a wide table. */
enum pass { PASS_PICTURES, PASS_EMPTY, PASS_TABLES, PASSES };

static enum pass pass_of(const struct cq_report_section *section)
{
    if (section->place == CQ_SECTION_PICTURE)
        return PASS_PICTURES;
    return cq_section_rows(section) == 0 ? PASS_EMPTY : PASS_TABLES;
}

static bool is_shown(const struct cq_page *page, const struct cq_report_section *section)
{
    return (section->place == CQ_SECTION_PICTURE || section->place == CQ_SECTION_PEOPLE) &&
           !(section->people && page->request->suppress > 0);
}

void cq_page_sections(struct cq_page *page)
{
    const struct cq_report_result *result = page->result;
    if (page->brief) {
        cq_page_look(page);
        return;
    }
    for (enum pass pass = PASS_PICTURES; pass < PASSES; pass++)
        for (size_t i = 0; i < result->section_count; i++)
            if (is_shown(page, &result->sections[i]) && pass_of(&result->sections[i]) == pass)
                cq_page_section(page, &result->sections[i]);
}

/* Whether all that a page shows is wide, so that its head is on the long side too. */
static bool is_across(const struct cq_page *page)
{
    const struct cq_report_result *result = page->result;
    bool wide = false;
    for (size_t i = 0; i < result->section_count; i++) {
        const struct cq_report_section *section = &result->sections[i];
        if (!is_shown(page, section) || cq_section_rows(section) == 0)
            continue;
        if (!cq_page_is_wide(page, section))
            return false;
        wide = true;
    }
    return wide;
}

void cq_page_begin(struct cq_page *page, const char *title)
{
    struct cq_html *html = &page->html;
    const char *class = page->brief ? "book" : page->book ? "book full" : NULL;
    if (!page->book && is_across(page))
        class = "across";
    cq_html_raw(html, "<!DOCTYPE html>\n");
    cq_html_open(html, "html", "lang", cq_language_names[page->request->language], CQ_HTML_END);
    cq_html_open(html, "head", CQ_HTML_END);
    cq_html_void(html, "meta", "charset", "utf-8", CQ_HTML_END);
    cq_html_void(html, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1",
                 CQ_HTML_END);
    cq_html_void(html, "meta", "http-equiv", "Content-Security-Policy", "content",
                 "default-src 'none'; style-src 'unsafe-inline'", CQ_HTML_END);
    cq_html_leaf(html, "title", title, CQ_HTML_END);
    cq_html_raw(html, "<style>\n");
    cq_html_raw(html, cq_report_style);
    cq_html_raw(html, cq_report_style_charts);
    cq_html_raw(html, cq_report_style_tables);
    cq_html_raw(html, "</style>\n");
    cq_html_close(html);
    cq_html_open(html, "body", "class", class, CQ_HTML_END);
}

/* Lines to fill in by hand. */
static void add_signature(struct cq_page *page)
{
    static const char *const lines[] = {N_("Last and first name"), N_("Position"), N_("Date"),
                                        N_("Signature")};
    cq_html_open(&page->html, "div", "class", "sign", CQ_HTML_END);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cq_html_leaf(&page->html, "p", cq_page_translate(page, lines[i]), CQ_HTML_END);
    cq_html_close(&page->html);
}

enum cq_code cq_result_write_html(const struct cq_report_result *result,
                                  const struct cq_report_request *request, int fd,
                                  struct cq_err *err)
{
    struct cq_page page = {.result = result, .request = request};
    struct cq_str title = {0};
    enum cq_code code;
    cq_str_printf(&title, "%s%s%s", cq_report_translate(request, result->report->title),
                  result->has_day ? ", " : "",
                  result->has_day ? cq_page_number(&page, CQ_CELL_DAY, request->day) : "");
    if (title.failed) {
        code = cq_err_set(err, title.failed, NULL);
        goto done;
    }
    cq_page_begin(&page, title.ptr);
    cq_html_open(&page.html, "header", CQ_HTML_END);
    cq_page_head(&page);
    cq_page_state(&page, result->has_day, result->report->registry != CQ_REGISTRY_NONE);
    cq_html_close(&page.html);
    cq_html_open(&page.html, "main", CQ_HTML_END);
    cq_page_sections(&page);
    if (result->signature)
        add_signature(&page);
    cq_html_close(&page.html);
    code = cq_page_end(&page, fd, err);
done:
    cq_html_fini(&page.html);
    cq_str_free(&title);
    return code;
}
