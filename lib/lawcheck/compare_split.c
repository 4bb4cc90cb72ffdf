/* Splits merged rows by service: the service is what was asked for, and a row about one service
 * has few answers. */
#include "lawcheck/compare_split.h"

#include <stdlib.h>

#include "base/vec.h"

/* Changes in a part of a row. */
struct changes {
    int *list;
    size_t count, room;
};

struct splitting {
    const struct cq_answer_regions *regions;
    const int *labels, *changes;
    struct changes found;     /* scratch */
    struct cq_numbering sets; /* of changes, in order */
};

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x > y) - (x < y);
}

/* Finds the changes within the given facts of a row, each once. Errors: in s->sets.bytes.failed. */
static void find_changes(struct splitting *s, const struct cq_merged *row, uint64_t facts)
{
    struct changes *found = &s->found;
    size_t kept = 0;

    found->count = 0;
    for (size_t i = 0; i < s->regions->count; i++) {
        const struct cq_answer_region *region = &s->regions->list[i];
        int *list;

        if (s->labels[i] != row->label || region->days < row->first || region->days > row->last ||
            cq_facts_empty(region->facts & facts) != 0)
            continue;
        list = cq_grow(found->list, found->count + 1, &found->room, sizeof *list);
        if (!list) {
            s->sets.bytes.failed = CQ_B_NOMEM;
            return;
        }
        found->list = list;
        found->list[found->count++] = s->changes[i];
    }
    if (found->count > 1)
        qsort(found->list, found->count, sizeof *found->list, by_number);
    for (size_t i = 0; i < found->count; i++)
        if (kept == 0 || found->list[kept - 1] != found->list[i])
            found->list[kept++] = found->list[i];
    found->count = kept;
}

/* Services of a row with the same changes. */
struct part {
    int set;
    uint64_t services;
};

/* Finds the parts of a row. Returns how many. */
static int find_parts(struct splitting *s, const struct cq_merged *row,
                      struct part parts[CQ_SERVICES])
{
    const uint64_t field = cq_fact_field(CQ_FACT_SERVICE);
    int count = 0;

    for (uint64_t left = row->facts & field; left != 0; left &= left - 1) {
        uint64_t service = left & -left;
        int set, at = 0;

        find_changes(s, row, (row->facts & ~field) | service);
        set = cq_numbering_add(&s->sets, s->found.list, s->found.count * sizeof *s->found.list);
        while (at < count && parts[at].set != set)
            at++;
        if (at == count)
            parts[count++] = (struct part){set, 0};
        parts[at].services |= service;
    }
    return count;
}

/* The row with the most changes that was not tried yet, more than one; -1 where there is none. */
static int find_widest(const size_t *widths, size_t count)
{
    int widest = -1;

    for (size_t i = 0; i < count; i++)
        if (widths[i] > 1 && (widest < 0 || widths[i] > widths[widest]))
            widest = (int)i;
    return widest;
}

/* Replaces a row by its parts. */
static void replace(struct cq_merged_list *list, int row, const struct part *parts, int count)
{
    const uint64_t field = cq_fact_field(CQ_FACT_SERVICE);
    struct cq_merged whole = list->list[row];

    for (int i = 0; i < count; i++) {
        struct cq_merged part = whole;

        part.facts = (whole.facts & ~field) | parts[i].services;
        part.part = parts[i].set + 1;
        part.combinations = cq_box_count(part.facts);
        list->list[i == 0 ? (size_t)row : list->count++] = part;
    }
}

static void split_rows(struct splitting *s, size_t limit, struct cq_merged_list *list,
                       size_t *widths)
{
    const size_t before = list->count;
    int row;

    for (size_t i = 0; i < before; i++) {
        find_changes(s, &list->list[i], list->list[i].facts);
        widths[i] = s->found.count;
    }
    while ((row = find_widest(widths, before)) >= 0 && !s->sets.bytes.failed) {
        struct part parts[CQ_SERVICES];
        int count = find_parts(s, &list->list[row], parts);

        widths[row] = 0;
        if (list->count - 1 + (size_t)count <= limit)
            replace(list, row, parts, count);
    }
}

enum cq_code cq_answer_regions_split(const struct cq_answer_regions *regions, const int *labels,
                                     const int *changes, size_t limit, struct cq_merged_list *list,
                                     struct cq_err *err)
{
    struct splitting s = {.regions = regions, .labels = labels, .changes = changes};
    size_t *widths = calloc(list->count + 1, sizeof *widths);
    struct cq_merged *grown = cq_grow(list->list, limit, &list->room, sizeof *grown);
    enum cq_code code = CQ_OK;

    if (grown)
        list->list = grown;
    if (grown && widths)
        split_rows(&s, limit, list, widths);
    if (grown)
        cq_answer_regions_join(regions, list);
    if (!grown || !widths || s.sets.bytes.failed)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    free(widths);
    free(s.found.list);
    cq_numbering_free(&s.sets);
    return code;
}
