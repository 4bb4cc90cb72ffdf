/* Candidates for proposed cases: from each mask words that state little, much or all, on the days on
 * which an answer may change; with the facts of late rows and of papers, and with each of these facts
 * just outside. */
#include "answers/cases_candidates.h"

#include <stdlib.h>

#include "answers/cases_late.h"
#include "base/vec.h"
#include "cq/date.h"
#include "engine/law_masks.h"

struct listing {
    struct cq_candidates *c;
    const struct cq_law *law;
    const struct cq_interval *interval;
    struct cq_late_days late_days[64];
    enum cq_code code;
};

/* The service and the destination are always one value. */
static bool is_single(int fact)
{
    return fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
}

static void add(struct listing *l, uint64_t word, int32_t day)
{
    struct cq_candidates *c = l->c;
    struct cq_candidate *grown;
    int stated = 0;

    if (l->code || day < l->interval->since || day >= l->interval->until || day == CQ_DAY_MIN ||
        cq_facts_empty(word) != 0)
        return;
    grown = cq_grow(c->list, c->count + 1, &c->room, sizeof *grown);
    if (!grown) {
        l->code = CQ_B_NOMEM;
        return;
    }
    c->list = grown;
    for (int i = 0; i < CQ_FACTS; i++)
        stated += (word & cq_fact_field((enum cq_fact)i)) != cq_fact_field((enum cq_fact)i);
    c->list[c->count++] = (struct cq_candidate){stated, day, word};
}

/* The lowest bit of each field that a box restricts, and all bits of the others. */
static uint64_t smallest(uint64_t box)
{
    uint64_t word = 0;

    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i), bits = box & field;

        word |= bits == field && !is_single(i) ? field : bits & -bits;
    }
    return word;
}

/* One bit of each field: the number-th of those that the box has. */
static uint64_t one_of_each(uint64_t box, int number)
{
    uint64_t word = 0;

    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t bits = box & cq_fact_field((enum cq_fact)i);
        int skip = bits == 0 ? 0 : number % __builtin_popcountll(bits);

        while (skip-- > 0)
            bits &= bits - 1;
        word |= bits & -bits;
    }
    return word;
}

/* All bits of the box, with each service and each destination. */
static void add_widest(struct listing *l, uint64_t box, int32_t day)
{
    uint64_t services = cq_fact_field(CQ_FACT_SERVICE), places = cq_fact_field(CQ_FACT_DESTINATION);

    for (uint64_t s = box & services; s != 0; s &= s - 1)
        for (uint64_t p = box & places; p != 0; p &= p - 1)
            add(l, (box & ~services & ~places) | (s & -s) | (p & -p), day);
}

/* The day before one; that itself where it is open. */
static int32_t day_before(int32_t day)
{
    return day == CQ_DAY_MIN || day == CQ_DAY_MAX ? day : day - 1;
}

/* The last day of the interval; its first where it is open, and any where all days are in it. */
static int32_t last_day(const struct cq_interval *interval)
{
    if (interval->until != CQ_DAY_MAX)
        return interval->until - 1;
    return interval->since != CQ_DAY_MIN ? interval->since : 0;
}

/* A box of a late row in which one fact is outside, alone or beside a value inside. */
static void add_outside(struct listing *l, uint64_t mask, const struct cq_late *late, int fact,
                        int32_t day)
{
    uint64_t field = cq_fact_field((enum cq_fact)fact), inside = mask & late->facts & ~field;

    for (uint64_t out = mask & field & ~late->facts; out != 0; out &= out - 1) {
        uint64_t mixed = (out & -out) | (mask & field & late->facts);

        add(l, smallest(inside | (out & -out)), day);
        if (!is_single(fact) && (mixed & (mixed - 1)) != 0)
            add(l, (smallest(inside | mixed) & ~field) | mixed, day);
    }
}

/* The facts of a late row on a day. */
static void add_late_on(struct listing *l, uint64_t mask, const struct cq_late *late, int32_t day)
{
    const uint64_t always_one = cq_fact_field(CQ_FACT_SERVICE) | cq_fact_field(CQ_FACT_DESTINATION);

    add(l, smallest(mask & late->facts), day);
    add(l, smallest(mask & late->facts) | (mask & late->possible & ~always_one), day);
    add_widest(l, mask & late->facts, day);
    for (int number = 0; number < CQ_SERVICES && late->possible != 0; number++)
        add(l, one_of_each(mask & late->facts, number), day);
    for (int i = 0; i < CQ_FACTS; i++)
        add_outside(l, mask, late, i, day);
}

/* The first and the last day on which a late row applies to anything, and the days around. */
static void add_late(struct listing *l, uint64_t mask, const struct cq_late *late,
                     const struct cq_late_days *days)
{
    const int32_t edges[] = {days->first, days->last, day_before(late->since), late->until};

    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        if (edges[i] >= l->interval->since && edges[i] < l->interval->until)
            add_late_on(l, mask, late, edges[i]);
}

/* The mask with each body and minority stated, on the edges of the days of papers. */
static void add_papers(struct listing *l, uint64_t mask, const struct cq_documents *papers)
{
    const int32_t edges[] = {papers->since, day_before(papers->until)};
    uint64_t fields = cq_fact_field(CQ_FACT_BODY) | cq_fact_field(CQ_FACT_MINOR);

    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        for (int body = 0; body < CQ_BODIES; body++)
            for (int minor = CQ_YES; minor <= CQ_NO; minor++) {
                uint64_t stated = cq_fact_bit(CQ_FACT_BODY, body) |
                                  cq_fact_bit(CQ_FACT_MINOR, minor);

                add(l, smallest((mask & papers->facts & ~fields) | (mask & stated)), edges[i]);
            }
}

static void add_mask(struct listing *l, const struct cq_mask *mask)
{
    const struct cq_ruling *ruling = &l->interval->rulings[mask->ruling];
    const int32_t edges[] = {l->interval->since, last_day(l->interval)};

    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        add(l, smallest(mask->facts), edges[i]);
        add_widest(l, mask->facts, edges[i]);
    }
    for (size_t i = 0; i < l->law->late_count; i++)
        add_late(l, mask->facts, &l->law->late[i], &l->late_days[i]);
    for (size_t i = 0; i < l->law->documents_count && ruling->rule->entitled; i++)
        add_papers(l, mask->facts, &l->law->documents[i]);
}

static int by_size(const void *a, const void *b)
{
    const struct cq_candidate *x = a, *y = b;

    if (x->stated != y->stated)
        return x->stated - y->stated;
    if (x->day != y->day)
        return x->day < y->day ? 1 : -1;
    return (x->facts > y->facts) - (x->facts < y->facts);
}

/* Sorts the candidates and keeps each once. */
static void sort(struct cq_candidates *c)
{
    size_t kept = 0;

    if (c->count > 1)
        qsort(c->list, c->count, sizeof *c->list, by_size);
    for (size_t i = 0; i < c->count; i++)
        if (kept == 0 || by_size(&c->list[kept - 1], &c->list[i]) != 0)
            c->list[kept++] = c->list[i];
    c->count = kept;
}

enum cq_code cq_candidates_list(struct cq_candidates *c, const struct cq_law *law,
                                struct cq_err *err)
{
    struct listing l = {.c = c, .law = law};

    *c = (struct cq_candidates){0};
    for (size_t i = 0; i < law->late_count; i++)
        l.late_days[i] = cq_late_days(law, i);
    for (size_t i = 0; i < law->interval_count && !l.code; i++) {
        l.interval = &law->intervals[i];
        for (size_t m = 0; m < l.interval->count; m++)
            add_mask(&l, &l.interval->masks[m]);
    }
    if (l.code)
        return cq_err_set(err, l.code, NULL);
    sort(c);
    return CQ_OK;
}
