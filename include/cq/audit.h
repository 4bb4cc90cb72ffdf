/* The audit log: who did what, one line for each import, undo, transition of a referral and reading
 * or finding of a person. Each line has a hash over itself and the one before, so a changed, deleted or
 * inserted line is detected. Truncation at the end is detected only by comparing with a recorded
 * last link. */
#ifndef CQ_AUDIT_H
#define CQ_AUDIT_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/hash.h"

struct cq_audit {
    int64_t at;         /* milliseconds UTC */
    const char *actor;  /* login name; NULL where unknown */
    const char *action; /* "import", "undo", "read", "find", "list", or the action of cq-refer */
    int64_t subject;    /* run, number of the referral, IIN, or how many people a list showed */
    const char *detail; /* hash of the file, run undone, state after; NULL for nothing */
};

/* Appends one line. Shape: inside the transaction of what it records; a moment before that of the
 * last line becomes that moment. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_audit_add(struct cq_db *db, const struct cq_audit *line, struct cq_err *err);

struct cq_audit_state {
    int64_t lines;              /* number of lines */
    int64_t broken;             /* number of the first line that does not fit; 0 if all do */
    char link[CQ_HASH_HEX + 1]; /* of the last line; "" where there is none */
};

/* Verifies the chain. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_audit_verify(struct cq_db *db, struct cq_audit_state *state, struct cq_err *err);

#endif
