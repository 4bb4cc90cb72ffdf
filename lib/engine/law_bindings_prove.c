/* Proves that bindings.csv fits the rules: for each that entitles, on every day. */
#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "engine/law_bindings.h"
#include "engine/law_masks.h"

/* The cases of a ruling on the days of its interval: all values that its masks have. */
struct cases {
    const struct cq_interval *interval;
    const struct cq_ruling *ruling;
    uint64_t facts;
};

static bool fits(const struct cq_binding *b, const struct cases *c)
{
    const struct cq_rule *rule = c->ruling->rule;

    return cq_law_binding_fits(b, cq_text_of(rule->reasons), cq_text_of(rule->referral),
                               cq_text_of(c->ruling->basis));
}

/* Whether a row is called in some of the cases; in all of them. */
static bool calls(const struct cq_binding *b, const struct cases *c)
{
    return b->since < c->interval->until && c->interval->since < b->until &&
           cq_facts_empty(b->facts & c->facts) == 0 && fits(b, c);
}

static bool covers(const struct cq_binding *b, const struct cases *c)
{
    return b->since <= c->interval->since && c->interval->until <= b->until &&
           (c->facts & ~b->facts) == 0 && fits(b, c);
}

static bool overlap(const struct cq_binding *a, const struct cq_binding *b, const struct cases *c)
{
    return a->requirement == b->requirement && a->since < b->until && b->since < a->until &&
           cq_facts_empty(a->facts & b->facts & c->facts) == 0;
}

/* A requirement that is called twice in some of the cases, NULL if none is. */
static const char *find_twice(const struct cq_law *law, const struct cases *c)
{
    for (size_t i = 0; i < law->binding_count; i++) {
        const struct cq_binding *b = &law->bindings[i];

        for (size_t j = 0; j < i; j++)
            if (overlap(b, &law->bindings[j], c) && calls(b, c) && calls(&law->bindings[j], c))
                return cq_requirement_names[b->requirement];
    }
    return NULL;
}

/* The referral that nobody is named for, or the condition that binds nothing; NULL if none is. */
static const char *find_unbound(const struct cq_law *law, const struct cases *c)
{
    const struct cq_rule *rule = c->ruling->rule;
    bool referred = *rule->referral == '\0', bound = *rule->reasons == '\0';

    for (size_t i = 0; i < law->binding_count; i++) {
        const struct cq_binding *b = &law->bindings[i];

        if ((!referred || !bound) && covers(b, c)) {
            referred = referred || b->requirement == CQ_REQUIREMENT_FROM_FACILITY;
            bound = bound || strcmp(b->reason, "*") != 0 || strcmp(b->referral, "*") != 0;
        }
    }
    return !referred ? rule->referral : !bound ? rule->reasons : NULL;
}

/* Puts together the next masks of one ruling; returns false at the end of the interval. */
static bool next_cases(const struct cq_interval *interval, size_t *mask, struct cases *c)
{
    size_t first = *mask;

    if (first == interval->count)
        return false;
    *c = (struct cases){interval, &interval->rulings[interval->masks[first].ruling], 0};
    while (*mask < interval->count &&
           interval->masks[*mask].ruling == interval->masks[first].ruling)
        c->facts |= interval->masks[(*mask)++].facts;
    return true;
}

static const char *find_fault(const struct cq_law *law, const struct cases *c)
{
    const char *what = c->ruling->rule->entitled ? find_twice(law, c) : NULL;

    return what || !c->ruling->rule->entitled ? what : find_unbound(law, c);
}

/* Whether a rule has such a fault in one of the first intervals already. */
static bool is_told(const struct cq_law *law, size_t intervals, const struct cq_rule *rule)
{
    for (size_t i = 0; i < intervals; i++) {
        struct cases c;

        for (size_t mask = 0; next_cases(&law->intervals[i], &mask, &c);)
            if (c.ruling->rule == rule && find_fault(law, &c))
                return true;
    }
    return false;
}

size_t cq_law_bindings_faults(const struct cq_law *law, cq_law_bindings_fault_fn *report,
                              void *context)
{
    size_t faults = 0;

    for (size_t i = 0; i < law->interval_count; i++) {
        const struct cq_rule *last = NULL;
        struct cases c;

        for (size_t mask = 0; next_cases(&law->intervals[i], &mask, &c);) {
            const char *what = c.ruling->rule == last ? NULL : find_fault(law, &c);

            if (!what || is_told(law, i, c.ruling->rule))
                continue;
            last = c.ruling->rule;
            faults++;
            report(last, what, context);
        }
    }
    return faults;
}

bool cq_law_binding_is_called(const struct cq_law *law, const struct cq_binding *binding)
{
    for (size_t i = 0; i < law->interval_count; i++) {
        struct cases c;

        for (size_t mask = 0; next_cases(&law->intervals[i], &mask, &c);)
            if (c.ruling->rule->entitled && calls(binding, &c))
                return true;
    }
    return false;
}
