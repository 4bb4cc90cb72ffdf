/* Blocks of the index of names, written and read. */
#include "store/name_blocks.h"

/* Prepares a statement about the blocks of a segment: ?1 the first id, ?2 that of the next. */
static enum cq_code prepare(struct cq_db *db, sqlite3_stmt **stmt, const char *sql, int64_t segment,
                            struct cq_err *err)
{
    enum cq_code code = cq_db_prepare(db, stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(*stmt, 1, segment << CQ_BLOCK_BITS);
    sqlite3_bind_int64(*stmt, 2, (segment + 1) << CQ_BLOCK_BITS);
    return CQ_OK;
}

enum cq_code cq_name_blocks_last(struct cq_db *db, int64_t *segment, struct cq_err *err)
{
    enum cq_code code = cq_db_int(db, "SELECT coalesce(max(id), 0) FROM name_index", segment, err);
    *segment = code ? 0 : *segment >> CQ_BLOCK_BITS;
    return code;
}

enum cq_code cq_name_blocks_size(struct cq_db *db, int64_t segment, int64_t *bytes,
                                 struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code =
        prepare(db, &stmt, "SELECT sum(length(people)) FROM name_index WHERE id >= ?1 AND id < ?2",
                segment, err);
    if (!code)
        code = cq_db_step(db, stmt, &row, err);
    *bytes = !code && row ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_name_blocks_write(struct cq_db *db, int64_t run, int64_t segment,
                                  const struct cq_postings *postings, struct cq_err *err)
{
    static const char sql[] =
        "INSERT INTO name_index (id, run, keys, people) VALUES (?1, ?2, ?3, ?4)";
    struct cq_posting_block block = {0};
    sqlite3_stmt *stmt = NULL;
    int64_t id = segment << CQ_BLOCK_BITS;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    for (size_t at = 0; at < postings->count && !code;) {
        cq_postings_pack(postings, &at, &block);
        if (block.keys.failed || block.people.failed) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        sqlite3_bind_int64(stmt, 1, id++);
        sqlite3_bind_int64(stmt, 2, run);
        sqlite3_bind_blob64(stmt, 3, block.keys.ptr, block.keys.len, SQLITE_STATIC);
        sqlite3_bind_blob64(stmt, 4, block.people.ptr, block.people.len, SQLITE_STATIC);
        code = cq_db_run(db, stmt, err);
    }
    sqlite3_finalize(stmt);
    cq_str_free(&block.keys);
    cq_str_free(&block.people);
    return code;
}

/* Adds the postings of one block. */
static enum cq_code take_block(sqlite3_stmt *stmt, struct cq_postings *postings)
{
    struct cq_posting_reader keys = {sqlite3_column_blob(stmt, 0),
                                     (size_t)sqlite3_column_bytes(stmt, 0), 0};
    struct cq_posting_reader people = {sqlite3_column_blob(stmt, 1), 0, 0};
    size_t bytes = (size_t)sqlite3_column_bytes(stmt, 1);
    uint64_t gap, size, key = 0;
    enum cq_code code = CQ_OK;
    while (!code && cq_posting_next(&keys, &gap) && cq_posting_next(&keys, &size)) {
        uint64_t iin = 0, step;
        key += gap;
        if (size > bytes - people.size)
            return CQ_D_CORRUPT;
        people.size += size;
        while (!code && cq_posting_next(&people, &step))
            code = cq_postings_add(postings, (uint32_t)key, (int64_t)(iin += step));
    }
    return code;
}

enum cq_code cq_name_blocks_take(struct cq_db *db, int64_t segment, struct cq_postings *postings,
                                 struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = prepare(
        db, &stmt, "SELECT keys, people FROM name_index WHERE id >= ?1 AND id < ?2 ORDER BY id",
        segment, err);
    while (!code && !(code = cq_db_step(db, stmt, &row, err)) && row) {
        code = take_block(stmt, postings);
        if (code)
            cq_err_record(err, code, "%s", "name_index");
    }
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_name_blocks_delete(struct cq_db *db, int64_t segment, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    enum cq_code code =
        prepare(db, &stmt, "DELETE FROM name_index WHERE id >= ?1 AND id < ?2", segment, err);
    if (!code)
        code = cq_db_run(db, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}
