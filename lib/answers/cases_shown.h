/* What a case shows of the law. */
#ifndef CQ_ANSWERS_CASES_SHOWN_H
#define CQ_ANSWERS_CASES_SHOWN_H

#include "answers/cases_features.h"

/* Makes a list for the features of cases of a law. Owner: caller, cq_case_features_free. */
void cq_case_shown_init(struct cq_case_features *features, const struct cq_law *law);

/* Lists the features of a case in place of those of the last one. Returns the rule that alone decides
 * it; NULL, with no features, where none does. */
const struct cq_rule *cq_case_shown(struct cq_case_features *features, int32_t day, uint64_t word);

#endif
