/* Late additions without effect. */
#ifndef CQ_LAWCHECK_LATE_H
#define CQ_LAWCHECK_LATE_H

#include "lawcheck/findings.h"

/* Reports rows of late.csv that never add anything, and their cells without effect. Shape: the law
 * is expanded (cq_law_expand). */
void cq_lawcheck_late(struct cq_lawcheck *check);

#endif
