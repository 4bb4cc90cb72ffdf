/* Proposes cases. Candidates are tried from the smallest on; one is kept if its rule is not reached
 * by the file, and it shows something of the law that no kept one shows: a basis, a certainty,
 * papers, a late row that applies, or one that just does not. */
#include <stdlib.h>
#include <string.h>

#include "answers/cases_propose.h"
#include "answers/cases_candidates.h"
#include "base/vec.h"
#include "cq/list.h"
#include "engine/law_late.h"

/* Something that a case shows; strings of the law by their addresses. */
struct feature {
    int64_t kind, number;
    const void *first, *second;
};
enum { ANSWER, PARAGRAPH, PAPERS, LATE, LATE_OF_BASIS, LATE_NOT };
enum { FIRST_DAY, LAST_DAY, OTHER_DAY, DAY_BEFORE, DAY_AFTER, FACTS };

struct proposing {
    const struct cq_law *law;
    struct feature *seen;
    size_t seen_count, seen_room;
    size_t before; /* features that were seen before this candidate */
    enum cq_code code;
};

static void show(struct proposing *p, int kind, int64_t number, const void *first,
                 const void *second)
{
    struct feature *grown;
    for (size_t i = p->seen_count; i-- > 0;)
        if (p->seen[i].kind == kind && p->seen[i].number == number && p->seen[i].first == first &&
            p->seen[i].second == second)
            return;
    grown = cq_grow(p->seen, p->seen_count + 1, &p->seen_room, sizeof *grown);
    if (!grown) {
        p->code = CQ_B_NOMEM;
        return;
    }
    p->seen = grown;
    p->seen[p->seen_count++] = (struct feature){kind, number, first, second};
}

/* The facts in which a word fails a late row, as tops. */
static uint64_t failing(const struct cq_late *late, uint64_t word)
{
    return cq_facts_filled(word & ~(late->facts | late->possible)) |
           cq_facts_empty(word & late->facts);
}

static void show_late(struct proposing *p, size_t row, const struct cq_ruling *ruling, int32_t day,
                      uint64_t word)
{
    const struct cq_late *late = &p->law->late[row];
    uint64_t fails = failing(late, word);
    int64_t number = (int64_t)row << 8;
    bool bound = (ruling->late >> row & 1) != 0;
    if (fails == 0 && (day + 1 == late->since || day == late->until))
        show(p, LATE_NOT, number | (day == late->until ? DAY_AFTER : DAY_BEFORE), NULL, NULL);
    if (!bound || day < late->since || day >= late->until)
        return;
    if (fails != 0) {
        if ((fails & (fails - 1)) == 0)
            show(p, LATE_NOT, number | (FACTS + __builtin_ctzll(fails)), NULL, NULL);
        return;
    }
    show(p, LATE,
         number | (day == late->since       ? FIRST_DAY
                   : day == late->until - 1 ? LAST_DAY
                                            : OTHER_DAY),
         NULL, NULL);
    show(p, LATE,
         number | (FACTS + (int64_t)__builtin_popcountll(word & late->possible & ~late->facts)),
         NULL, NULL);
    if (strcmp(late->basis, "*") != 0)
        show(p, LATE_OF_BASIS, number, ruling->basis, NULL);
}

/* Shows each paragraph of a basis, in the edition of the day. */
static void show_basis(struct proposing *p, const char *basis, int32_t day)
{
    struct cq_text rest = cq_text_of(basis), part;
    while (cq_text_next(&rest, ';', &part))
        show(p, PARAGRAPH, 0, cq_law_paragraph(p->law, part.ptr, part.len, day), NULL);
}

/* The ruling that decides a word, where one alone does; NULL else. */
static const struct cq_ruling *find_ruling(const struct cq_interval *interval, uint64_t word)
{
    for (size_t i = 0; i < interval->count; i++)
        if ((word & ~interval->masks[i].facts) == 0)
            return &interval->rulings[interval->masks[i].ruling];
    return NULL;
}

/* Shows what a candidate shows. Returns the rule that decides it; NULL where none does alone. */
static const struct cq_rule *show_candidate(struct proposing *p, const struct cq_candidate *c,
                                            const struct cq_coverage *coverage)
{
    const struct cq_ruling *ruling = find_ruling(cq_law_interval(p->law, c->day), c->facts);
    struct cq_decision d;
    p->before = p->seen_count;
    if (!ruling || coverage->rules[ruling->rule - p->law->rules] > 0)
        return NULL;
    cq_decide(p->law, c->day, c->facts, &d);
    show(p, ANSWER, d.certainty[0], ruling->basis, ruling->rule);
    show_basis(p, ruling->basis, c->day);
    if (d.entitled)
        show(p, PAPERS,
             (int64_t)(c->facts & (cq_fact_field(CQ_FACT_CATEGORY) | cq_fact_field(CQ_FACT_BODY) |
                                   cq_fact_field(CQ_FACT_MINOR))),
             d.documents, NULL);
    for (size_t i = 0; i < p->law->late_count; i++)
        show_late(p, i, ruling, c->day, c->facts);
    return ruling->rule;
}

void cq_coverage_add(struct cq_coverage *coverage, const struct cq_law *law, int32_t day,
                     const struct cq_decision *d)
{
    struct cq_text rest = cq_text_of(d->basis), part;
    for (int i = 0; i < d->rule_count; i++)
        coverage->rules[d->rules[i] - law->rules]++;
    while (cq_text_next(&rest, ';', &part)) {
        const struct cq_paragraph *p = cq_law_paragraph(law, part.ptr, part.len, day);
        if (p)
            coverage->paragraphs[p - law->paragraphs]++;
    }
}

enum cq_code cq_cases_propose(const struct cq_law *law, const struct cq_coverage *coverage,
                              cq_proposal_fn *propose, void *context, struct cq_err *err)
{
    struct proposing p = {.law = law};
    struct cq_candidates candidates;
    enum cq_code code = cq_candidates_list(&candidates, law, err);
    for (size_t i = 0; i < candidates.count && !code; i++) {
        const struct cq_candidate *c = &candidates.list[i];
        const struct cq_rule *rule = show_candidate(&p, c, coverage);
        if (p.code)
            code = cq_err_set(err, p.code, NULL);
        else if (rule && p.seen_count > p.before)
            code = propose(&(struct cq_proposal){rule->id, c->day, c->facts}, context, err);
    }
    free(candidates.list);
    free(p.seen);
    return code;
}
