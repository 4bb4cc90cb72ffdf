/* Sums outside the graph: which of them can be shown. */
#ifndef CQ_RESULT_SUPPRESS_EXTRAS_H
#define CQ_RESULT_SUPPRESS_EXTRAS_H

#include "result/suppress_sums.h"

/* Hides extras that are small, and gives each of them a proof; shows the others where no proof
 * changes them, or where proofs can be exchanged for such ones. Shape: the graph is solved. Errors:
 * CQ_B_NOMEM. */
enum cq_code cq_suppress_extras(struct cq_sums *sums, struct cq_err *err);

#endif
