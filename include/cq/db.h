/* One SQLite connection: opening, transactions, statements, errors as enum cq_code. */
#ifndef CQ_DB_H
#define CQ_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include "cq/err.h"

#define CQ_APPLICATION_ID 0x63715247 /* "cqRG" */

enum cq_db_mode {
    CQ_DB_READ,   /* the file must be a registry */
    CQ_DB_WRITE,  /* the file must be a registry */
    CQ_DB_CREATE, /* created (mode 0600) if it does not exist or is empty */
    CQ_DB_MEMORY  /* a registry in memory; path is not used */
};

struct cq_db {
    sqlite3 *sqlite;
    char *path;
    int older;  /* the schema from which opening upgraded the file; 0 if it did not */
    char *copy; /* where the file is kept as it was before; NULL if it is not */
};

/* Opens a registry. One of an older schema is upgraded first, whatever the mode: a copy is kept
 * beside the file, and all steps are one transaction. Otherwise CQ_DB_READ writes nothing.
 * Shape: wait_ms is the busy timeout for locks.
 * Errors: CQ_D_MISSING, CQ_D_NOT_REGISTRY, CQ_D_NEWER, CQ_D_OLDER (it may not be written),
 * CQ_D_COPY, CQ_D_FULL, CQ_D_LOCKED, CQ_D_CORRUPT, CQ_D_OPEN, CQ_B_NOMEM.
 * Owner: caller, cq_db_close. */
enum cq_code cq_db_open(struct cq_db *db, const char *path, enum cq_db_mode mode, int wait_ms,
                        struct cq_err *err);
void cq_db_close(struct cq_db *db);

/* Turns the connection's last failure into an error.
 * Errors: CQ_D_LOCKED (detail: pid and start of the holder), CQ_D_FULL, CQ_D_CORRUPT,
 * CQ_D_NOT_REGISTRY, CQ_B_NOMEM, CQ_D_SQL. */
enum cq_code cq_db_fail(struct cq_db *db, struct cq_err *err);

/* A writer's transaction (BEGIN IMMEDIATE), or a reader's that sees one state throughout.
 * Rollback never fails; it is legal outside a transaction. Errors: those of cq_db_fail. */
enum cq_code cq_db_begin(struct cq_db *db, struct cq_err *err);
enum cq_code cq_db_begin_read(struct cq_db *db, struct cq_err *err);
enum cq_code cq_db_commit(struct cq_db *db, struct cq_err *err);
void cq_db_rollback(struct cq_db *db);

/* Statements. The SQL is constant text: every value is bound. Errors: those of cq_db_fail.
 * Owner of a prepared one: caller, sqlite3_finalize. */
enum cq_code cq_db_exec(struct cq_db *db, const char *sql, struct cq_err *err);
enum cq_code cq_db_prepare(struct cq_db *db, sqlite3_stmt **stmt, const char *sql,
                           struct cq_err *err);
/* Steps; *row becomes whether there is a row. */
enum cq_code cq_db_step(struct cq_db *db, sqlite3_stmt *stmt, bool *row, struct cq_err *err);
/* Steps a statement without rows, and resets it. */
enum cq_code cq_db_run(struct cq_db *db, sqlite3_stmt *stmt, struct cq_err *err);
/* Runs a query for one integer. */
enum cq_code cq_db_int(struct cq_db *db, const char *sql, int64_t *out, struct cq_err *err);

/* An integer column of the row, or what NULL means. */
int cq_db_column_int(sqlite3_stmt *stmt, int column, int null);

/* Bind a value, or NULL where it is not present or text is NULL. */
void cq_db_bind_int(sqlite3_stmt *stmt, int index, int64_t value, bool present);
void cq_db_bind_text(sqlite3_stmt *stmt, int index, const char *text, size_t len);

#endif
