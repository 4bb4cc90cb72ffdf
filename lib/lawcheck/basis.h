/* The check of the bases of rules and clauses. */
#ifndef CQ_LAWCHECK_BASIS_H
#define CQ_LAWCHECK_BASIS_H

#include "lawcheck/findings.h"

/* Reports citations that change no basis and no certainty. */
void cq_lawcheck_basis(struct cq_lawcheck *check);

#endif
