/* Receipts made again, row by row. */
#ifndef CQ_REPLAY_H
#define CQ_REPLAY_H

#include <stdbool.h>
#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/db.h"
#include "cq/law.h"

struct cq_replay {
    const struct cq_law *law;
    struct cq_db *db; /* NULL: facts are taken as the receipt has them */
    enum cq_format format;

    /* Takes each row that could not be read. */
    cq_finding_fn *report;
    void *context;
};

/* Whether rows can be compared with a registry: they have a column iin. */
bool cq_replay_names_people(const struct cq_csvin *in);

/* Makes every receipt of a CSV again. Shape: the column `receipt` is read; the rows are
 * passed through with two columns more. `replay` is ok, or joined by ';' what differs: damaged, law, data,
 * engine; an empty receipt gives an empty cell. `differs` lists the differences as name:then>now.
 * With a registry and a column iin the facts are read again, as they were known at the receipt's
 * run; columns profile and duty_injury complete the request.
 * *differs becomes true if any row is not ok or could not be read.
 * Errors: CQ_F_HEADER_MISSING (no receipt), CQ_F_HEADER_TWICE, O, D, CQ_B_NOMEM. */
enum cq_code cq_replay_csv(const struct cq_replay *replay, struct cq_csvin *in, const char *name,
                           int fd, bool *differs, struct cq_err *err);

#endif
