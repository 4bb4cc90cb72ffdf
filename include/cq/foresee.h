/* When an answer changes by itself, as far as is known today. */
#ifndef CQ_FORESEE_H
#define CQ_FORESEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/decide.h"

/* The days on which the law may decide otherwise than the day before: the bounds of rules, gaps,
 * documents and parameters. Shape: ascending, each once. Errors: CQ_B_NOMEM.
 * Owner: caller, free(). */
enum cq_code cq_law_days(const struct cq_law *law, int32_t **days, size_t *count,
                         struct cq_err *err);

/* Whether two decisions under one law give the same cells, from outcome to gaps. */
bool cq_decision_same(const struct cq_decision *a, const struct cq_decision *b);

/* The first later day on which the same facts are decided otherwise, CQ_DAY_MAX if there is none.
 * Shape: days of cq_law_days; now is what cq_decide gives for the day. */
int32_t cq_foresee_facts(const struct cq_law *law, const int32_t *days, size_t count, int32_t day,
                         uint64_t word, const struct cq_decision *now);

#endif
