/* What implements each paragraph. */
#ifndef CQ_LAWCHECK_IMPLEMENTATION_H
#define CQ_LAWCHECK_IMPLEMENTATION_H

#include "lawcheck/citations.h"

/* Reports paragraphs whose implemented_by is not what implements them. Actions of cq-refer and
 * reports are not known here: tests of their rooms check them. */
void cq_lawcheck_implementation(struct cq_lawcheck *check,
                                const struct cq_lawcheck_citations *citations);

#endif
