/* The counts of tables as a graph of sums, for suppression. */
#ifndef CQ_RESULT_SUPPRESS_SUMS_H
#define CQ_RESULT_SUPPRESS_SUMS_H

#include "result/cell_suppression.h"
#include "result/suppress_levels.h"

/* Where a number is published: a cell or a figure. */
struct cq_sum_place {
    struct cq_report_cell *cell;
    struct cq_report_figure *figure;
};

/* A published count of the graph. */
struct cq_sum_spot {
    size_t count;
    struct cq_sum_place place;
};

/* A published sum of counts that is no part of the graph. */
struct cq_sum_extra {
    size_t first, member_count; /* of members */
    int64_t number;
    struct cq_sum_place place;
};

/* Owner: caller, cq_sums_free. */
struct cq_sums {
    struct cq_suppression graph;
    size_t room;
    struct cq_sum_spot *spots;
    size_t spot_count, spot_room;
    struct cq_sum_extra *extras;
    size_t extra_count, extra_room;
    size_t *members;
    size_t member_count, member_room;
    bool failed;
};

/* Adds a table. Errors: CQ_B_NOMEM; free it in any case. */
enum cq_code cq_sums_add(struct cq_sums *sums, struct cq_sum_table *table);

/* Says that two tables of the graph count the same, in all and by the column of a's link.
 * Shape: both have sums by that column, a's its link and b's known. */
void cq_sums_join(struct cq_sums *sums, struct cq_sum_table *a, struct cq_sum_table *b);

/* Hides the number in a place. */
void cq_sum_hide(const struct cq_sum_place *place);

void cq_sums_free(struct cq_sums *sums);

#endif
