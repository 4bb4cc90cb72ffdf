/* Cells of an answer without effect. */
#ifndef CQ_LAWCHECK_ANSWERS_H
#define CQ_LAWCHECK_ANSWERS_H

#include "lawcheck/findings.h"

/* Reports certainties and gaps of rules and clauses that their answers have anyway. Shape: the law
 * is expanded (cq_law_expand). */
void cq_lawcheck_answers(struct cq_lawcheck *check);

#endif
