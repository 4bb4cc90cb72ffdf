/* Differences of two laws in words, for people. */
#ifndef CQ_ELIGIBLE_COMPARE_WORDS_H
#define CQ_ELIGIBLE_COMPARE_WORDS_H

#include "cq/csvout.h"
#include "cq/law_compare.h"

/* Writes the differences as a table: the days, how many combinations, for whom and what, and each
 * cell that changes. Errors: CQ_O_WRITE, CQ_B_NOMEM. */
enum cq_code cq_eligible_compare_words(const struct cq_table_reader *reader,
                                       const struct cq_law_comparison *comparison, int fd,
                                       struct cq_err *err);

#endif
