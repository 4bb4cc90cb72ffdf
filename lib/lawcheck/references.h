/* Rows that nothing refers to. */
#ifndef CQ_LAWCHECK_REFERENCES_H
#define CQ_LAWCHECK_REFERENCES_H

#include "lawcheck/findings.h"

/* Reports rows that nothing refers to, and days outside editions. */
void cq_lawcheck_references(struct cq_lawcheck *check);

#endif
