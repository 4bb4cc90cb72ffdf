/* Shared by the files of an import: import.c (the driver) or rows.c (of rows that no
 * file holds), read.c (rows to sorted records) with
 * header.c (its columns) and values.c (its cells), rejected.c (whom rejected rows name) with
 * rejected_people.c (where the IIN cannot be read), compare.c (records against the registry),
 * apply.c (one row into it) with rule_of_time.c and identity.c, verdicts.c (what is particular to
 * verdicts), kept.c (what else a run keeps), sponsors.c (sponsors of new rows), cards.c (where new
 * cards are, and whose), guard.c, effects.c and calendar_check.c (what a run may do), undo.c and
 * undo_key.c (a run taken back), output.c
 * (rejects, changes); findings.c, line_hash.c and key_versions.c serve several of them. */
#ifndef CQ_IMPORT_JOB_H
#define CQ_IMPORT_JOB_H

#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/import.h"
#include "text/source.h"
#include "store/line_cache.h"
#include "store/name_index.h"
#include "store/named.h"
#include "store/sorter.h"

/* A rejected row, kept until the rejects are written in the order of the list. */
struct cq_reject {
    uint32_t line;
    int16_t column; /* -1 for the row as a whole */
    uint16_t code;
    int8_t agency; /* 0 where it is not known, as the IIN */
    int64_t iin;
    int64_t identity; /* cq_import_identity of the row, where its IIN cannot be read; 0 for none */
};

/* A row that names a sponsor, checked once all rows are written. */
struct cq_sponsor_link {
    int64_t sponsor;
    int64_t key; /* of the row */
    uint32_t line;
    bool family; /* the sponsor must be an employee, not only known */
};

/* A row of a card, checked once all rows are written. */
struct cq_card_link {
    int64_t id; /* of the version */
    uint32_t line;
};

/* People whose rows a list changes or ends, in the order of their IINs: effects.h. */
struct cq_touched_list {
    struct cq_touched *list;
    size_t count, room;
};

struct cq_import_job {
    const struct cq_import *import;
    struct cq_import_result *result;
    const char *name;
    struct cq_list list;
    int map[CQ_LIST_COLUMNS]; /* field of each column, -1 for none */
    uint32_t stated;          /* bits of the columns that the file states */
    struct cq_source source;
    int64_t source_bytes; /* of the list in UTF-8 */
    struct cq_csvin *in;
    struct cq_line_cache *line_cache;     /* lines that need not be parsed again; NULL for none */
    unsigned char context[CQ_HASH_BYTES]; /* of every line hash: what decides how lines are read */
    struct cq_sorter *sorter;
    struct cq_str packed, scratch;
    struct cq_reject *rejects;
    size_t reject_count, reject_room;
    /* Hashes of name and birth date of rejected rows without an IIN, sorted once the list is read. */
    int64_t *rejected_identities;
    size_t rejected_identity_count, rejected_identity_room;
    struct cq_db *db;
    struct cq_versions *versions;
    struct cq_run run;
    struct cq_out *changes;
    struct cq_sponsor_link *links; /* of the rows that were written */
    size_t link_count, link_room;
    struct cq_card_link *cards; /* of the rows of cards that were written */
    size_t card_count, card_room;
    int64_t ended_early; /* rows that the list names with an end before its day */
    int64_t in_scope;    /* rows that a full list decides about */
    int64_t named;       /* people whom the list names */
    bool scan;           /* much of the registry is read: rows are scanned, not looked up */
    struct cq_touched_list touched;
    uint64_t facility_columns; /* that a list of facilities changes */
    int64_t lost_letters;      /* names of Kazakh letters that the list writes with Russian ones */
    int64_t emptied[CQ_LIST_COLUMNS]; /* rows by a column that was stated and now is empty */
    uint32_t agencies;                /* bits of the agencies that the rows name */
    sqlite3_stmt *review;
    struct cq_named named_iins[1 << CQ_AGENCY_BITS];     /* whom the list names, by agency */
    int64_t key;                                         /* of the row being compared; 0 before */
    struct cq_agency_counts counts[1 << CQ_AGENCY_BITS]; /* by agency; 0 where it is not known */
    long line;                                           /* of the row being checked */
    struct cq_name_writer *names;        /* whom they name; NULL in lists without names */
    struct cq_import_verdicts *verdicts; /* verdicts.c; NULL where none was checked */
    bool rank_told; /* the row tells its rank where it was asked whether there is one */
    bool no_memory; /* for a reject; sticky */
};

/* The moment of a run; the registry must be locked. */
int64_t cq_import_moment(const struct cq_import *import);

/* Reports a finding, and counts the row as rejected or warned; the detail is that of
 * cq_import_detail, or the one given. */
void cq_import_report(struct cq_import_job *job, enum cq_code code, long line, int column);
void cq_import_report_with(struct cq_import_job *job, enum cq_code code, long line, int column,
                           const char *detail);

/* The detail of a finding about a column: of CQ_R_VALUE the values allowed. Errors: CQ_B_NOMEM. */
enum cq_code cq_import_detail(const struct cq_import_job *job, enum cq_code code, int column,
                              struct cq_str *out);

/* Hashes what decides how the bytes of a line are read: header, delimiter, width, kind, agency, given
 * headers, day, law and engine. Shape: the list's header has been read. */
void cq_import_hash_context(struct cq_import_job *job);

/* The hash of a line's bytes in that context; 0 is not one. */
int64_t cq_import_hash_line(const struct cq_import_job *job, struct cq_text line);

/* Opens the list at its start. */
enum cq_code cq_import_open(struct cq_import_job *job, struct cq_csvin **in, struct cq_err *err);

/* Judges the header by the start of the list, for cq_source_open. Shape: context is the job.
 * Errors: those of cq_import_map. */
enum cq_code cq_import_probe(int fd, void *context, struct cq_err *err);

/* Finds the columns of the list; unknown headers are reported. Errors: those of cq_columns_map. */
enum cq_code cq_import_map(struct cq_import_job *job, struct cq_err *err);

/* Whether the file states a column, itself or through one that stands for it. */
bool cq_import_states(const struct cq_import_job *job, size_t column);

/* Reads the values of a row and reports those that are wrong. Shape: values has CQ_LIST_COLUMNS; texts
 * are valid until the next row. Returns whether all are valid. */
bool cq_import_values(struct cq_import_job *job, const struct cq_row *row, struct cq_value *values);

/* Reads, checks and sorts the list. A record without payload is a cached line, or, without a line
 * hash too, a mention: a rejected row that names a person, whom a full list then does not end.
 * Agency 0 in its key means any. */
enum cq_code cq_import_read(struct cq_import_job *job, struct cq_err *err);

/* Parses the row of a cached line after all. Shape: payload is valid until the next call. */
enum cq_code cq_import_reread(struct cq_import_job *job, const struct cq_record *record,
                              const unsigned char **payload, struct cq_err *err);

/* Adds the mention of a rejected row. Shape: values is NULL where the row could not be split.
 * Errors: CQ_B_NOMEM, CQ_O_WRITE. */
enum cq_code cq_import_add_mention(struct cq_import_job *job, const struct cq_row *row,
                                   const struct cq_value *values, struct cq_err *err);

/* Counts a row that was read, and the warnings about it: the agency is known by now, or that of its
 * reject is. Shape: warnings is how many there were of unknown agency before the row; agency is 0
 * where the row was rejected. */
void cq_import_count_row(struct cq_import_job *job, int agency, long line, int64_t warnings);

/* Adds to the reject of a row whom it names and whose list it is, where that can be read. Shape: as
 * cq_import_add_mention, which calls it. */
void cq_import_identify_reject(struct cq_import_job *job, const struct cq_row *row,
                               const struct cq_value *values);

/* A hash of last name, first name and birth date. */
int64_t cq_import_identity(const struct cq_value *values);

/* Completes rejected rows without a readable IIN by the one person of the registry who has their name
 * and birth date. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_import_find_rejected(struct cq_import_job *job, struct cq_err *err);

/* Sorts the identities of rejected rows; whether a person has one of them. */
void cq_import_sort_rejected(struct cq_import_job *job);
bool cq_import_is_rejected(const struct cq_import_job *job, const struct cq_value *values);

/* Compares with the registry and writes versions, inside the run's transaction. */
enum cq_code cq_import_merge(struct cq_import_job *job, struct cq_err *err);

/* Writes the run: its row, the versions, what it keeps, its line in the log. Shape: inside a
 * writer's transaction, once the list has been read. Errors: those of cq_import_run. */
enum cq_code cq_import_write_run(struct cq_import_job *job, struct cq_err *err);

/* Frees what a job holds. */
void cq_import_close_job(struct cq_import_job *job);

/* Packs the values of a row as they are hashed. Shape: job->packed becomes the payload.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_import_pack(struct cq_import_job *job, const struct cq_value *values,
                            struct cq_err *err);

/* Warns of rows whose sponsor is not in the registry, or is not an employee on the day of the list. */
enum cq_code cq_import_check_sponsors(struct cq_import_job *job, struct cq_err *err);

/* Warns of cards that were written at a facility that is no polyclinic of the bodies on the day of the
 * list, of numbers that another person has there, and of people whom no list names.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_import_check_cards(struct cq_import_job *job, struct cq_err *err);

/* Puts the rejects into the order of the list. */
void cq_import_sort_rejects(struct cq_import_job *job);

/* Writes the rejects, what the list brought of each agency and whom it names, inside the run's transaction.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_import_keep(struct cq_import_job *job, struct cq_err *err);

/* The columns that follow those of the list in the rejects. */
enum { CQ_REJECT_COLUMNS = 4 };
extern const char *const cq_reject_columns[CQ_REJECT_COLUMNS];

/* Writes the rejects as read, in the order of the list. */
enum cq_code cq_import_write_rejects(struct cq_import_job *job, struct cq_err *err);

/* Open the changes, which close with the import, and write one: a value that was and one that is.
 * Shape: names has the values of the row's key; column is one of the list, or CQ_CHANGE_END for the
 * day on which a row ends, also in lists without a column for it. Errors: O, CQ_B_NOMEM. */
enum { CQ_CHANGE_END = -1 };
enum cq_code cq_import_changes_open(struct cq_import_job *job, struct cq_err *err);
enum cq_code cq_import_write_change(struct cq_import_job *job, const struct cq_value *names,
                                    int column, const struct cq_value *was,
                                    const struct cq_value *is, struct cq_err *err);

#endif
