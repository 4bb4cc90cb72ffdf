/* Rules that bindings.csv binds wrongly, and rows of it that no rule calls for. */
#ifndef CQ_LAWCHECK_BINDINGS_H
#define CQ_LAWCHECK_BINDINGS_H

#include "lawcheck/findings.h"

/* Shape: the rules are written out. */
void cq_lawcheck_bindings(struct cq_lawcheck *check);

#endif
