/* The report person with --timeline. */
#ifndef CQ_REPORTS_TIMELINE_H
#define CQ_REPORTS_TIMELINE_H

#include "cq/result.h"

/* Fills the result: for each service the days on which the answer of the person is the same.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_report_timeline(const struct cq_report_request *request,
                                struct cq_report_result *result, struct cq_err *err);

#endif
