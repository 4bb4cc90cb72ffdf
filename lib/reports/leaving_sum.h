/* The losses of cover that the report leaving found, and their sums. */
#ifndef CQ_REPORTS_LEAVING_SUM_H
#define CQ_REPORTS_LEAVING_SUM_H

#include "cq/result.h"

/* One loss of one person. */
struct cq_loss {
    int32_t day;
    const char *cause; /* static */
    unsigned services; /* bits: 1 << value of CQ_FACT_SERVICE */
    int64_t iin, version;
    int32_t residence;
    int16_t category, agency;
};

/* Days within which cover is lost soon. */
enum { CQ_LEAVING_SOON = 30 };

/* Orders losses by day, then person: for qsort. */
int cq_loss_by_day(const void *a, const void *b);

/* Adds the pictures, the figures and the sentence. Shape: losses in order of the days, up to the last
 * day asked about and CQ_LEAVING_SOON days at least.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_leaving_sum(const struct cq_report_request *request,
                            struct cq_report_result *result, const struct cq_loss *losses,
                            size_t count, int32_t last, struct cq_err *err);

#endif
