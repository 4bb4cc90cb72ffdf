/* A map from facts and days to labels, as a decision diagram: where two parts of it are equal, they
 * are one node. The same map always has the same diagram, however its boxes were cut. */
#ifndef CQ_LAWCHECK_COMPARE_DIAGRAM_H
#define CQ_LAWCHECK_COMPARE_DIAGRAM_H

#include "cq/facts.h"
#include "lawcheck/numbering.h"

/* The days are one more variable with few values. */
enum { CQ_DIAGRAM_DAYS = 8, CQ_DIAGRAM_VALUES = 8, CQ_DIAGRAM_VARIABLES = CQ_FACTS + 1 };

/* Facts and days with one label. */
struct cq_labelled {
    uint64_t facts;
    uint32_t days; /* bits */
    int label;     /* not negative */
};

struct cq_diagram;

/* Builds a diagram of disjoint boxes. Errors: CQ_B_NOMEM. Owner: caller, cq_diagram_free. */
enum cq_code cq_diagram_new(struct cq_diagram **diagram, const struct cq_labelled *boxes,
                            size_t count, struct cq_err *err);
void cq_diagram_free(struct cq_diagram *diagram);

struct cq_labelled_list {
    struct cq_labelled *list;
    size_t count, room;
};

/* Appends few disjoint boxes that make the map: at each step the variable is taken whose values
 * leave the least to tell apart, and values with equal parts stay together.
 * Shape: *complete becomes false where the list would have more than limit boxes.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_diagram_boxes(struct cq_diagram *diagram, size_t limit,
                              struct cq_labelled_list *boxes, bool *complete, struct cq_err *err);

#endif
