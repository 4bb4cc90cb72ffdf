/* --suppress: hides small counts, and others so that nobody can compute them. Every count column of
 * a result is a table with its sums; tables of several results that count the same people are solved
 * together. A sum outside the graph is shown if it stays the same in all proofs. */
#include "result/suppress.h"

#include <stdlib.h>
#include <string.h>

#include "result/cells.h"
#include "result/suppress_extras.h"

enum { TABLES = 48 };

struct tables {
    struct cq_sum_table list[TABLES];
    size_t count;
};

/* Removes a section from every form. */
static void remove_section(struct cq_report_section *section)
{
    section->place = CQ_SECTION_TOTALS;
    section->chart = CQ_CHART_NONE;
    section->cell_count = 0;
}

/* --- the tables of results --- */

/* Whether a count is in every row 0 or that of another column. */
static bool follows(const struct cq_report_section *rows, size_t column, size_t first)
{
    bool any = false;
    for (size_t row = 0; row < cq_section_rows(rows); row++) {
        int64_t number = cq_section_cell(rows, row, column)->number;
        any = any || number > 0;
        if (number != 0 && number != cq_section_cell(rows, row, first)->number)
            return false;
    }
    return any;
}

static void add_table(struct tables *tables, struct cq_report_result *result,
                      struct cq_report_section *rows, size_t column, int second)
{
    if (tables->count < TABLES)
        tables->list[tables->count++] = (struct cq_sum_table){.result = result,
                                                              .rows = rows,
                                                              .column = column,
                                                              .second = second,
                                                              .known = result->report->known,
                                                              .alone = rows != result->sections};
}

static void add_result(struct tables *tables, struct cq_report_result *result)
{
    struct cq_report_section *rows = result->sections;
    unsigned done = 0;
    for (size_t i = 0; i < rows->column_count; i++) {
        int second = -1;
        if (rows->columns[i].cell != CQ_CELL_COUNT || (done >> i & 1) != 0)
            continue;
        for (size_t k = i + 1; k < rows->column_count && second < 0; k++)
            if (rows->columns[k].cell == CQ_CELL_COUNT && follows(rows, k, i))
                second = (int)k;
        done |= second < 0 ? 0 : 1u << second;
        add_table(tables, result, rows, i, second);
    }
    for (size_t s = 1; s < result->section_count; s++) {
        struct cq_report_section *section = &result->sections[s];
        if (section->cell_count > 0 && !cq_sums_adds_up(rows, section))
            add_table(tables, result, section, section->column_count - 1, -1);
    }
}

/* The table of another result that shows the sums which readers of this one know, or NULL. */
static struct cq_sum_table *find_partner(struct tables *tables, const struct cq_sum_table *table)
{
    const char *name = table->rows->columns[table->column].name;
    for (size_t i = 0; i < tables->count && table->known; i++) {
        struct cq_sum_table *other = &tables->list[i];
        if (other->result != table->result && !other->alone && !other->known &&
            strcmp(other->rows->columns[other->column].name, name) == 0 &&
            cq_section_column(other->rows, table->known) >= 0)
            return other;
    }
    return NULL;
}

/* --- what is shown --- */

static enum cq_code solve(struct cq_sums *sums, struct cq_err *err)
{
    enum cq_code code = cq_suppress_counts(&sums->graph, err);
    if (!code)
        code = cq_suppress_extras(sums, err);
    for (size_t i = 0; i < sums->spot_count && !code; i++)
        if (sums->graph.counts[sums->spots[i].count].hidden || !sums->graph.complete)
            cq_sum_hide(&sums->spots[i].place);
    return code;
}

/* Solves a table, together with another if both count the same. */
static enum cq_code solve_tables(struct cq_sum_table *first, struct cq_sum_table *second,
                                 int64_t limit, struct cq_err *err)
{
    struct cq_sums sums = {.graph = {.limit = limit}};
    if (second)
        first->link = second->known;
    enum cq_code code = cq_sums_add(&sums, first);
    if (!code && second) {
        code = cq_sums_add(&sums, second);
        if (!code)
            cq_sums_join(&sums, first, second);
    }
    code = code ? cq_err_set(err, code, NULL) : solve(&sums, err);
    /* Where only an unknown sum protects a section, readers could find it out from others. */
    if (!code && first->alone && sums.graph.counts[first->whole].hidden)
        remove_section(first->rows);
    cq_sums_free(&sums);
    return code;
}

/* Means and highest numbers of a row whose counts are hidden. */
static void hide_measures(struct cq_report_section *rows)
{
    for (size_t row = 0; row < cq_section_rows(rows); row++) {
        bool hide = false;
        for (size_t i = 0; i < rows->column_count; i++) {
            struct cq_report_cell *cell = cq_section_cell(rows, row, i);
            hide = hide || cell->hidden;
            if (hide && cell->present && rows->columns[i].cell == CQ_CELL_NUMBER)
                cq_sum_hide(&(struct cq_sum_place){.cell = cell});
        }
    }
}

/* Figures that add up no rows: all are hidden with one that is small, or with the total. */
static void hide_figures(struct cq_report_result *result, int64_t limit)
{
    bool hide = result->figure_count > 0 && result->figures[0].hidden;
    for (size_t i = 0; i < result->figure_count; i++) {
        int64_t number = result->figures[i].number;
        hide = hide || (!result->figures[i].counts && number >= 1 && number <= limit);
    }
    for (size_t i = 0; i < result->figure_count && hide; i++)
        if (!result->figures[i].counts)
            cq_sum_hide(&(struct cq_sum_place){.figure = &result->figures[i]});
}

enum cq_code cq_results_suppress(struct cq_report_result *results, size_t count, int64_t limit,
                                 struct cq_err *err)
{
    struct tables *tables = calloc(1, sizeof *tables);
    bool done[TABLES] = {false};
    enum cq_code code = tables ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < count && !code; i++)
        if ((results[i].report->takes & CQ_TAKES_SUPPRESS) != 0)
            add_result(tables, &results[i]);
    for (size_t i = 0; !code && i < tables->count; i++) {
        struct cq_sum_table *partner = find_partner(tables, &tables->list[i]);
        if (!partner || done[partner - tables->list])
            continue;
        done[i] = done[partner - tables->list] = true;
        code = solve_tables(partner, &tables->list[i], limit, err);
    }
    for (size_t i = 0; !code && i < tables->count; i++)
        if (!done[i])
            code = solve_tables(&tables->list[i], NULL, limit, err);
    for (size_t i = 0; i < count && !code; i++)
        if ((results[i].report->takes & CQ_TAKES_SUPPRESS) != 0) {
            hide_measures(results[i].sections);
            hide_figures(&results[i], limit);
        }
    for (size_t i = 0; tables && i < tables->count; i++)
        cq_sum_table_free(&tables->list[i]);
    free(tables);
    return code;
}
