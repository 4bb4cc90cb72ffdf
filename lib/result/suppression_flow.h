/* Counts as a graph, and flows of differences through it. */
#ifndef CQ_RESULT_SUPPRESSION_FLOW_H
#define CQ_RESULT_SUPPRESSION_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* What hiding a count costs the reader, from little to much. */
enum cq_suppression_kind {
    CQ_COUNT_FREE,  /* nowhere shown, so it costs nothing */
    CQ_COUNT_CELL,  /* one of the parts */
    CQ_COUNT_SUM,   /* a total of some */
    CQ_COUNT_KNOWN, /* not shown here but told elsewhere: to count on its being unknown is worse */
    CQ_COUNT_HEADLINE, /* a figure of some */
    CQ_COUNT_WHOLE     /* the total of all */
};

/* A count is in two sums, once on the left and once on the right of the equals sign, as every cell
 * and total of a table of two dimensions is. Sums are nodes and counts are edges: a cell runs from
 * its row to its column, a column's total from the column to the totals' row, the grand total from
 * there to the totals' column, a row's total from there to its row. To change a count by some
 * number and keep all sums is to follow a cycle. */
struct cq_suppression_count {
    int64_t number;    /* 1 or more, which readers know; 0 or more where it is free */
    uint32_t from, to; /* nodes */
    size_t roof[2];    /* 1 + a total that it cannot exceed although parts overlap; 0: none */
    enum cq_suppression_kind kind;
    bool small;  /* to be hidden and protected */
    bool hidden; /* out */
};

/* One count of a proof, and by how much it differs there. */
struct cq_suppression_change {
    size_t count;
    int64_t by;
};

/* A proof: some of the changes, and the count it is of; SIZE_MAX where it is of a sum. */
struct cq_suppression_proof {
    size_t first, count, own;
};

/* Counts, and the proof of each small one: other numbers for hidden counts, with all sums kept, in
 * which it is larger. Owner: the counts are the caller's, the rest is freed by
 * cq_suppression_free. */
struct cq_suppression {
    struct cq_suppression_count *counts;
    size_t count;
    uint32_t nodes;
    int64_t limit;
    bool complete; /* out: every small count is protected */

    /* out */
    struct cq_suppression_change *changes;
    size_t change_count, change_room;
    struct cq_suppression_proof *proofs;
    size_t proof_count, proof_room;
};

/* Which counts a difference may flow over. */
enum cq_flow_over {
    CQ_FLOW_HIDDEN, /* those that are hidden */
    CQ_FLOW_ALL     /* others too: they are to be hidden then */
};

/* private */
struct cq_flow {
    struct cq_suppression *s;
    size_t *first, *edges; /* edges of node n: edges[first[n]] to edges[first[n + 1]] */
    int64_t *cost;         /* of the cheapest path to a node, or -1 */
    size_t *edge_to;       /* the last edge of that path */
    uint32_t *queue;
    bool *queued;
    int64_t *change; /* of each count */
    bool *fixed;     /* may not change */
    bool *barred;    /* may not be hidden */
    size_t *touched; /* counts that changed */
    bool *is_touched;
    size_t touched_count;
};

/* Errors: CQ_B_NOMEM; close it in any case. */
enum cq_code cq_flow_open(struct cq_flow *flow, struct cq_suppression *s);
void cq_flow_close(struct cq_flow *flow);

/* Finds numbers in which a count is larger by difference; the cheapest ones it meets. Returns whether
 * there are any; they are in change, for the counts in touched. */
bool cq_flow_find(struct cq_flow *flow, size_t own, int64_t difference, enum cq_flow_over over);

/* What hiding a count costs. */
int64_t cq_flow_price(const struct cq_suppression_count *count);

/* By how much a small count must be able to be larger. */
int64_t cq_flow_difference(const struct cq_suppression *s, size_t i);

#endif
