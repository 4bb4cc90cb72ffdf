/* Choosing levels: the widest published sum and those inside it are a chain on the left, the widest
 * of the others and those inside it one on the right. Figures join whichever side they fit. */
#include "result/suppress_levels.h"

#include <stdlib.h>
#include <string.h>

#include "result/cells.h"

const int8_t cq_level_own[CQ_LEVEL_COLUMNS] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                               11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                               22, 23, 24, 25, 26, 27, 28, 29, 30};

unsigned cq_level_mask(const struct cq_sum_table *table, const struct cq_report_section *section,
                       int8_t columns[CQ_LEVEL_COLUMNS])
{
    unsigned mask = 0;
    for (size_t i = 0; i < section->column_count; i++) {
        int own = cq_section_column(table->rows, section->columns[i].name);
        if (cq_report_is_number(&section->columns[i]))
            continue;
        if (own < 0 || own >= CQ_LEVEL_COLUMNS)
            return 0;
        mask |= 1u << own;
        columns[own] = (int8_t)i;
    }
    return mask;
}

bool cq_sums_adds_up(struct cq_report_section *rows, const struct cq_report_section *section)
{
    const struct cq_sum_table table = {.rows = rows};
    int8_t columns[CQ_LEVEL_COLUMNS];
    return cq_level_mask(&table, section, columns) != 0;
}

int cq_level_column(const struct cq_sum_table *table, const struct cq_report_section *section,
                    bool second)
{
    if (second && table->second < 0)
        return -1;
    size_t own = second ? (size_t)table->second : table->column;
    return cq_section_column(section, table->rows->columns[own].name);
}

static bool is_published(const struct cq_sum_table *table, unsigned mask, bool second)
{
    int8_t columns[CQ_LEVEL_COLUMNS];
    for (size_t s = 1; s < table->result->section_count && !table->alone; s++) {
        const struct cq_report_section *section = &table->result->sections[s];
        if (cq_level_column(table, section, second) >= 0 &&
            cq_level_mask(table, section, columns) == mask)
            return true;
    }
    return false;
}

static void add_level(struct cq_sum_side *side, unsigned mask, int second)
{
    if (side->count < CQ_SUM_LEVELS)
        side->levels[side->count++] = (struct cq_groups){.mask = mask, .second = second};
}

static bool has_level(const struct cq_sum_side *side, unsigned mask, bool second)
{
    for (size_t i = 0; i < side->count; i++)
        if (side->levels[i].mask == mask && (side->levels[i].second >= 0) == second)
            return true;
    return false;
}

/* The widest published sum that is on no side yet and whose columns are among those of within (all
 * if 0), and rather not among those of without. */
static unsigned widest(const struct cq_sum_table *table, unsigned within, unsigned without)
{
    unsigned best = 0;
    int best_score = -1;
    int8_t columns[CQ_LEVEL_COLUMNS];
    for (size_t s = 1; s < table->result->section_count && !table->alone; s++) {
        const struct cq_report_section *section = &table->result->sections[s];
        unsigned mask = cq_level_mask(table, section, columns);
        if (mask == 0 || cq_level_column(table, section, false) < 0 ||
            has_level(&table->left, mask, false) || has_level(&table->right, mask, false) ||
            (within != 0 && ((mask & ~within) != 0 || mask == within)))
            continue;
        int score = __builtin_popcount(mask) + ((mask & without) == 0 ? CQ_LEVEL_COLUMNS : 0);
        if (score > best_score) {
            best = mask;
            best_score = score;
        }
    }
    return best;
}

static void add_chain(struct cq_sum_table *table, struct cq_sum_side *side, unsigned mask)
{
    for (; mask != 0; mask = widest(table, mask, 0))
        add_level(side, mask, -1);
}

unsigned cq_level_bit(const struct cq_sum_table *table, const char *name)
{
    int column = name ? cq_section_column(table->rows, name) : -1;
    return column < 0 || column >= CQ_LEVEL_COLUMNS ? 0 : 1u << column;
}

static unsigned last_mask(const struct cq_sum_side *side)
{
    return side->count > 0 ? side->levels[side->count - 1].mask : 0;
}

static void swap_sides(struct cq_sum_table *table)
{
    struct cq_sum_side left = table->left;
    table->left = table->right;
    table->right = left;
}

/* What is linked ends the chain on the right; what is known elsewhere that on the left. */
static void choose(struct cq_sum_table *table)
{
    unsigned link = cq_level_bit(table, table->link), known = cq_level_bit(table, table->known);
    int8_t columns[CQ_LEVEL_COLUMNS];
    unsigned whole = cq_level_mask(table, table->rows, columns);
    unsigned first =
        table->rows->rows_total ? cq_level_mask(table, table->rows->rows_total, columns) : 0;
    add_chain(table, &table->left, first != 0 ? first : widest(table, 0, 0));
    if (known != 0 && last_mask(&table->left) != known)
        add_level(&table->left, known, -1);
    if (link != 0 && last_mask(&table->left) == link)
        swap_sides(table);
    else if (link != 0 && (link == whole || is_published(table, link, false)))
        add_level(&table->right, link, -1);
    struct cq_sum_side *other = table->right.count == 0 ? &table->right : &table->left;
    if (other->count == 0)
        add_chain(table, other,
                  widest(table, 0,
                         table->left.count > 0 ? table->left.levels[0].mask
                                               : table->right.levels[0].mask));
    struct cq_sum_side *right = &table->right;
    if (right->count > 0 && right->count < CQ_SUM_LEVELS &&
        is_published(table, right->levels[0].mask, true)) {
        memmove(&right->levels[1], &right->levels[0], right->count * sizeof *right->levels);
        right->levels[0].second = table->second;
        right->count++;
    }
}

/* --- figures as levels --- */

static bool has_second(const struct cq_sum_table *table, size_t row)
{
    return cq_section_cell(table->rows, row, (size_t)table->second)->number > 0;
}

/* Whether each group of a level is all in a figure or all outside. */
static bool joins_groups(const struct cq_sum_table *table, const struct cq_groups *groups,
                         const struct cq_report_figure *figure)
{
    for (size_t row = 0; row < cq_section_rows(table->rows); row++) {
        uint32_t group = groups->of_row[row];
        if (group != CQ_GROUP_NONE &&
            cq_figure_has(figure, table->rows, row) !=
                cq_figure_has(figure, table->rows, groups->keys[group].row))
            return false;
    }
    return true;
}

/* Whether a figure is inside one group of a level. */
static bool splits_group(const struct cq_sum_table *table, const struct cq_groups *groups,
                         const struct cq_report_figure *figure)
{
    uint32_t only = CQ_GROUP_NONE;
    for (size_t row = 0; row < cq_section_rows(table->rows); row++) {
        uint32_t group = groups->of_row[row];
        if (group == CQ_GROUP_NONE || !cq_figure_has(figure, table->rows, row))
            continue;
        if (only != CQ_GROUP_NONE && only != group)
            return false;
        only = group;
    }
    return only != CQ_GROUP_NONE && !groups->figure && groups->second < 0;
}

/* Puts a figure that adds up some rows on the right side, above or below what is there. */
static enum cq_code place_figure(struct cq_sum_table *table, const struct cq_report_figure *figure)
{
    struct cq_sum_side *side = &table->right;
    struct cq_groups *level = &side->levels[side->count];
    if (side->count >= CQ_SUM_LEVELS)
        return CQ_OK;
    if (side->count == 0 || joins_groups(table, level - 1, figure)) {
        *level = (struct cq_groups){.second = -1, .figure = figure};
    } else if (splits_group(table, &side->levels[0], figure)) {
        memmove(&side->levels[1], &side->levels[0], side->count * sizeof *side->levels);
        level = &side->levels[0];
        *level = (struct cq_groups){.mask = side->levels[1].mask, .second = -1, .figure = figure};
    } else {
        return CQ_OK;
    }
    side->count++;
    return cq_groups_make(level, table->rows, cq_level_own, table->column);
}

/* Puts the figure of the second count on the left side, if whole groups there have it. */
static enum cq_code place_second(struct cq_sum_table *table)
{
    struct cq_sum_side *side = &table->left;
    if (table->second < 0 || table->known || side->count == 0 || side->count >= CQ_SUM_LEVELS)
        return CQ_OK;
    struct cq_groups *level = &side->levels[side->count];
    for (size_t row = 0; row < cq_section_rows(table->rows); row++) {
        uint32_t group = level[-1].of_row[row];
        if (group != CQ_GROUP_NONE &&
            has_second(table, row) != has_second(table, level[-1].keys[group].row))
            return CQ_OK;
    }
    *level = (struct cq_groups){.second = table->second};
    side->count++;
    return cq_groups_make(level, table->rows, cq_level_own, table->column);
}

static enum cq_code place_figures(struct cq_sum_table *table)
{
    enum cq_code code = place_second(table);
    for (size_t i = 0; i < table->result->figure_count && !code && !table->alone; i++) {
        const struct cq_report_figure *figure = &table->result->figures[i];
        if (figure->counts && figure->column && !table->link &&
            strcmp(figure->counts, table->rows->columns[table->column].name) == 0)
            code = place_figure(table, figure);
    }
    return code;
}

enum cq_code cq_levels_choose(struct cq_sum_table *table)
{
    struct cq_sum_side *sides[] = {&table->left, &table->right};
    enum cq_code code = CQ_OK;
    choose(table);
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < sides[k]->count && !code; i++)
            code = cq_groups_make(&sides[k]->levels[i], table->rows, cq_level_own, table->column);
    return code ? code : place_figures(table);
}

void cq_sum_table_free(struct cq_sum_table *table)
{
    for (size_t i = 0; i < table->left.count; i++)
        cq_groups_free(&table->left.levels[i]);
    for (size_t i = 0; i < table->right.count; i++)
        cq_groups_free(&table->right.levels[i]);
    free(table->counts_of_rows);
}
