/* Inside the report check only: what a check is. */
#ifndef CQ_REPORT_CHECK_H
#define CQ_REPORT_CHECK_H

#include "report_private.h"

enum cq_severity { CQ_ERROR, CQ_WARNING, CQ_NOTICE };

struct cq_check {
    const char *name;
    enum cq_severity severity;
    const char *what;   /* N_(), what is counted */
    const char *advice; /* N_(), what to do */
    const char *sql;    /* gives the count; ?1 run, ?2 day, ?3 now */
};

extern const struct cq_check cq_checks[]; /* ends with a row whose name is NULL */

/* Counts that take more than a query, one pass over the people and the law. */
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
    CQ_COUNT_AUDIT,
    CQ_COUNT_REFERRALS,
    CQ_COUNT_PROOF,
    CQ_COUNT_LAW,
    CQ_COUNT_SUPERSEDED,
    CQ_COUNTED
};
extern const struct cq_check cq_counted_checks[CQ_COUNTED];

enum cq_code cq_check_count(const struct cq_report_request *request, int64_t run,
                            int64_t counts[CQ_COUNTED], struct cq_err *err);

#endif
