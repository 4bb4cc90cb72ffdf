/* Visits the answers of a rule: on the days on which it holds, with each row of its clause. */
#include "lawcheck/visit.h"

#include "engine/law_masks.h"
#include "lawcheck/citations.h"

bool cq_lawcheck_visit(struct cq_lawcheck *check, size_t index, cq_lawcheck_visit_fn *fn,
                       const void *context)
{
    struct cq_law_cells *r = &check->reader;
    const struct cq_rule *rule = &r->law->rules[index];

    for (size_t i = 0; i < r->law->interval_count; i++) {
        const struct cq_interval *interval = &r->law->intervals[i];

        if (interval->since < rule->since || interval->since >= rule->until)
            continue;
        if (!r->sources[index].clause && !fn(check, rule, interval, NULL, context))
            return true;
        for (size_t j = 0; j < r->clause_count; j++) {
            const struct cq_clause_row *clause = &r->clauses[j];

            if (clause->since <= interval->since && interval->since < clause->until &&
                cq_lawcheck_is_about(r, index, clause) &&
                !fn(check, rule, interval, clause, context))
                return true;
        }
    }
    return false;
}
