/* Runs: every import and undo has one row, and moments never go back. */
#include "cq/registry.h"

#include <string.h>

static void bind_text(sqlite3_stmt *stmt, int index, const char *text)
{
    cq_db_bind_text(stmt, index, text, text ? strlen(text) : 0);
}

enum cq_code cq_run_start(struct cq_db *db, struct cq_run *run, struct cq_err *err)
{
    static const char sql[] =
        "INSERT INTO run (id, at, kind, mode, agency, list_date, file_hash, encoding, read, added,"
        " changed, unchanged, ended, rejected, warnings, undoes, law, engine)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, 0, 0, 0, 0, ?9, ?10, ?11)";
    sqlite3_stmt *stmt = NULL;
    int64_t last = 0, last_at = 0;
    enum cq_code code = cq_db_int(db, "SELECT max(id) FROM run", &last, err);
    if (!code)
        code = cq_db_int(db, "SELECT max(at) FROM run", &last_at, err);
    if (!code)
        code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    run->id = last + 1;
    if (run->at <= last_at) /* the clock did not advance */
        run->at = last_at + 1;
    sqlite3_bind_int64(stmt, 1, run->id);
    sqlite3_bind_int64(stmt, 2, run->at);
    bind_text(stmt, 3, run->kind);
    bind_text(stmt, 4, run->mode);
    cq_db_bind_int(stmt, 5, run->agency, run->agency != 0);
    cq_db_bind_int(stmt, 6, run->list_date, run->list_date != CQ_DAY_MIN);
    bind_text(stmt, 7, run->file_hash);
    bind_text(stmt, 8, run->encoding);
    cq_db_bind_int(stmt, 9, run->undoes, run->undoes != 0);
    bind_text(stmt, 10, run->law);
    bind_text(stmt, 11, CQ_VERSION);
    code = cq_db_run(db, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_run_finish(struct cq_db *db, const struct cq_run *run, struct cq_err *err)
{
    static const char sql[] =
        "UPDATE run SET read = ?2, added = ?3, changed = ?4, unchanged = ?5, ended = ?6,"
        " rejected = ?7, warnings = ?8 WHERE id = ?1";
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    const int64_t numbers[] = {run->id,        run->read,  run->added,    run->changed,
                               run->unchanged, run->ended, run->rejected, run->warnings};
    for (int i = 0; i < 8; i++)
        sqlite3_bind_int64(stmt, i + 1, numbers[i]);
    code = cq_db_run(db, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_run_known(struct cq_db *db, int64_t at, int64_t *run, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    *run = 0;
    enum cq_code code =
        cq_db_prepare(db, &stmt, "SELECT coalesce(max(id), 0) FROM run WHERE at <= ?1", err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, at);
    code = cq_db_step(db, stmt, &row, err);
    if (!code && row)
        *run = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}
