/* Fewer hidden counts, in two steps. First each count that is hidden for others' sake is shown
 * again if all small ones stay protected. Then a search by branches: where a small count cannot
 * flow, the nodes that its difference reaches are a set, and at least one edge out of that set must
 * be hidden in any solution; each such edge is a branch. A branch that costs as much as the best
 * solution is left. What the search finds within its steps is kept; if it ends, nothing is
 * cheaper. */
#include "result/suppression_fewest.h"

#include <stdlib.h>
#include <string.h>

enum { BRANCH_COUNTS = 400, WORK = 12000000 }; /* edges looked at: less than a second */

/* Whether a count is the limit of others, which were protected while it was hidden. */
static bool is_roof(const struct cq_suppression *s, size_t i)
{
    for (size_t k = 0; k < s->count; k++)
        if (s->counts[k].roof[0] == i + 1 || s->counts[k].roof[1] == i + 1)
            return true;
    return false;
}

static bool all_protected(struct cq_flow *flow, size_t *unprotected)
{
    const struct cq_suppression *s = flow->s;
    for (size_t k = 0, i = *unprotected; k < s->count; k++, i = i + 1 < s->count ? i + 1 : 0)
        if (s->counts[i].small &&
            !cq_flow_find(flow, i, cq_flow_difference(s, i), CQ_FLOW_HIDDEN)) {
            *unprotected = i;
            return false;
        }
    return true;
}

struct priced {
    int64_t price;
    size_t count;
};

static int dearest_first(const void *a, const void *b)
{
    const struct priced *x = a, *y = b;
    return x->price != y->price ? (x->price < y->price) - (x->price > y->price)
                                : (x->count > y->count) - (x->count < y->count);
}

static int cheapest_first(const void *a, const void *b)
{
    return -dearest_first(a, b);
}

/* The work of looking at all small counts once. */
static size_t round_of(const struct cq_suppression *s)
{
    size_t small = 0;
    for (size_t i = 0; i < s->count; i++)
        small += s->counts[i].small;
    return (small + 1) * (s->count + s->nodes);
}

static enum cq_code show_again(struct cq_flow *flow)
{
    struct cq_suppression *s = flow->s;
    struct priced *hidden = calloc(s->count + 1, sizeof *hidden);
    size_t count = 0, unprotected = 0, work = 0, round = round_of(s);
    if (!hidden)
        return CQ_B_NOMEM;
    for (size_t i = 0; i < s->count; i++)
        if (cq_is_secondary(&s->counts[i]))
            hidden[count++] = (struct priced){cq_flow_price(&s->counts[i]), i};
    qsort(hidden, count, sizeof *hidden, dearest_first);
    for (size_t k = 0; k < count && work < (size_t)10 * WORK; k++) {
        struct cq_suppression_count *one = &s->counts[hidden[k].count];
        if (is_roof(s, hidden[k].count))
            continue;
        one->hidden = false;
        one->hidden = !all_protected(flow, &unprotected);
        work += round;
    }
    free(hidden);
    return CQ_OK;
}

struct branches {
    struct cq_flow *flow;
    bool *best;                /* what is hidden in the best solution */
    int64_t best_price, least; /* the cheapest that can be hidden */
    size_t work, round;
    bool failed;
};

/* The edges out of the set that the last difference reached. */
static size_t find_ways_out(const struct branches *b, struct priced *ways)
{
    const struct cq_flow *flow = b->flow;
    const struct cq_suppression *s = flow->s;
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct cq_suppression_count *edge = &s->counts[i];
        bool from = flow->cost[edge->from] >= 0, to = flow->cost[edge->to] >= 0;
        if (from != to && !edge->hidden && !flow->barred[i] && (from || edge->number > 1))
            ways[count++] = (struct priced){cq_flow_price(edge), i};
    }
    qsort(ways, count, sizeof *ways, cheapest_first);
    return count;
}

static void keep_best(struct branches *b, int64_t price)
{
    const struct cq_suppression *s = b->flow->s;
    b->best_price = price;
    for (size_t i = 0; i < s->count; i++)
        b->best[i] = s->counts[i].hidden;
}

/* Hides what must be hidden, in all ways that are cheaper than the best. */
static void branch(struct branches *b, int64_t price, size_t unprotected)
{
    struct cq_suppression *s = b->flow->s;
    b->work += b->round;
    if (b->work > WORK || b->failed)
        return;
    if (all_protected(b->flow, &unprotected)) {
        keep_best(b, price);
        return;
    }
    if (price + b->least >= b->best_price)
        return;
    struct priced *ways = calloc(s->count + 1, sizeof *ways);
    if (!ways) {
        b->failed = true;
        return;
    }
    size_t count = find_ways_out(b, ways);
    for (size_t k = 0; k < count; k++) {
        struct cq_suppression_count *edge = &s->counts[ways[k].count];
        if (price + ways[k].price < b->best_price) {
            edge->hidden = true;
            branch(b, price + ways[k].price, unprotected);
            edge->hidden = false;
        }
        b->flow->barred[ways[k].count] = true; /* tried: the other ways go without it */
    }
    for (size_t k = 0; k < count; k++)
        b->flow->barred[ways[k].count] = false;
    free(ways);
}

static enum cq_code search_branches(struct cq_flow *flow)
{
    struct cq_suppression *s = flow->s;
    struct branches b = {.flow = flow, .round = round_of(s), .least = INT64_MAX};
    int64_t price = 0;
    b.best = calloc(s->count + 1, sizeof *b.best);
    if (!b.best)
        return CQ_B_NOMEM;
    for (size_t i = 0; i < s->count; i++) {
        bool secondary = cq_is_secondary(&s->counts[i]);
        int64_t own = cq_flow_price(&s->counts[i]);
        price += secondary ? own : 0;
        if (s->counts[i].kind != CQ_COUNT_FREE && !s->counts[i].small && own < b.least)
            b.least = own;
    }
    keep_best(&b, price);
    for (size_t i = 0; i < s->count; i++)
        if (cq_is_secondary(&s->counts[i]))
            s->counts[i].hidden = false;
    branch(&b, 0, 0);
    for (size_t i = 0; i < s->count; i++)
        s->counts[i].hidden = b.best[i];
    free(b.best);
    return b.failed ? CQ_B_NOMEM : CQ_OK;
}

enum cq_code cq_suppress_fewest(struct cq_flow *flow)
{
    bool secondary = false;
    enum cq_code code = show_again(flow);
    for (size_t i = 0; i < flow->s->count; i++)
        secondary = secondary || cq_is_secondary(&flow->s->counts[i]);
    if (!code && secondary && flow->s->count <= BRANCH_COUNTS)
        code = search_branches(flow);
    return code;
}
