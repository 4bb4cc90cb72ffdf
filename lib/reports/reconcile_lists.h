/* What the lists of an agency say of themselves: which are the last, what was rejected, whom they
 * name. */
#ifndef CQ_REPORTS_RECONCILE_LISTS_H
#define CQ_REPORTS_RECONCILE_LISTS_H

#include "reports/reconcile_find.h"

/* Finds the last lists of the agency, their rejected rows, and whom they name.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_reconcile_lists(struct cq_reconcile *r, struct cq_err *err);

/* Whether lists since the last whole one name a person, or reject the person's row. */
bool cq_reconcile_is_named(const struct cq_reconcile *r, int64_t iin);

/* Says of the people who are not named which list was the last that did.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_reconcile_last_named(struct cq_reconcile *r, struct cq_err *err);

#endif
