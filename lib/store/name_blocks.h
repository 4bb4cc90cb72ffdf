/* Rows of the table name_index: blocks of postings, in segments. */
#ifndef CQ_STORE_NAME_BLOCKS_H
#define CQ_STORE_NAME_BLOCKS_H

#include "cq/db.h"
#include "store/postings.h"

/* Segments are numbered from 1 without gaps; an id is segment << CQ_BLOCK_BITS | block. */
enum { CQ_BLOCK_BITS = 20 };

/* The last segment; 0 where there is none. */
enum cq_code cq_name_blocks_last(struct cq_db *db, int64_t *segment, struct cq_err *err);

/* The bytes of people in a segment. */
enum cq_code cq_name_blocks_size(struct cq_db *db, int64_t segment, int64_t *bytes,
                                 struct cq_err *err);

/* Writes sorted postings as a segment. */
enum cq_code cq_name_blocks_write(struct cq_db *db, int64_t run, int64_t segment,
                                  const struct cq_postings *postings, struct cq_err *err);

/* Adds the postings of a segment. Errors: also CQ_D_CORRUPT, CQ_B_NOMEM. */
enum cq_code cq_name_blocks_take(struct cq_db *db, int64_t segment, struct cq_postings *postings,
                                 struct cq_err *err);

enum cq_code cq_name_blocks_delete(struct cq_db *db, int64_t segment, struct cq_err *err);

#endif
