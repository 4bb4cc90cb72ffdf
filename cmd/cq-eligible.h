/* The parts of cq-eligible. */
#ifndef CQ_ELIGIBLE_H
#define CQ_ELIGIBLE_H

#include "cli.h"

/* Proves the law tables and writes each finding as a row; findings become status 1. */
void cq_eligible_check_law(struct cq_cli *cli);

#endif
