/* The log: who did what, one line for each import, undo, move of a referral and reading of a
 * person. Each line is chained to the one before, so that a line that was changed, taken out or put
 * in between shows. What was cut off at the end shows only to those who noted the last link. */
#ifndef CQ_AUDIT_H
#define CQ_AUDIT_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/hash.h"

struct cq_audit {
    int64_t at;         /* milliseconds UTC */
    const char *actor;  /* login name; NULL where nobody is known */
    const char *action; /* "import", "undo", "read", or the action of cq-refer */
    int64_t subject;    /* run, number of the referral, or IIN */
    const char *detail; /* hash of the file, run taken back, state after; NULL for nothing */
};

/* Adds one line behind the last. Shape: inside the transaction of what it tells of; a moment before
 * that of the last line becomes that moment. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_audit_add(struct cq_db *db, const struct cq_audit *line, struct cq_err *err);

struct cq_audit_state {
    int64_t lines;              /* that the log holds */
    int64_t broken;             /* number of the first line that does not fit; 0 if all do */
    char link[CQ_HASH_HEX + 1]; /* of the last line; "" where there is none */
};

/* Computes the chain again. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_audit_verify(struct cq_db *db, struct cq_audit_state *state, struct cq_err *err);

#endif
