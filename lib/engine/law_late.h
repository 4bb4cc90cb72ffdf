/* late.csv: gaps and weaker certainty, added to decisions that were made. */
#ifndef CQ_ENGINE_LAW_LATE_H
#define CQ_ENGINE_LAW_LATE_H

#include "engine/law_cells.h"
#include "engine/law_masks.h"

extern const char *const cq_law_late_columns[]; /* NULL at the end */

/* Reads the rows of an opened table. Errors: in r->err. */
void cq_law_late_read(struct cq_law_cells *r, size_t rows);

/* The rows that can apply to a ruling on days of an interval, as bits.
 * Shape: facts are those that the rule itself restricts. */
uint64_t cq_law_late_of(const struct cq_law *law, const struct cq_interval *interval,
                        const struct cq_ruling *ruling, uint64_t facts);

/* Whether a row applies to a word of facts on a day, its ruling aside. */
static inline bool cq_law_late_applies(const struct cq_late *late, int32_t day, uint64_t word)
{
    return late->since <= day && day < late->until &&
           (word & ~(late->facts | late->possible)) == 0 && cq_facts_empty(word & late->facts) == 0;
}

#endif
