/* Merged rows told apart by service. */
#ifndef CQ_LAWCHECK_COMPARE_SPLIT_H
#define CQ_LAWCHECK_COMPARE_SPLIT_H

#include "lawcheck/compare_merge.h"

/* Splits boxes by service as long as there are at most limit of them, those with the most changes
 * first. Services with the same changes stay together.
 * Shape: labels as for cq_answer_regions_merge; changes are labels too. Errors: CQ_B_NOMEM. */
enum cq_code cq_answer_regions_split(const struct cq_answer_regions *regions, const int *labels,
                                     const int *changes, size_t limit, struct cq_merged_list *list,
                                     struct cq_err *err);

#endif
