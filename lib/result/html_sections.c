/* The sections of a report as HTML: tables, matrices and charts with their tables. */
#include "result/html_sections.h"

#include "result/html_chart.h"
#include "result/html_tables.h"

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

/* Writes how many rows a book leaves out. */
static void add_left_out(struct cq_page *page, const struct cq_report_section *section)
{
    char number[CQ_HTML_NUMBER];
    cq_html_open(&page->html, "p", "class", "note", CQ_HTML_END);
    cq_page_format(page,
                   cq_page_translate(page, N_("Rows left out here: %s; the report by itself shows "
                                              "them all.")),
                   cq_html_number(number, section->left_out));
    cq_html_close(&page->html);
}

void cq_page_section(struct cq_page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    bool wide = !is_matrix(section) && is_wide(section);
    /* What is signed stays on upright sheets, with its signature below. */
    const char *class = !wide ? NULL : page->result->signature ? "dense" : "wide";
    cq_html_open(html, "section", "class", class, CQ_HTML_END);
    if (section->title)
        cq_html_leaf(html, page->book ? "h3" : "h2", cq_page_translate(page, section->title),
                     CQ_HTML_END);
    if (cq_section_rows(section) == 0) {
        cq_html_leaf(html, "p", cq_page_translate(page, N_("Nothing to show.")), CQ_HTML_END);
    } else if (is_matrix(section)) {
        cq_page_matrix(page, section);
    } else if (section->chart) {
        /* A table of two columns fits beside its chart, a wider one below. */
        cq_html_open(html, "div", "class", section->column_count > 2 ? "pair below" : "pair",
                     CQ_HTML_END);
        cq_page_chart(page, section);
        cq_page_table(page, section);
        cq_html_close(html);
    } else {
        cq_page_table(page, section);
    }
    if (section->left_out > 0)
        add_left_out(page, section);
    if (section->note)
        cq_html_leaf(html, "p", cq_page_translate(page, section->note), "class", "note",
                     CQ_HTML_END);
    cq_html_close(html);
}
