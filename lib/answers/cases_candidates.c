/* Candidates for proposed cases: words that state only what a mask restricts, one value each, on the
 * days on which an answer may change; with the facts of late rows and of papers, and with each of
 * these facts just outside. */
#include "answers/cases_candidates.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/date.h"
#include "engine/law_masks.h"

struct listing {
    struct cq_candidates *c;
    const struct cq_law *law;
    const struct cq_interval *interval;
    enum cq_code code;
};

/* The lowest bit of each field that a box restricts; all bits of the others, but of the service and
 * the destination, which are always stated. */
static uint64_t smallest(uint64_t box, int *stated)
{
    uint64_t word = 0;
    *stated = 0;
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i), bits = box & field;
        if (bits == field && i != CQ_FACT_SERVICE && i != CQ_FACT_DESTINATION) {
            word |= field;
        } else {
            word |= bits & -bits;
            ++*stated;
        }
    }
    return word;
}

static void add(struct listing *l, uint64_t box, uint64_t open, int32_t day)
{
    struct cq_candidates *c = l->c;
    struct cq_candidate *grown;
    int stated;
    if (l->code || day == CQ_DAY_MIN || day == CQ_DAY_MAX || cq_facts_empty(box) != 0)
        return;
    grown = cq_grow(c->list, c->count + 1, &c->room, sizeof *grown);
    if (!grown) {
        l->code = CQ_B_NOMEM;
        return;
    }
    c->list = grown;
    uint64_t word = smallest(box, &stated);
    c->list[c->count++] = (struct cq_candidate){stated, day, word | open};
}

/* A day of the interval: its first, or its last where it is open. */
static int32_t day_of(const struct cq_interval *interval)
{
    return interval->since != CQ_DAY_MIN ? interval->since : interval->until - 1;
}

/* The day before one; none before an open start. */
static int32_t day_before(int32_t day)
{
    return day == CQ_DAY_MIN ? CQ_DAY_MIN : day - 1;
}

/* The mask with the facts of a late row, on the edges of its days; with each fact outside; with the
 * facts open of which one possible value is enough. */
static void add_late(struct listing *l, uint64_t mask, const struct cq_late *late)
{
    const int32_t edges[] = {late->since, late->until - 1, day_before(late->since), late->until,
                             day_of(l->interval)};
    uint64_t restricted = 0;
    for (int i = 0; i < CQ_FACTS; i++)
        if ((late->facts & cq_fact_field((enum cq_fact)i)) != cq_fact_field((enum cq_fact)i))
            restricted |= cq_fact_field((enum cq_fact)i);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        if (edges[i] > CQ_DAY_MIN + 1 && edges[i] < CQ_DAY_MAX - 1) {
            add(l, mask & late->facts, 0, edges[i]);
            add(l, mask & late->facts, mask & late->possible & restricted, edges[i]);
        }
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);
        if ((restricted & field) != 0)
            add(l, mask & ((late->facts & ~field) | (field & ~late->facts)), 0,
                day_of(l->interval));
    }
}

/* The mask with each category, body and minority stated, on the edges of the days of papers. */
static void add_papers(struct listing *l, uint64_t mask, const struct cq_documents *papers)
{
    const int32_t edges[] = {papers->since, papers->until - 1};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        if (edges[i] < l->interval->since || edges[i] >= l->interval->until)
            continue;
        for (int body = 0; body < CQ_BODIES; body++)
            for (int minor = CQ_YES; minor <= CQ_NO; minor++) {
                uint64_t stated = cq_fact_bit(CQ_FACT_BODY, body) |
                                  cq_fact_bit(CQ_FACT_MINOR, minor);
                uint64_t fields = cq_fact_field(CQ_FACT_BODY) | cq_fact_field(CQ_FACT_MINOR);
                add(l, (mask & papers->facts & ~fields) | (mask & stated), 0, edges[i]);
            }
    }
}

static void add_mask(struct listing *l, const struct cq_mask *mask)
{
    const struct cq_ruling *ruling = &l->interval->rulings[mask->ruling];
    add(l, mask->facts, 0, day_of(l->interval));
    for (size_t i = 0; i < l->law->late_count; i++)
        if ((ruling->late >> i & 1) != 0)
            add_late(l, mask->facts, &l->law->late[i]);
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

enum cq_code cq_candidates_list(struct cq_candidates *c, const struct cq_law *law,
                                struct cq_err *err)
{
    struct listing l = {.c = c, .law = law};
    size_t kept = 0;
    *c = (struct cq_candidates){0};
    for (size_t i = 0; i < law->interval_count; i++) {
        l.interval = &law->intervals[i];
        for (size_t m = 0; m < l.interval->count; m++)
            add_mask(&l, &l.interval->masks[m]);
    }
    if (l.code)
        return cq_err_set(err, l.code, NULL);
    if (c->count > 1)
        qsort(c->list, c->count, sizeof *c->list, by_size);
    for (size_t i = 0; i < c->count; i++)
        if (kept == 0 || by_size(&c->list[kept - 1], &c->list[i]) != 0)
            c->list[kept++] = c->list[i];
    c->count = kept;
    return CQ_OK;
}
