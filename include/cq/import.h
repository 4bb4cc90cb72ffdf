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
#include "cq/sheet.h"

/* Returns the moment of the run once the registry is locked for it: a run must not be dated before
 * a moment at which others read the registry without it. Units: milliseconds UTC. */
typedef int64_t cq_import_moment_fn(void *context);

/* Called from time to time while the list is read. Units: bytes. */
typedef void cq_import_progress_fn(int64_t done, int64_t total, void *context);

/* The options of an import. */
struct cq_import {
    enum cq_kind kind;
    bool full;  /* the list is the whole of its agency (or of its kind) */
    int agency; /* number; 0 where the rows name theirs */
    int32_t list_date;
    int64_t max_bad;   /* per cent of rows */
    int64_t now;       /* milliseconds UTC; used where `moment` is NULL */
    const char *actor; /* who imports, for the log; NULL where unknown */
    bool dry_run;
    int64_t max_removals;             /* per cent of the rows that a full list covers */
    int64_t max_losses;               /* per cent of the people whom the list touches */
    int32_t today;                    /* the day asked about beside that of the list */
    const char *approve;              /* token of a refusal; NULL for none */
    char delimiter;                   /* 0 to find it */
    const enum cq_encoding *encoding; /* NULL to find it */
    const char *sheet;                /* of a workbook; NULL for the first that is not hidden */
    const char *const *map;           /* "FIELD=HEADER", NULL at the end; may be NULL */
    const char *folder;               /* for copies and sorter runs */
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

/* Beside the columns of a list: the row is not in it any more; the sponsor's row changed. */
#define CQ_EFFECT_ABSENT ((uint64_t)1 << 62)
#define CQ_EFFECT_SPONSOR ((uint64_t)1 << 63)

/* People of one category and region who lose or gain an entitlement by the same columns. */
struct cq_import_effect {
    int category, region; /* region 0 where no residence is stated */
    uint64_t columns;     /* bits of the list's columns, or the two above */
    int64_t loses, gains; /* people */
    int64_t referrals;    /* open ones of those who lose */
};

struct cq_import_result {
    enum cq_kind kind;
    int64_t run; /* 0 in a dry run */
    char file_hash[CQ_HASH_HEX + 1];
    const char *encoding;
    struct cq_sheet sheet; /* that was read; its number is 0 where the list is no workbook */
    int64_t read, accepted, rejected, added, changed, unchanged, ended, warnings;
    int64_t blank, skipped;       /* rows passed over, never among those read (cq_csvin_passed) */
    int64_t unsettled;            /* rows of verdicts without one, passed over like these */
    char token[CQ_TOKEN_HEX + 1]; /* of a refused list: approves it once */
    /* entitlements before and after, outpatient and inpatient, on the day of the list and today */
    int64_t watched, losing, gaining; /* people */
    int64_t losing_absent; /* of those who lose, by a full list that names them no more, or the
                              sponsor: max_removals watches these */
    struct cq_import_effect *effects; /* of cq_import_result_fini */
    size_t effect_count, effect_room;
    /* people who would get another name or birth date, and by which columns */
    int64_t renamed;
    uint64_t renamed_columns;
};

/* Frees what a result holds. */
void cq_import_result_fini(struct cq_import_result *result);

/* So many people may always leave, lose an entitlement or get another name or birth date. */
#define CQ_GUARD_ALWAYS 10
/* A list may speak of a day that is so many days ahead. */
#define CQ_DAYS_AHEAD 31

/* Whether a list was refused after it was compared: its rejects and changes are still written. */
bool cq_import_refused(enum cq_code code);

/* Imports one list. Shape: db is open for writing, outside a transaction, or not open (zeros): then
 * it is opened, and created if necessary, once the list has been read; fd is the list.
 * Errors: any of F (refused, nothing changed), O, D, B. result holds the counts in any case. read =
 * accepted + rejected and accepted = added + changed + unchanged. */
enum cq_code cq_import_run(struct cq_db *db, const struct cq_import *import, int fd,
                           const char *name, struct cq_import_result *result, struct cq_err *err);

/* A row that a program made, not a file. */
struct cq_import_row {
    const struct cq_value *values; /* by column of the list; every column is stated */
    uint32_t line;                 /* of the request that it comes from; 0 for none */
};

/* Imports such rows. Shape: db is inside a writer's transaction, which stays open, so that what the
 * rows rest on is still so; of import, registry, descriptors, dry_run and what says how a file is read
 * are not looked at. name is that of the requests, for findings. result->run is in the registry once
 * the caller commits. Errors: as cq_import_run. */
enum cq_code cq_import_rows(struct cq_db *db, const struct cq_import *import,
                            const struct cq_import_row *rows, size_t count, const char *name,
                            struct cq_import_result *result, struct cq_err *err);

/* Undoes one run: rows that it wrote end, rows that it ended are current again. The undo is a run
 * that can itself be undone.
 * Shape: of import, only now, moment, actor, dry_run, today, max_losses, approve and law are read.
 * Of result: kind, read = accepted = changed, the rows that were restored, and the effects.
 * Errors: CQ_D_NO_RUN; CQ_F_UNDONE where it is not in force (detail: the run that took
 * it back); CQ_F_UNDO where later runs changed these rows (detail: the last of these
 * runs and how many rows); O, D, B. */
enum cq_code cq_import_undo(struct cq_db *db, const struct cq_import *import, int64_t run,
                            struct cq_import_result *result, struct cq_err *err);

#endif
