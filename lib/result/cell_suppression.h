/* Finds the counts of a table that must be hidden so that small ones cannot be computed. */
#ifndef CQ_RESULT_CELL_SUPPRESSION_H
#define CQ_RESULT_CELL_SUPPRESSION_H

#include "result/suppression_flow.h"

/* Hides the small counts, and the fewest others it can find, until each small one could also be
 * larger by two and larger than limit, given all other counts, all sums, and that no hidden count is
 * 0. Few counts are hidden rather than many, cells rather than sums, small ones rather than large
 * ones; in small tables no choice is better. Errors: CQ_B_NOMEM. */
enum cq_code cq_suppress_counts(struct cq_suppression *s, struct cq_err *err);

/* Protects one sum more, of counts that are members; it is hidden itself. Adds a proof in which it
 * is larger by difference, and hides what that takes. Errors: CQ_B_NOMEM. */
enum cq_code cq_suppress_sum(struct cq_suppression *s, const size_t *members, size_t count,
                             int64_t difference, struct cq_err *err);

/* Looks for another proof of the same count, in which fixed counts do not change, and hides what
 * cells that takes. Errors: CQ_B_NOMEM; and if there is none, found is false and nothing changes. */
enum cq_code cq_suppress_otherwise(struct cq_suppression *s, size_t p, const bool *fixed,
                                   bool *found, struct cq_err *err);

void cq_suppression_free(struct cq_suppression *s);

#endif
