/* Tables and matrices of a page. */
#include "result/html_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *class_of(const struct cq_report_column *column)
{
    if (cq_report_is_number(column))
        return "n";
    return column->cell == CQ_CELL_DAY || column->cell == CQ_CELL_MOMENT ? "d" : NULL;
}

/* Codes are long and have no blanks: lines may break after the marks, in lists after each part. */
static void add_codes(struct cq_page *page, const char *text, const char *marks)
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

static void add_content(struct cq_page *page, const struct cq_report_column *column,
                        const struct cq_report_cell *cell)
{
    char number[CQ_HTML_NUMBER];
    if (!cell->present)
        return;
    if (cell->hidden)
        cq_html_text(&page->html, CQ_REPORT_HIDDEN);
    else if (column->cell == CQ_CELL_COUNT)
        cq_html_text(&page->html, cq_html_number(number, cell->number));
    else if (column->cell == CQ_CELL_LIST && !cell->label)
        add_codes(page, cell->text, ";|");
    else if (column->cell == CQ_CELL_CODE && !cell->label)
        add_codes(page, cell->text, "_");
    else
        cq_html_text(&page->html, cq_report_shown(column, cell, page->buffer));
}

static void add_heading(struct cq_page *page, const struct cq_report_column *column)
{
    cq_html_leaf(&page->html, "th", cq_page_translate(page, column->heading), "scope", "col",
                 "class", cq_report_is_number(column) ? "n" : NULL, CQ_HTML_END);
}

/* A table of more columns does not fit a telephone: there it keeps its width and scrolls. */
enum { PHONE_COLUMNS = 3, SCREEN_COLUMNS = 7 };

static void begin_table(struct cq_page *page, const struct cq_report_section *section,
                        size_t columns)
{
    const char *report = cq_page_translate(page, page->result->report->title);
    const char *title = section->title ? cq_page_translate(page, section->title) : report;
    const char *class = columns > SCREEN_COLUMNS  ? "scroll far"
                        : columns > PHONE_COLUMNS ? "scroll more"
                                                  : "scroll";
    struct cq_str label = {0};
    /* Several reports on one page have sections of one name. */
    cq_str_printf(&label, "%s%s%s", page->book ? report : "", page->book ? ": " : "", title);
    if (label.failed)
        page->html.out.failed = label.failed;
    if (columns > PHONE_COLUMNS)
        cq_html_leaf(&page->html, "p", cq_page_translate(page, N_("Scroll the table sideways →")),
                     "class", columns > SCREEN_COLUMNS ? "hint far" : "hint", CQ_HTML_END);
    cq_html_open(&page->html, "section", "class", class, "tabindex", "0", "aria-label", label.ptr,
                 CQ_HTML_END);
    cq_str_free(&label);
    cq_html_open(&page->html, "table", CQ_HTML_END);
    cq_html_leaf(&page->html, "caption", title, CQ_HTML_END);
}

static void end_table(struct cq_page *page)
{
    cq_html_close(&page->html);
    cq_html_close(&page->html);
}

static void add_row(struct cq_page *page, const struct cq_report_section *section, size_t row)
{
    struct cq_html *html = &page->html;
    bool first = true;
    cq_html_open(html, "tr", CQ_HTML_END);
    for (size_t i = 0; i < section->column_count; i++) {
        const struct cq_report_column *column = &section->columns[i];
        if (!cq_view_column(page->view, column))
            continue;
        cq_html_open(html, first ? "th" : "td", "scope", first ? "row" : NULL, "class",
                     class_of(column), CQ_HTML_END);
        add_content(page, column, cq_section_cell(section, row, i));
        cq_html_close(html);
        first = false;
    }
    cq_html_close(html);
}

size_t cq_page_table(struct cq_page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    struct cq_view_rows shown = cq_view_table(section, page->view);
    size_t columns = 0;
    if (shown.failed)
        html->out.failed = shown.failed;
    for (size_t i = 0; i < section->column_count; i++)
        columns += cq_view_column(page->view, &section->columns[i]);
    if (shown.count > 0) {
        begin_table(page, section, columns);
        cq_html_open(html, "thead", CQ_HTML_END);
        cq_html_open(html, "tr", CQ_HTML_END);
        for (size_t i = 0; i < section->column_count; i++)
            if (cq_view_column(page->view, &section->columns[i]))
                add_heading(page, &section->columns[i]);
        cq_html_close(html);
        cq_html_close(html);
        cq_html_open(html, "tbody", CQ_HTML_END);
        for (size_t i = 0; i < shown.count; i++)
            add_row(page, section, shown.rows[i]);
        cq_html_close(html);
        end_table(page);
    }
    free(shown.rows);
    return shown.count;
}

static void add_count(struct cq_page *page, const char *class, int64_t number, bool hidden)
{
    char text[CQ_HTML_NUMBER];
    cq_html_leaf(&page->html, "td", hidden ? CQ_REPORT_HIDDEN : cq_html_number(text, number),
                 "class", class, CQ_HTML_END);
}

static void add_cell_count(struct cq_page *page, const char *class,
                           const struct cq_report_cell *cell)
{
    add_count(page, class, cell->number, cell->hidden);
}

/* A cell in words, or as it is where it has none. */
static const char *shown(const struct cq_report_cell *cell)
{
    return cell->label ? cell->label : cell->text;
}

static void add_matrix_head(struct cq_page *page, const struct cq_report_section *section,
                            size_t heads)
{
    struct cq_html *html = &page->html;
    const struct cq_report_section *tops = section->columns_total;
    cq_html_open(html, "thead", CQ_HTML_END);
    cq_html_open(html, "tr", CQ_HTML_END);
    for (size_t i = 0; i < heads; i++)
        add_heading(page, &section->columns[i]);
    for (size_t i = 0; i < cq_section_rows(tops); i++)
        cq_html_leaf(html, "th", shown(cq_section_cell(tops, i, 0)), "scope", "col", "class", "n",
                     CQ_HTML_END);
    cq_html_leaf(html, "th", cq_page_translate(page, N_("Total")), "scope", "col", "class", "n",
                 CQ_HTML_END);
    cq_html_close(html);
    cq_html_close(html);
}

/* Whether a row is that of a line and a column of the matrix. */
static bool is_at(const struct cq_report_section *section, size_t row, size_t line, size_t column)
{
    const struct cq_report_section *totals = section->rows_total, *tops = section->columns_total;
    size_t heads = totals->column_count - 1;
    bool here = row < cq_section_rows(section);
    for (size_t i = 0; i < heads && here; i++)
        here = strcmp(cq_section_cell(section, row, i)->text,
                      cq_section_cell(totals, line, i)->text) == 0;
    return here && strcmp(cq_section_cell(section, row, heads)->text,
                          cq_section_cell(tops, column, 0)->text) == 0;
}

/* The rows of the section and of its totals are in the same order, so one pass serves. */
static void add_matrix_body(struct cq_page *page, const struct cq_report_section *section,
                            size_t heads)
{
    struct cq_html *html = &page->html;
    const struct cq_report_section *totals = section->rows_total;
    size_t across = cq_section_rows(section->columns_total), row = 0;
    cq_html_open(html, "tbody", CQ_HTML_END);
    for (size_t line = 0; line < cq_section_rows(totals); line++) {
        cq_html_open(html, "tr", CQ_HTML_END);
        for (size_t i = 0; i < heads; i++)
            cq_html_leaf(html, "th", shown(cq_section_cell(totals, line, i)), "scope",
                         i + 1 == heads ? "row" : NULL, CQ_HTML_END);
        for (size_t i = 0; i < across; i++) {
            if (is_at(section, row, line, i))
                add_cell_count(page, "n", cq_section_cell(section, row++, heads + 1));
            else
                cq_html_leaf(html, "td", "–", "class", "n", CQ_HTML_END);
        }
        add_cell_count(page, "n t", cq_section_cell(totals, line, heads));
        cq_html_close(html);
    }
    cq_html_close(html);
}

static void add_matrix_foot(struct cq_page *page, const struct cq_report_section *section,
                            size_t heads)
{
    struct cq_html *html = &page->html;
    const struct cq_report_section *tops = section->columns_total;
    const struct cq_report_figure *total = &page->result->figures[0];
    char span[16];
    snprintf(span, sizeof span, "%zu", heads);
    cq_html_open(html, "tfoot", CQ_HTML_END);
    cq_html_open(html, "tr", CQ_HTML_END);
    cq_html_leaf(html, "th", cq_page_translate(page, N_("Total")), "scope", "row", "colspan", span,
                 CQ_HTML_END);
    for (size_t i = 0; i < cq_section_rows(tops); i++)
        add_cell_count(page, "n", cq_section_cell(tops, i, 1));
    add_count(page, "n", total->number, total->hidden);
    cq_html_close(html);
    cq_html_close(html);
}

void cq_page_matrix(struct cq_page *page, const struct cq_report_section *section)
{
    size_t heads = section->rows_total->column_count - 1;
    begin_table(page, section, heads + cq_section_rows(section->columns_total) + 1);
    add_matrix_head(page, section, heads);
    add_matrix_body(page, section, heads);
    add_matrix_foot(page, section, heads);
    end_table(page);
}
