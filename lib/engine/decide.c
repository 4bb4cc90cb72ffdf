/* The decision. The law's tables determine it: the code finds the masks that match the facts, and
 * where facts are unknown, whether all masks that can match agree. No memory is allocated. */
#include "cq/decide.h"

#include <string.h>

#include "engine/law_late.h"
#include "engine/law_masks.h"

static const uint64_t category_field = ((UINT64_C(1) << CQ_CATEGORIES) - 1) << CQ_CATEGORY_SHIFT;

/* Masks that can match a word, with their rulings; array by array, which is faster to compare. */
struct possible {
    size_t count;
    uint64_t facts[CQ_MASKS_MAX + 1]; /* of the mask and of the word */
    int verdict[CQ_MASKS_MAX + 1];
    int ruling[CQ_MASKS_MAX + 1];
};

/* Adds the documents to bring. */
static void add_documents(const struct cq_law *law, int32_t day, uint64_t word,
                          struct cq_decision *d)
{
    const struct cq_documents *row = cq_law_documents(law, day, word);

    if (row) {
        d->documents = row->documents;
        d->gaps |= row->gaps;
    }
}

/* Adds the late gaps that apply, and the weaker certainty. */
static void add_late(const struct cq_law *law, int32_t day, uint64_t word, uint64_t rows,
                     enum cq_certainty *certainty, struct cq_decision *d)
{
    for (; rows != 0; rows &= rows - 1) {
        const struct cq_late *late = &law->late[__builtin_ctzll(rows)];

        if (!cq_law_late_applies(late, day, word))
            continue;
        d->gaps |= late->gap;
        if (*certainty != CQ_CERTAINTY_NONE && late->certainty > *certainty)
            *certainty = late->certainty;
    }
}

static void answer(const struct cq_law *law, int32_t day, uint64_t word,
                   const struct cq_ruling *ruling, uint64_t late, enum cq_certainty certainty,
                   struct cq_decision *d)
{
    const struct cq_rule *rule = ruling->rule;

    d->outcome = rule->outcome;
    d->provider = rule->provider;
    d->payer = rule->payer;
    d->referral = rule->referral;
    d->reasons = rule->reasons;
    d->basis = ruling->basis;
    d->documents = "";
    d->gaps = ruling->gaps;
    d->missing = 0;
    d->entitled = rule->entitled;
    d->rule_count = 1;
    d->rules[0] = rule;
    if (rule->entitled)
        add_documents(law, day, word, d);
    add_late(law, day, word, late, &certainty, d);
    d->certainty = cq_certainty_names[certainty];
}

/* Collects every mask that can match. One that accepts several of the possible categories is in a
 * bucket of each and is collected from the first. */
static void collect(const struct cq_interval *interval, uint64_t word, unsigned service,
                    struct possible *p)
{
    size_t found = 0;

    for (uint64_t left = word & category_field; left != 0; left &= left - 1) {
        unsigned category = (unsigned)__builtin_ctzll(left) - CQ_CATEGORY_SHIFT;
        const struct cq_mask *bucket = interval->bucket[category][service];
        size_t count = interval->bucket_count[category][service];
        uint64_t earlier = word & category_field & ((left & -left) - 1);

        for (size_t i = 0; i < count; i++) {
            const struct cq_mask *mask = &bucket[i];

            /* Written in any case, kept if it can match: a jump would be mispredicted. */
            p->facts[found] = mask->facts & word;
            p->ruling[found] = mask->ruling;
            p->verdict[found] = mask->verdict;
            found += (cq_facts_empty(p->facts[found]) | (mask->facts & earlier)) == 0;
        }
    }
    p->count = found;
}

static bool agree(const struct possible *p)
{
    for (size_t i = 1; i < p->count; i++)
        if (p->verdict[i] != p->verdict[0])
            return false;
    return p->count > 0;
}

/* The missing facts: two masks with different verdicts that are disjoint in one fact alone contain
 * two completions that differ in that fact only. */
static uint64_t deciding_facts(const struct possible *p, uint64_t word)
{
    const uint64_t open = cq_facts_open(word);
    uint64_t facts = 0;

    for (size_t i = 0; i < p->count && facts != open; i++) {
        uint64_t here = p->facts[i];
        int verdict = p->verdict[i];

        for (size_t j = i + 1; j < p->count; j++) {
            uint64_t empty = cq_facts_empty(here & p->facts[j]);
            uint64_t alone = (uint64_t)((empty & (empty - 1)) == 0);
            uint64_t differs = (uint64_t)(p->verdict[j] != verdict);

            facts |= empty & -(alone & differs);
        }
    }
    return facts;
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

/* Answers where every possible ruling agrees: gaps that all of them have are added, and the
 * certainty is the weakest of theirs. */
static void answer_agreed(const struct cq_law *law, const struct cq_interval *interval, int32_t day,
                          uint64_t word, const struct possible *p, struct cq_decision *d)
{
    const struct cq_ruling *first = &interval->rulings[p->ruling[0]];
    enum cq_certainty certainty = CQ_CERTAINTY_NONE;
    uint64_t late = UINT64_MAX;

    for (size_t i = 0; i < p->count; i++) {
        const struct cq_ruling *ruling = &interval->rulings[p->ruling[i]];

        first = ruling < first ? ruling : first;
        late &= ruling->late;
        certainty = ruling->certainty > certainty ? ruling->certainty : certainty;
    }
    answer(law, day, word, first, late, certainty, d);
    for (size_t i = 0; i < p->count; i++)
        add_rule(d, interval->rulings[p->ruling[i]].rule);
}

static void decide_unknown(const struct cq_law *law, const struct cq_interval *interval,
                           int32_t day, uint64_t word, unsigned service, struct cq_decision *d)
{
    struct possible p;
    uint64_t missing;

    collect(interval, word, service, &p);
    if (agree(&p)) {
        answer_agreed(law, interval, day, word, &p, d);
        return;
    }
    missing = deciding_facts(&p, word);
    *d = (struct cq_decision){.outcome = "undetermined",
                              .provider = "",
                              .payer = "",
                              .referral = "",
                              .reasons = "missing_facts",
                              .basis = "",
                              .certainty = "",
                              .documents = ""};
    d->missing = cq_facts_numbers(missing);
}

/* The mask that contains a word whose facts are known; NULL where the word is not one of facts. */
static const struct cq_mask *find_mask(const struct cq_interval *interval, uint64_t word,
                                       unsigned service)
{
    unsigned category = (unsigned)__builtin_ctzll(word) - CQ_CATEGORY_SHIFT;
    const struct cq_mask *mask = interval->bucket[category][service];
    const struct cq_mask *end = mask + interval->bucket_count[category][service];

    while (mask < end && (word & ~mask->facts) != 0)
        mask++;
    return mask < end ? mask : NULL;
}

void cq_decide(const struct cq_law *law, int32_t day, uint64_t word, struct cq_decision *decision)
{
    const struct cq_interval *interval = cq_law_interval(law, day);
    unsigned service = (unsigned)__builtin_ctzll(word >> CQ_SERVICE_SHIFT);
    const struct cq_mask *mask = cq_facts_open(word) == 0 ? find_mask(interval, word, service)
                                                          : NULL;

    if (mask) {
        const struct cq_ruling *ruling = &interval->rulings[mask->ruling];

        answer(law, day, word, ruling, ruling->late, ruling->certainty, decision);
    } else {
        decide_unknown(law, interval, day, word, service, decision);
    }
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
