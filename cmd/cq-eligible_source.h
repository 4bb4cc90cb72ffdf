/* Sources of facts as text. */
#ifndef CQ_ELIGIBLE_SOURCE_H
#define CQ_ELIGIBLE_SOURCE_H

#include "cq-eligible_page.h"
#include "cq/explain.h"

/* Appends where a fact came from. Errors: in page->text.failed. */
void cq_eligible_add_source(struct cq_page *page, const struct cq_fact_source *source);

#endif
