/* Features of a case: of its answer, each of which would be another one if some cell of the tables
 * were. Equal features have equal numbers. */
#ifndef CQ_ANSWERS_CASES_FEATURES_H
#define CQ_ANSWERS_CASES_FEATURES_H

#include "cq/decide.h"
#include "lawcheck/numbering.h"

enum cq_case_feature {
    CQ_FEATURE_ANSWER,
    CQ_FEATURE_RULE,
    CQ_FEATURE_WHO,
    CQ_FEATURE_WHERE,
    CQ_FEATURE_COVER,
    CQ_FEATURE_WORDING,
    CQ_FEATURE_PAPERS,
    CQ_FEATURE_PAPERS_OF,
    CQ_FEATURE_NO_PAPERS,
    CQ_FEATURE_LATE_DAY,
    CQ_FEATURE_LATE_VALUE,
    CQ_FEATURE_LATE_POSSIBLE,
    CQ_FEATURE_LATE_BASIS,
    CQ_FEATURE_LATE_OUTCOME,
    CQ_FEATURE_LATE_RESTS,
    CQ_FEATURE_NOT_LATE_DAY,
    CQ_FEATURE_NOT_LATE_VALUE,
    CQ_FEATURE_NOT_LATE_MIXED,
    CQ_FEATURE_NOT_LATE_BASIS,
    CQ_FEATURE_NOT_LATE_OUTCOME,
    CQ_FEATURE_NOT_LATE_RESTS
};

/* The first and the last day on which a late row can apply to some ruling: of a row without an end the
 * first day of the last interval. Shape: first is CQ_DAY_MAX where it never can. */
struct cq_late_days {
    int32_t first, last;
};

/* A failure sticks: check failed and numbers.bytes.failed. */
struct cq_case_features {
    const struct cq_law *law;
    struct cq_late_days late_days[64];
    struct cq_numbering numbers; /* of all features so far */
    int *list;                   /* of the case */
    size_t count, room;
    bool failed;
};

/* Adds a feature to the list of the case. Shape: texts are of the law, compared by address. */
void cq_case_features_add(struct cq_case_features *features, enum cq_case_feature kind,
                          uint64_t number, uint64_t more, const void *text, const void *other);
/* The same from bytes, which begin with the name of the kind. */
void cq_case_features_add_bytes(struct cq_case_features *features, const void *bytes, size_t len);

void cq_case_features_free(struct cq_case_features *features);

#endif
