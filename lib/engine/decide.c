/* The decision. The law's tables determine it: the code finds the masks that match the facts, and
 * where facts are unknown, whether all masks that can match agree. No memory is allocated. */
#include "cq/decide.h"

#include <string.h>

#include "engine/law_masks.h"

static const uint64_t category_field = ((UINT64_C(1) << CQ_CATEGORIES) - 1) << CQ_CATEGORY_SHIFT;

/* Masks that can match a word, with their rules. */
struct possible {
    size_t count;
    struct {
        uint64_t facts;
        const struct cq_rule *rule;
    } of[CQ_MASKS_MAX];
};

/* Gaps among these that are open on the day. */
static uint64_t open_gaps(const struct cq_law *law, uint64_t gaps, int32_t day)
{
    uint64_t open = 0;

    for (; gaps != 0; gaps &= gaps - 1) {
        int i = __builtin_ctzll(gaps);

        if (law->gaps[i].since <= day && day < law->gaps[i].until)
            open |= UINT64_C(1) << i;
    }
    return open;
}

/* Adds the documents of the provider: of the first row that can match. */
static void add_documents(const struct cq_law *law, int32_t day, uint64_t word,
                          struct cq_decision *d)
{
    for (size_t i = 0; i < law->documents_count; i++) {
        const struct cq_documents *row = &law->documents[i];

        /* Both strings were interned by one reader. */
        if (row->provider == d->provider && row->since <= day && day < row->until &&
            cq_facts_empty(row->facts & word) == 0) {
            d->documents = row->documents;
            d->gaps |= row->gaps;
            return;
        }
    }
}

static void answer(const struct cq_law *law, int32_t day, uint64_t word, const struct cq_rule *rule,
                   struct cq_decision *d)
{
    d->outcome = rule->outcome;
    d->provider = rule->provider;
    d->payer = rule->payer;
    d->referral = rule->referral;
    d->reasons = rule->reasons;
    d->basis = rule->basis;
    d->certainty = rule->certainty;
    d->documents = "";
    d->gaps = rule->gaps | open_gaps(law, rule->dated_gaps, day);
    d->missing = 0;
    d->entitled = rule->entitled;
    d->rule_count = 1;
    d->rules[0] = rule;
    if (rule->entitled)
        add_documents(law, day, word, d);
}

/* Collects every mask that can match. One that accepts several of the possible categories is in a
 * bucket of each and is collected from the first. */
static void collect(const struct cq_interval *interval, const struct cq_rule *rules, uint64_t word,
                    unsigned service, struct possible *p)
{
    p->count = 0;
    for (uint64_t left = word & category_field; left != 0; left &= left - 1) {
        unsigned category = (unsigned)__builtin_ctzll(left) - CQ_CATEGORY_SHIFT;
        const uint16_t *bucket = interval->bucket[category][service];
        size_t count = interval->bucket_count[category][service];
        uint64_t earlier = word & category_field & ((left & -left) - 1);

        for (size_t i = 0; i < count; i++) {
            const struct cq_mask *mask = &interval->masks[bucket[i]];

            if (cq_facts_empty(word & mask->facts) != 0 || (mask->facts & earlier) != 0)
                continue;
            p->of[p->count].facts = mask->facts;
            p->of[p->count++].rule = &rules[mask->rule];
        }
    }
}

static bool agree(const struct possible *p)
{
    for (size_t i = 1; i < p->count; i++)
        if (p->of[i].rule->verdict != p->of[0].rule->verdict)
            return false;
    return p->count > 0;
}

/* The missing facts: two masks with different verdicts that are disjoint in one fact alone contain
 * two completions that differ in that fact only. */
static uint64_t deciding_facts(const struct possible *p, uint64_t word)
{
    uint64_t guards = 0;

    for (size_t i = 0; i < p->count; i++) {
        uint64_t here = p->of[i].facts & word;
        int verdict = p->of[i].rule->verdict;

        for (size_t j = i + 1; j < p->count; j++) {
            uint64_t empty = cq_facts_empty(here & p->of[j].facts);

            if ((empty & (empty - 1)) == 0 && p->of[j].rule->verdict != verdict)
                guards |= empty;
        }
    }
    return guards;
}

/* Inserts a rule among those that agree: in order of the table, each once, at most CQ_RULES_MAX. */
static void add_rule(struct cq_decision *d, const struct cq_rule *rule)
{
    int at = 0;

    while (at < d->rule_count && d->rules[at] < rule)
        at++;
    if (at == CQ_RULES_MAX || (at < d->rule_count && d->rules[at] == rule))
        return;
    if (d->rule_count < CQ_RULES_MAX)
        d->rule_count++;
    for (int i = d->rule_count - 1; i > at; i--)
        d->rules[i] = d->rules[i - 1];
    d->rules[at] = rule;
}

static void decide_unknown(const struct cq_law *law, const struct cq_interval *interval,
                           int32_t day, uint64_t word, unsigned service, struct cq_decision *d)
{
    struct possible p;
    uint64_t guards;

    collect(interval, law->rules, word, service, &p);
    if (agree(&p)) {
        const struct cq_rule *first = p.of[0].rule;

        for (size_t i = 1; i < p.count; i++)
            if (p.of[i].rule < first)
                first = p.of[i].rule;
        answer(law, day, word, first, d);
        for (size_t i = 0; i < p.count; i++)
            add_rule(d, p.of[i].rule);
        return;
    }
    guards = deciding_facts(&p, word);
    *d = (struct cq_decision){.outcome = "undetermined",
                              .provider = "",
                              .payer = "",
                              .referral = "",
                              .reasons = "missing_facts",
                              .basis = "",
                              .certainty = "",
                              .documents = "",
                              .gaps = open_gaps(law, law->common_gaps, day)};
    for (int fact = 0; fact < CQ_FACTS; fact++)
        if ((guards & cq_fact_guard((enum cq_fact)fact)) != 0)
            d->missing |= 1u << fact;
}

void cq_decide(const struct cq_law *law, int32_t day, uint64_t word, struct cq_decision *decision)
{
    const struct cq_interval *interval = cq_law_interval(law, day);
    unsigned category = (unsigned)__builtin_ctzll(word) - CQ_CATEGORY_SHIFT;
    unsigned service = (unsigned)__builtin_ctzll(word >> CQ_SERVICE_SHIFT);
    const uint16_t *bucket = interval->bucket[category][service];
    size_t count = interval->bucket_count[category][service];

    /* A mask that contains the whole word decides, unknown facts included. */
    for (size_t i = 0; i < count; i++) {
        const struct cq_mask *mask = &interval->masks[bucket[i]];

        if ((word & ~mask->facts) == 0) {
            answer(law, day, word, &law->rules[mask->rule], decision);
            return;
        }
    }
    decide_unknown(law, interval, day, word, service, decision);
}

static void add_part(struct cq_str *out, size_t start, const char *text)
{
    if (out->len > start)
        cq_str_put(out, ";", 1);
    cq_str_puts(out, text);
}

enum cq_code cq_decision_gaps(const struct cq_law *law, uint64_t gaps, struct cq_str *out)
{
    size_t start = out->len;

    for (; gaps != 0; gaps &= gaps - 1)
        add_part(out, start, law->gaps[__builtin_ctzll(gaps)].id);
    return out->failed;
}

enum cq_code cq_decision_missing(uint32_t missing, struct cq_str *out)
{
    size_t start = out->len;

    while (missing != 0) {
        int next = __builtin_ctz(missing);

        for (int fact = next + 1; fact < CQ_FACTS; fact++)
            if ((missing >> fact & 1) != 0 &&
                strcmp(cq_fact_name((enum cq_fact)fact), cq_fact_name((enum cq_fact)next)) < 0)
                next = fact;
        add_part(out, start, cq_fact_name((enum cq_fact)next));
        missing &= ~(1u << next);
    }
    return out->failed;
}

enum cq_code cq_decision_rules(const struct cq_decision *decision, struct cq_str *out)
{
    const struct cq_rule *sorted[CQ_RULES_MAX];
    size_t start = out->len;

    for (int i = 0; i < decision->rule_count; i++) {
        int at = i;

        for (; at > 0 && strcmp(sorted[at - 1]->id, decision->rules[i]->id) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = decision->rules[i];
    }
    for (int i = 0; i < decision->rule_count; i++)
        add_part(out, start, sorted[i]->id);
    return out->failed;
}
