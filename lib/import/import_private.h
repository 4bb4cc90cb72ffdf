/* What the parts of an import share: import.c (the order of things), import_read.c (rows to sorted
 * records), import_merge.c (records against the registry), import_write.c (rejects, changes). */
#ifndef CQ_IMPORT_PRIVATE_H
#define CQ_IMPORT_PRIVATE_H

#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/import.h"
#include "cq/source.h"
#include "store/line_cache.h"
#include "store/sorter.h"

/* A row that is not taken, until the rejects are written in the order of the list. */
struct cq_reject {
    uint32_t line;
    int16_t column; /* -1 for the row as a whole */
    uint16_t code;
};

/* A row that names a sponsor, to be looked for once all rows are in. */
struct cq_link {
    int64_t sponsor;
    uint32_t line;
    bool family; /* the sponsor must be an employee; of a child of the fallen must be known */
};

struct cq_importing {
    const struct cq_import *import;
    struct cq_import_result *result;
    const char *name;
    struct cq_list list;
    int map[CQ_LIST_COLUMNS];
    struct cq_source source;
    struct cq_csvin *in;
    struct cq_line_cache *line_cache; /* lines that need not be read again; NULL for none */
    unsigned char
        context[CQ_HASH_BYTES]; /* what decides how lines are read, before every line hash */
    struct cq_sorter *sorter;
    struct cq_str packed, scratch;
    struct cq_reject *rejects;
    size_t reject_count, reject_room;
    struct cq_db *db;
    struct cq_versions *versions;
    struct cq_run run;
    struct cq_out *changes;
    int64_t source_bytes;  /* of the list in UTF-8 */
    struct cq_link *links; /* family members and children written, and their sponsors */
    size_t link_count, link_room;
    int64_t cut_off;   /* rows that the list names with an end before its day */
    int64_t in_scope;  /* rows that a full list speaks for */
    uint32_t agencies; /* bits of the agencies that the rows name */
    int64_t *strays;   /* hashes of name and birth date of rejected rows without an IIN,
                                 sorted once the list is read */
    size_t stray_count, stray_room;
    sqlite3_stmt *review;
    long line; /* of the row being checked */
    bool no_memory;
};

/* The moment of a run; the registry must be locked. */
int64_t cq_import_moment(const struct cq_import *import);

/* Reads, checks and sorts the list. A record without payload is a line that was known when the
 * reading began, or, without a line hash too, a mention: a row that is rejected but tells of whom it
 * speaks, so that a full list does not end that person. Agency 0 in its key means any. */
enum cq_code cq_import_read(struct cq_importing *work, struct cq_err *err);

/* Reads the row of a record again and gives its payload, valid until the next call. */
enum cq_code cq_import_reread(struct cq_importing *work, const struct cq_record *record,
                              const unsigned char **payload, struct cq_err *err);

/* Compares with the registry and writes versions, inside the run's transaction. */
enum cq_code cq_import_merge(struct cq_importing *work, struct cq_err *err);

/* A hash of last name, first name and birth date. */
int64_t cq_import_stray(const struct cq_value *values);
int cq_import_by_hash(const void *a, const void *b); /* order of strays */

/* Records a finding: says it, and counts the row as rejected or warned. */
void cq_import_find(struct cq_importing *work, enum cq_code code, long line, int column);

/* Looks for the sponsors of the rows that were written: warns where one is not in the registry, or
 * is not an employee on the day of the list. */
enum cq_code cq_import_check_sponsors(struct cq_importing *work, struct cq_err *err);

/* The columns that follow those of the list in the rejects. */
extern const char *const cq_reject_columns[4];

/* Writes the rejects as read, in the order of the list. */
enum cq_code cq_import_write_rejects(struct cq_importing *work, struct cq_err *err);

/* One change of a row: a value that was and one that is. CQ_CHANGE_END stands for the day on which a
 * row ends, also in lists without a column for it. */
enum { CQ_CHANGE_END = -1 };
enum cq_code cq_import_changes_open(struct cq_importing *work, struct cq_err *err);
enum cq_code cq_import_change(struct cq_importing *work, const struct cq_value *names, int column,
                              const struct cq_value *was, const struct cq_value *is,
                              struct cq_err *err);

#endif
