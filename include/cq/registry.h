/* Runs and versions: the registry's bookkeeping, the same for all kinds of lists. */
#ifndef CQ_REGISTRY_H
#define CQ_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/columns.h"
#include "cq/date.h"
#include "cq/db.h"

/* --- keys: key << 19 | version; the first 40 bits of a key are its group (a person) --- */

#define CQ_AGENCY_BITS 4
#define CQ_VERSION_BITS 19
#define CQ_GROUP_SHIFT (CQ_AGENCY_BITS + CQ_VERSION_BITS)

static inline int64_t cq_person_key(int64_t iin, int agency)
{
    return iin << CQ_AGENCY_BITS | agency;
}

/* The number of the agency in the key of a person's row, and in the id of a version of it. */
static inline int cq_key_agency(int64_t key)
{
    return (int)(key & ((1 << CQ_AGENCY_BITS) - 1));
}

static inline int cq_id_agency(int64_t id)
{
    return cq_key_agency(id >> CQ_VERSION_BITS);
}

/* --- runs --- */

struct cq_run {
    int64_t id;
    int64_t at;              /* milliseconds UTC */
    const char *kind, *mode; /* see schema.sql */
    int agency;              /* 0 where the rows name theirs */
    int32_t list_date;       /* CQ_DAY_MIN for undo */
    const char *file_hash;
    const char *encoding;
    int64_t read, added, changed, unchanged, ended, rejected, warnings;
    int64_t undoes;  /* 0 if none */
    const char *law; /* fingerprint */
};

/* Writes a run's row and sets its id; at becomes later than that of the run before. Finish updates
 * the counts. Errors: those of cq_db_fail. */
enum cq_code cq_run_start(struct cq_db *db, struct cq_run *run, struct cq_err *err);
enum cq_code cq_run_finish(struct cq_db *db, const struct cq_run *run, struct cq_err *err);

/* The last run at or before a moment (milliseconds UTC; INT64_MAX for now); 0 before the first.
 * Errors: those of cq_db_fail. */
enum cq_code cq_run_known(struct cq_db *db, int64_t at, int64_t *run, struct cq_err *err);

/* Whether the run of a row of table run is in force: neither taken back, nor taken back by an undo
 * that is itself in force. A run is taken back only while it is in force, so of its undos the last
 * decides. SQL: true where it is, as the runs up to `last` say. */
#define CQ_SQL_IN_FORCE(last)                                                                      \
    "((WITH RECURSIVE undo(id, depth) AS (SELECT run.id, 0 UNION ALL SELECT (SELECT max(u.id)"     \
    " FROM run AS u WHERE u.undoes = undo.id AND u.id <= " last "), depth + 1 FROM undo"           \
    " WHERE undo.id IS NOT NULL) SELECT max(depth) FROM undo) % 2 = 1)"

/* --- versions of one table --- */

struct cq_table_column {
    const char *name;
    bool text;
};

struct cq_table {
    const char *name;
    const struct cq_table_column *columns; /* besides id, hash, run_from, run_to, valid_* */
    size_t count;
};

struct cq_version {
    int64_t id;
    int64_t hash;
    int64_t line;                 /* hash of the bytes it was read from; 0 if none */
    int64_t run_from, run_to;     /* run_to 0 while it is current */
    int32_t valid_from, valid_to; /* CQ_DAY_MIN, CQ_DAY_MAX where open */
    int64_t list_line;            /* of the row in the list of run_from; 0 if none */
};

struct cq_versions;

/* Opens a table for comparing and writing, inside a writer's transaction.
 * Shape: scan reads the whole table in order; without it each group is looked up.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_versions_close. */
enum cq_code cq_versions_open(struct cq_versions **versions, struct cq_db *db,
                              const struct cq_table *table, bool scan, struct cq_err *err);
void cq_versions_close(struct cq_versions *versions);

/* With scan: the group of the next version not yet read, INT64_MAX at the end (and always
 * without scan). */
int64_t cq_versions_next_group(const struct cq_versions *versions);

/* Reads all versions of a group, old ones too, in order of id. Shape: groups ascend from call to
 * call. Owner: versions, until the next call. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_versions_read_group(struct cq_versions *versions, int64_t group,
                                    const struct cq_version **list, size_t *count,
                                    struct cq_err *err);

/* Reads the columns of a version. Shape: values has table->count entries; texts stay valid until
 * the next call. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_versions_read(struct cq_versions *versions, int64_t id, struct cq_value *values,
                              struct cq_err *err);

/* Writes a version; closes one at a run. Errors: those of cq_db_fail. */
enum cq_code cq_versions_insert(struct cq_versions *versions, const struct cq_version *version,
                                const struct cq_value *values, struct cq_err *err);
enum cq_code cq_versions_end(struct cq_versions *versions, int64_t id, int64_t run,
                             struct cq_err *err);

/* Replaces the hashes of a version by those of another row, or other bytes, with the same data.
 * Errors: those of cq_db_fail. */
enum cq_code cq_versions_set_hashes(struct cq_versions *versions, int64_t id, int64_t hash,
                                    int64_t line, struct cq_err *err);

#endif
