/* The next day on which a decision changes under the law. */
#ifndef CQ_ENGINE_NEXT_CHANGE_H
#define CQ_ENGINE_NEXT_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/decide.h"

/* The days on which decisions can change under a law: the bounds of rules, gaps, documents and
 * parameters. Shape: ascending, each once. Errors: CQ_B_NOMEM.
 * Owner: caller, free(). */
enum cq_code cq_law_days(const struct cq_law *law, int32_t **days, size_t *count,
                         struct cq_err *err);

/* Whether two decisions under one law have the same cells, from outcome to gaps. */
bool cq_decision_same(const struct cq_decision *a, const struct cq_decision *b);

/* The first later day on which the decision on the same facts differs, CQ_DAY_MAX if there is none.
 * Shape: days of cq_law_days; now is the decision of cq_decide for the day. */
int32_t cq_next_change(const struct cq_law *law, const int32_t *days, size_t count, int32_t day,
                       uint64_t word, const struct cq_decision *now);

#endif
