/* Rows that nothing refers to, and citations that lead nowhere. */
#ifndef CQ_LAWCHECK_REFERENCES_H
#define CQ_LAWCHECK_REFERENCES_H

#include "lawcheck/findings.h"

/* Reports unused rows, days on which a cited paragraph has no row, two editions of an act on the
 * same days, editions that a rule was not confirmed for, paragraphs that nothing implements. */
void cq_lawcheck_references(struct cq_lawcheck *check);

#endif
