/* The sections of a report as HTML: tables, matrices and charts with their tables. */
#include "result/html_sections.h"

#include <stdlib.h>
#include <string.h>

#include "result/html_chart.h"
#include "result/html_tables.h"
#include "result/texts.h"

#define MATRIX_COLUMNS 8 /* more would not fit on paper */
#define WIDE_COLUMNS 7   /* more need the paper's long side */

static bool is_wide(const struct cq_report_section *section)
{
    size_t shown = 0;
    for (size_t i = 0; i < section->column_count; i++)
        shown += !section->columns[i].detail;
    return shown > WIDE_COLUMNS;
}

static bool is_matrix(const struct cq_report_section *section)
{
    return section->rows_total && cq_section_rows(section->columns_total) <= MATRIX_COLUMNS;
}

/* Writes how many rows a book leaves out, and the command that shows them. */
static void add_left_out(struct cq_page *page, int64_t rows)
{
    char number[CQ_HTML_NUMBER];
    cq_html_open(&page->html, "p", "class", "note", CQ_HTML_END);
    cq_page_format_all(page, cq_page_translate(page, N_("Rows left out here: %s; all of them: %s")),
                       (const char *[]){cq_html_number(number, rows), page->command}, 2);
    cq_html_close(&page->html);
}

static void add_title(struct cq_page *page, const struct cq_report_section *section)
{
    if (section->title)
        cq_html_leaf(&page->html, page->book ? "h3" : "h2", cq_page_translate(page, section->title),
                     CQ_HTML_END);
}

static void add_note(struct cq_page *page, const struct cq_report_section *section)
{
    if (section->note)
        cq_html_leaf(&page->html, "p", cq_page_translate(page, section->note), "class", "note",
                     CQ_HTML_END);
}

/* A section in one line: its title and what is to be said of it. */
static void add_line(struct cq_page *page, const char *tag, const struct cq_report_section *section,
                     const char *text)
{
    struct cq_html *html = &page->html;
    cq_html_open(html, tag, "class", "line", CQ_HTML_END);
    if (section->title) {
        cq_html_leaf(html, "b", cq_page_translate(page, section->title), CQ_HTML_END);
        cq_html_text(html, ": ");
    }
    cq_html_text(html, text);
    cq_html_close(html);
}

bool cq_page_is_wide(const struct cq_page *page, const struct cq_report_section *section)
{
    return !is_matrix(section) && is_wide(section) && !page->result->signature;
}

void cq_page_section(struct cq_page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    bool wide = !is_matrix(section) && is_wide(section);
    /* What is signed stays on upright sheets, with its signature below. */
    const char *class = !wide ? NULL : page->result->signature ? "dense" : "wide";
    if (cq_section_rows(section) == 0) {
        cq_html_open(html, "section", CQ_HTML_END);
        add_line(page, "p", section, cq_page_translate(page, N_("Nothing to show.")));
        cq_html_close(html);
        return;
    }
    cq_html_open(html, "section", "class", class, CQ_HTML_END);
    add_title(page, section);
    if (is_matrix(section)) {
        cq_page_matrix(page, section);
    } else if (section->chart) {
        /* A table of two columns fits beside its chart, a wider one below. */
        cq_html_open(html, "div", "class", section->column_count > 2 ? "pair below" : "pair",
                     CQ_HTML_END);
        cq_page_chart(page, section);
        cq_html_open(html, "div", CQ_HTML_END);
        cq_page_table(page, section);
        cq_html_close(html);
        cq_html_close(html);
    } else {
        cq_page_table(page, section);
    }
    add_note(page, section);
    cq_html_close(html);
}

/* The chart; its numbers are a table that opens on the screen. */
static void add_brief_chart(struct cq_page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    struct cq_view_rows drawn = cq_view_chart(section, page->view);
    const struct cq_section_view *view = page->view;
    size_t count = cq_section_rows(section);
    cq_html_open(html, "section", "class", "chart", CQ_HTML_END);
    add_title(page, section);
    cq_page_chart(page, section);
    if (drawn.count < count)
        add_left_out(page, (int64_t)(count - drawn.count));
    cq_html_open(html, "details", CQ_HTML_END);
    cq_html_leaf(html, "summary", cq_page_translate(page, N_("The numbers as a table")),
                 CQ_HTML_END);
    page->view = NULL;
    cq_page_table(page, section);
    page->view = view;
    cq_html_close(html);
    add_note(page, section);
    cq_html_close(html);
    free(drawn.rows);
}

static void add_brief_table(struct cq_page *page, const struct cq_report_section *section)
{
    int64_t all = (int64_t)cq_section_rows(section) + section->left_out;
    cq_html_open(&page->html, "section", "class", "brief", CQ_HTML_END);
    add_title(page, section);
    int64_t shown = (int64_t)cq_page_table(page, section);
    if (shown < all)
        add_left_out(page, all - shown);
    cq_html_close(&page->html);
}

/* The view of a section; that of no name where none is listed. */
static const struct cq_section_view *view_of(const struct cq_page *page,
                                             const struct cq_report_section *section)
{
    static const struct cq_section_view none = {0};
    for (const struct cq_section_view *v = page->views; v && v->section; v++)
        if (strcmp(v->section, section->id) == 0)
            return v;
    return &none;
}

/* How a section is shown at first look. */
enum look { LOOK_NOT, LOOK_CHART, LOOK_TABLE, LOOK_LINE };

static enum look look_at(const struct cq_page *page, const struct cq_report_section *section)
{
    const struct cq_section_view *view = view_of(page, section);
    bool shown = section->place == CQ_SECTION_PICTURE || section->place == CQ_SECTION_PEOPLE;
    if (!shown || view->left_out || (section->people && page->request->suppress > 0))
        return LOOK_NOT;
    if (cq_section_rows(section) == 0)
        return LOOK_LINE;
    /* A report may have its first section as its picture too. */
    if (section->chart)
        return LOOK_CHART;
    struct cq_view_rows rows = cq_view_table(section, view);
    free(rows.rows);
    return rows.count > 0 ? LOOK_TABLE : LOOK_LINE;
}

static void add_brief_line(struct cq_page *page, const struct cq_report_section *section)
{
    int64_t rows = (int64_t)cq_section_rows(section) + section->left_out;
    char number[CQ_HTML_NUMBER];
    struct cq_str text = {0};
    if (rows == 0) {
        add_line(page, "li", section, cq_page_translate(page, N_("Nothing to show.")));
        return;
    }
    cq_report_format(&text, cq_page_translate(page, N_("rows: %s")),
                     (const char *[]){cq_html_number(number, rows)}, 1);
    if (text.failed)
        page->html.out.failed = text.failed;
    add_line(page, "li", section, text.ptr ? text.ptr : "");
    cq_str_free(&text);
}

/* Writes the sections of one look; lists and the grid of charts are opened before the first. */
static void add_look(struct cq_page *page, enum look look)
{
    const struct cq_report_result *result = page->result;
    bool opened = false;
    for (size_t i = 0; i < result->section_count; i++) {
        const struct cq_report_section *section = &result->sections[i];
        if (look_at(page, section) != look)
            continue;
        if (!opened && look == LOOK_CHART)
            cq_html_open(&page->html, "div", "class", "charts", CQ_HTML_END);
        else if (!opened && look == LOOK_LINE)
            cq_html_open(&page->html, "ul", "class", "lines", CQ_HTML_END);
        opened = true;
        page->view = view_of(page, section);
        if (look == LOOK_CHART)
            add_brief_chart(page, section);
        else if (look == LOOK_TABLE)
            add_brief_table(page, section);
        else
            add_brief_line(page, section);
        page->view = NULL;
    }
    if (opened && look != LOOK_TABLE)
        cq_html_close(&page->html);
    if (opened && look == LOOK_LINE) {
        cq_html_open(&page->html, "p", "class", "note", CQ_HTML_END);
        cq_page_format(page, cq_page_translate(page, N_("All of the report: %s")), page->command);
        cq_html_close(&page->html);
    }
}

void cq_page_look(struct cq_page *page)
{
    add_look(page, LOOK_CHART);
    add_look(page, LOOK_TABLE);
    add_look(page, LOOK_LINE);
}
