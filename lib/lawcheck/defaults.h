/* Defaults that never answer. */
#ifndef CQ_LAWCHECK_DEFAULTS_H
#define CQ_LAWCHECK_DEFAULTS_H

#include "lawcheck/findings.h"

/* Reports rows of documents and presumptions that never answer. Shape: the masks are there. */
void cq_lawcheck_defaults(struct cq_lawcheck *check);

#endif
