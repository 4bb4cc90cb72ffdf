/* Fewer hidden counts. */
#ifndef CQ_RESULT_SUPPRESSION_FEWEST_H
#define CQ_RESULT_SUPPRESSION_FEWEST_H

#include "result/suppression_flow.h"

/* Whether a count is hidden only for others' sake. */
static inline bool cq_is_secondary(const struct cq_suppression_count *count)
{
    return count->hidden && !count->small && count->kind != CQ_COUNT_FREE;
}

/* Shows again what need not be hidden, and looks in small tables for the cheapest choice of all.
 * Shape: every small count is protected, and stays so. Errors: CQ_B_NOMEM. */
enum cq_code cq_suppress_fewest(struct cq_flow *flow);

#endif
