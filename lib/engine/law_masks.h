/* The law as masks, for decisions. */
#ifndef CQ_ENGINE_LAW_MASKS_H
#define CQ_ENGINE_LAW_MASKS_H

#include "cq/law.h"

/* The facts that a rule accepts, with groups expanded: a rule has one mask or more. */
struct cq_mask {
    uint64_t facts;
    int rule; /* index in cq_law.rules */
};

/* Limit of the masks of one interval: a decision has room for them on the stack. */
#define CQ_MASKS_MAX 2048

/* Days with the same rules. */
struct cq_interval {
    int32_t since, until;
    size_t count;                /* at most CQ_MASKS_MAX */
    const struct cq_mask *masks; /* ordered by rule */
    /* masks that accept category c and service s, as indices into masks */
    const uint16_t *bucket[CQ_CATEGORIES][CQ_SERVICES];
    uint16_t bucket_count[CQ_CATEGORIES][CQ_SERVICES];
};

/* The interval of a day. Owner: the law. */
const struct cq_interval *cq_law_interval(const struct cq_law *law, int32_t day);

#endif
