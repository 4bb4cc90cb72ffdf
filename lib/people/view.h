/* A law that answers are made under, and the days that they are about. */
#ifndef CQ_PEOPLE_VIEW_H
#define CQ_PEOPLE_VIEW_H

#include "cq/law.h"

/* The inputs of a decision that change with the days. */
enum cq_input {
    CQ_INPUT_LAW,   /* rules, gaps, documents, parameters */
    CQ_INPUT_AGE,   /* birthdays, the end of studies */
    CQ_INPUT_LISTS, /* the person's own rows */
    CQ_INPUT_SPONSOR,
    CQ_INPUT_INSURANCE,
    CQ_INPUT_PRESIDENTIAL,
    CQ_INPUT_FACILITIES,
    CQ_INPUTS
};

/* The day of each input; they differ only where the cause of a change is searched. */
struct cq_input_days {
    int32_t day[CQ_INPUTS];
};

/* A law, and what its answers need from the registry. */
struct cq_view {
    const struct cq_law *law;
    int mvd;       /* the owner that the fact `place` asks about */
    int32_t *days; /* of the law, ascending */
    size_t day_count;
};

#endif
