/* Answers under two laws, compared by their texts: pointers into two laws differ. */
#include "cq/answer_diff.h"

#include <string.h>

const char *const cq_effect_names[CQ_EFFECTS] = {"gains", "loses",   "role", "provider",
                                                 "payer", "outcome", "other"};

/* Whether two sets of gaps, each of its own law, name the same. */
static bool same_gaps(const struct cq_law *first_law, uint64_t first,
                      const struct cq_law *second_law, uint64_t second)
{
    for (; first != 0 && second != 0; first &= first - 1, second &= second - 1)
        if (strcmp(first_law->gaps[__builtin_ctzll(first)].id,
                   second_law->gaps[__builtin_ctzll(second)].id) != 0)
            return false;
    return first == 0 && second == 0;
}

/* Whether cells differ that have no effect of their own. */
static bool other_differs(const struct cq_law *first_law, const struct cq_decision *a,
                          const struct cq_law *second_law, const struct cq_decision *b)
{
    return strcmp(a->referral, b->referral) != 0 || strcmp(a->provider, b->provider) != 0 ||
           strcmp(a->payer, b->payer) != 0 || strcmp(a->documents, b->documents) != 0 ||
           strcmp(a->reasons, b->reasons) != 0 || strcmp(a->basis, b->basis) != 0 ||
           a->missing != b->missing || !same_gaps(first_law, a->gaps, second_law, b->gaps);
}

unsigned cq_answer_diff(const struct cq_law *first_law, const struct cq_answer *first,
                        const struct cq_law *second_law, const struct cq_answer *second)
{
    const struct cq_decision *a = &first->decision, *b = &second->decision;
    unsigned effect = 0;
    if (first->category != second->category || first->agency != second->agency)
        effect |= CQ_EFFECT_ROLE;
    if (a->entitled != b->entitled)
        return effect | (b->entitled ? CQ_EFFECT_GAINS : CQ_EFFECT_LOSES);
    if (a->entitled &&
        (strcmp(a->provider, b->provider) != 0 || strcmp(first->facility, second->facility) != 0))
        effect |= CQ_EFFECT_PROVIDER;
    if (a->entitled && strcmp(a->payer, b->payer) != 0)
        effect |= CQ_EFFECT_PAYER;
    if (strcmp(a->outcome, b->outcome) != 0)
        effect |= CQ_EFFECT_OUTCOME;
    return effect == 0 && other_differs(first_law, a, second_law, b) ? CQ_EFFECT_OTHER : effect;
}

void cq_answer_diff_count(struct cq_answer_diff_counts *counts, const struct cq_answer *first,
                          unsigned effect)
{
    int category = first->category == CQ_UNKNOWN ? CQ_CATEGORIES : first->category;
    counts->rows[category]++;
    for (int i = 0; i < CQ_EFFECTS; i++)
        counts->effects[category][i] += effect >> i & 1;
}
