/* The check of the law tables: the proof, unused rows, conditions without effect. It continues
 * where cq_law_load stops at the first error, and reports all. */
#ifndef CQ_LAWCHECK_H
#define CQ_LAWCHECK_H

#include "cq/law_finding.h"

/* The counts of a check. */
struct cq_law_checked {
    size_t rules;
    size_t findings;
};

/* Checks the tables.
 * Shape: dir as for cq_law_read. report is called for each finding, at most limit times, in order
 * of the tables, then the proof, then what has no effect; where a table cannot be read at all,
 * later ones are not checked.
 * Errors: CQ_L_OPEN, CQ_B_NOMEM; wrong cells are findings, not errors. */
enum cq_code cq_law_check(const char *dir, size_t limit, cq_law_finding_fn *report, void *context,
                          struct cq_law_checked *checked, struct cq_err *err);

/* The name of a kind, stable for scripts ("overlap"), and what it means, for the catalogues.
 * Owner: static strings. */
const char *cq_law_finding_name(enum cq_finding_kind kind);
const char *cq_law_finding_text(enum cq_finding_kind kind);

#endif
