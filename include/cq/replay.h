/* Replays receipts row by row. */
#ifndef CQ_REPLAY_H
#define CQ_REPLAY_H

#include <stdbool.h>
#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/db.h"
#include "cq/law.h"

struct cq_replay {
    const struct cq_law *law;
    struct cq_db *db; /* NULL: the facts are those of the receipt */
    enum cq_format format;
    const struct cq_table_reader *reader; /* of a table; NULL for codes as they are */

    /* Receives each row that could not be read, or has a receipt of another version. */
    cq_finding_fn *report;
    void *context;
};

/* Whether rows can be compared with a registry: they have a column iin. */
bool cq_replay_names_people(const struct cq_csvin *in);

/* Replays every receipt of a CSV and compares each with the cells of its row. Shape: the column
 * `receipt` is read; the rows are copied with two more columns. `replay` is ok, or a list of what is
 * wrong, joined by ';': damaged, altered, law, data, engine, missing, version_1, newer; empty for a
 * row that nothing was decided for. `differs` lists the differences as name:then>now. With a registry
 * and a column iin the facts of a person are read again, as they were known at the receipt's run.
 * *differs becomes true if any row is not ok or could not be read; report also receives receipts of
 * another version.
 * Errors: CQ_F_HEADER_MISSING (no receipt), CQ_F_HEADER_TWICE, O, D, CQ_B_NOMEM. */
enum cq_code cq_replay_csv(const struct cq_replay *replay, struct cq_csvin *in, const char *name,
                           int fd, bool *differs, struct cq_err *err);

#endif
