/* Regions merged to few boxes. */
#ifndef CQ_LAWCHECK_COMPARE_MERGE_H
#define CQ_LAWCHECK_COMPARE_MERGE_H

#include "lawcheck/compare_regions.h"

/* A box of facts on days that follow each other, of regions with one label. */
struct cq_merged {
    uint64_t facts;
    int first, last; /* indices in cq_answer_regions.days */
    int label;
    int part;              /* of a row that was split; 0 for none. Boxes are joined within a part */
    uint64_t combinations; /* on each of the days; fewer than the box has in an outline */
};

struct cq_merged_list {
    struct cq_merged *list;
    size_t count, room;
};

/* Appends few disjoint boxes that hold the regions of each label, and nothing else.
 * Shape: labels has a label for each region, negative for those to be left out. *complete becomes
 * false where more than limit boxes are needed; then the list is of no use.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_answer_regions_merge(const struct cq_answer_regions *regions, const int *labels,
                                     size_t limit, struct cq_merged_list *list, bool *complete,
                                     struct cq_err *err);

/* Appends an outline for each label and day: the smallest box that holds its regions, with the
 * number of their combinations. Those of following days that are the same are one.
 * Shape: labels as above. Errors: CQ_B_NOMEM. */
enum cq_code cq_answer_regions_outline(const struct cq_answer_regions *regions, const int *labels,
                                       struct cq_merged_list *list, struct cq_err *err);

/* Joins boxes of one label and part that are the same but for one field, or follow each other. */
void cq_answer_regions_join(const struct cq_answer_regions *regions, struct cq_merged_list *list);

#endif
