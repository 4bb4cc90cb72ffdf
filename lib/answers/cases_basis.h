/* Bases, as cases show them. */
#ifndef CQ_ANSWERS_CASES_BASIS_H
#define CQ_ANSWERS_CASES_BASIS_H

#include "answers/cases_features.h"
#include "engine/law_masks.h"

/* Whether a day is the last one before an end; before an open one, of the last interval. */
bool cq_case_is_last(const struct cq_interval *interval, int32_t day, int32_t until);

/* Adds what a case shows of the basis of its ruling: the wordings that it rests on, and which row of
 * the rule's clause it has. */
void cq_case_features_basis(struct cq_case_features *features, const struct cq_interval *interval,
                            const struct cq_mask *mask, int32_t day, uint64_t word,
                            const char *certainty);

#endif
