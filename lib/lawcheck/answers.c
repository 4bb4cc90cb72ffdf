/* Finds certainties and gaps of rules and clauses that their answers have anyway: a certainty that
 * the citations have by themselves, a gap that a clause or a late row adds to every answer. */
#include "lawcheck/answers.h"

#include <string.h>

#include "cq/date.h"
#include "engine/law_masks.h"
#include "engine/law_paragraphs.h"
#include "lawcheck/visit.h"

/* Continues while the certainty of the rule, or of the given row of its clause, adds nothing: an
 * answer without a basis has none. */
static bool is_certain_anyway(struct cq_lawcheck *check, const struct cq_rule *rule,
                              const struct cq_interval *interval,
                              const struct cq_clause_row *clause, const void *context)
{
    const struct cq_clause_row *looked_at = context;
    enum cq_certainty found, other;
    const char *basis;

    if (looked_at && looked_at != clause)
        return true;
    other = looked_at ? rule->certainty : !clause ? CQ_CERTAINTY_NONE : clause->certainty;
    basis = cq_law_paragraphs_basis(&check->reader, rule, clause, interval->since, &found);
    found = other > found ? other : found;
    return strcmp(rule->outcome, "undetermined") == 0 || *basis == '\0' ||
           (looked_at ? looked_at->certainty : rule->certainty) <= found;
}

/* Gaps that late rows add to every answer of a rule in an interval. */
static uint64_t late_gaps(const struct cq_law *law, const struct cq_rule *rule,
                          const struct cq_interval *interval)
{
    uint64_t rows = UINT64_MAX, gaps = 0;

    for (size_t i = 0; i < interval->ruling_count; i++)
        if (interval->rulings[i].rule == rule)
            rows &= interval->rulings[i].late;
    for (size_t i = 0; i < law->late_count; i++) {
        const struct cq_late *late = &law->late[i];

        if ((rows >> i & 1) != 0 && late->facts == cq_facts_all && late->since <= interval->since &&
            interval->until <= late->until)
            gaps |= late->gap;
    }
    return gaps;
}

/* Continues while a gap, a bit, of a rule is added anyway. */
static bool is_gap_anyway(struct cq_lawcheck *check, const struct cq_rule *rule,
                          const struct cq_interval *interval, const struct cq_clause_row *clause,
                          const void *context)
{
    uint64_t gap = *(const uint64_t *)context;

    return ((!clause ? 0 : clause->gaps) & gap) != 0 ||
           (late_gaps(check->reader.law, rule, interval) & gap) != 0;
}

static void check_rule(struct cq_lawcheck *check, size_t index)
{
    const struct cq_law *law = check->reader.law;
    const struct cq_rule *rule = &law->rules[index];

    if (rule->certainty && !cq_lawcheck_visit(check, index, is_certain_anyway, NULL))
        cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, index, "certainty", "");
    for (uint64_t gaps = rule->gaps; gaps != 0; gaps &= gaps - 1) {
        uint64_t gap = gaps & -gaps;

        if (!cq_lawcheck_visit(check, index, is_gap_anyway, &gap))
            cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, index, "gaps",
                             law->gaps[__builtin_ctzll(gap)].id);
    }
}

static void check_clause(struct cq_lawcheck *check, size_t index)
{
    const struct cq_law_cells *r = &check->reader;
    const struct cq_clause_row *clause = &r->clauses[index];
    bool weakens = false, cited = false;
    uint64_t anyway = clause->gaps;

    for (size_t i = 0; i < r->law->rule_count; i++)
        if (r->sources[i].clause == clause->clause) {
            cited = true;
            anyway &= r->law->rules[i].gaps;
            weakens |= clause->certainty && cq_lawcheck_visit(check, i, is_certain_anyway, clause);
        }
    if (cited && clause->certainty && !weakens)
        cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_CLAUSES, index, "certainty",
                        clause->clause);
    for (; cited && anyway != 0; anyway &= anyway - 1)
        cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_CLAUSES, index, "gaps",
                        r->law->gaps[__builtin_ctzll(anyway)].id);
}

void cq_lawcheck_answers(struct cq_lawcheck *check)
{
    for (size_t i = 0; i < check->reader.law->rule_count; i++)
        check_rule(check, i);
    for (size_t i = 0; i < check->reader.clause_count; i++)
        check_clause(check, i);
}
