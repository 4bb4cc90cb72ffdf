/* Hides small counts of results. */
#ifndef CQ_RESULT_SUPPRESS_H
#define CQ_RESULT_SUPPRESS_H

#include "cq/result.h"

/* Hides counts from 1 to limit, and as few others as it takes that nobody can compute them from all
 * that the results show together. Results of reports that take no suppression are left as they are.
 * Shape: the results are filled. Errors: CQ_B_NOMEM. */
enum cq_code cq_results_suppress(struct cq_report_result *results, size_t count, int64_t limit,
                                 struct cq_err *err);

#endif
