/* --check-law --against=DIR. */
#ifndef CQ_ELIGIBLE_COMPARE_H
#define CQ_ELIGIBLE_COMPARE_H

#include "cq-eligible_session.h"

/* Compares the laws of the session and writes the facts and days on which their answers differ, as
 * rows: few, or with all one for each old and new answer. Differences become status 1.
 * Errors: in cli->err, then false. */
bool cq_eligible_compare(struct cq_eligible *session, bool all);

#endif
