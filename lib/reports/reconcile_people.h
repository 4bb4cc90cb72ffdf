/* The people of an agency, for the report reconcile. */
#ifndef CQ_REPORTS_RECONCILE_PEOPLE_H
#define CQ_REPORTS_RECONCILE_PEOPLE_H

#include "reports/reconcile_find.h"

/* Goes through the people of the agency: who is not named, and with whose row others do not agree.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_reconcile_people(struct cq_reconcile *r, struct cq_err *err);

#endif
