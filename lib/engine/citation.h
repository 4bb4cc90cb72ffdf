/* Citations in words. */
#ifndef CQ_ENGINE_CITATION_H
#define CQ_ENGINE_CITATION_H

#include "cq/law.h"
#include "cq/str.h"

/* The act of a citation: its id ends at a colon, where there is one. NULL where it is not known. */
const struct cq_act *cq_citation_act(const struct cq_law *law, struct cq_text citation);

/* Appends what the title of an act says before its colon: "Order No. 61 of 23 February 2022". */
void cq_citation_title(const struct cq_act *act, enum cq_language language, struct cq_str *out);

/* Appends the place in the act: of "R78:4.2(1)" "paragraph 4, part 2, subparagraph 1", of a law an
 * article and its paragraph; nothing where the act is cited as a whole. */
void cq_citation_place(const struct cq_law *law, const struct cq_act *act, struct cq_text citation,
                       enum cq_language language, struct cq_str *out);

#endif
