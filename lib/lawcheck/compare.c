/* Two laws compared: the ways in which differences become rows, and the cells of the rows. */
#include "cq/law_compare.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "lawcheck/compare_merge.h"
#include "lawcheck/compare_split.h"

const char *const cq_compared_names[CQ_COMPARED] = {"outcome",   "provider", "payer", "referral",
                                                    "reasons",   "basis",    "gaps",  "certainty",
                                                    "documents", "late_gaps"};

/* What the regions of a row have in common. */
enum key { ANSWERS, CHANGE, CELLS, KIND };

/* Ways to merge, from the most rows to the fewest. With outlines, rows are about decisions alone. */
static const struct way {
    enum key key;
    bool outlines;
} ways[] = {{ANSWERS, false}, {CHANGE, false}, {CELLS, false}, {KIND, false},
            {CHANGE, true},   {CELLS, true},   {KIND, true}};
enum { WAYS = sizeof ways / sizeof *ways };

static const unsigned decision = (1u << CQ_COMPARED_DECISION) - 1;

struct comparing {
    struct cq_answer_regions regions;
    struct cq_numbering keys;
    int *exact, *outlined; /* labels of the regions, -1 where it is in none of these rows */
    int *decisions;        /* labels of the changes of decisions */
    struct cq_merged_list rows, outlines;
};

/* The label of a region: what it has in common with others of one row. */
static int find_label(struct comparing *c, const struct cq_answer_region *region, enum key key,
                      unsigned looked_at)
{
    const int *first = cq_numbering_get(&c->regions.answers, region->first);
    const int *second = cq_numbering_get(&c->regions.answers, region->second);
    unsigned changed = cq_answer_region_changed(&c->regions, region) & looked_at;
    int common[1 + 2 * CQ_COMPARED] = {(int)key};

    switch (key) {
    case ANSWERS:
        common[1] = region->first;
        common[2] = region->second;
        break;
    case CHANGE:
        for (int i = 0; i < CQ_COMPARED; i++) {
            common[1 + 2 * i] = (changed >> i & 1) != 0 ? first[i] : -1;
            common[2 + 2 * i] = (changed >> i & 1) != 0 ? second[i] : -1;
        }
        break;
    case CELLS: common[1] = (int)changed; break;
    case KIND: common[1] = (changed & decision) != 0; break;
    }
    return cq_numbering_add(&c->keys, common, sizeof common);
}

/* Labels the regions. Returns how many labels the rows that are exact have. */
static size_t set_labels(struct comparing *c, const struct way *way)
{
    const unsigned looked_at = way->outlines ? decision : UINT_MAX;
    size_t count;

    cq_numbering_free(&c->keys);
    for (size_t i = 0; i < c->regions.count; i++) {
        const struct cq_answer_region *region = &c->regions.list[i];
        bool outlined = way->outlines &&
                        (cq_answer_region_changed(&c->regions, region) & decision) == 0;

        c->exact[i] = outlined ? -1 : find_label(c, region, way->key, looked_at);
        c->outlined[i] = outlined ? 0 : -1;
    }
    count = c->keys.count;
    for (size_t i = 0; i < c->regions.count; i++) {
        const struct cq_answer_region *region = &c->regions.list[i];

        if (c->outlined[i] >= 0)
            c->outlined[i] = find_label(c, region, CELLS, UINT_MAX);
        c->decisions[i] = find_label(c, region, CHANGE, decision);
    }
    return count;
}

/* Merges the regions in one way. Shape: *complete becomes false where that takes more than wanted
 * rows. Errors: CQ_B_NOMEM. */
static enum cq_code merge(struct comparing *c, const struct way *way, size_t wanted, bool *complete,
                          struct cq_err *err)
{
    size_t labels = set_labels(c, way);
    enum cq_code code = CQ_OK;

    c->rows.count = c->outlines.count = 0;
    if (c->keys.bytes.failed)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    *complete = labels <= wanted;
    if (*complete)
        code = cq_answer_regions_merge(&c->regions, c->exact, wanted, &c->rows, complete, err);
    if (*complete && !code)
        code = cq_answer_regions_outline(&c->regions, c->outlined, &c->outlines, err);
    if (c->rows.count + c->outlines.count > wanted)
        *complete = false;
    return code;
}

/* Merges the regions in the first way that takes at most so many rows, and uses what is left to
 * tell services apart. */
static enum cq_code merge_to(struct comparing *c, size_t wanted, bool *merged, struct cq_err *err)
{
    bool complete = false;
    size_t last = wanted == 0 ? 0 : WAYS - 1;
    enum cq_code code = CQ_OK;

    for (size_t way = 0; way <= last && !complete && !code; way++) {
        code = merge(c, &ways[way], way == last ? SIZE_MAX : wanted, &complete, err);
        *merged = way > 0;
    }
    if (!code && *merged && c->rows.count + c->outlines.count < wanted)
        code = cq_answer_regions_split(&c->regions, c->exact, c->decisions,
                                       wanted - c->outlines.count, &c->rows, err);
    return code;
}

/* The values of a cell, as numbers of texts. */
struct values {
    int *list;
    size_t count, room;
};

static bool add_value(struct values *values, int text)
{
    int *list;

    for (size_t i = 0; i < values->count; i++)
        if (values->list[i] == text)
            return true;
    list = cq_grow(values->list, values->count + 1, &values->room, sizeof *list);
    if (!list)
        return false;
    values->list = list;
    values->list[values->count++] = text;
    return true;
}

static int by_text(const void *a, const void *b, void *texts)
{
    return strcmp(cq_numbering_get(texts, *(const int *)a),
                  cq_numbering_get(texts, *(const int *)b));
}

/* The number of the text of a cell: its values in order, joined by '|'. */
static int join_values(struct cq_numbering *texts, struct values *values, struct cq_str *scratch)
{
    if (values->count == 1)
        return values->list[0];
    if (values->count > 1)
        qsort_r(values->list, values->count, sizeof *values->list, by_text, texts);
    cq_str_clear(scratch);
    for (size_t i = 0; i < values->count; i++) {
        const char *text = cq_numbering_get(texts, values->list[i]);

        cq_str_printf(scratch, "%s%s", i == 0 ? "" : "|", *text == '\0' ? "-" : text);
    }
    if (scratch->failed) {
        texts->bytes.failed = CQ_B_NOMEM;
        return 0;
    }
    return cq_numbering_add(texts, scratch->ptr, scratch->len + 1);
}

/* The cells of a row, as numbers of texts. */
struct row_cells {
    int cells[2][CQ_COMPARED];
    unsigned changed;
};

static bool is_in(const struct cq_answer_region *region, const struct cq_merged *row)
{
    return row->first <= region->days && region->days <= row->last &&
           cq_facts_empty(region->facts & row->facts) == 0;
}

/* Collects the values of one cell under one law (0 or 1) in the regions of a row. */
static bool collect(const struct comparing *c, const int *labels, const struct cq_merged *row,
                    int law, int cell, struct values *values)
{
    values->count = 0;
    for (size_t i = 0; i < c->regions.count; i++) {
        const struct cq_answer_region *region = &c->regions.list[i];
        const int *cells;

        if (labels[i] != row->label || !is_in(region, row))
            continue;
        cells = cq_numbering_get(&c->regions.answers, law == 0 ? region->first : region->second);
        if (!add_value(values, cells[cell]))
            return false;
    }
    return true;
}

static enum cq_code find_cells(struct comparing *c, const int *labels, const struct cq_merged *row,
                               struct row_cells *cells, struct cq_err *err)
{
    struct values values = {0};
    struct cq_str scratch = {0};
    bool good = true;

    cells->changed = 0;
    for (size_t i = 0; i < c->regions.count; i++)
        if (labels[i] == row->label && is_in(&c->regions.list[i], row))
            cells->changed |= cq_answer_region_changed(&c->regions, &c->regions.list[i]);
    for (int law = 0; law < 2; law++)
        for (int i = 0; i < CQ_COMPARED && good; i++) {
            good = collect(c, labels, row, law, i, &values);
            if (good)
                cells->cells[law][i] = join_values(&c->regions.texts, &values, &scratch);
        }
    free(values.list);
    cq_str_free(&scratch);
    return good && !c->regions.texts.bytes.failed ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
}

static void fill_row(const struct comparing *c, const struct cq_merged *merged,
                     const struct row_cells *cells, struct cq_law_difference *row)
{
    *row = (struct cq_law_difference){.since = c->regions.days[merged->first].since,
                                      .until = c->regions.days[merged->last].until,
                                      .facts = merged->facts,
                                      .combinations = merged->combinations,
                                      .among = cq_box_count(merged->facts),
                                      .changed = cells->changed};
    for (int i = 0; i < CQ_COMPARED; i++) {
        row->first[i] = cq_numbering_get(&c->regions.texts, cells->cells[0][i]);
        row->second[i] = cq_numbering_get(&c->regions.texts, cells->cells[1][i]);
    }
}

static int by_days_and_facts(const void *x, const void *y)
{
    const struct cq_law_difference *a = x, *b = y;
    bool first = (a->changed & decision) != 0, second = (b->changed & decision) != 0;

    if (first != second)
        return first ? -1 : 1;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    if (a->until != b->until)
        return a->until < b->until ? -1 : 1;
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        uint64_t field = cq_fact_field((enum cq_fact)fact);

        if ((a->facts & field) != (b->facts & field))
            return (a->facts & field) < (b->facts & field) ? -1 : 1;
    }
    return (a->changed > b->changed) - (a->changed < b->changed);
}

/* Makes the rows of what was merged. All cells are found before: their texts may move until then. */
static enum cq_code make_rows(struct comparing *c, struct cq_law_comparison *comparison,
                              struct cq_err *err)
{
    size_t count = c->rows.count + c->outlines.count;
    struct row_cells *cells = malloc((count + 1) * sizeof *cells);
    enum cq_code code = CQ_OK;

    comparison->rows = malloc((count + 1) * sizeof *comparison->rows);
    if (!cells || !comparison->rows)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < count && !code; i++)
        code = i < c->rows.count ? find_cells(c, c->exact, &c->rows.list[i], &cells[i], err)
                                 : find_cells(c, c->outlined, &c->outlines.list[i - c->rows.count],
                                              &cells[i], err);
    for (size_t i = 0; i < count && !code; i++) {
        struct cq_law_difference *row = &comparison->rows[i];

        fill_row(c, i < c->rows.count ? &c->rows.list[i] : &c->outlines.list[i - c->rows.count],
                 &cells[i], row);
        comparison->outlines += row->combinations < row->among;
    }
    comparison->count = code ? 0 : count;
    if (comparison->count > 1)
        qsort(comparison->rows, comparison->count, sizeof *comparison->rows, by_days_and_facts);
    free(cells);
    return code;
}

static void free_comparing(struct comparing *c)
{
    if (!c)
        return;
    cq_answer_regions_free(&c->regions);
    cq_numbering_free(&c->keys);
    free(c->exact);
    free(c->outlined);
    free(c->decisions);
    free(c->rows.list);
    free(c->outlines.list);
    free(c);
}

enum cq_code cq_law_compare(const struct cq_law *first, const struct cq_law *second, size_t wanted,
                            struct cq_law_comparison *comparison, struct cq_err *err)
{
    struct comparing *c = calloc(1, sizeof *c);
    enum cq_code code;

    *comparison = (struct cq_law_comparison){.memory = c};
    if (!c)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    code = cq_answer_regions_find(&c->regions, first, second, err);
    c->exact = malloc((c->regions.count + 1) * sizeof *c->exact);
    c->outlined = malloc((c->regions.count + 1) * sizeof *c->outlined);
    c->decisions = malloc((c->regions.count + 1) * sizeof *c->decisions);
    if (!code && (!c->exact || !c->outlined || !c->decisions))
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = merge_to(c, wanted, &comparison->merged, err);
    return code ? code : make_rows(c, comparison, err);
}

void cq_law_comparison_fini(struct cq_law_comparison *comparison)
{
    free(comparison->rows);
    free_comparing(comparison->memory);
    *comparison = (struct cq_law_comparison){0};
}
