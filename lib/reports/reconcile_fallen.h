/* Employees of whom lists say that they were killed: rows of their children name them. */
#ifndef CQ_REPORTS_RECONCILE_FALLEN_H
#define CQ_REPORTS_RECONCILE_FALLEN_H

#include "reports/reconcile_find.h"

/* Reads them: those killed before the day. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_reconcile_read_fallen(struct cq_reconcile *r, struct cq_err *err);

/* What lists say of an employee; NULL where none says that he or she was killed. */
const struct cq_reconcile_fallen *cq_reconcile_find_fallen(const struct cq_reconcile *r,
                                                           int64_t iin);

#endif
