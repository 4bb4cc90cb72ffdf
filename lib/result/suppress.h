/* Hides small counts of a result. */
#ifndef CQ_RESULT_SUPPRESS_H
#define CQ_RESULT_SUPPRESS_H

#include "cq/result.h"

/* Hides counts from 1 to limit, and as many others as are needed so that nobody can compute them,
 * by the kind of the report's sums. Shape: the result is filled. Errors: CQ_B_NOMEM. */
enum cq_code cq_result_suppress(struct cq_report_result *result, int64_t limit, struct cq_err *err);

#endif
