/* The outcome of an import for people and scripts: the summary, the counts, who would leave. */
#ifndef CQ_IMPORT_REPORT_H
#define CQ_IMPORT_REPORT_H

#include "cli.h"
#include "cq/import.h"

struct cq_import_summary {
    const struct cq_import_result *result;
    const char *mode; /* delta, full, undo */
    bool dry_run;
    double seconds;
};

/* Writes the summary as JSON to an open file. Returns whether it could be written. */
bool cq_import_write_summary(int fd, const struct cq_import_summary *summary);

/* Reports the counts (with --verbose), and that nothing changed. */
void cq_import_report_counts(struct cq_cli *cli, const struct cq_import_result *r);

/* Reports who would lose or gain an entitlement, or get another identity. */
void cq_import_report_effects(struct cq_cli *cli, const struct cq_import *import,
                              const struct cq_import_result *r);

/* Reports that too many rows are wrong, and what to do with them. */
void cq_import_report_bad_rows(struct cq_cli *cli);

/* Reports a refusal by the guard: its reason, the effects, and how to approve it. */
void cq_import_report_refusal(struct cq_cli *cli, const struct cq_import *import,
                              const struct cq_import_result *r);

#endif
