/* Running several reports inside one transaction: for the book. */
#ifndef CQ_REPORTS_RUN_H
#define CQ_REPORTS_RUN_H

#include "cq/result.h"

/* Begins a reader's transaction, or a writer's where a line goes into the log.
 * Errors: those of cq_db_fail. */
enum cq_code cq_report_begin(const struct cq_report_request *request, bool log, struct cq_err *err);

/* Runs a report inside the caller's transaction; run and run_at of the result are set.
 * Shape, errors and owner: as cq_report_run. */
enum cq_code cq_report_run_in_transaction(const struct cq_report *report,
                                          const struct cq_report_request *request,
                                          struct cq_report_result *result, struct cq_err *err);

#endif
