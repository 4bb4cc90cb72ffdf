/* Suppression as cycles in a graph. For each small count the search finds the cheapest cycle along
 * which the needed difference can flow: against an edge a count falls, and stays at least 1. The
 * counts on the cycle are hidden: each of them, then, may have either value. Hiding more never
 * removes a cycle, so the search ends, at the latest with the totals hidden. */
#include "result/cell_suppression.h"

#include <stdlib.h>
#include <string.h>

enum { UNREACHABLE = -1 };

struct search {
    struct cq_suppression_count *counts;
    size_t count;
    uint32_t nodes;
    size_t *first, *edges; /* edges of node n: edges[first[n]] to edges[first[n + 1]] */
    int64_t *cost;         /* of the cheapest path to a node, or UNREACHABLE */
    size_t *edge_to;       /* the last edge of that path */
    uint32_t *queue;
    bool *queued;
};

static void free_search(struct search *s)
{
    free(s->first);
    free(s->edges);
    free(s->cost);
    free(s->edge_to);
    free(s->queue);
    free(s->queued);
}

static enum cq_code open_search(struct search *s)
{
    s->first = calloc(s->nodes + 2, sizeof *s->first);
    s->edges = calloc(2 * s->count + 1, sizeof *s->edges);
    s->cost = calloc(s->nodes + 1, sizeof *s->cost);
    s->edge_to = calloc(s->nodes + 1, sizeof *s->edge_to);
    s->queue = calloc(s->nodes + 1, sizeof *s->queue);
    s->queued = calloc(s->nodes + 1, sizeof *s->queued);
    if (!s->first || !s->edges || !s->cost || !s->edge_to || !s->queue || !s->queued)
        return CQ_B_NOMEM;
    for (size_t i = 0; i < s->count; i++) {
        s->first[s->counts[i].from + 1]++;
        s->first[s->counts[i].to + 1]++;
    }
    for (uint32_t n = 0; n < s->nodes; n++)
        s->first[n + 1] += s->first[n];
    for (size_t i = s->count; i-- > 0;) {
        /* filled from the end of each node's range, so that first is its start again */
        s->edges[--s->first[s->counts[i].from + 1]] = i;
        s->edges[--s->first[s->counts[i].to + 1]] = i;
    }
    memmove(s->first, s->first + 1, s->nodes * sizeof *s->first);
    s->first[s->nodes] = 2 * s->count;
    return CQ_OK;
}

/* The cost of a difference that flows over an edge from a node; UNREACHABLE if it cannot. */
static int64_t cost_of(const struct cq_suppression_count *edge, uint32_t node, int64_t difference)
{
    bool forward = edge->from == node;
    if (!forward && edge->number - 1 < difference)
        return UNREACHABLE;
    if (edge->hidden)
        return 0;
    if (edge->keep)
        return UNREACHABLE;
    return edge->number + (edge->total ? INT64_C(1) << 40 : 0);
}

/* Finds the cheapest path from the end of an edge to its start without that edge. Returns its
 * cost. */
static int64_t find_path(struct search *s, size_t own, int64_t difference)
{
    size_t head = 0, waiting = 1;
    for (uint32_t n = 0; n < s->nodes; n++)
        s->cost[n] = UNREACHABLE;
    s->cost[s->counts[own].to] = 0;
    s->queue[0] = s->counts[own].to;
    while (waiting > 0) {
        uint32_t node = s->queue[head];
        head = (head + 1) % s->nodes;
        waiting--;
        s->queued[node] = false;
        for (size_t k = s->first[node]; k < s->first[node + 1]; k++) {
            size_t i = s->edges[k];
            const struct cq_suppression_count *edge = &s->counts[i];
            int64_t cost = i == own ? UNREACHABLE : cost_of(edge, node, difference);
            uint32_t next = edge->from == node ? edge->to : edge->from;
            if (cost == UNREACHABLE ||
                (s->cost[next] != UNREACHABLE && s->cost[next] <= s->cost[node] + cost))
                continue;
            s->cost[next] = s->cost[node] + cost;
            s->edge_to[next] = i;
            if (!s->queued[next]) {
                s->queued[next] = true;
                s->queue[(head + waiting++) % s->nodes] = next;
            }
        }
    }
    return s->cost[s->counts[own].from];
}

static void hide_path(struct search *s, size_t own)
{
    uint32_t node = s->counts[own].from;
    while (node != s->counts[own].to) {
        struct cq_suppression_count *edge = &s->counts[s->edge_to[node]];
        edge->hidden = true;
        node = edge->from == node ? edge->to : edge->from;
    }
}

enum cq_code cq_suppress_counts(struct cq_suppression_count *counts, size_t count, uint32_t nodes,
                                int64_t limit, bool *complete, struct cq_err *err)
{
    struct search s = {.counts = counts, .count = count, .nodes = nodes};
    enum cq_code code = open_search(&s);
    *complete = true;
    for (size_t i = 0; i < count && !code; i++)
        counts[i].hidden = counts[i].number <= limit;
    for (size_t i = 0; i < count && !code; i++) {
        int64_t difference = limit + 1 - counts[i].number;
        if (counts[i].number > limit)
            continue;
        if (find_path(&s, i, difference < 2 ? 2 : difference) == UNREACHABLE)
            *complete = false;
        else
            hide_path(&s, i);
    }
    free_search(&s);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}
