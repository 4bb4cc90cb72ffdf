/* What the decisions on everybody rest on, on one day. */
#ifndef CQ_REPORTS_LAW_COUNT_H
#define CQ_REPORTS_LAW_COUNT_H

#include "cq/result.h"

struct cq_law_count {
    int64_t *paragraphs;   /* decisions that cite it, by row of cq_law.paragraphs */
    int64_t decisions[64]; /* that have the gap, by index in cq_law.gaps */
    int64_t people[64];    /* whom the gap concerns */
    int64_t asked, all;    /* decisions and people in all */
};

/* Decides for everybody: the service of the request or every service, planned and as an emergency,
 * stays in Astana and Almaty too; with medical indications and without, where they decide. Gaps that no decision shows concern those whose rows are as the gap says.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, free(count->paragraphs) in any case. */
enum cq_code cq_law_count(const struct cq_report_request *request, int64_t run,
                          struct cq_law_count *count, struct cq_err *err);

#endif
