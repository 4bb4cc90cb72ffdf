/* Where the answers of two laws differ: boxes of facts, each with one answer under each law. */
#ifndef CQ_LAWCHECK_COMPARE_REGIONS_H
#define CQ_LAWCHECK_COMPARE_REGIONS_H

#include "cq/law_compare.h"
#include "lawcheck/numbering.h"

/* Days with the same differences. */
struct cq_days {
    int32_t since, until;
};

/* A box of facts on some days; different ones are disjoint. */
struct cq_answer_region {
    uint64_t facts;
    int days;          /* index in cq_answer_regions.days */
    int first, second; /* numbers in cq_answer_regions.answers */
};

struct cq_answer_regions {
    struct cq_answer_region *list; /* in order of days */
    size_t count, room;
    struct cq_days *days;
    size_t day_count, day_room;
    struct cq_numbering answers; /* of int[CQ_COMPARED], the numbers of texts */
    struct cq_numbering texts;   /* with their NUL */
};

/* Finds where two proved laws answer differently. Shape: regions are zeroed before.
 * Errors: CQ_B_NOMEM. Owner: caller, cq_answer_regions_free in any case. */
enum cq_code cq_answer_regions_find(struct cq_answer_regions *regions, const struct cq_law *first,
                                    const struct cq_law *second, struct cq_err *err);
void cq_answer_regions_free(struct cq_answer_regions *regions);

/* The cells that differ in a region, as bits 1 << enum cq_compared. */
unsigned cq_answer_region_changed(const struct cq_answer_regions *regions,
                                  const struct cq_answer_region *region);

/* How many combinations a box holds; 0 where a field is empty. */
uint64_t cq_box_count(uint64_t facts);

#endif
