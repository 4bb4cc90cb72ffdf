/* Finds parts of a basis that no answer needs: a citation that reads like another one of the same
 * basis on all days, and makes nothing less certain. */
#include "lawcheck/basis.h"

#include <string.h>

#include "cq/list.h"
#include "engine/law_masks.h"
#include "engine/law_paragraphs.h"
#include "lawcheck/visit.h"

/* A rule and a row of its clause, one of them without a part of its basis. */
struct shorter {
    const struct cq_clause_row *whole, *clause; /* NULL where the part is the rule's own */
    const char *basis;                          /* of the rule */
};

/* Continues while an answer has the same basis and certainty without the part. */
static bool is_cited_anyway(struct cq_lawcheck *check, const struct cq_rule *rule,
                            const struct cq_interval *interval, const struct cq_clause_row *clause,
                            const void *context)
{
    const struct shorter *shorter = context;
    struct cq_rule other = *rule;
    enum cq_certainty certainty, without;
    const char *basis;

    if (shorter->whole && shorter->whole != clause)
        return true;
    other.basis = shorter->whole ? rule->basis : shorter->basis;
    basis = cq_law_paragraphs_basis(&check->reader, rule, clause, interval->since, &certainty);
    return basis == cq_law_paragraphs_basis(&check->reader, &other,
                                            shorter->whole ? shorter->clause : clause,
                                            interval->since, &without) &&
           (certainty == without || strcmp(rule->outcome, "undetermined") == 0);
}

/* A basis without one of its parts. Owner: the law. */
static const char *without_part(struct cq_lawcheck *check, const char *basis, int index)
{
    struct cq_text rest = cq_text_of(basis), part;
    struct cq_str out = {0};
    const char *text;

    cq_str_puts(&out, "");
    while (cq_text_next(&rest, ';', &part))
        if (index-- != 0)
            cq_str_printf(&out, "%s%.*s", out.len == 0 ? "" : ";", (int)part.len, part.ptr);
    if (out.failed)
        cq_err_record(&check->reader.err, out.failed, NULL);
    text = out.failed ? basis : cq_law_cells_intern(&check->reader, out.ptr, out.len);
    cq_str_free(&out);
    return text;
}

/* Reports the parts of a rule's basis without which all its answers are the same. */
static void check_rule(struct cq_lawcheck *check, size_t index)
{
    const char *basis = check->reader.law->rules[index].basis;
    struct cq_text rest = cq_text_of(basis), part;

    for (int i = 0; rest.len > 0 && cq_text_next(&rest, ';', &part); i++) {
        struct shorter shorter = {.basis = without_part(check, basis, i)};

        if (!cq_lawcheck_visit(check, index, is_cited_anyway, &shorter))
            cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, index, "basis",
                             cq_law_cells_intern(&check->reader, part.ptr, part.len));
    }
}

/* Continues while an answer does not have the given row of a clause. */
static bool has_another(struct cq_lawcheck *check, const struct cq_rule *rule,
                        const struct cq_interval *interval, const struct cq_clause_row *clause,
                        const void *context)
{
    (void)check;
    (void)rule;
    (void)interval;
    return clause != context;
}

/* Whether the visit of some rule stops. */
static bool visit_rules(struct cq_lawcheck *check, cq_lawcheck_visit_fn *fn, const void *context)
{
    for (size_t i = 0; i < check->reader.law->rule_count; i++)
        if (cq_lawcheck_visit(check, i, fn, context))
            return true;
    return false;
}

/* The same for a row of a clause. One that no answer has is reported elsewhere. */
static void check_clause(struct cq_lawcheck *check, size_t index)
{
    const struct cq_clause_row *clause = &check->reader.clauses[index];
    struct cq_text rest = cq_text_of(clause->basis), part;

    if (!visit_rules(check, has_another, clause))
        return;
    for (int i = 0; rest.len > 0 && cq_text_next(&rest, ';', &part); i++) {
        struct cq_clause_row other = *clause;

        other.basis = without_part(check, clause->basis, i);
        if (!visit_rules(check, is_cited_anyway,
                         &(struct shorter){.whole = clause, .clause = &other}))
            cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_CLAUSES, index, "basis",
                            cq_law_cells_intern(&check->reader, part.ptr, part.len));
    }
}

void cq_lawcheck_basis(struct cq_lawcheck *check)
{
    for (size_t i = 0; i < check->reader.law->rule_count; i++)
        check_rule(check, i);
    for (size_t i = 0; i < check->reader.clause_count; i++)
        check_clause(check, i);
}
