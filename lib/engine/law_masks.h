/* The law as masks, for decisions. */
#ifndef CQ_ENGINE_LAW_MASKS_H
#define CQ_ENGINE_LAW_MASKS_H

#include "cq/law.h"

/* What a rule answers on the days of an interval. A rule with a clause has one ruling for each row
 * of the clause. */
struct cq_ruling {
    const struct cq_rule *rule;
    const char *basis; /* as it reads on these days */
    enum cq_certainty certainty;
    enum cq_certainty least; /* of it: what the rule and its clause say, whatever they cite */
    uint64_t gaps;
    uint64_t late; /* rows of cq_law.late that can apply, as bits */
    int verdict;   /* equal for rulings with the same answer, certainty aside */
};

/* The facts that a ruling accepts, with groups expanded: a ruling has one mask or more. */
struct cq_mask {
    uint64_t facts;
    int ruling;  /* index in the interval's rulings */
    int verdict; /* of the ruling */
};

/* Limits of one interval: a decision has room for its masks on the stack. */
#define CQ_MASKS_MAX 2048
#define CQ_RULINGS_MAX 1024

/* Days with the same rulings. */
struct cq_interval {
    int32_t since, until;
    size_t ruling_count;
    const struct cq_ruling *rulings; /* in the order of the rules */
    size_t count;                    /* of masks */
    const struct cq_mask *masks;     /* ordered by ruling */
    /* those that accept category c and service s, side by side */
    const struct cq_mask *bucket[CQ_CATEGORIES][CQ_SERVICES];
    uint16_t bucket_count[CQ_CATEGORIES][CQ_SERVICES];
};

/* The interval of a day. Owner: the law. */
const struct cq_interval *cq_law_interval(const struct cq_law *law, int32_t day);

#endif
