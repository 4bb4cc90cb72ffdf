/* Sources of facts as text. */
#ifndef CQ_ELIGIBLE_SOURCE_H
#define CQ_ELIGIBLE_SOURCE_H

#include "cq-eligible_page.h"
#include "cq/explain.h"

/* Appends where a fact came from. Errors: in page->text.failed. */
void cq_eligible_add_source(struct cq_page *page, const struct cq_fact_source *source);

/* Appends the date and the file of each list that facts came from, once.
 * Shape: sources has CQ_FACTS entries. Errors: as above. */
void cq_eligible_add_lists(struct cq_page *page, const struct cq_fact_source *sources);

#endif
