/* Rows that nothing refers to. */
#ifndef CQ_LAWCHECK_UNUSED_H
#define CQ_LAWCHECK_UNUSED_H

#include "lawcheck/findings.h"

/* Reports acts, editions, gaps, providers, words, groups and clauses that nothing refers to. */
void cq_lawcheck_unused(struct cq_lawcheck *check);

#endif
