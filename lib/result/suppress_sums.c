/* Sums as a graph. Rows run from a node on the left to one on the right; sums of rows that are
 * inside each other (by service and status, by service, all) are a chain of nodes on one side, and
 * there is room for two such chains. What fits in neither is an extra, which is looked at after the
 * graph is solved. */
#include "result/suppress_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static bool is_small(const struct cq_sums *sums, int64_t number)
{
    return number >= 1 && number <= sums->graph.limit;
}

static size_t add_count(struct cq_sums *sums, struct cq_suppression_count count)
{
    struct cq_suppression *graph = &sums->graph;
    struct cq_suppression_count *counts =
        cq_grow(graph->counts, graph->count + 1, &sums->room, sizeof *counts);
    if (!counts) {
        sums->failed = true;
        return 0;
    }
    graph->counts = counts;
    counts[graph->count] = count;
    return graph->count++;
}

static void add_spot(struct cq_sums *sums, size_t count, struct cq_sum_place place)
{
    struct cq_sum_spot *spots =
        cq_grow(sums->spots, sums->spot_count + 1, &sums->spot_room, sizeof *spots);
    int64_t number = place.cell ? place.cell->number : place.figure->number;
    if (!spots || sums->failed) {
        sums->failed = true;
        return;
    }
    sums->spots = spots;
    sums->spots[sums->spot_count++] = (struct cq_sum_spot){count, place};
    struct cq_suppression_count *one = &sums->graph.counts[count];
    one->small = one->small || is_small(sums, number);
    one->number = number < one->number ? number : one->number;
}

static void add_member(struct cq_sums *sums, size_t count)
{
    size_t *members =
        cq_grow(sums->members, sums->member_count + 1, &sums->member_room, sizeof *members);
    if (!members) {
        sums->failed = true;
        return;
    }
    sums->members = members;
    sums->members[sums->member_count++] = count;
}

/* Starts an extra; its members follow. */
static void add_extra(struct cq_sums *sums, struct cq_sum_place place)
{
    struct cq_sum_extra *extras =
        cq_grow(sums->extras, sums->extra_count + 1, &sums->extra_room, sizeof *extras);
    if (!extras) {
        sums->failed = true;
        return;
    }
    sums->extras = extras;
    sums->extras[sums->extra_count++] =
        (struct cq_sum_extra){.first = sums->member_count,
                              .number = place.cell ? place.cell->number : place.figure->number,
                              .place = place};
}

static void end_extra(struct cq_sums *sums)
{
    if (!sums->failed)
        sums->extras[sums->extra_count - 1].member_count =
            sums->member_count - sums->extras[sums->extra_count - 1].first;
}

static uint32_t node_of_group(const struct cq_sum_side *side, size_t level, uint32_t group)
{
    return level < side->count ? side->first_node[level] + group : side->root;
}

/* The group of a coarser level that a group belongs to. */
static uint32_t parent_of(const struct cq_sum_side *side, size_t level, uint32_t group)
{
    return level + 1 < side->count
               ? side->levels[level + 1].of_row[side->levels[level].keys[group].row]
               : 0;
}

static void add_side(struct cq_sums *sums, struct cq_sum_table *table, struct cq_sum_side *side)
{
    bool is_left = side == &table->left;
    unsigned known = cq_level_bit(table, table->known);
    side->root = sums->graph.nodes++;
    for (size_t i = 0; i < side->count; i++) {
        side->first_node[i] = sums->graph.nodes;
        sums->graph.nodes += side->levels[i].count;
    }
    for (size_t i = 0; i < side->count; i++) {
        const struct cq_groups *groups = &side->levels[i];
        side->first_count[i] = sums->graph.count;
        for (uint32_t g = 0; g < groups->count; g++) {
            uint32_t node = node_of_group(side, i, g),
                     parent = node_of_group(side, i + 1, parent_of(side, i, g));
            add_count(sums, (struct cq_suppression_count){.number = groups->sums[g],
                                                          .from = is_left ? parent : node,
                                                          .to = is_left ? node : parent,
                                                          .kind = groups->mask == known &&
                                                                          groups->second < 0
                                                                      ? CQ_COUNT_KNOWN
                                                                      : CQ_COUNT_FREE});
        }
    }
}

static void add_rows(struct cq_sums *sums, struct cq_sum_table *table)
{
    struct cq_sum_side *left = &table->left, *right = &table->right;
    for (size_t row = 0; row < cq_section_rows(table->rows) && !sums->failed; row++) {
        struct cq_report_cell *cell = cq_section_cell(table->rows, row, table->column);
        if (cell->number == 0)
            continue;
        size_t count = add_count(
            sums,
            (struct cq_suppression_count){
                .number = cell->number,
                .from = node_of_group(left, 0, left->count > 0 ? left->levels[0].of_row[row] : 0),
                .to = node_of_group(right, 0, right->count > 0 ? right->levels[0].of_row[row] : 0),
                .kind = CQ_COUNT_CELL});
        table->counts_of_rows[row] = count;
        add_spot(sums, count, (struct cq_sum_place){.cell = cell});
        struct cq_report_cell *second =
            table->second < 0 ? NULL : cq_section_cell(table->rows, row, (size_t)table->second);
        if (second && second->number > 0)
            add_spot(sums, count, (struct cq_sum_place){.cell = second});
    }
}

/* Says that parts may not exceed their total where they overlap. */
static void add_roof(struct cq_sums *sums, struct cq_sum_table *table, struct cq_sum_side *side,
                     size_t level, uint32_t group, size_t roof)
{
    struct cq_suppression_count *counts = sums->graph.counts;
    if (level > 0) {
        for (uint32_t g = 0; g < side->levels[level - 1].count; g++)
            if (level == side->count || parent_of(side, level - 1, g) == group)
                counts[side->first_count[level - 1] + g].roof[0] = roof + 1;
        return;
    }
    for (size_t row = 0; row < cq_section_rows(table->rows); row++)
        if (table->counts_of_rows[row] != SIZE_MAX &&
            (side->count == 0 || side->levels[0].of_row[row] == group))
            counts[table->counts_of_rows[row]].roof[side == &table->right] = roof + 1;
}

/* A section that publishes a level: its cells are spots of the level's counts. */
static void publish(struct cq_sums *sums, struct cq_sum_table *table, struct cq_sum_side *side,
                    size_t level, struct cq_report_section *section, const int8_t *columns)
{
    const struct cq_groups *groups = &side->levels[level];
    bool second = groups->second >= 0;
    int column = cq_level_column(table, section, second);
    for (size_t row = 0; row < cq_section_rows(section) && !sums->failed; row++) {
        struct cq_report_cell *cell = cq_section_cell(section, row, (size_t)column);
        const struct cq_group_key key = {section, row, columns, second};
        uint32_t group = cell->number == 0 ? CQ_GROUP_NONE : cq_groups_find(groups, &key);
        if (group == CQ_GROUP_NONE)
            continue;
        size_t count = side->first_count[level] + group;
        sums->graph.counts[count].kind = CQ_COUNT_SUM;
        add_spot(sums, count, (struct cq_sum_place){.cell = cell});
        if (cell->number != groups->sums[group])
            add_roof(sums, table, side, level, group, count);
    }
}

/* A section that is on no side: each of its cells is an extra. */
static enum cq_code add_extras(struct cq_sums *sums, struct cq_sum_table *table,
                               struct cq_report_section *section, unsigned mask, bool second,
                               const int8_t *columns)
{
    struct cq_groups groups = {.mask = mask, .second = second ? table->second : -1};
    int column = cq_level_column(table, section, second);
    enum cq_code code = cq_groups_make(&groups, table->rows, cq_level_own, table->column);
    for (size_t row = 0; row < cq_section_rows(section) && !code && !sums->failed; row++) {
        struct cq_report_cell *cell = cq_section_cell(section, row, (size_t)column);
        const struct cq_group_key key = {section, row, columns, second};
        uint32_t group = cell->number == 0 ? CQ_GROUP_NONE : cq_groups_find(&groups, &key);
        if (group == CQ_GROUP_NONE)
            continue;
        add_extra(sums, (struct cq_sum_place){.cell = cell});
        for (size_t i = 0; i < cq_section_rows(table->rows); i++)
            if (groups.of_row[i] == group)
                add_member(sums, table->counts_of_rows[i]);
        end_extra(sums);
    }
    cq_groups_free(&groups);
    return code;
}

static enum cq_code add_section(struct cq_sums *sums, struct cq_sum_table *table,
                                struct cq_report_section *section, bool second)
{
    int8_t columns[CQ_LEVEL_COLUMNS];
    unsigned mask = cq_level_mask(table, section, columns);
    if (mask == 0 || cq_level_column(table, section, second) < 0)
        return CQ_OK;
    struct cq_sum_side *sides[] = {&table->left, &table->right};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < sides[k]->count; i++)
            if (sides[k]->levels[i].mask == mask && !sides[k]->levels[i].figure &&
                (sides[k]->levels[i].second >= 0) == second) {
                publish(sums, table, sides[k], i, section, columns);
                return CQ_OK;
            }
    return add_extras(sums, table, section, mask, second, columns);
}

/* The rows that a figure adds up; all where it is of the second count are those that have it. */
static void add_figure(struct cq_sums *sums, struct cq_sum_table *table,
                       struct cq_report_figure *figure, bool second)
{
    int column = figure->column ? cq_section_column(table->rows, figure->column) : -1;
    if (column < 0 && !second) {
        struct cq_suppression_count *whole = &sums->graph.counts[table->whole];
        bool overlap = whole->number != figure->number;
        whole->kind = CQ_COUNT_WHOLE;
        add_spot(sums, table->whole, (struct cq_sum_place){.figure = figure});
        if (overlap) {
            add_roof(sums, table, &table->left, table->left.count, 0, table->whole);
            add_roof(sums, table, &table->right, table->right.count, 0, table->whole);
        }
        return;
    }
    const struct cq_sum_side *side = second ? &table->left : &table->right;
    for (size_t i = 0; i < side->count; i++) {
        const struct cq_groups *groups = &side->levels[i];
        bool is_its = second ? groups->second >= 0 && groups->mask == 0 && column < 0
                             : groups->figure == figure;
        for (uint32_t g = 0; g < groups->count && is_its; g++)
            if (groups->keys[g].second) {
                sums->graph.counts[side->first_count[i] + g].kind = CQ_COUNT_HEADLINE;
                add_spot(sums, side->first_count[i] + g, (struct cq_sum_place){.figure = figure});
                return;
            }
    }
    add_extra(sums, (struct cq_sum_place){.figure = figure});
    for (size_t i = 0; i < cq_section_rows(table->rows) && !sums->failed; i++)
        if (table->counts_of_rows[i] != SIZE_MAX && cq_figure_has(figure, table->rows, i) &&
            (!second || cq_section_cell(table->rows, i, (size_t)table->second)->number > 0))
            add_member(sums, table->counts_of_rows[i]);
    end_extra(sums);
}

static void add_figures(struct cq_sums *sums, struct cq_sum_table *table)
{
    for (size_t i = 0; i < table->result->figure_count && !sums->failed; i++) {
        struct cq_report_figure *figure = &table->result->figures[i];
        for (int second = 0; second < 2 && figure->counts && figure->number > 0; second++)
            if ((second == 0 || table->second >= 0) &&
                strcmp(figure->counts,
                       table->rows->columns[second ? (size_t)table->second : table->column].name) ==
                    0)
                add_figure(sums, table, figure, second);
    }
}

static int64_t sum_of_rows(const struct cq_sum_table *table)
{
    int64_t sum = 0;
    for (size_t row = 0; row < cq_section_rows(table->rows); row++)
        sum += cq_section_cell(table->rows, row, table->column)->number;
    return sum;
}

enum cq_code cq_sums_add(struct cq_sums *sums, struct cq_sum_table *table)
{
    size_t rows = cq_section_rows(table->rows);
    enum cq_code code = CQ_OK;
    table->counts_of_rows = calloc(rows + 1, sizeof *table->counts_of_rows);
    if (!table->counts_of_rows)
        return CQ_B_NOMEM;
    memset(table->counts_of_rows, 0xff, rows * sizeof *table->counts_of_rows); /* SIZE_MAX */
    code = cq_levels_choose(table);
    if (code)
        return code;
    add_side(sums, table, &table->left);
    add_side(sums, table, &table->right);
    table->whole = add_count(
        sums, (struct cq_suppression_count){.number = sum_of_rows(table),
                                            .from = table->right.root,
                                            .to = table->left.root,
                                            .kind = table->alone ? CQ_COUNT_KNOWN : CQ_COUNT_FREE});
    add_rows(sums, table);
    for (size_t s = 1; s < table->result->section_count && !code && !table->alone; s++)
        for (int second = 0; second < 2 && !code; second++)
            code = add_section(sums, table, &table->result->sections[s], second);
    if (!table->alone)
        add_figures(sums, table);
    return sums->failed ? CQ_B_NOMEM : code;
}

void cq_sum_hide(const struct cq_sum_place *place)
{
    if (place->cell) {
        place->cell->hidden = true;
        place->cell->number = 0;
    } else {
        place->figure->hidden = true;
        place->figure->number = 0;
    }
}

void cq_sums_free(struct cq_sums *sums)
{
    free(sums->graph.counts);
    cq_suppression_free(&sums->graph);
    free(sums->spots);
    free(sums->extras);
    free(sums->members);
}
