/* Contradictions of one row with others. */
#ifndef CQ_REPORTS_RECONCILE_COMPARE_H
#define CQ_REPORTS_RECONCILE_COMPARE_H

#include "reports/reconcile_find.h"

/* Adds the contradictions between the agency's row and other rows of the person, the sponsor's rows
 * and the list of the President's Affairs Administration. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_reconcile_compare(struct cq_reconcile *r, const struct cq_reconcile_person *p,
                                  const struct cq_reconcile_row *own, struct cq_err *err);

#endif
