/* Inside the report leaving only: the losses of cover that were found. */
#ifndef CQ_REPORT_LEAVING_H
#define CQ_REPORT_LEAVING_H

#include "report_private.h"

/* One loss of one person. */
struct cq_loss {
    int32_t day;
    const char *cause; /* static */
    unsigned services; /* bits */
    int64_t iin, version;
    int32_t residence;
    int16_t category, agency;
};

struct cq_leaving {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_people *people;
    int services[2], service_count;
    int32_t last; /* day looked at */
    struct cq_loss *losses;
    size_t count, room;
};

/* Orders losses by day, then person: for qsort. */
int cq_leaving_by_day(const void *a, const void *b);

/* Adds the pictures, the figures and the sentence. Shape: losses in order of the days.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_leaving_sum(struct cq_leaving *l, struct cq_err *err);

#endif
