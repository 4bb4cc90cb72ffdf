/* Finds the counts of a table that must be hidden so that small ones cannot be computed. */
#ifndef CQ_RESULT_CELL_SUPPRESSION_H
#define CQ_RESULT_CELL_SUPPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* A count is in two sums, once on the left and once on the right of the equals sign, as every cell
 * and total of a table of two dimensions is. Sums are nodes and counts are edges: a cell runs from
 * its row to its column, a column's total from the column to the totals' row, the grand total from
 * there to the totals' column, a row's total from there to its row. To change a count by some
 * number and keep all sums is to follow a cycle. */
struct cq_suppression_count {
    int64_t number;    /* 1 or more */
    uint32_t from, to; /* nodes */
    bool keep;         /* may not be hidden, unless it is small itself: known from elsewhere */
    bool total;        /* hidden only where nothing else helps */
    bool hidden;       /* out */
};

/* Hides the counts up to limit, and others, until each small one could also be larger by two and
 * larger than limit, given all other counts, all sums, and that no hidden count is 0. Every other
 * hidden count could also differ by two. *complete becomes false where that cannot be, because of a
 * count that must be kept.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_suppress_counts(struct cq_suppression_count *counts, size_t count, uint32_t nodes,
                                int64_t limit, bool *complete, struct cq_err *err);

#endif
