/* Rows of late.csv, as cases show them. */
#ifndef CQ_ANSWERS_CASES_LATE_H
#define CQ_ANSWERS_CASES_LATE_H

#include "answers/cases_features.h"
#include "engine/law_masks.h"

/* Finds the days of a row. */
struct cq_late_days cq_late_days(const struct cq_law *law, size_t row);

/* The weakest certainty and all gaps that rows, as bits, add to a case. */
enum cq_certainty cq_late_certainty(const struct cq_law *law, uint64_t rows, int32_t day,
                                    uint64_t word, uint64_t *gaps);

/* Adds what a case shows of a row: that it applies, or the one thing for which it does not. */
void cq_case_features_late(struct cq_case_features *features, size_t row,
                           const struct cq_interval *interval, const struct cq_mask *mask,
                           int32_t day, uint64_t word);

#endif
