/* --suppress: hides small counts, and as many others as are needed so that nobody can compute them.
 * Three kinds of report: one with all its totals; tables whose first column adds up to counts that
 * other tables show; and lists of counts without any total. Other sums of hidden counts are
 * removed. */
#include "result/suppress.h"

#include <stdlib.h>
#include <string.h>

#include "result/cell_suppression.h"
#include "result/cells.h"

static struct cq_report_cell *count_of(struct cq_report_section *section, size_t row)
{
    return cq_section_cell(section, row, section->column_count - 1);
}

static bool same_cells(const struct cq_report_section *a, size_t row,
                       const struct cq_report_section *b, size_t other, size_t columns)
{
    for (size_t i = 0; i < columns; i++)
        if (strcmp(a->cells[row * a->column_count + i].text,
                   b->cells[other * b->column_count + i].text) != 0)
            return false;
    return true;
}

static struct cq_report_section *find_section(struct cq_report_result *result,
                                              const struct cq_report_section *wanted)
{
    for (size_t i = 0; i < result->section_count; i++)
        if (&result->sections[i] == wanted)
            return &result->sections[i];
    return NULL;
}

static void hide_cell(struct cq_report_cell *cell)
{
    cell->hidden = true;
    cell->number = 0;
}

static void hide_figures(struct cq_report_result *result, size_t from)
{
    for (size_t i = from; i < result->figure_count; i++) {
        result->figures[i].hidden = true;
        result->figures[i].number = 0;
    }
}

/* Removes a section from every form. */
static void remove_section(struct cq_report_section *section)
{
    section->place = CQ_SECTION_TOTALS;
    section->chart = CQ_CHART_NONE;
    section->cell_count = 0;
}

/* --- tables with all their totals --- */

/* One dimension: the counts and their sum. */
static enum cq_code suppress_line(struct cq_report_result *result, int64_t limit,
                                  struct cq_err *err)
{
    struct cq_report_section *rows = &result->sections[0];
    size_t n = cq_section_rows(rows);
    struct cq_suppression_count *counts = calloc(n + 1, sizeof *counts);
    bool complete;
    if (!counts)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < n; i++)
        counts[i] =
            (struct cq_suppression_count){.number = count_of(rows, i)->number, .from = 0, .to = 1};
    counts[n] = (struct cq_suppression_count){
        .number = result->figures[0].number, .from = 1, .to = 0, .total = true};
    enum cq_code code = n == 0 ? CQ_OK
                               : cq_suppress_counts(counts, n + 1, 2, limit, &complete, err);
    for (size_t i = 0; i < n && !code; i++)
        if (counts[i].hidden)
            hide_cell(count_of(rows, i));
    hide_figures(result, counts[n].hidden ? 0 : 1);
    result->exposed = true; /* these counts are totals in other tables */
    free(counts);
    return code;
}

/* The node of a row's total or of a column. */
static uint32_t node_of(const struct cq_report_section *rows, size_t row, size_t column,
                        const struct cq_report_section *totals, size_t columns)
{
    uint32_t node = 0;
    while (!(columns > 1 || column == 0
                 ? same_cells(rows, row, totals, node, columns)
                 : strcmp(rows->cells[row * rows->column_count + column].text,
                          totals->cells[node * totals->column_count].text) == 0))
        node++;
    return node;
}

/* Two dimensions: lines by all dimensions but the last, columns by the last. */
static enum cq_code suppress_matrix(struct cq_report_result *result, int64_t limit,
                                    struct cq_err *err)
{
    struct cq_report_section *rows = &result->sections[0];
    struct cq_report_section *lines = find_section(result, rows->rows_total);
    struct cq_report_section *tops = find_section(result, rows->columns_total);
    size_t heads = lines->column_count - 1, n = cq_section_rows(rows);
    uint32_t r = (uint32_t)cq_section_rows(lines), c = (uint32_t)cq_section_rows(tops);
    size_t count = n + r + c + 1, at = 0;
    struct cq_suppression_count *counts = calloc(count, sizeof *counts);
    bool complete;
    if (!counts)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < n; i++, at++)
        counts[at] = (struct cq_suppression_count){.number = count_of(rows, i)->number,
                                                   .from = node_of(rows, i, 0, lines, heads),
                                                   .to = r + 1 + node_of(rows, i, heads, tops, 1)};
    for (uint32_t i = 0; i < r; i++, at++)
        counts[at] = (struct cq_suppression_count){
            .number = count_of(lines, i)->number, .from = r + 1 + c, .to = i, .total = true};
    for (uint32_t i = 0; i < c; i++, at++)
        counts[at] = (struct cq_suppression_count){
            .number = count_of(tops, i)->number, .from = r + 1 + i, .to = r, .total = true};
    counts[at] = (struct cq_suppression_count){
        .number = result->figures[0].number, .from = r, .to = r + 1 + c, .total = true};
    enum cq_code code =
        n == 0 ? CQ_OK : cq_suppress_counts(counts, count, r + c + 2, limit, &complete, err);
    for (size_t i = 0; i < count && !code; i++) {
        if (!counts[i].hidden)
            continue;
        result->exposed = result->exposed || i >= n;
        if (i < n)
            hide_cell(count_of(rows, i));
        else if (i < n + r)
            hide_cell(count_of(lines, i - n));
        else if (i < n + r + c)
            hide_cell(count_of(tops, i - n - r));
    }
    hide_figures(result, counts[count - 1].hidden ? 0 : 1);
    free(counts);
    return code;
}

/* The charts of single dimensions: with two dimensions, the first chart repeats the totals of the
 * lines; with more, they are other sums and are removed. */
static void suppress_pictures(struct cq_report_result *result)
{
    const struct cq_report_section *rows = &result->sections[0];
    for (size_t s = 1; s < result->section_count; s++) {
        struct cq_report_section *section = &result->sections[s];
        if (section == rows->rows_total || section == rows->columns_total)
            continue;
        if (rows->rows_total->column_count != 2) {
            remove_section(section);
            continue;
        }
        for (size_t i = 0; i < cq_section_rows(section); i++)
            if (rows->rows_total->cells[i * 2 + 1].hidden)
                hide_cell(count_of(section, i));
    }
}

/* --- the others --- */

/* Counts of one first column add up to a count that is known from elsewhere. */
static enum cq_code suppress_groups(struct cq_report_result *result, int64_t limit,
                                    struct cq_err *err)
{
    struct cq_report_section *rows = &result->sections[0];
    size_t n = cq_section_rows(rows);
    for (size_t first = 0, end; first < n; first = end) {
        struct cq_suppression_count *counts;
        int64_t sum = 0;
        bool complete = true;
        for (end = first; end < n && same_cells(rows, first, rows, end, 1); end++)
            sum += count_of(rows, end)->number;
        counts = calloc(end - first + 1, sizeof *counts);
        if (!counts)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        for (size_t i = first; i < end; i++)
            counts[i - first] = (struct cq_suppression_count){
                .number = count_of(rows, i)->number, .from = 0, .to = 1};
        counts[end - first] =
            (struct cq_suppression_count){.number = sum, .from = 1, .to = 0, .keep = true};
        enum cq_code code = cq_suppress_counts(counts, end - first + 1, 2, limit, &complete, err);
        for (size_t i = first; i < end && !code; i++)
            if (counts[i - first].hidden || !complete)
                hide_cell(count_of(rows, i));
        free(counts);
        if (code)
            return code;
        result->exposed = result->exposed || !complete;
    }
    return CQ_OK;
}

/* No count is the sum of others: hides the first small count of each row and every count after
 * it. */
static void suppress_rows(struct cq_report_result *result, int64_t limit)
{
    struct cq_report_section *rows = &result->sections[0];
    for (size_t row = 0; row < cq_section_rows(rows); row++) {
        bool hide = false;
        for (size_t i = 0; i < rows->column_count; i++) {
            struct cq_report_cell *cell = cq_section_cell(rows, row, i);
            bool number = cq_report_is_number(&rows->columns[i]) && cell->present;
            if (!number)
                continue;
            hide = hide || (cell->number > 0 && cell->number <= limit);
            if (hide)
                hide_cell(cell);
        }
    }
}

static enum cq_code suppress_all(struct cq_report_result *result, int64_t limit, struct cq_err *err)
{
    if (!result->sections[0].rows_total)
        return suppress_line(result, limit, err);
    enum cq_code code = suppress_matrix(result, limit, err);
    if (!code)
        suppress_pictures(result);
    return code;
}

/* Removes the other sections and figures: they are other sums of the rows. */
static void remove_sums(struct cq_report_result *result)
{
    for (size_t i = 1; i < result->section_count; i++)
        remove_section(&result->sections[i]);
    hide_figures(result, 0);
}

enum cq_code cq_result_suppress(struct cq_report_result *result, int64_t limit, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    switch (result->report->sums) {
    case CQ_SUMS_ALL: return suppress_all(result, limit, err);
    case CQ_SUMS_GROUPS: code = suppress_groups(result, limit, err); break;
    case CQ_SUMS_NONE: suppress_rows(result, limit); break;
    }
    remove_sums(result);
    return code;
}
