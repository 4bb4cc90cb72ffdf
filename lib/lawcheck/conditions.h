/* Conditions without effect. */
#ifndef CQ_LAWCHECK_CONDITIONS_H
#define CQ_LAWCHECK_CONDITIONS_H

#include "lawcheck/findings.h"

/* Reports rules, groups and conditions without effect. Shape: the law is expanded
 * (cq_law_expand). */
void cq_lawcheck_conditions(struct cq_lawcheck *check);

#endif
