/* Merges regions: a decision diagram finds few boxes for the days of one diagram, then boxes that
 * are the same but for one field, or follow each other, are joined. */
#include "lawcheck/compare_merge.h"

#include <stdlib.h>

#include "base/vec.h"
#include "lawcheck/compare_diagram.h"

/* Boxes before joining, for each wanted after it: joining leaves at least a third. */
enum { JOINED = 4 };

static bool append(struct cq_merged_list *list, struct cq_merged merged)
{
    struct cq_merged *grown = cq_grow(list->list, list->count + 1, &list->room, sizeof *grown);

    if (!grown)
        return false;
    list->list = grown;
    list->list[list->count++] = merged;
    return true;
}

/* Whether the days of an index follow those of the index before. */
static bool follows(const struct cq_answer_regions *regions, int days)
{
    return regions->days[days - 1].until == regions->days[days].since;
}

/* Appends a box of a diagram, one for each run of its days. */
static bool append_runs(const struct cq_answer_regions *regions, const struct cq_labelled *box,
                        int start, struct cq_merged_list *list)
{
    for (int day = 0; day < CQ_DIAGRAM_DAYS; day++) {
        struct cq_merged merged = {.facts = box->facts,
                                   .first = start + day,
                                   .last = start + day,
                                   .label = box->label,
                                   .combinations = cq_box_count(box->facts)};

        if ((box->days >> day & 1) == 0)
            continue;
        while (day + 1 < CQ_DIAGRAM_DAYS && (box->days >> (day + 1) & 1) != 0 &&
               follows(regions, start + day + 1))
            merged.last = start + ++day;
        if (!append(list, merged))
            return false;
    }
    return true;
}

/* Appends boxes for the days of one diagram. */
static enum cq_code merge_days(const struct cq_answer_regions *regions, const int *labels,
                               int start, size_t limit, struct cq_merged_list *list, bool *complete,
                               struct cq_err *err)
{
    struct cq_labelled *labelled = malloc((regions->count + 1) * sizeof *labelled);
    struct cq_labelled_list boxes = {0};
    struct cq_diagram *diagram = NULL;
    size_t count = 0;
    enum cq_code code = labelled ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);

    for (size_t i = 0; i < regions->count && !code; i++) {
        int day = regions->list[i].days - start;

        if (day >= 0 && day < CQ_DIAGRAM_DAYS && labels[i] >= 0)
            labelled[count++] = (struct cq_labelled){regions->list[i].facts, 1u << day, labels[i]};
    }
    if (!code)
        code = cq_diagram_new(&diagram, labelled, count, err);
    if (!code)
        code = cq_diagram_boxes(diagram, limit, &boxes, complete, err);
    for (size_t i = 0; i < boxes.count && !code; i++)
        if (!append_runs(regions, &boxes.list[i], start, list))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_diagram_free(diagram);
    free(boxes.list);
    free(labelled);
    return code;
}

/* Compares label, part, days and the facts outside a field. */
static int compare(const struct cq_merged *a, const struct cq_merged *b, uint64_t field)
{
    uint64_t x = a->facts & ~field, y = b->facts & ~field;

    if (a->label != b->label)
        return a->label < b->label ? -1 : 1;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    if (x != y)
        return x < y ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

static int by_field(const void *a, const void *b, void *field)
{
    return compare(a, b, *(const uint64_t *)field);
}

/* An empty list may have no memory. */
static void sort(struct cq_merged_list *list, uint64_t field)
{
    if (list->count > 1)
        qsort_r(list->list, list->count, sizeof *list->list, by_field, &field);
}

/* Joins boxes that are the same but for a field. */
static void join_field(struct cq_merged_list *list, uint64_t field)
{
    size_t kept = 0;

    sort(list, field);
    for (size_t i = 0; i < list->count; i++) {
        struct cq_merged *last = kept > 0 ? &list->list[kept - 1] : NULL;

        if (last && compare(last, &list->list[i], field) == 0) {
            last->facts |= list->list[i].facts;
            last->combinations += list->list[i].combinations;
        } else {
            list->list[kept++] = list->list[i];
        }
    }
    list->count = kept;
}

/* Joins boxes of days that follow each other. */
static void join_days(const struct cq_answer_regions *regions, struct cq_merged_list *list)
{
    size_t kept = 0;

    sort(list, 0);
    for (size_t i = 0; i < list->count; i++) {
        const struct cq_merged *next = &list->list[i];
        struct cq_merged *last = kept > 0 ? &list->list[kept - 1] : NULL;

        if (last && last->label == next->label && last->part == next->part &&
            last->facts == next->facts && last->combinations == next->combinations &&
            last->last + 1 == next->first && follows(regions, next->first))
            last->last = next->last;
        else
            list->list[kept++] = *next;
    }
    list->count = kept;
}

void cq_answer_regions_join(const struct cq_answer_regions *regions, struct cq_merged_list *list)
{
    size_t before;

    do {
        before = list->count;
        for (int fact = 0; fact < CQ_FACTS; fact++)
            join_field(list, cq_fact_field((enum cq_fact)fact));
        join_days(regions, list);
    } while (list->count < before);
}

enum cq_code cq_answer_regions_merge(const struct cq_answer_regions *regions, const int *labels,
                                     size_t limit, struct cq_merged_list *list, bool *complete,
                                     struct cq_err *err)
{
    size_t boxes = limit < SIZE_MAX / JOINED ? JOINED * limit : SIZE_MAX;
    enum cq_code code = CQ_OK;

    *complete = true;
    for (int start = 0; start < (int)regions->day_count && *complete && !code;
         start += CQ_DIAGRAM_DAYS)
        code = merge_days(regions, labels, start, boxes, list, complete, err);
    if (code || !*complete)
        return code;
    cq_answer_regions_join(regions, list);
    *complete = list->count <= limit;
    return CQ_OK;
}

enum cq_code cq_answer_regions_outline(const struct cq_answer_regions *regions, const int *labels,
                                       struct cq_merged_list *list, struct cq_err *err)
{
    for (size_t i = 0; i < regions->count; i++) {
        const struct cq_answer_region *region = &regions->list[i];
        uint64_t combinations = cq_box_count(region->facts);
        size_t at = 0;

        if (labels[i] < 0)
            continue;
        while (at < list->count &&
               (list->list[at].label != labels[i] || list->list[at].first != region->days))
            at++;
        if (at == list->count &&
            !append(list, (struct cq_merged){
                              .first = region->days, .last = region->days, .label = labels[i]}))
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        list->list[at].facts |= region->facts;
        list->list[at].combinations += combinations;
    }
    join_days(regions, list);
    return CQ_OK;
}
