/* Which rows and columns of a section a page shows. */
#include "result/html_view.h"

#include <stdlib.h>
#include <string.h>

#include "cq/list.h"

enum { CHART_BARS = 9, CHART_STACKS = 6 };

/* A row and the number by which it is chosen. */
struct ranked {
    size_t row;
    int64_t number;
};

static int by_number(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->number != y->number)
        return x->number > y->number ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static int by_row(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The column of that name; the number of columns where there is none. */
static size_t column_of(const struct cq_report_section *section, const char *name)
{
    size_t i = 0;
    while (i < section->column_count && strcmp(section->columns[i].name, name) != 0)
        i++;
    return i;
}

/* Room for all rows of the section. */
static struct cq_view_rows make_rows(const struct cq_report_section *section)
{
    struct cq_view_rows made = {.rows = calloc(cq_section_rows(section) + 1, sizeof *made.rows)};
    if (!made.rows)
        made.failed = CQ_B_NOMEM;
    return made;
}

/* The rows in which a column has a number above 0, highest first; hidden numbers are 0. */
static struct cq_view_rows rank_rows(const struct cq_report_section *section, size_t column)
{
    struct cq_view_rows made = make_rows(section);
    size_t count = cq_section_rows(section), n = 0;
    struct ranked *ranked = calloc(count + 1, sizeof *ranked);
    if (!ranked)
        made.failed = CQ_B_NOMEM;
    for (size_t i = 0; i < count && !made.failed; i++) {
        const struct cq_report_cell *cell = cq_section_cell(section, i, column);
        if (cell->present && cell->number > 0)
            ranked[n++] = (struct ranked){i, cell->number};
    }
    if (n > 0)
        qsort(ranked, n, sizeof *ranked, by_number);
    for (size_t i = 0; i < n; i++)
        made.rows[made.count++] = ranked[i].row;
    free(ranked);
    return made;
}

struct cq_view_rows cq_view_table(const struct cq_report_section *section,
                                  const struct cq_section_view *view)
{
    const char *name = view ? (view->most ? view->most : view->only) : NULL;
    size_t column = name ? column_of(section, name) : section->column_count;
    struct cq_view_rows made;
    if (column < section->column_count) {
        made = rank_rows(section, column);
        if (view->only && made.count > 1)
            qsort(made.rows, made.count, sizeof *made.rows, by_row);
    } else {
        made = make_rows(section);
        for (size_t i = 0; i < cq_section_rows(section) && !made.failed; i++)
            made.rows[made.count++] = i;
    }
    if (view && made.count > view->rows)
        made.count = view->rows;
    return made;
}

/* Keeps the highest bars, in the order of the section. */
static void keep_highest(const struct cq_report_section *section, size_t keep,
                         struct cq_view_rows *made)
{
    struct cq_view_rows ranked;
    if (made->count <= keep)
        return;
    ranked = rank_rows(section, section->column_count - 1);
    if (ranked.failed) {
        made->failed = ranked.failed;
    } else {
        made->count = ranked.count < keep ? ranked.count : keep;
        memcpy(made->rows, ranked.rows, made->count * sizeof *made->rows);
        if (made->count > 1)
            qsort(made->rows, made->count, sizeof *made->rows, by_row);
    }
    free(ranked.rows);
}

static bool same_label(const struct cq_report_section *section, size_t a, size_t b)
{
    const char *x = cq_section_cell(section, a, 0)->text, *y = cq_section_cell(section, b, 0)->text;
    return x && y && strcmp(x, y) == 0;
}

/* The end of the rows from first on that have its label. */
static size_t label_end(const struct cq_report_section *section, size_t first)
{
    size_t end = first + 1;
    while (end < cq_section_rows(section) && same_label(section, end, first))
        end++;
    return end;
}

static int64_t label_sum(const struct cq_report_section *section, size_t first, size_t end)
{
    int64_t sum = 0;
    for (; first < end; first++)
        sum += cq_section_cell(section, first, section->column_count - 1)->number;
    return sum;
}

/* Keeps the last labels or those of the highest sums, each with all of its parts. */
static void keep_labels(const struct cq_report_section *section, size_t keep, bool last,
                        struct cq_view_rows *made)
{
    size_t rows = cq_section_rows(section), labels = 0;
    struct ranked *ranked = calloc(rows + 1, sizeof *ranked);
    if (!ranked) {
        made->failed = CQ_B_NOMEM;
        return;
    }
    for (size_t i = 0, end; i < rows; i = end) {
        end = label_end(section, i);
        ranked[labels++] = (struct ranked){i, last ? (int64_t)i : label_sum(section, i, end)};
    }
    if (labels > keep) {
        qsort(ranked, labels, sizeof *ranked, by_number);
        made->count = 0;
        for (size_t k = 0; k < keep; k++)
            for (size_t i = ranked[k].row; i < label_end(section, ranked[k].row); i++)
                made->rows[made->count++] = i;
        qsort(made->rows, made->count, sizeof *made->rows, by_row);
    }
    free(ranked);
}

struct cq_view_rows cq_view_chart(const struct cq_report_section *section,
                                  const struct cq_section_view *view)
{
    struct cq_view_rows made = make_rows(section);
    for (size_t i = 0; i < cq_section_rows(section) && !made.failed; i++)
        made.rows[made.count++] = i;
    if (!view || made.failed)
        return made;
    if (section->chart == CQ_CHART_BARS)
        keep_highest(section, view->rows > 0 ? view->rows : CHART_BARS, &made);
    else if (section->chart == CQ_CHART_STACKS)
        keep_labels(section, view->rows > 0 ? view->rows : CHART_STACKS, view->last, &made);
    return made;
}

bool cq_view_column(const struct cq_section_view *view, const struct cq_report_column *column)
{
    struct cq_text rest, name;
    if (!view || !view->columns)
        return !column->detail;
    rest = cq_text_of(view->columns);
    while (cq_text_next(&rest, ' ', &name))
        if (cq_text_is(name, column->name))
            return true;
    return false;
}
