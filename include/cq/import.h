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

/* What is asked for. */
struct cq_import {
    enum cq_kind kind;
    bool full;                   /* the list is the whole of its agency (or of its kind) */
    int agency;                  /* number; 0 where the rows name theirs */
    int32_t list_date;
    int64_t max_bad;             /* per cent of rows */
    int64_t now;                 /* milliseconds UTC */
    bool dry_run;
    char delimiter;              /* 0 to find it */
    const enum cq_encoding *encoding; /* NULL to find it */
    const char *const *map;      /* "FIELD=HEADER", NULL at the end; may be NULL */
    const char *folder;          /* for copies and spills */
    const struct cq_law *law;
    int rejects_fd, changes_fd;  /* -1 for none */

    /* Called for every finding in a row or header, in no promised order of lines. */
    void (*say)(const struct cq_err *finding, void *context);
    /* Puts a text of codes.def into the language of people. */
    const char *(*translate)(const char *text);
    void *context;
};

struct cq_import_result {
    int64_t run;                 /* 0 in a dry run */
    char file_hash[CQ_HASH_HEX + 1];
    const char *encoding;
    int64_t read, accepted, rejected, added, changed, unchanged, ended, warnings;
};

/* Imports one list. Shape: db is open for writing, outside a transaction; fd is the list.
 * Errors: any of F (refused, nothing changed), O, D, B. result holds the counts in any case.
 * read = accepted + rejected and accepted = added + changed + unchanged. */
enum cq_code cq_import_run(struct cq_db *db, const struct cq_import *import, int fd,
                           const char *name, struct cq_import_result *result, struct cq_err *err);

#endif
