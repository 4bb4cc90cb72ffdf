/* The answers of rules, one by one. */
#ifndef CQ_LAWCHECK_VISIT_H
#define CQ_LAWCHECK_VISIT_H

#include "lawcheck/findings.h"

/* Receives a rule in an interval, with a row of its clause or NULL. Returns false to stop. */
typedef bool cq_lawcheck_visit_fn(struct cq_lawcheck *check, const struct cq_rule *rule,
                                  const struct cq_interval *interval,
                                  const struct cq_clause_row *clause, const void *context);

/* Visits a rule in every interval with every row of its clause. Returns whether a visit stopped. */
bool cq_lawcheck_visit(struct cq_lawcheck *check, size_t rule, cq_lawcheck_visit_fn *fn,
                       const void *context);

#endif
