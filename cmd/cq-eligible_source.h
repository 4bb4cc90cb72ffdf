/* Sources of facts as text. */
#ifndef CQ_ELIGIBLE_SOURCE_H
#define CQ_ELIGIBLE_SOURCE_H

#include "cq/explain.h"
#include "cq/str.h"

/* Appends where a fact came from. Errors: in out->failed. */
void cq_eligible_add_source(struct cq_str *out, const struct cq_law *law, enum cq_language language,
                            const struct cq_fact_source *source);

#endif
