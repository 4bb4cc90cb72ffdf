/* The days on which decisions can change under a law, and the next change of a decision. Between
 * those days nothing changes, so only they are decided. */
#include "engine/next_change.h"

#include <stdlib.h>

#include "cq/date.h"
#include "engine/law_masks.h"

static void add_bounds(int32_t *days, size_t *count, int32_t since, int32_t until)
{
    if (since != CQ_DAY_MIN)
        days[(*count)++] = since;
    if (until != CQ_DAY_MAX)
        days[(*count)++] = until;
}

enum cq_code cq_law_days(const struct cq_law *law, int32_t **result, size_t *result_count,
                         struct cq_err *err)
{
    size_t room =
        2 * (law->interval_count + law->late_count + law->documents_count + law->parameter_count);
    int32_t *days = malloc((room + 1) * sizeof *days);
    size_t count = 0;
    *result = days;
    if (!days)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < law->interval_count; i++)
        add_bounds(days, &count, law->intervals[i].since, law->intervals[i].until);
    for (size_t i = 0; i < law->late_count; i++)
        add_bounds(days, &count, law->late[i].since, law->late[i].until);
    for (size_t i = 0; i < law->documents_count; i++)
        add_bounds(days, &count, law->documents[i].since, law->documents[i].until);
    for (size_t i = 0; i < law->parameter_count; i++)
        add_bounds(days, &count, law->parameters[i].since, law->parameters[i].until);
    *result_count = cq_days_sort(days, count);
    return CQ_OK;
}

bool cq_decision_same(const struct cq_decision *a, const struct cq_decision *b)
{
    /* Strings are interned or static. */
    if (a->rule_count != b->rule_count || a->missing != b->missing || a->gaps != b->gaps ||
        a->documents != b->documents || a->reasons != b->reasons || a->basis != b->basis ||
        a->certainty != b->certainty)
        return false;
    for (int i = 0; i < a->rule_count; i++)
        if (a->rules[i] != b->rules[i])
            return false;
    return true;
}

int32_t cq_next_change(const struct cq_law *law, const int32_t *days, size_t count, int32_t day,
                       uint64_t word, const struct cq_decision *now)
{
    struct cq_decision later;
    size_t first = count;
    while (first > 0 && days[first - 1] > day)
        first--;
    for (; first < count; first++) {
        cq_decide(law, days[first], word, &later);
        if (!cq_decision_same(now, &later))
            return days[first];
    }
    return CQ_DAY_MAX;
}
