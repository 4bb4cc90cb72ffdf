/* The reports, and running one inside a transaction. */
#ifndef CQ_REPORT_PRIVATE_H
#define CQ_REPORT_PRIVATE_H

#include "cq/report.h"
#include "result/result_private.h"

typedef enum cq_code cq_report_run_one(const struct cq_report_request *request,
                                       struct cq_report_result *result, struct cq_err *err);
cq_report_run_one cq_report_contingent, cq_report_law, cq_report_runs, cq_report_changes,
    cq_report_leaving, cq_report_eligibility, cq_report_quality, cq_report_facilities,
    cq_report_check, cq_report_person, cq_report_audit, cq_report_referrals, cq_report_overdue,
    cq_report_payers;

/* Runs a report inside the caller's transaction; run and run_at of the result are set. */
enum cq_code cq_report_run_inside(const struct cq_report *report,
                                  const struct cq_report_request *request,
                                  struct cq_report_result *result, struct cq_err *err);

/* How much is wrong with what the registry holds of referrals. */
enum cq_code cq_report_verify_referrals(const struct cq_report_request *request, int64_t *findings,
                                        struct cq_err *err);

/* Begins a reader's transaction, or a writer's where a line goes into the log. */
enum cq_code cq_report_begin(const struct cq_report_request *request, bool log, struct cq_err *err);

/* The run as of which the registry is read, and its moment. */
enum cq_code cq_report_find_run(const struct cq_report_request *request,
                                struct cq_report_result *result, struct cq_err *err);

#endif
