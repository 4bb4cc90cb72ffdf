/* An import, in its order: read everything, then one short transaction that compares and writes. */
#include "import_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cq/audit.h"
#include "cq/hash.h"

/* Refuses the list when too much of it is bad: after it was compared, so that its counts add up and
 * its rejects are all that it has. */
static enum cq_code check_bad(const struct cq_importing *work, struct cq_err *err)
{
    const struct cq_import_result *r = work->result;
    if (r->rejected * 100 <= work->import->max_bad * r->read)
        return CQ_OK;
    cq_err_record(err, CQ_F_MAX_BAD, "%" PRId64 " / %" PRId64 " (--max-bad=%" PRId64 ")",
                  r->rejected, r->read, work->import->max_bad);
    cq_err_at(err, work->name, 0, NULL);
    return err->code;
}

/* The state of the registry's lists: its last run. */
struct state {
    int64_t run, at;
};

/* What lets a refused list through: bound to the file and how it is read, the registry as it stands,
 * kind, mode, agency and date. A run that goes through changes the registry, so no token serves twice. */
static void make_token(const struct cq_importing *work, const struct state *state)
{
    const struct cq_import *import = work->import;
    unsigned char digest[CQ_HASH_BYTES];
    char text[512], context[CQ_HASH_HEX + 1];
    cq_hash_hex(context, work->context, CQ_HASH_BYTES);
    int n = snprintf(text, sizeof text, "%s %s %d %s %d %d %" PRId32 " %" PRId64 " %" PRId64,
                     work->source.hash, context, (int)work->source.encoding,
                     cq_kind_names[import->kind], import->full, import->agency, import->list_date,
                     state->run, state->at);
    cq_hash_bytes(text, (size_t)n, digest);
    cq_hash_hex(work->result->token, digest, CQ_TOKEN_HEX / 2);
}

/* The newest day that a list of this agency spoke of, runs that were taken back left out. */
static enum cq_code last_list(struct cq_importing *work, int32_t *day, struct cq_err *err)
{
    static const char sql[] =
        "SELECT max(list_date) FROM run WHERE kind = ?1 AND mode <> 'undo' AND agency IS ?2"
        " AND id < ?3 AND NOT EXISTS (SELECT 1 FROM run AS u WHERE u.undoes = run.id"
        " AND NOT EXISTS (SELECT 1 FROM run AS w WHERE w.undoes = u.id))";
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    const char *kind = cq_kind_names[work->import->kind];
    *day = CQ_DAY_MIN;
    enum cq_code code = cq_db_prepare(work->db, &stmt, sql, err);
    if (code)
        return code;
    cq_db_bind_text(stmt, 1, kind, strlen(kind));
    cq_db_bind_int(stmt, 2, work->import->agency, work->import->agency != 0);
    sqlite3_bind_int64(stmt, 3, work->run.id);
    code = cq_db_step(work->db, stmt, &row, err);
    if (!code && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        *day = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}

/* Stops a full list that would take cover from many, or that is older than the last one, unless it
 * has been approved. */
static enum cq_code guard(struct cq_importing *work, struct cq_err *err)
{
    const struct cq_import *import = work->import;
    const struct cq_import_result *r = work->result;
    int64_t leaving = r->ended + work->cut_off;
    int32_t last = CQ_DAY_MIN;
    char day[11] = "";
    enum cq_code code = import->full ? last_list(work, &last, err) : CQ_OK;
    if (code)
        return code;
    if (import->approve && strcmp(import->approve, r->token) != 0)
        code = cq_err_set(err, CQ_F_APPROVAL, "--approve=%s", import->approve);
    else if (import->approve || !import->full)
        return CQ_OK;
    else if (import->list_date < last && cq_date_write(day, last))
        code = cq_err_set(err, CQ_F_OLDER, "%s", day);
    else if (leaving > CQ_REMOVALS_ALWAYS && leaving * 100 > import->max_removals * work->in_scope)
        code = cq_err_set(err, CQ_F_GUARD, "%" PRId64 " / %" PRId64 " (--max-removals=%" PRId64 ")",
                          leaving, work->in_scope, import->max_removals);
    cq_err_at(err, work->name, 0, NULL);
    return code;
}

static enum cq_code read_state(struct cq_db *db, struct state *state, struct cq_err *err)
{
    enum cq_code code = cq_db_int(db, "SELECT max(id) FROM run", &state->run, err);
    return code ? code : cq_db_int(db, "SELECT max(at) FROM run", &state->at, err);
}

int64_t cq_import_moment(const struct cq_import *import)
{
    return import->moment ? import->moment(import->context) : import->now;
}

static enum cq_code write_all(struct cq_importing *work, struct cq_err *err)
{
    const struct cq_import *import = work->import;
    struct cq_import_result *result = work->result;
    work->run = (struct cq_run){.kind = cq_kind_names[import->kind],
                                .mode = import->full ? "full" : "delta",
                                .agency = import->agency,
                                .list_date = import->list_date,
                                .file_hash = work->source.hash,
                                .encoding = cq_encoding_names[work->source.encoding],
                                .law = import->law->fingerprint};
    struct state state = {0};
    enum cq_code code = cq_db_begin(work->db, err);
    if (!code)
        code = read_state(work->db, &state, err);
    make_token(work, &state);
    work->run.at = cq_import_moment(import);
    if (!code)
        code = cq_run_start(work->db, &work->run, err);
    if (!code)
        code = cq_import_merge(work, err);
    result->accepted = result->added + result->changed + result->unchanged;
    if (!code)
        code = check_bad(work, err);
    if (!code)
        code = guard(work, err);
    if (code)
        return code;
    work->run.read = result->read;
    work->run.added = result->added;
    work->run.changed = result->changed;
    work->run.unchanged = result->unchanged;
    work->run.ended = result->ended;
    work->run.rejected = result->rejected;
    work->run.warnings = result->warnings;
    const struct cq_audit line = {work->run.at, import->actor, "import", work->run.id,
                                  work->source.hash};
    code = cq_run_finish(work->db, &work->run, err);
    if (!code)
        code = cq_audit_add(work->db, &line, err);
    if (!code && !import->dry_run) {
        code = cq_db_commit(work->db, err);
        result->run = code ? 0 : work->run.id;
    }
    return code;
}

bool cq_import_refused(enum cq_code code)
{
    return code == CQ_F_GUARD || code == CQ_F_OLDER || code == CQ_F_APPROVAL;
}

enum cq_code cq_import_run(struct cq_db *db, const struct cq_import *import, int fd,
                           const char *name, struct cq_import_result *result, struct cq_err *err)
{
    struct cq_importing work = {
        .import = import, .result = result, .name = name, .db = db, .source = {.fd = -1}};
    *result = (struct cq_import_result){.kind = import->kind};
    cq_list_init(&work.list, import->kind, import->law);
    if (import->agency)
        work.list.columns[CQ_P_AGENCY].required = false;
    enum cq_code code =
        cq_source_open(&work.source, fd, name, import->encoding, import->folder, err);
    memcpy(result->file_hash, work.source.hash, sizeof result->file_hash);
    result->encoding = cq_encoding_names[work.source.encoding];
    if (!code) {
        work.source_bytes = lseek(work.source.fd, 0, SEEK_END);
        code = cq_source_rewind(&work.source, err);
    }
    if (!code && db->sqlite)
        code = cq_line_cache_read(&work.line_cache, db, &work.list.table, err);
    if (!code)
        code = cq_import_read(&work, err);
    cq_line_cache_free(work.line_cache);
    work.line_cache = NULL;
    result->accepted = result->read - result->rejected;
    if (!code && result->read == 0)
        cq_import_find(&work, CQ_W_EMPTY_LIST, 1, -1);
    if (!code && import->changes_fd >= 0)
        code = cq_import_changes_open(&work, err);
    if (!code && !db->sqlite)
        code = cq_db_open(db, import->registry, CQ_DB_CREATE, import->wait_ms, err);
    if (!code)
        code = write_all(&work, err);
    cq_db_rollback(db);
    /* Commit first, write after: rejects are told of a refused list too. */
    struct cq_err late = {0};
    bool listed = !code || code == CQ_F_MAX_BAD || cq_import_refused(code);
    if (import->rejects_fd >= 0 && work.source.fd >= 0 && listed &&
        cq_import_write_rejects(&work, &late) && !code) {
        *err = late;
        code = late.code;
    }
    if (code && !cq_import_refused(code))
        cq_out_abandon(work.changes);
    else if (cq_out_close(work.changes, err) && !code)
        code = err->code;
    cq_csvin_close(work.in);
    cq_str_free(&work.packed);
    cq_str_free(&work.scratch);
    cq_sorter_close(work.sorter);
    cq_source_close(&work.source);
    free(work.rejects);
    free(work.links);
    free(work.strays);
    return code;
}
