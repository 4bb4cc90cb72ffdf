/* --check-law. */
#ifndef CQ_ELIGIBLE_CHECK_H
#define CQ_ELIGIBLE_CHECK_H

#include "cli.h"

/* Checks the law tables and writes each finding as a row; findings become status 1.
 * Errors: in cli->err, then false. */
bool cq_eligible_check_law(struct cq_cli *cli);

#endif
