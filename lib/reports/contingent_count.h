/* Counting the people of the lists by any dimensions, for the report contingent. */
#ifndef CQ_REPORTS_CONTINGENT_COUNT_H
#define CQ_REPORTS_CONTINGENT_COUNT_H

#include "cq/result.h"
#include "people/links.h"

/* Values of the dimensions; the last one of region, body and sex is "not stated". */
enum { REGIONS = 101, AGENCIES = 16, AGES = 5, SEXES = 3 };

extern const size_t cq_dimension_sizes[CQ_DIMENSIONS];

/* One count: a group is the packed values of a row, divided by divisor, modulo size. */
struct count {
    uint32_t divisor, size;
    int64_t *groups;
};

/* A row whose IIN is one of several of a person. */
struct linked_row {
    int64_t person;
    uint32_t key;
};

enum { COUNTS_MAX = CQ_DIMENSIONS + 2 };

struct contingent {
    const struct cq_report_request *request;
    enum cq_dimension by[CQ_DIMENSIONS];
    size_t by_count;
    struct count counts[COUNTS_MAX]; /* the whole, each dimension by itself, all but the last */
    size_t count_count;
    int64_t persons, rows, several;

    /* private */
    uint32_t strides[CQ_DIMENSIONS]; /* of by */
    int32_t born_by[AGES];           /* born on or before it: at least of that age */
    uint32_t bodies[AGENCIES];
    uint32_t *keys; /* of the rows of the current person */
    size_t key_count, key_room;
    struct cq_links links;
    struct linked_row *linked; /* rows of people with several IINs, counted at the end */
    size_t linked_count, linked_room;
};

/* Counts the people of a run on the request's day. Shape: request, by and by_count are set.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_contingent_free in any case. */
enum cq_code cq_contingent_count(struct contingent *c, int64_t run, struct cq_err *err);
void cq_contingent_free(struct contingent *c);

#endif
