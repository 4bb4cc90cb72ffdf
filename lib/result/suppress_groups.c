/* Groups by sorting: rows with the same texts come to lie side by side. */
#include "result/suppress_groups.h"

#include <stdlib.h>
#include <string.h>

int cq_section_column(const struct cq_report_section *section, const char *name)
{
    for (size_t i = 0; i < section->column_count; i++)
        if (strcmp(section->columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

static const char *text_of(const struct cq_group_key *key, int column)
{
    const struct cq_report_cell *cell =
        cq_section_cell(key->section, key->row, (size_t)key->columns[column]);
    return cell->text ? cell->text : "";
}

static int compare(const struct cq_group_key *a, const struct cq_group_key *b, unsigned mask)
{
    int order = a->second - b->second;
    for (int i = 0; mask >> i != 0 && order == 0; i++)
        if ((mask >> i & 1) != 0)
            order = strcmp(text_of(a, i), text_of(b, i));
    return order;
}

/* Whether a word is among words that are joined by ';'. */
static bool is_among(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = words; at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL)
        if (strncmp(at, word, len) == 0 && (at[len] == ';' || at[len] == '\0'))
            return true;
    return false;
}

bool cq_figure_has(const struct cq_report_figure *figure, const struct cq_report_section *rows,
                   size_t row)
{
    int column = figure->column ? cq_section_column(rows, figure->column) : -1;
    const char *word = column < 0 ? NULL : cq_section_cell(rows, row, (size_t)column)->text;
    return column < 0 || is_among(figure->values, word ? word : "");
}

struct sorted {
    struct cq_group_key key;
    unsigned mask;
};

static int by_key(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    int order = compare(&x->key, &y->key, x->mask);
    return order != 0 ? order : (x->key.row > y->key.row) - (x->key.row < y->key.row);
}

enum cq_code cq_groups_make(struct cq_groups *groups, const struct cq_report_section *rows,
                            const int8_t *columns, size_t column)
{
    size_t n = cq_section_rows(rows), count = 0;
    struct sorted *sorted = calloc(n + 1, sizeof *sorted);
    groups->of_row = calloc(n + 1, sizeof *groups->of_row);
    groups->keys = calloc(n + 1, sizeof *groups->keys);
    groups->sums = calloc(n + 1, sizeof *groups->sums);
    if (!sorted || !groups->of_row || !groups->keys || !groups->sums) {
        free(sorted);
        return CQ_B_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        groups->of_row[i] = CQ_GROUP_NONE;
        if (cq_section_cell(rows, i, column)->number == 0)
            continue;
        bool second = groups->figure
                          ? cq_figure_has(groups->figure, rows, i)
                          : groups->second >= 0 &&
                                cq_section_cell(rows, i, (size_t)groups->second)->number > 0;
        sorted[count++] = (struct sorted){{rows, i, columns, second}, groups->mask};
    }
    qsort(sorted, count, sizeof *sorted, by_key);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare(&sorted[i - 1].key, &sorted[i].key, groups->mask) != 0)
            groups->keys[groups->count++] = sorted[i].key;
        groups->of_row[sorted[i].key.row] = groups->count - 1;
        groups->sums[groups->count - 1] += cq_section_cell(rows, sorted[i].key.row, column)->number;
    }
    free(sorted);
    return CQ_OK;
}

uint32_t cq_groups_find(const struct cq_groups *groups, const struct cq_group_key *key)
{
    uint32_t low = 0, high = groups->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(&groups->keys[middle], key, groups->mask);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return CQ_GROUP_NONE;
}

void cq_groups_free(struct cq_groups *groups)
{
    free(groups->of_row);
    free(groups->keys);
    free(groups->sums);
    *groups = (struct cq_groups){0};
}
