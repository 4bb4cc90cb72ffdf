/* The checks of law tables in memory. */
#ifndef CQ_LAWCHECK_LAWCHECK_H
#define CQ_LAWCHECK_LAWCHECK_H

#include "cq/lawcheck.h"
#include "lawcheck/findings.h"

/* cq_law_check on tables in memory. Shape: dir is for messages only, NULL for the embedded
 * tables. */
enum cq_code cq_lawcheck_files(const struct cq_law_files *files, const char *dir, size_t limit,
                               cq_law_finding_fn *report, void *context,
                               struct cq_law_checked *checked, struct cq_err *err);

#endif
