/* The sections of a report as HTML: tables, matrices and charts with their tables. */
#include "html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/chart.h"
#include "cq/num.h"

#define MATRIX_COLUMNS 8 /* more would not fit on paper */
#define WIDE_COLUMNS 7   /* more need the paper's long side */

const char *cq_page_say(struct cq_page *page, const char *text)
{
    return cq_report_say(page->request, text);
}

void cq_page_filled(struct cq_page *page, const char *text, const char *detail)
{
    struct cq_str out = {0};
    enum cq_code code = cq_report_fill(&out, text, detail);
    if (code)
        page->html.failed = code;
    cq_html_text(&page->html, out.ptr ? out.ptr : "");
    cq_str_free(&out);
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
    else if (column->cell == CQ_CELL_LIST)
        add_codes(page, cell->text, ";|");
    else if (column->cell == CQ_CELL_CODE && !cell->label)
        add_codes(page, cell->text, "_");
    else
        cq_html_text(&page->html, cq_report_shown(column, cell, page->buffer));
}

static void add_heading(struct cq_page *page, const struct cq_report_column *column)
{
    cq_html_leaf(&page->html, "th", cq_page_say(page, column->heading), "scope", "col", "class",
                 cq_report_is_number(column) ? "n" : NULL, CQ_HTML_END);
}

static void begin_table(struct cq_page *page, const struct cq_report_section *section)
{
    const char *report = cq_page_say(page, page->result->report->title);
    const char *title = section->title ? cq_page_say(page, section->title) : report;
    struct cq_str label = {0};
    /* Several reports on one page have sections of one name. */
    if (cq_str_addf(&label, "%s%s%s", page->book ? report : "", page->book ? ": " : "", title))
        page->html.failed = CQ_B_NOMEM;
    cq_html_open(&page->html, "section", "class", "scroll", "tabindex", "0", "aria-label",
                 label.ptr, CQ_HTML_END);
    cq_str_free(&label);
    cq_html_open(&page->html, "table", CQ_HTML_END);
    cq_html_leaf(&page->html, "caption", title, CQ_HTML_END);
}

static void end_table(struct cq_page *page)
{
    cq_html_close(&page->html);
    cq_html_close(&page->html);
}

void cq_page_table(struct cq_page *page, const struct cq_report_section *section)
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
    for (size_t row = 0; row < cq_report_rows_of(section); row++) {
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

/* A matrix: what the last column but one holds becomes columns, totals stand at the ends. The
 * rows of the section and of its totals are in the same order, so one walk serves. */
static void add_matrix(struct cq_page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    const struct cq_report_section *totals = section->rows_total, *tops = section->columns_total;
    size_t heads = totals->column_count - 1, across = cq_report_rows_of(tops), row = 0;
    begin_table(page, section);
    cq_html_open(html, "thead", CQ_HTML_END);
    cq_html_open(html, "tr", CQ_HTML_END);
    for (size_t i = 0; i < heads; i++)
        add_heading(page, &section->columns[i]);
    for (size_t i = 0; i < across; i++)
        cq_html_leaf(html, "th", cell_at(tops, i, 0)->label, "scope", "col", "class", "n",
                     CQ_HTML_END);
    cq_html_leaf(html, "th", cq_page_say(page, N_("Total")), "scope", "col", "class", "n",
                 CQ_HTML_END);
    cq_html_close(html);
    cq_html_close(html);
    cq_html_open(html, "tbody", CQ_HTML_END);
    for (size_t line = 0; line < cq_report_rows_of(totals); line++) {
        cq_html_open(html, "tr", CQ_HTML_END);
        for (size_t i = 0; i < heads; i++)
            cq_html_leaf(html, "th", cell_at(totals, line, i)->label, "scope",
                         i + 1 == heads ? "row" : NULL, CQ_HTML_END);
        for (size_t i = 0; i < across; i++) {
            bool here = row < cq_report_rows_of(section);
            for (size_t k = 0; k < heads && here; k++)
                here = strcmp(cell_at(section, row, k)->text, cell_at(totals, line, k)->text) == 0;
            here = here &&
                   strcmp(cell_at(section, row, heads)->text, cell_at(tops, i, 0)->text) == 0;
            if (here)
                add_cell_count(page, "n", cell_at(section, row++, heads + 1));
            else
                cq_html_leaf(html, "td", "–", "class", "n", CQ_HTML_END);
        }
        add_cell_count(page, "n t", cell_at(totals, line, heads));
        cq_html_close(html);
    }
    cq_html_close(html);
    cq_html_open(html, "tfoot", CQ_HTML_END);
    cq_html_open(html, "tr", CQ_HTML_END);
    char span[16];
    snprintf(span, sizeof span, "%zu", heads);
    cq_html_leaf(html, "th", cq_page_say(page, N_("Total")), "scope", "row", "colspan", span,
                 CQ_HTML_END);
    for (size_t i = 0; i < across; i++)
        add_cell_count(page, "n", cell_at(tops, i, 1));
    add_count(page, "n", page->result->figures[0].number, page->result->figures[0].hidden);
    cq_html_close(html);
    cq_html_close(html);
    end_table(page);
}

/* --- sections --- */

/* A chart's own copy of a label: bars are drawn when all are read. */
static const char *label_of(struct cq_page *page, const struct cq_report_section *section,
                            size_t row, size_t column, struct cq_str *text)
{
    const char *shown =
        cq_report_shown(&section->columns[column], cell_at(section, row, column), page->buffer);
    size_t at = text->len;
    if (shown != page->buffer)
        return shown;
    if (cq_str_add(text, shown, strlen(shown) + 1))
        page->html.failed = CQ_B_NOMEM;
    return text->ptr ? text->ptr + at : "";
}

static void draw(struct cq_page *page, enum cq_report_chart kind, const struct cq_chart *chart)
{
    switch (kind) {
    case CQ_CHART_STACKS: cq_chart_stacks(&page->html, chart); return;
    case CQ_CHART_LINE: cq_chart_line(&page->html, chart); return;
    case CQ_CHART_MAP: cq_chart_map(&page->html, chart); return;
    default: cq_chart_bars(&page->html, chart); return;
    }
}

static void add_chart(struct cq_page *page, const struct cq_report_section *section)
{
    static const char *const descriptions[] = {
        [CQ_CHART_BARS] = N_("Horizontal bars from zero, a number behind each; the table beside "
                             "them holds the same numbers."),
        [CQ_CHART_STACKS] = N_("Horizontal bars of parts with letters, a key of the letters below; "
                               "the table beside them holds the same numbers."),
        [CQ_CHART_LINE] = N_("A line from left to right, its first, last and highest number "
                             "written; the table beside it holds all of them."),
        [CQ_CHART_MAP] = N_("The twenty regions as tiles where they lie to each other, a number in "
                            "each; the table beside them holds the same numbers."),
    };
    size_t count = cq_report_rows_of(section), last = section->column_count - 1;
    struct cq_chart_bar *bars = calloc(count, sizeof *bars);
    struct cq_str labels = {0};
    char id[96];
    /* Labels that are numbers or days take little room: none moves while it is pointed at. */
    if (!bars || cq_str_reserve(&labels, count * 2 * CQ_REPORT_BUFFER)) {
        page->html.failed = CQ_B_NOMEM;
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        const struct cq_report_cell *cell = cell_at(section, i, last);
        const char *code = cell_at(section, i, 0)->text;
        int64_t region = 0;
        if (section->chart == CQ_CHART_MAP && code)
            (void)cq_num_parse(code, strlen(code), 0, 99, &region);
        bars[i] = (struct cq_chart_bar){.label = label_of(page, section, i, 0, &labels),
                                        .part = section->chart == CQ_CHART_STACKS
                                                    ? label_of(page, section, i, 1, &labels)
                                                    : NULL,
                                        .number = cell->number,
                                        .region = (int)region,
                                        .hidden = cell->hidden};
    }
    snprintf(id, sizeof id, "chart-%s-%s", page->result->report->name, section->id);
    const struct cq_chart chart = {
        .id = id,
        .title = cq_page_say(page, section->title),
        .describe = cq_page_say(page, descriptions[section->chart]),
        .bars = bars,
        .count = count,
    };
    cq_html_open(&page->html, "figure", CQ_HTML_END);
    draw(page, section->chart, &chart);
    cq_html_close(&page->html);
done:
    cq_str_free(&labels);
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
    return section->rows_total && cq_report_rows_of(section->columns_total) <= MATRIX_COLUMNS;
}

/* What a book has no room for. */
static void add_left_out(struct cq_page *page, const struct cq_report_section *section)
{
    char number[CQ_HTML_NUMBER];
    cq_html_open(&page->html, "p", "class", "note", CQ_HTML_END);
    cq_page_filled(page,
                   cq_page_say(page, N_("Rows left out here: %s; the report by itself shows "
                                        "them all.")),
                   cq_html_number(number, section->left_out));
    cq_html_close(&page->html);
}

void cq_page_section(struct cq_page *page, const struct cq_report_section *section)
{
    struct cq_html *html = &page->html;
    bool wide = !is_matrix(section) && is_wide(section);
    cq_html_open(html, "section", "class", wide ? "wide" : NULL, CQ_HTML_END);
    if (section->title)
        cq_html_leaf(html, page->book ? "h3" : "h2", cq_page_say(page, section->title),
                     CQ_HTML_END);
    if (cq_report_rows_of(section) == 0) {
        cq_html_leaf(html, "p", cq_page_say(page, N_("Nothing to show.")), CQ_HTML_END);
    } else if (is_matrix(section)) {
        add_matrix(page, section);
    } else if (section->chart) {
        /* A table of two columns fits beside its chart, a wider one below. */
        cq_html_open(html, "div", "class", section->column_count > 2 ? "pair below" : "pair",
                     CQ_HTML_END);
        add_chart(page, section);
        cq_page_table(page, section);
        cq_html_close(html);
    } else {
        cq_page_table(page, section);
    }
    if (section->left_out > 0)
        add_left_out(page, section);
    if (section->note)
        cq_html_leaf(html, "p", cq_page_say(page, section->note), "class", "note", CQ_HTML_END);
    cq_html_close(html);
}
