/* Proposes cases. Each rule that no case reaches gets its smallest candidate; then candidates are
 * chosen that show the most features which no case shows, until there is none left. */
#include "answers/cases_propose.h"

#include <stdlib.h>

#include "answers/cases_candidates.h"
#include "answers/cases_shown.h"
#include "base/vec.h"
#include "cq/list.h"

enum cq_code cq_coverage_init(struct cq_coverage *c, const struct cq_law *law, struct cq_err *err)
{
    *c = (struct cq_coverage){.law = law};
    cq_case_shown_init(&c->features, law);
    c->rules = calloc(law->rule_count + 1, sizeof *c->rules);
    c->paragraphs = calloc(law->paragraph_count + 1, sizeof *c->paragraphs);
    return c->rules && c->paragraphs ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
}

void cq_coverage_fini(struct cq_coverage *c)
{
    cq_case_features_free(&c->features);
    free(c->rules);
    free(c->paragraphs);
    free(c->shown);
}

/* Makes room for the features found so far. */
static bool make_room(struct cq_coverage *c)
{
    size_t room = c->shown_room;
    bool *shown = cq_grow(c->shown, c->features.numbers.count + 1, &room, sizeof *shown);

    if (!shown || c->features.failed || c->features.numbers.bytes.failed) {
        c->features.failed = true;
        return false;
    }
    for (; c->shown_room < room; c->shown_room++)
        shown[c->shown_room] = false;
    c->shown = shown;
    return true;
}

/* Lists the features of a case. Returns how many of them are new; *rule is the one that decides. */
static size_t count_new(struct cq_coverage *c, int32_t day, uint64_t word,
                        const struct cq_rule **rule)
{
    size_t count = 0;

    *rule = cq_case_shown(&c->features, day, word);
    if (!make_room(c))
        return 0;
    for (size_t i = 0; i < c->features.count; i++)
        count += !c->shown[c->features.list[i]];
    return count;
}

/* Records the features that were listed last. */
static void show(struct cq_coverage *c)
{
    for (size_t i = 0; i < c->features.count && !c->features.failed; i++)
        c->shown[c->features.list[i]] = true;
}

void cq_coverage_add(struct cq_coverage *c, int32_t day, uint64_t word, const struct cq_decision *d)
{
    struct cq_text rest = cq_text_of(d->basis), part;
    const struct cq_rule *rule;

    for (int i = 0; i < d->rule_count; i++)
        c->rules[d->rules[i] - c->law->rules]++;
    while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
        const struct cq_paragraph *p = cq_law_paragraph(c->law, part.ptr, part.len, day);

        if (p)
            c->paragraphs[p - c->law->paragraphs]++;
    }
    (void)count_new(c, day, word, &rule);
    show(c);
}

/* The candidates, the features that each may still show, and which are chosen. */
struct choosing {
    struct cq_coverage *coverage;
    struct cq_candidates candidates;
    size_t *bounds;
    const struct cq_rule **chosen; /* the rule that decides; NULL where it is not chosen */
};

/* Chooses a candidate if it shows so many features that nothing chosen shows. */
static void choose(struct choosing *c, size_t index, size_t least)
{
    const struct cq_candidate *one = &c->candidates.list[index];
    const struct cq_rule *rule;

    c->bounds[index] = count_new(c->coverage, one->day, one->facts, &rule);
    if (c->bounds[index] < least)
        return;
    show(c->coverage);
    c->chosen[index] = rule;
    c->bounds[index] = 0;
}

/* Chooses the smallest candidate of each rule that no case reaches. Finds how many features each
 * candidate may show; returns the most. */
static size_t choose_for_rules(struct choosing *c)
{
    size_t most = 0;

    for (size_t i = 0; i < c->candidates.count && !c->coverage->features.failed; i++) {
        const struct cq_candidate *one = &c->candidates.list[i];
        const struct cq_rule *rule;

        c->bounds[i] = count_new(c->coverage, one->day, one->facts, &rule);
        if (rule && c->coverage->rules[rule - c->coverage->law->rules]++ == 0)
            choose(c, i, 1);
        most = c->bounds[i] > most ? c->bounds[i] : most;
    }
    return most;
}

static enum cq_code propose_chosen(const struct choosing *c, cq_proposal_fn *propose, void *context,
                                   struct cq_err *err)
{
    enum cq_code code = CQ_OK;

    for (size_t i = 0; i < c->candidates.count && !code; i++) {
        const struct cq_candidate *one = &c->candidates.list[i];

        if (c->chosen[i])
            code = propose(&(struct cq_proposal){c->chosen[i]->id, one->day, one->facts}, context,
                           err);
    }
    return code;
}

enum cq_code cq_cases_propose(struct cq_coverage *coverage, cq_proposal_fn *propose, void *context,
                              struct cq_err *err)
{
    struct choosing c = {.coverage = coverage};
    enum cq_code code = cq_candidates_list(&c.candidates, coverage->law, err);

    if (!code) {
        c.bounds = calloc(c.candidates.count + 1, sizeof *c.bounds);
        c.chosen = calloc(c.candidates.count + 1, sizeof *c.chosen);
        coverage->features.failed |= !c.bounds || !c.chosen;
    }
    for (size_t least = code || coverage->features.failed ? 0 : choose_for_rules(&c); least > 0;
         least--)
        for (size_t i = 0; i < c.candidates.count; i++)
            if (c.bounds[i] >= least)
                choose(&c, i, least);
    if (!code && coverage->features.failed)
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = propose_chosen(&c, propose, context, err);
    free(c.candidates.list);
    free(c.bounds);
    free(c.chosen);
    return code;
}
