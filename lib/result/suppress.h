/* Keeping small counts of a result back. */
#ifndef CQ_RESULT_SUPPRESS_H
#define CQ_RESULT_SUPPRESS_H

#include "cq/result.h"

/* Hides counts from 1 to limit, and as many others as it takes that nobody can work them out; the
 * report's sums say how. Shape: the result is filled. Errors: CQ_B_NOMEM. */
enum cq_code cq_result_suppress(struct cq_report_result *result, int64_t limit, struct cq_err *err);

#endif
