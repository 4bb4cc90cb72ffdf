/* The difference of two answers to one question under two laws. */
#ifndef CQ_ANSWER_DIFF_H
#define CQ_ANSWER_DIFF_H

#include <stdint.h>
#include "cq/answer.h"

/* Changes from the first law to the second, as bits. */
enum {
    CQ_EFFECT_GAINS = 1,    /* entitled only under the second */
    CQ_EFFECT_LOSES = 2,    /* entitled only under the first */
    CQ_EFFECT_ROLE = 4,     /* another role answers: category or agency */
    CQ_EFFECT_PROVIDER = 8, /* entitled under both, with another provider or facility */
    CQ_EFFECT_PAYER = 16,   /* entitled under both, with another payer */
    CQ_EFFECT_OUTCOME = 32, /* entitled under both or neither, with another outcome */
    CQ_EFFECT_OTHER = 64,   /* none of these: reasons, documents, citations, gaps */
};
enum { CQ_EFFECTS = 7 };

extern const char *const cq_effect_names[CQ_EFFECTS]; /* in the order of the bits */

/* The effects on one answer, bits; 0 where both give the same cells, rule ids and certainty aside. */
unsigned cq_answer_diff(const struct cq_law *first_law, const struct cq_answer *first,
                        const struct cq_law *second_law, const struct cq_answer *second);

/* Counts of different answers by the category under the first law; the last is an unknown
 * category. */
struct cq_answer_diff_counts {
    int64_t rows[CQ_CATEGORIES + 1]; /* with different answers */
    int64_t effects[CQ_CATEGORIES + 1][CQ_EFFECTS];
};

/* Counts the effect of one answer. */
void cq_answer_diff_count(struct cq_answer_diff_counts *counts, const struct cq_answer *first,
                          unsigned effect);

#endif
