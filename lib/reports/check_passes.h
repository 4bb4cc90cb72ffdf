/* The checks that take more than a query. */
#ifndef CQ_REPORTS_CHECK_PASSES_H
#define CQ_REPORTS_CHECK_PASSES_H

#include "reports/check_queries.h"
#include "cq/result.h"

enum cq_counted {
    CQ_COUNT_IIN,
    CQ_COUNT_AGENCY,
    CQ_COUNT_CATEGORY,
    CQ_COUNT_REGION,
    CQ_COUNT_NAME,
    CQ_COUNT_BIRTH,
    CQ_COUNT_SELF,
    CQ_COUNT_TWO_BIRTHS,
    CQ_COUNT_TWO_AGENCIES,
    CQ_COUNT_OF_AGE,
    CQ_COUNT_NO_SPONSOR,
    CQ_COUNT_ORPHANS,
    CQ_COUNT_SPONSOR_LEFT,
    CQ_COUNT_KILLED_ON,
    CQ_COUNT_MOVED,
    CQ_COUNT_REVIEW,
    CQ_COUNT_NAMES,
    CQ_COUNT_AUDIT,
    CQ_COUNT_REFERRALS,
    CQ_COUNT_EARLIER,
    CQ_COUNT_PROOF,
    CQ_COUNT_LAW,
    CQ_COUNT_SUPERSEDED,
    CQ_COUNTED
};

extern const struct cq_check cq_counted_checks[CQ_COUNTED];

/* Counts them for a run and the request's day, in one pass over the people and one over the law.
 * Shape: counts are 0 at first.
 * Errors: those of cq_db_fail, of cq_law_check, of cq_referrals_verify, CQ_B_NOMEM. */
enum cq_code cq_check_count(const struct cq_report_request *request, int64_t run,
                            int64_t counts[CQ_COUNTED], struct cq_err *err);

#endif
