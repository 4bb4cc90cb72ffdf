/* Defaults that are never used. */
#ifndef CQ_LAWCHECK_DEFAULTS_H
#define CQ_LAWCHECK_DEFAULTS_H

#include "lawcheck/findings.h"

/* Reports rows of documents and presumptions that are never used. Shape: the law is expanded
 * (cq_law_expand). */
void cq_lawcheck_defaults(struct cq_lawcheck *check);

#endif
