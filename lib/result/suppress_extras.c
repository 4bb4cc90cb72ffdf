/* A sum outside the graph tells nothing if it is the same in every proof. Where it is not, the proof is
 * exchanged if it can be: for one over counts of the sum alone, or over none of them. */
#include "result/suppress_extras.h"

#include <stdlib.h>
#include <string.h>

enum { WORK = 200000000 }; /* counts looked at: about a second */

struct extras {
    struct cq_sums *sums;
    bool *is_member; /* of the extra in hand */
    bool *fixed;
    bool *is_open; /* of each extra */
    size_t work;
};

static void mark(const struct extras *e, const struct cq_sum_extra *extra, bool value)
{
    for (size_t k = 0; k < extra->member_count; k++)
        e->is_member[e->sums->members[extra->first + k]] = value;
}

/* Shape: the extra is marked. */
static bool changes(const struct extras *e, size_t p)
{
    const struct cq_suppression *graph = &e->sums->graph;
    const struct cq_suppression_proof *proof = &graph->proofs[p];
    int64_t difference = 0;
    for (size_t k = proof->first; k < proof->first + proof->count; k++)
        if (e->is_member[graph->changes[k].count])
            difference += graph->changes[k].by;
    return difference != 0;
}

/* Fixes an extra's members where the proof's own count is none, else all other cells. */
static void fix(struct extras *e, const struct cq_sum_extra *extra, size_t own)
{
    const struct cq_suppression *graph = &e->sums->graph;
    mark(e, extra, true);
    bool inside = e->is_member[own];
    for (size_t i = 0; i < graph->count; i++)
        if (graph->counts[i].kind == CQ_COUNT_CELL && e->is_member[i] != inside)
            e->fixed[i] = true;
    mark(e, extra, false);
}

/* Exchanges a proof for one that leaves an extra, and those that are open, as they are. */
static enum cq_code exchange(struct extras *e, size_t wanted, size_t p, bool *found,
                             struct cq_err *err)
{
    const struct cq_suppression *graph = &e->sums->graph;
    size_t own = graph->proofs[p].own;
    *found = false;
    if (own == SIZE_MAX)
        return CQ_OK;
    e->work += (e->sums->extra_count + 4) * graph->count;
    memset(e->fixed, 0, graph->count * sizeof *e->fixed);
    for (size_t i = 0; i < e->sums->extra_count; i++)
        if (i == wanted || e->is_open[i])
            fix(e, &e->sums->extras[i], own);
    return cq_suppress_otherwise(&e->sums->graph, p, e->fixed, found, err);
}

/* Whether a proof changes an extra. */
static bool moves(const struct extras *e, size_t i, size_t p)
{
    mark(e, &e->sums->extras[i], true);
    bool moved = changes(e, p);
    mark(e, &e->sums->extras[i], false);
    return moved;
}

/* Opens an extra if all proofs leave it as it is, after exchanges or before. */
static enum cq_code open_extra(struct extras *e, size_t i, struct cq_err *err)
{
    const struct cq_suppression *graph = &e->sums->graph;
    bool open = true;
    enum cq_code code = CQ_OK;
    for (size_t p = 0; p < graph->proof_count && !code && open; p++) {
        bool found = true;
        if (!moves(e, i, p))
            continue;
        if (e->work < WORK)
            code = exchange(e, i, p, &found, err);
        open = e->work < WORK && found && !moves(e, i, p);
        /* The total may have moved: what was open must still be. */
        for (size_t k = 0; k < e->sums->extra_count && found; k++)
            if (e->is_open[k] && moves(e, k, p))
                e->is_open[k] = false;
    }
    e->is_open[i] = open && !code;
    return code;
}

static enum cq_code settle(struct extras *e, struct cq_err *err)
{
    struct cq_suppression *graph = &e->sums->graph;
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < e->sums->extra_count && !code; i++) {
        const struct cq_sum_extra *extra = &e->sums->extras[i];
        int64_t difference = graph->limit + 1 - extra->number;
        if (difference > 0)
            code = cq_suppress_sum(graph, e->sums->members + extra->first, extra->member_count,
                                   difference < 2 ? 2 : difference, err);
    }
    /* Figures, which were added last, come first. */
    for (size_t i = e->sums->extra_count; i-- > 0 && !code && graph->complete;)
        if (e->sums->extras[i].number > graph->limit)
            code = open_extra(e, i, err);
    for (size_t i = 0; i < e->sums->extra_count && !code; i++)
        if (!e->is_open[i])
            cq_sum_hide(&e->sums->extras[i].place);
    return code;
}

enum cq_code cq_suppress_extras(struct cq_sums *sums, struct cq_err *err)
{
    struct extras e = {.sums = sums};
    e.is_member = calloc(sums->graph.count + 1, sizeof *e.is_member);
    e.fixed = calloc(sums->graph.count + 1, sizeof *e.fixed);
    e.is_open = calloc(sums->extra_count + 1, sizeof *e.is_open);
    enum cq_code code = e.is_member && e.fixed && e.is_open ? settle(&e, err)
                                                            : cq_err_set(err, CQ_B_NOMEM, NULL);
    free(e.is_member);
    free(e.fixed);
    free(e.is_open);
    return code;
}
