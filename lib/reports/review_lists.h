/* Entries in force of one IIN that the lists of two agencies name otherwise. */
#ifndef CQ_REPORTS_REVIEW_LISTS_H
#define CQ_REPORTS_REVIEW_LISTS_H

#include <stdint.h>
#include "cq/db.h"

/* Two versions in person; the second is of the later run. */
struct cq_disagreement {
    int64_t id, later_id;
    int64_t run, line; /* of the second; line is 0 where no list has it */
};

typedef enum cq_code cq_disagreement_fn(const struct cq_disagreement *disagreement, void *context,
                                        struct cq_err *err);

/* Calls for each entry known at a run and in force on a day whose names or birth date differ from
 * those of the first entry of its IIN; names in one spelling do not (base/name_match.h). In the order
 * of IINs. Errors: those of cq_db_fail and of the callback, CQ_B_NOMEM. */
enum cq_code cq_disagreements_read(struct cq_db *db, int64_t run, int32_t day,
                                   cq_disagreement_fn *call, void *context, struct cq_err *err);

#endif
