/* A difference flows from the end of an edge back to its start, over other edges: along an edge a
 * count grows, against it the count falls, and stays what readers know it to be at least. Every
 * path is the cheapest that carries the amount; where none carries all of it, several carry
 * parts. */
#include "result/suppression_flow.h"

#include <stdlib.h>
#include <string.h>

enum { UNREACHABLE = -1 };

enum cq_code cq_flow_open(struct cq_flow *flow, struct cq_suppression *s)
{
    size_t n = s->count, nodes = s->nodes;
    *flow = (struct cq_flow){.s = s};
    flow->first = calloc(nodes + 2, sizeof *flow->first);
    flow->edges = calloc(2 * n + 1, sizeof *flow->edges);
    flow->cost = calloc(nodes + 1, sizeof *flow->cost);
    flow->edge_to = calloc(nodes + 1, sizeof *flow->edge_to);
    flow->queue = calloc(nodes + 1, sizeof *flow->queue);
    flow->queued = calloc(nodes + 1, sizeof *flow->queued);
    flow->change = calloc(n + 1, sizeof *flow->change);
    flow->fixed = calloc(n + 1, sizeof *flow->fixed);
    flow->barred = calloc(n + 1, sizeof *flow->barred);
    flow->touched = calloc(n + 1, sizeof *flow->touched);
    flow->is_touched = calloc(n + 1, sizeof *flow->is_touched);
    if (!flow->first || !flow->edges || !flow->cost || !flow->edge_to || !flow->queue ||
        !flow->queued || !flow->change || !flow->fixed || !flow->barred || !flow->touched ||
        !flow->is_touched)
        return CQ_B_NOMEM;
    for (size_t i = 0; i < n; i++) {
        flow->first[s->counts[i].from + 1]++;
        flow->first[s->counts[i].to + 1]++;
    }
    for (size_t k = 0; k < nodes; k++)
        flow->first[k + 1] += flow->first[k];
    for (size_t i = n; i-- > 0;) {
        /* filled from the end of each node's range, so that first is its start again */
        flow->edges[--flow->first[s->counts[i].from + 1]] = i;
        flow->edges[--flow->first[s->counts[i].to + 1]] = i;
    }
    memmove(flow->first, flow->first + 1, nodes * sizeof *flow->first);
    flow->first[nodes] = 2 * n;
    return CQ_OK;
}

void cq_flow_close(struct cq_flow *flow)
{
    free(flow->first);
    free(flow->edges);
    free(flow->cost);
    free(flow->edge_to);
    free(flow->queue);
    free(flow->queued);
    free(flow->change);
    free(flow->fixed);
    free(flow->barred);
    free(flow->touched);
    free(flow->is_touched);
}

int64_t cq_flow_price(const struct cq_suppression_count *count)
{
    static const int64_t prices[] = {
        [CQ_COUNT_FREE] = 0,
        [CQ_COUNT_CELL] = INT64_C(1) << 32,
        [CQ_COUNT_SUM] = INT64_C(1) << 46,
        [CQ_COUNT_KNOWN] = INT64_C(1) << 48,
        [CQ_COUNT_HEADLINE] = INT64_C(1) << 49,
        [CQ_COUNT_WHOLE] = INT64_C(1) << 52,
    };
    int64_t people = count->number < UINT16_MAX ? count->number : UINT16_MAX;
    return prices[count->kind] + (count->kind == CQ_COUNT_FREE ? 0 : people);
}

int64_t cq_flow_difference(const struct cq_suppression *s, size_t i)
{
    int64_t difference = s->limit + 1 - s->counts[i].number;
    return difference < 2 ? 2 : difference;
}

/* How much more a count may grow. */
static int64_t growth_of(const struct cq_flow *flow, size_t i)
{
    const struct cq_suppression_count *count = &flow->s->counts[i];
    int64_t most = INT64_MAX;
    for (int k = 0; k < 2; k++) {
        if (count->roof[k] == 0)
            continue;
        const struct cq_suppression_count *roof = &flow->s->counts[count->roof[k] - 1];
        int64_t room = roof->number - count->number - flow->change[i];
        if (!roof->hidden && room < most)
            most = room < 0 ? 0 : room;
    }
    return most;
}

/* The cost of an amount that flows over an edge from a node; UNREACHABLE if it cannot. */
static int64_t cost_of(const struct cq_flow *flow, size_t i, uint32_t node, int64_t amount,
                       enum cq_flow_over over)
{
    const struct cq_suppression_count *edge = &flow->s->counts[i];
    bool changed = flow->change[i] != 0;
    if (flow->fixed[i] || edge->from == edge->to)
        return UNREACHABLE;
    if (!edge->hidden && !changed && (over == CQ_FLOW_HIDDEN || flow->barred[i]))
        return UNREACHABLE;
    if (edge->from == node) {
        if (growth_of(flow, i) < amount)
            return UNREACHABLE;
    } else if (edge->number + flow->change[i] - (edge->kind != CQ_COUNT_FREE) < amount) {
        return UNREACHABLE;
    }
    return edge->hidden || changed ? 1 : 1 + cq_flow_price(edge);
}

/* Finds the cheapest path for an amount from the end of an edge to its start. */
static bool find_path(struct cq_flow *flow, size_t own, int64_t amount, enum cq_flow_over over)
{
    const struct cq_suppression *s = flow->s;
    uint32_t start = s->counts[own].to, target = s->counts[own].from;
    size_t head = 0, waiting = 1;
    for (uint32_t n = 0; n < s->nodes; n++)
        flow->cost[n] = UNREACHABLE;
    flow->cost[start] = 0;
    flow->queue[0] = start;
    while (waiting > 0) {
        uint32_t node = flow->queue[head];
        head = (head + 1) % s->nodes;
        waiting--;
        flow->queued[node] = false;
        for (size_t k = flow->first[node]; k < flow->first[node + 1]; k++) {
            size_t i = flow->edges[k];
            int64_t cost = cost_of(flow, i, node, amount, over);
            if (cost == UNREACHABLE)
                continue;
            uint32_t next = s->counts[i].from == node ? s->counts[i].to : s->counts[i].from;
            cost += flow->cost[node];
            if ((flow->cost[next] != UNREACHABLE && flow->cost[next] <= cost) ||
                (flow->cost[target] != UNREACHABLE && flow->cost[target] <= cost))
                continue;
            flow->cost[next] = cost;
            flow->edge_to[next] = i;
            if (!flow->queued[next] && next != target) {
                flow->queued[next] = true;
                flow->queue[(head + waiting++) % s->nodes] = next;
            }
        }
    }
    return flow->cost[target] != UNREACHABLE;
}

static void change(struct cq_flow *flow, size_t i, int64_t by)
{
    flow->change[i] += by;
    if (flow->is_touched[i])
        return;
    flow->is_touched[i] = true;
    flow->touched[flow->touched_count++] = i;
}

static void push(struct cq_flow *flow, size_t own, int64_t amount)
{
    uint32_t node = flow->s->counts[own].from;
    while (node != flow->s->counts[own].to) {
        size_t i = flow->edge_to[node];
        const struct cq_suppression_count *edge = &flow->s->counts[i];
        bool forward = edge->to == node;
        change(flow, i, forward ? amount : -amount);
        node = forward ? edge->from : edge->to;
    }
    change(flow, own, amount);
}

static void forget(struct cq_flow *flow)
{
    for (size_t k = 0; k < flow->touched_count; k++) {
        flow->change[flow->touched[k]] = 0;
        flow->is_touched[flow->touched[k]] = false;
    }
    flow->touched_count = 0;
}

bool cq_flow_find(struct cq_flow *flow, size_t own, int64_t difference, enum cq_flow_over over)
{
    int64_t left = difference, amount = difference;
    bool was_fixed = flow->fixed[own];
    forget(flow);
    if (growth_of(flow, own) < difference)
        return false;
    flow->fixed[own] = true;
    while (left > 0 && amount > 0) {
        if (find_path(flow, own, amount, over)) {
            push(flow, own, amount);
            left -= amount;
            amount = amount < left ? amount : left;
        } else {
            amount /= 2;
        }
    }
    flow->fixed[own] = was_fixed;
    return left == 0;
}
