/* The rows of the report person. */
#ifndef CQ_REPORTS_PERSON_ROWS_H
#define CQ_REPORTS_PERSON_ROWS_H

#include "cq/result.h"

/* Adds all that lists, referrals and verdicts hold of the person of the request and of the family
 * around, in the order in which it became known. Each relative who is named adds a line to the log.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_person_rows_add(const struct cq_report_request *request,
                                struct cq_report_result *result, struct cq_err *err);

#endif
