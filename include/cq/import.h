/* Importing a list: read and check every row, sort, compare with the registry in one ordered pass,
 * write what differs, all in one transaction. */
#ifndef CQ_IMPORT_H
#define CQ_IMPORT_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/encoding.h"
#include "cq/law.h"
#include "cq/lists.h"

/* The moment of the run once the registry is locked for it: a run is not to be dated before moments
 * at which others saw the registry without it. Units: milliseconds UTC. */
typedef int64_t cq_import_moment_fn(void *context);

/* Called now and then while the list is read. Units: bytes. */
typedef void cq_import_progress_fn(int64_t done, int64_t total, void *context);

/* What is asked for. */
struct cq_import {
    enum cq_kind kind;
    bool full;  /* the list is the whole of its agency (or of its kind) */
    int agency; /* number; 0 where the rows name theirs */
    int32_t list_date;
    int64_t max_bad;   /* per cent of rows */
    int64_t now;       /* milliseconds UTC; used where `moment` is NULL */
    const char *actor; /* who imports, for the log; NULL where nobody is known */
    bool dry_run;
    int64_t max_removals;             /* per cent of the rows a full list decides about */
    const char *approve;              /* token of a refusal; NULL for none */
    char delimiter;                   /* 0 to find it */
    const enum cq_encoding *encoding; /* NULL to find it */
    const char *const *map;           /* "FIELD=HEADER", NULL at the end; may be NULL */
    const char *folder;               /* for copies and spills */
    const struct cq_law *law;
    const char *registry; /* path, where db is not open yet */
    int wait_ms;
    int rejects_fd, changes_fd; /* -1 for none */
    cq_finding_fn *report;
    cq_translate_fn *translate;
    cq_import_moment_fn *moment;     /* NULL for `now` */
    cq_import_progress_fn *progress; /* NULL for none */
    void *context;                   /* of the calls */
};

#define CQ_TOKEN_HEX 16

struct cq_import_result {
    enum cq_kind kind;
    int64_t run; /* 0 in a dry run */
    char file_hash[CQ_HASH_HEX + 1];
    const char *encoding;
    int64_t read, accepted, rejected, added, changed, unchanged, ended, warnings;
    /* of a refused list: what approves it once, and who would lose cover */
    char token[CQ_TOKEN_HEX + 1];
    int64_t leaving[CQ_CATEGORIES][100]; /* by region, 0 where no residence is stated */
};

/* A full list of a kind whose people would leave in numbers: refused when more rows end than
 * max_removals per cent, and more than this many. */
#define CQ_REMOVALS_ALWAYS 10

/* Whether a list was refused after it had been compared: its rejects and changes are written all the
 * same. */
bool cq_import_refused(enum cq_code code);

/* Imports one list. Shape: db is open for writing, outside a transaction, or not open (zeros): then
 * it is opened, and made if need be, once the list has been read; fd is the list.
 * Errors: any of F (refused, nothing changed), O, D, B. result holds the counts in any case.
 * read = accepted + rejected and accepted = added + changed + unchanged. */
enum cq_code cq_import_run(struct cq_db *db, const struct cq_import *import, int fd,
                           const char *name, struct cq_import_result *result, struct cq_err *err);

/* Undoes one run: what it wrote is ended, what it ended is current again, by a run of its own that can
 * be undone like any other.
 * Shape: of import, only now, moment, actor, dry_run and law are read. Of result: kind, and read =
 * accepted = changed, the rows that were restored.
 * Errors: CQ_D_NO_RUN; CQ_F_UNDO where later runs left other rows than this one did (detail: the
 * last of these runs and how many rows); O, D, B. */
enum cq_code cq_import_undo(struct cq_db *db, const struct cq_import *import, int64_t run,
                            struct cq_import_result *result, struct cq_err *err);

#endif
