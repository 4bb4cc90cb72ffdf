/* Inside the looking over of the law only: what its parts share. */
#ifndef CQ_LAWCHECK_PRIVATE_H
#define CQ_LAWCHECK_PRIVATE_H

#include "cq/lawcheck.h"
#include "engine/law_cells.h"

struct cq_lawcheck {
    struct cq_lawreader reader;
    const char *dir;
    cq_law_found *found;
    void *context;
    size_t limit, count;
    bool unproved; /* cells that say what a row decides are wrong: masks would mislead */
};

/* cq_law_check from bytes. */
enum cq_code cq_lawcheck_files(const struct cq_lawfiles *files, const char *dir, size_t limit,
                               cq_law_found *found, void *context, struct cq_law_checked *checked,
                               struct cq_err *err);

/* Reports a finding about a row of a table, counted from 0. */
void cq_lawcheck_row(struct cq_lawcheck *check, enum cq_finding_kind kind, enum cq_lawtable table,
                     size_t row, const char *column, const char *detail);
/* The same about a rule. */
void cq_lawcheck_rule(struct cq_lawcheck *check, enum cq_finding_kind kind, size_t rule,
                      const char *column, const char *detail);

/* Rows that nothing refers to, and days outside editions. */
void cq_lawcheck_references(struct cq_lawcheck *check);
/* Rules, groups and conditions without effect. The masks must be there. */
void cq_lawcheck_conditions(struct cq_lawcheck *check);
/* Rows of documents and presumptions that never answer. The masks must be there. */
void cq_lawcheck_defaults(struct cq_lawcheck *check);

#endif
