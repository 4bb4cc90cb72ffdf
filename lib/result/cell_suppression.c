/* Suppression as flows in a graph. For each small count the search finds the cheapest flow of the
 * needed difference; the counts it runs over are hidden: each of them, then, may have either value.
 * Then it looks whether fewer do. At the end every small count has a proof over hidden counts
 * only. */
#include "result/cell_suppression.h"

#include <stdlib.h>

#include "base/vec.h"
#include "result/suppression_fewest.h"

static void hide_touched(struct cq_flow *flow)
{
    for (size_t k = 0; k < flow->touched_count; k++)
        if (flow->change[flow->touched[k]] != 0)
            flow->s->counts[flow->touched[k]].hidden = true;
}

/* Hides what protects a count; parts that overlap may need their totals hidden first. */
static bool protect(struct cq_flow *flow, size_t i, int64_t difference)
{
    const struct cq_suppression_count *count = &flow->s->counts[i];
    if (cq_flow_find(flow, i, difference, CQ_FLOW_HIDDEN))
        return true;
    bool found = cq_flow_find(flow, i, difference, CQ_FLOW_ALL);
    if (!found && (count->roof[0] > 0 || count->roof[1] > 0)) {
        for (int k = 0; k < 2; k++)
            if (count->roof[k] > 0)
                flow->s->counts[count->roof[k] - 1].hidden = true;
        found = cq_flow_find(flow, i, difference, CQ_FLOW_ALL);
    }
    if (found)
        hide_touched(flow);
    return found;
}

/* Writes the flow that was found as a proof. */
static enum cq_code write_proof(const struct cq_flow *flow, struct cq_suppression_proof *proof)
{
    struct cq_suppression *s = flow->s;
    struct cq_suppression_change *changes = cq_grow(
        s->changes, s->change_count + flow->touched_count, &s->change_room, sizeof *changes);
    if (!changes)
        return CQ_B_NOMEM;
    s->changes = changes;
    proof->first = s->change_count;
    for (size_t k = 0; k < flow->touched_count; k++)
        if (flow->change[flow->touched[k]] != 0)
            s->changes[s->change_count++] =
                (struct cq_suppression_change){flow->touched[k], flow->change[flow->touched[k]]};
    proof->count = s->change_count - proof->first;
    return CQ_OK;
}

static enum cq_code add_proof(const struct cq_flow *flow, size_t own)
{
    struct cq_suppression *s = flow->s;
    struct cq_suppression_proof *proofs =
        cq_grow(s->proofs, s->proof_count + 1, &s->proof_room, sizeof *proofs);
    if (!proofs)
        return CQ_B_NOMEM;
    s->proofs = proofs;
    s->proofs[s->proof_count] = (struct cq_suppression_proof){.own = own};
    return write_proof(flow, &s->proofs[s->proof_count++]);
}

enum cq_code cq_suppress_counts(struct cq_suppression *s, struct cq_err *err)
{
    struct cq_flow flow;
    enum cq_code code = cq_flow_open(&flow, s);
    s->complete = true;
    for (size_t i = 0; i < s->count && !code; i++)
        s->counts[i].hidden = s->counts[i].small || s->counts[i].kind == CQ_COUNT_FREE;
    for (size_t i = 0; i < s->count && !code; i++)
        if (s->counts[i].small)
            s->complete = protect(&flow, i, cq_flow_difference(s, i)) && s->complete;
    if (!code && s->complete)
        code = cq_suppress_fewest(&flow);
    for (size_t i = 0; i < s->count && !code; i++)
        if (s->counts[i].small && cq_flow_find(&flow, i, cq_flow_difference(s, i), CQ_FLOW_HIDDEN))
            code = add_proof(&flow, i);
    cq_flow_close(&flow);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

/* One member grows, the others stay. */
enum cq_code cq_suppress_sum(struct cq_suppression *s, const size_t *members, size_t count,
                             int64_t difference, struct cq_err *err)
{
    struct cq_flow flow;
    bool found = false;
    enum cq_code code = cq_flow_open(&flow, s);
    for (size_t k = 0; k < count && !code; k++)
        flow.fixed[members[k]] = true;
    for (size_t k = 0; k < count && !code && !found; k++) {
        flow.fixed[members[k]] = false;
        found = protect(&flow, members[k], difference);
        flow.fixed[members[k]] = true;
    }
    if (found && !code)
        code = add_proof(&flow, SIZE_MAX);
    s->complete = s->complete && found;
    cq_flow_close(&flow);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

enum cq_code cq_suppress_otherwise(struct cq_suppression *s, size_t p, const bool *fixed,
                                   bool *found, struct cq_err *err)
{
    struct cq_flow flow;
    size_t own = s->proofs[p].own;
    enum cq_code code = own == SIZE_MAX ? CQ_OK : cq_flow_open(&flow, s);
    *found = false;
    if (code || own == SIZE_MAX)
        return code ? cq_err_set(err, code, NULL) : CQ_OK;
    for (size_t i = 0; i < s->count; i++) {
        flow.fixed[i] = fixed[i];
        flow.barred[i] = s->counts[i].kind != CQ_COUNT_CELL;
    }
    int64_t difference = cq_flow_difference(s, own);
    *found = cq_flow_find(&flow, own, difference, CQ_FLOW_HIDDEN) ||
             cq_flow_find(&flow, own, difference, CQ_FLOW_ALL);
    if (*found) {
        hide_touched(&flow);
        code = write_proof(&flow, &s->proofs[p]);
    }
    cq_flow_close(&flow);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

void cq_suppression_free(struct cq_suppression *s)
{
    free(s->changes);
    free(s->proofs);
}
