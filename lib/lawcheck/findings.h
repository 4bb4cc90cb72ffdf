/* A check of the law tables, and what it reports. */
#ifndef CQ_LAWCHECK_FINDINGS_H
#define CQ_LAWCHECK_FINDINGS_H

#include "cq/law_finding.h"
#include "engine/law_cells.h"

struct cq_lawcheck {
    struct cq_law_cells reader;
    cq_law_finding_fn *report;
    void *context;
    size_t limit, count;
    bool unproved; /* cells that say which cases a row decides are wrong: masks would be wrong */
};

/* Counts a finding and passes it to report, up to limit. */
void cq_lawcheck_report(struct cq_lawcheck *check, const struct cq_law_finding *finding);

/* Reports a line of a table. Shape: rule may be NULL; else the finding applies to its days only. */
void cq_lawcheck_report_at(struct cq_lawcheck *check, enum cq_finding_kind kind,
                           enum cq_law_table table, long line, const struct cq_rule *rule,
                           const char *column, const char *detail);

/* Reports a row of a table, counted from 0; a rule. */
void cq_lawcheck_row(struct cq_lawcheck *check, enum cq_finding_kind kind, enum cq_law_table table,
                     size_t row, const char *column, const char *detail);
void cq_lawcheck_rule(struct cq_lawcheck *check, enum cq_finding_kind kind, size_t rule,
                      const char *column, const char *detail);

#endif
