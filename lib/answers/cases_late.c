/* What a case shows of a row of late.csv. A row that applies shows each value that the case has, its
 * basis and its outcome, and the day where it is an edge. A row that does not apply to an answer which
 * it would change shows why, where it is for one reason only. */
#include "answers/cases_late.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "engine/law_late.h"

enum { FIRST = 1, LAST = 2, BEFORE = 4, AFTER = 8 };

struct showing {
    struct cq_case_features *features;
    size_t row;
    const struct cq_late *late;
    const struct cq_interval *interval;
    const struct cq_ruling *ruling;
    uint64_t mask; /* of the ruling */
    uint64_t word;
};

struct cq_late_days cq_late_days(const struct cq_law *law, size_t row)
{
    const struct cq_late *late = &law->late[row];
    struct cq_late_days days = {CQ_DAY_MAX, CQ_DAY_MIN};

    for (size_t i = 0; i < law->interval_count; i++) {
        const struct cq_interval *interval = &law->intervals[i];
        bool binds = false;

        for (size_t k = 0; k < interval->ruling_count; k++)
            binds = binds || (interval->rulings[k].late >> row & 1) != 0;
        if (!binds)
            continue;
        if (days.first == CQ_DAY_MAX)
            days.first = late->since > interval->since ? late->since : interval->since;
        days.last = late->until < interval->until ? late->until : interval->until;
        days.last = days.last == CQ_DAY_MAX ? interval->since : days.last - 1;
    }
    return days;
}

/* Whether a row that differs from this one would apply to the ruling on all its days. */
static bool binds(const struct showing *s, struct cq_late row)
{
    const struct cq_law one = {.late = &row, .late_count = 1};

    row.since = CQ_DAY_MIN;
    row.until = CQ_DAY_MAX;
    return cq_law_late_of(&one, s->interval, s->ruling, s->mask) != 0;
}

enum cq_certainty cq_late_certainty(const struct cq_law *law, uint64_t rows, int32_t day,
                                    uint64_t word, uint64_t *gaps)
{
    enum cq_certainty certainty = CQ_CERTAINTY_NONE;

    *gaps = 0;
    for (; rows != 0; rows &= rows - 1) {
        const struct cq_late *late = &law->late[__builtin_ctzll(rows)];

        if (!cq_law_late_applies(late, day, word))
            continue;
        *gaps |= late->gap;
        certainty = late->certainty > certainty ? late->certainty : certainty;
    }
    return certainty;
}

/* Whether the row would change the answer if it applied: no other row that applies adds the same. */
static bool is_visible(const struct showing *s, int32_t day)
{
    uint64_t gaps, others = s->ruling->late & ~(UINT64_C(1) << s->row);
    enum cq_certainty late = cq_late_certainty(s->features->law, others, day, s->word, &gaps);

    return (s->late->gap & ~gaps & ~s->ruling->gaps) != 0 ||
           (s->ruling->certainty != CQ_CERTAINTY_NONE &&
            s->late->certainty > s->ruling->certainty && s->late->certainty > late);
}

static void add(const struct showing *s, enum cq_case_feature kind, uint64_t more, const void *text)
{
    cq_case_features_add(s->features, kind, s->row, more, text, NULL);
}

/* The facts in which the case fails the row, as tops. */
static uint64_t failing(const struct cq_late *late, uint64_t word)
{
    return cq_facts_filled(word & ~(late->facts | late->possible)) |
           cq_facts_empty(word & late->facts);
}

/* Each value of the case that the row needs to accept: all of those of a fact, but where one
 * possible value is enough, that alone. */
static void show_values(const struct showing *s)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i), values = s->word & s->late->facts & field;

        if ((s->late->possible & field) != 0 && (values & (values - 1)) != 0)
            continue;
        for (; values != 0; values &= values - 1)
            add(s, CQ_FEATURE_LATE_VALUE, values & -values, NULL);
    }
    add(s, CQ_FEATURE_LATE_POSSIBLE, s->word & s->late->possible & ~s->late->facts, NULL);
}

/* A number for a text that is not interned. */
static uint64_t hash_of(struct cq_text text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The facts that a mask restricts, as tops. */
static uint64_t restricted(uint64_t mask)
{
    return cq_facts_filled(cq_facts_all & ~mask);
}

/* Facts, as tops, on which the answer rests, or does not: the row may ask for one. */
static void show_facts(const struct showing *s, enum cq_case_feature kind, uint64_t facts)
{
    for (; facts != 0; facts &= facts - 1)
        add(s, kind, facts & -facts, NULL);
}

static void show_applied(const struct showing *s, unsigned edges)
{
    struct cq_text basis = cq_text_of(s->ruling->basis), act;

    add(s, CQ_FEATURE_LATE_DAY, edges, NULL);
    show_values(s);
    if (strcmp(s->late->basis, "*") != 0)
        add(s, CQ_FEATURE_LATE_BASIS, 0, s->ruling->basis);
    else if (cq_text_next(&basis, ':', &act))
        add(s, CQ_FEATURE_LATE_BASIS, hash_of(act), NULL);
    add(s, CQ_FEATURE_LATE_OUTCOME, 0, s->ruling->rule->outcome);
    show_facts(s, CQ_FEATURE_LATE_RESTS, CQ_FACTS_TOPS & ~restricted(s->mask));
}

/* A row that fails in one fact: a value outside alone, or beside those inside. */
static void show_failed(const struct showing *s, uint64_t fails)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i), values = s->word & field;

        if ((fails & field) == 0)
            continue;
        if ((values & (values - 1)) == 0)
            add(s, CQ_FEATURE_NOT_LATE_VALUE, values, NULL);
        else
            add(s, CQ_FEATURE_NOT_LATE_MIXED, field, NULL);
    }
}

/* A row that does not bind the ruling, for one of its conditions. */
static void show_unbound(const struct showing *s)
{
    struct cq_late any_basis = *s->late, any_outcome = *s->late, any_fact = *s->late;
    struct cq_text rest = cq_text_of(s->ruling->basis), part;

    any_basis.basis = any_outcome.outcomes = "*";
    any_fact.rests_on = -1;
    if (binds(s, any_outcome))
        add(s, CQ_FEATURE_NOT_LATE_OUTCOME, 0, s->ruling->rule->outcome);
    if (binds(s, any_fact))
        show_facts(s, CQ_FEATURE_NOT_LATE_RESTS, restricted(s->mask));
    if (!binds(s, any_basis))
        return;
    while (rest.len > 0 && cq_text_next(&rest, ';', &part))
        add(s, CQ_FEATURE_NOT_LATE_BASIS, hash_of(part), NULL);
}

void cq_case_features_late(struct cq_case_features *features, size_t row,
                           const struct cq_interval *interval, const struct cq_mask *mask,
                           int32_t day, uint64_t word)
{
    const struct cq_late *late = &features->law->late[row];
    const struct cq_late_days days = features->late_days[row];
    const struct showing s = {features,    row, late, interval, &interval->rulings[mask->ruling],
                              mask->facts, word};
    uint64_t fails = failing(late, word);
    bool now = late->since <= day && day < late->until, bound = binds(&s, *late);
    unsigned edges = (day == days.first ? FIRST : 0u) | (day == days.last ? LAST : 0u);

    if (!is_visible(&s, day))
        return;
    if (now && bound && fails == 0)
        show_applied(&s, edges);
    else if (now && bound && (fails & (fails - 1)) == 0)
        show_failed(&s, fails);
    else if (now && fails == 0)
        show_unbound(&s);
    else if (bound && fails == 0 && (day == late->until || day + 1 == late->since))
        add(&s, CQ_FEATURE_NOT_LATE_DAY, day == late->until ? AFTER : BEFORE, NULL);
}
