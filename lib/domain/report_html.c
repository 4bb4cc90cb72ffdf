/* Results as one HTML file: nothing outside it, no script, no clock. */
#include "report_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/chart.h"
#include "cq/html.h"

#define MATRIX_COLUMNS 8 /* more would not fit on paper */
#define WIDE_COLUMNS 9   /* more need the paper's long side */

struct page {
    struct cq_html html;
    const struct cq_report_result *result;
    const struct cq_report_request *request;
    char buffer[CQ_REPORT_BUFFER];
};

static const char *const languages[CQ_LANGUAGES] = {[CQ_KK] = "kk", [CQ_RU] = "ru", [CQ_EN] = "en"};

static const char *say(struct page *page, const char *text)
{
    return cq_report_say(page->request, text);
}

static const char *shown_number(struct page *page, enum cq_cell cell, int64_t number)
{
    const struct cq_report_column column = {.cell = cell};
    const struct cq_report_cell value = {.present = true, .number = number};
    return cq_report_shown(&column, &value, page->buffer);
}

/* A text whose "%s" is the day, or whatever detail is. */
static void add_filled(struct page *page, const char *text, const char *detail)
{
    struct cq_str out = {0};
    enum cq_code code = cq_report_fill(&out, text, detail);
    if (code)
        page->html.failed = code;
    cq_html_text(&page->html, out.ptr ? out.ptr : "");
    cq_str_free(&out);
}

static size_t rows_of(const struct cq_report_section *section)
{
    return section->column_count > 0 ? section->cell_count / section->column_count : 0;
}

static const struct cq_report_cell *cell_at(const struct cq_report_section *section, size_t row,
                                            size_t column)
{
    return &section->cells[row * section->column_count + column];
}

/* --- tables --- */

static const char *class_of(const struct cq_report_column *column)
{
    if (cq_report_is_number(column))
        return "n";
    return column->cell == CQ_CELL_DAY || column->cell == CQ_CELL_MOMENT ? "d" : NULL;
}

/* Codes are long and have no blanks: they may break after the marks, and lists after each part. */
static void add_codes(struct page *page, const char *text, const char *marks)
{
    while (*text != '\0') {
        size_t len = strcspn(text, marks);
        len += text[len] != '\0';
        cq_html_part(&page->html, text, len);
        text += len;
        if (*text != '\0')
            cq_html_raw(&page->html, text[-1] == ';' ? " " : "<wbr>");
    }
}

static void add_content(struct page *page, const struct cq_report_column *column,
                        const struct cq_report_cell *cell)
{
    char number[CQ_HTML_NUMBER];
    if (!cell->present)
        return;
    if (column->cell == CQ_CELL_COUNT)
        cq_html_text(&page->html, cq_html_number(number, cell->number));
    else if (column->cell == CQ_CELL_LIST)
        add_codes(page, cell->text, ";|");
    else if (column->cell == CQ_CELL_CODE && !cell->label)
        add_codes(page, cell->text, "_");
    else
        cq_html_text(&page->html, cq_report_shown(column, cell, page->buffer));
}

static void add_heading(struct page *page, const struct cq_report_column *column)
{
    cq_html_leaf(&page->html, "th", say(page, column->heading), "scope", "col", "class",
                 cq_report_is_number(column) ? "n" : NULL, CQ_HTML_END);
}

static void begin_table(struct page *page, const struct cq_report_section *section)
{
    const char *title = say(page, section->title ? section->title : page->result->report->title);
    cq_html_open(&page->html, "div", "class", "scroll", "role", "region", "tabindex", "0",
                 "aria-label", title, CQ_HTML_END);
    cq_html_open(&page->html, "table", CQ_HTML_END);
    cq_html_leaf(&page->html, "caption", title, CQ_HTML_END);
}

static void end_table(struct page *page)
{
    cq_html_close(&page->html);
    cq_html_close(&page->html);
}

static void add_table(struct page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    begin_table(page, section);
    cq_html_open(html, "thead", CQ_HTML_END);
    cq_html_open(html, "tr", CQ_HTML_END);
    for (size_t i = 0; i < section->column_count; i++)
        if (!section->columns[i].detail)
            add_heading(page, &section->columns[i]);
    cq_html_close(html);
    cq_html_close(html);
    cq_html_open(html, "tbody", CQ_HTML_END);
    for (size_t row = 0; row < rows_of(section); row++) {
        cq_html_open(html, "tr", CQ_HTML_END);
        for (size_t i = 0; i < section->column_count; i++) {
            const struct cq_report_column *column = &section->columns[i];
            if (column->detail)
                continue;
            cq_html_open(html, i == 0 ? "th" : "td", "scope", i == 0 ? "row" : NULL, "class",
                         class_of(column), CQ_HTML_END);
            add_content(page, column, cell_at(section, row, i));
            cq_html_close(html);
        }
        cq_html_close(html);
    }
    cq_html_close(html);
    end_table(page);
}

static void add_count(struct page *page, const char *class, int64_t number)
{
    char text[CQ_HTML_NUMBER];
    cq_html_leaf(&page->html, "td", cq_html_number(text, number), "class", class, CQ_HTML_END);
}

/* A matrix: what the last column but one holds becomes columns, totals stand at the ends. The
 * rows of the section and of its totals are in the same order, so one walk serves. */
static void add_matrix(struct page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    const struct cq_report_section *totals = section->rows_total, *tops = section->columns_total;
    size_t heads = totals->column_count - 1, across = rows_of(tops), row = 0;
    begin_table(page, section);
    cq_html_open(html, "thead", CQ_HTML_END);
    cq_html_open(html, "tr", CQ_HTML_END);
    for (size_t i = 0; i < heads; i++)
        add_heading(page, &section->columns[i]);
    for (size_t i = 0; i < across; i++)
        cq_html_leaf(html, "th", cell_at(tops, i, 0)->label, "scope", "col", "class", "n",
                     CQ_HTML_END);
    cq_html_leaf(html, "th", say(page, N_("Total")), "scope", "col", "class", "n", CQ_HTML_END);
    cq_html_close(html);
    cq_html_close(html);
    cq_html_open(html, "tbody", CQ_HTML_END);
    for (size_t line = 0; line < rows_of(totals); line++) {
        cq_html_open(html, "tr", CQ_HTML_END);
        for (size_t i = 0; i < heads; i++)
            cq_html_leaf(html, "th", cell_at(totals, line, i)->label, "scope",
                         i + 1 == heads ? "row" : NULL, CQ_HTML_END);
        for (size_t i = 0; i < across; i++) {
            bool here = row < rows_of(section);
            for (size_t k = 0; k < heads && here; k++)
                here = strcmp(cell_at(section, row, k)->text, cell_at(totals, line, k)->text) == 0;
            here = here && strcmp(cell_at(section, row, heads)->text,
                                  cell_at(tops, i, 0)->text) == 0;
            if (here)
                add_count(page, "n", cell_at(section, row++, heads + 1)->number);
            else
                cq_html_leaf(html, "td", "–", "class", "n", CQ_HTML_END);
        }
        add_count(page, "n t", cell_at(totals, line, heads)->number);
        cq_html_close(html);
    }
    cq_html_close(html);
    cq_html_open(html, "tfoot", CQ_HTML_END);
    cq_html_open(html, "tr", CQ_HTML_END);
    char span[16];
    snprintf(span, sizeof span, "%zu", heads);
    cq_html_leaf(html, "th", say(page, N_("Total")), "scope", "row", "colspan", span, CQ_HTML_END);
    for (size_t i = 0; i < across; i++)
        add_count(page, "n", cell_at(tops, i, 1)->number);
    add_count(page, "n", page->result->figures[0].number);
    cq_html_close(html);
    cq_html_close(html);
    end_table(page);
}

/* --- sections --- */

static void add_chart(struct page *page, const struct cq_report_section *section)
{
    size_t count = rows_of(section), last = section->column_count - 1;
    struct cq_chart_bar *bars = calloc(count, sizeof *bars);
    char id[48];
    if (!bars) {
        page->html.failed = CQ_B_NOMEM;
        return;
    }
    for (size_t i = 0; i < count; i++)
        bars[i] = (struct cq_chart_bar){
            cq_report_shown(&section->columns[0], cell_at(section, i, 0), page->buffer),
            cell_at(section, i, last)->number};
    snprintf(id, sizeof id, "chart-%s", section->id);
    const struct cq_chart chart = {
        .id = id,
        .title = say(page, section->title),
        .describe = say(page, N_("Horizontal bars from zero, a number behind each; the table "
                                 "beside them holds the same numbers.")),
        .bars = bars,
        .count = count,
    };
    cq_html_open(&page->html, "figure", CQ_HTML_END);
    cq_chart_bars(&page->html, &chart);
    cq_html_close(&page->html);
    free(bars);
}

static bool is_wide(const struct cq_report_section *section)
{
    size_t shown = 0;
    for (size_t i = 0; i < section->column_count; i++)
        shown += !section->columns[i].detail;
    return shown > WIDE_COLUMNS;
}

static bool is_matrix(const struct cq_report_section *section)
{
    return section->rows_total && rows_of(section->columns_total) <= MATRIX_COLUMNS;
}

static void add_section(struct page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    bool wide = !is_matrix(section) && is_wide(section);
    cq_html_open(html, "section", "class", wide ? "wide" : NULL, CQ_HTML_END);
    if (section->title)
        cq_html_leaf(html, "h2", say(page, section->title), CQ_HTML_END);
    if (rows_of(section) == 0) {
        cq_html_leaf(html, "p", say(page, N_("Nothing to show.")), CQ_HTML_END);
    } else if (is_matrix(section)) {
        add_matrix(page, section);
    } else if (section->chart) {
        cq_html_open(html, "div", "class", "pair", CQ_HTML_END);
        add_chart(page, section);
        add_table(page, section);
        cq_html_close(html);
    } else {
        add_table(page, section);
    }
    if (section->note)
        cq_html_leaf(html, "p", say(page, section->note), "class", "note", CQ_HTML_END);
    cq_html_close(html);
}

/* --- the page --- */

static void add_state_line(struct page *page, const char *name, const char *value)
{
    cq_html_leaf(&page->html, "dt", name, CQ_HTML_END);
    cq_html_leaf(&page->html, "dd", value, CQ_HTML_END);
}

/* What the numbers rest on: who has these lines can make the same page again. */
static void add_state(struct page *page)
{
    const struct cq_report_result *result = page->result;
    char run[96] = "";
    cq_html_open(&page->html, "dl", "class", "state", CQ_HTML_END);
    if (result->has_day)
        add_state_line(page, say(page, N_("Day")),
                       shown_number(page, CQ_CELL_DAY, page->request->day));
    if (result->report->registry && result->run > 0) {
        snprintf(run, sizeof run, "%lld, %s UTC", (long long)result->run,
                 shown_number(page, CQ_CELL_MOMENT, result->run_at));
        add_state_line(page, say(page, N_("Registry as of run")), run);
    } else if (result->report->registry) {
        add_state_line(page, say(page, N_("Registry as of run")),
                       say(page, N_("before the first")));
    }
    add_state_line(page, say(page, N_("Law tables")), page->request->law->fingerprint);
    cq_html_close(&page->html);
}

static void add_figures(struct page *page)
{
    char number[CQ_HTML_NUMBER];
    cq_html_open(&page->html, "dl", "class", "figures", CQ_HTML_END);
    for (size_t i = 0; i < page->result->figure_count; i++) {
        const struct cq_report_figure *figure = &page->result->figures[i];
        cq_html_open(&page->html, "div", CQ_HTML_END);
        add_state_line(page, say(page, figure->label), cq_html_number(number, figure->number));
        cq_html_close(&page->html);
    }
    cq_html_close(&page->html);
}

static void begin_page(struct page *page, const char *title)
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
    cq_html_raw(html, "</style>\n");
    cq_html_close(html);
    cq_html_open(html, "body", CQ_HTML_END);
}

/* A report's own part of a page: several may follow each other in one. */
static void add_report(struct page *page)
{
    struct cq_html *html = &page->html;
    const struct cq_report_result *result = page->result;
    cq_html_open(html, "header", CQ_HTML_END);
    cq_html_leaf(html, "h1", say(page, result->report->title), CQ_HTML_END);
    cq_html_open(html, "p", CQ_HTML_END);
    add_filled(page, say(page, result->summary),
               shown_number(page, CQ_CELL_DAY, page->request->day));
    cq_html_close(html);
    add_figures(page);
    add_state(page);
    cq_html_close(html);
    cq_html_open(html, "main", CQ_HTML_END);
    for (int pictures = 1; pictures >= 0; pictures--)
        for (size_t i = 0; i < result->section_count; i++)
            if (result->sections[i].place == (pictures ? CQ_SECTION_PICTURE : CQ_SECTION_PEOPLE))
                add_section(page, &result->sections[i]);
    cq_html_close(html);
}

enum cq_code cq_report_html(const struct cq_report_result *result,
                            const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct page page = {.result = result, .request = request};
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
    add_report(&page);
    cq_html_leaf(&page.html, "footer", "cq-report (cq) " CQ_VERSION, CQ_HTML_END);
    cq_html_close(&page.html);
    cq_html_close(&page.html);
    code = cq_html_done(&page.html, err);
    if (!code)
        code = cq_report_put(fd, &page.html.out, err);
done:
    cq_html_fini(&page.html);
    cq_str_free(&title);
    return code;
}
