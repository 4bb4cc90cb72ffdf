/* The index by which people are found whose IIN nobody knows (table name_index): by the sound of a
 * part of their names, and by a birth date that is not the one in their IIN. It proposes: who is
 * in it for a version that has ended, or was taken back, is told from others by the table person. */
#ifndef CQ_STORE_NAME_INDEX_H
#define CQ_STORE_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/db.h"
#include "cq/str.h"

/* Names and birth date of a version of a row. Shape: texts without a pointer are not stated. */
struct cq_names {
    int64_t iin;
    struct cq_text last, first, middle;
    int32_t birth;
};

/* The key of a birth date; those of sounds are lower. */
uint32_t cq_name_index_birth(int32_t day);

/* The first six digits of the IINs that are given to those born on a day: YYMMDD. */
int32_t cq_name_index_digits(int32_t day);

/* --- writing, inside a writer's transaction --- */

struct cq_name_writer;

/* Opens the index for a run. Where the registry has none, as one of an earlier schema, all versions it
 * holds are read first.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. Owner: caller, cq_name_writer_close. */
enum cq_code cq_name_writer_open(struct cq_name_writer **writer, struct cq_db *db, int64_t run,
                                 struct cq_err *err);

/* Adds a version; in the order of IINs it is faster. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_name_writer_add(struct cq_name_writer *writer, const struct cq_names *names,
                                struct cq_err *err);

/* Writes what was added, with smaller segments of before. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_name_writer_finish(struct cq_name_writer *writer, struct cq_err *err);
void cq_name_writer_close(struct cq_name_writer *writer);

/* --- reading --- */

/* IINs, ascending, each once. */
struct cq_iins {
    int64_t *list;
    size_t count, room;
};

/* Where the people of a key stand: a piece of a block. */
struct cq_name_place {
    int64_t block;
    uint32_t key, start, size;
};

struct cq_name_index {
    struct cq_db *db;
    sqlite3_stmt *people;
    struct cq_name_place *places; /* in the order of blocks */
    size_t count, room;
};

/* Opens the index. Shape: index->count is 0 where there is none.
 * Errors: those of cq_db_fail, CQ_D_CORRUPT, CQ_B_NOMEM. Owner: caller, cq_name_index_close. */
enum cq_code cq_name_index_open(struct cq_name_index *index, struct cq_db *db, struct cq_err *err);
void cq_name_index_close(struct cq_name_index *index);

/* Whether a key is wanted. */
typedef bool cq_name_wanted_fn(uint32_t key, const void *context);

/* Finds the people of all keys that are wanted. Shape: iins is emptied first.
 * Errors: those of cq_db_fail, CQ_D_CORRUPT, CQ_B_NOMEM. Owner: caller, free(iins->list). */
enum cq_code cq_name_index_find(struct cq_name_index *index, cq_name_wanted_fn *wanted,
                                const void *context, struct cq_iins *iins, struct cq_err *err);

/* Counts the people known at a run and in force on a day whom the index does not have; 0 where there
 * is no index. Errors: those of cq_db_fail, CQ_D_CORRUPT, CQ_B_NOMEM. */
enum cq_code cq_name_index_missing(struct cq_db *db, int64_t run, int32_t day, int64_t *count,
                                   struct cq_err *err);

#endif
