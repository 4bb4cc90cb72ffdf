/* Rows that contradict the registry and that their sender has not mended. */
#ifndef CQ_REPORTS_REVIEW_OPEN_H
#define CQ_REPORTS_REVIEW_OPEN_H

#include <stdint.h>
#include "people/verdicts.h"

/* What an agency's lists say of an IIN and the registry does not: however often it was said. */
struct cq_contradiction {
    int64_t iin, run, line; /* of the last time */
    int agency;             /* that said it */
    int64_t entry;          /* the version that the registry holds, 0 if it holds none any more */
};

typedef enum cq_code cq_contradiction_fn(const struct cq_contradiction *contradiction,
                                         void *context, struct cq_err *err);

/* Calls for each, in the order of IIN and agency: those of runs in force, since the agency's last
 * whole list; not those after which the agency's row was taken. Errors: those of cq_db_fail and of
 * the callback. */
enum cq_code cq_contradictions_read(struct cq_db *db, int64_t run, cq_contradiction_fn *call,
                                    void *context, struct cq_err *err);

#endif
