/* Undoing a run. Its effect is what it wrote (run_from) and what it ended (run_to); both stay in the
 * registry. */
#include "import/undo_key.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/audit.h"
#include "import/guard.h"

/* Reads which runs after the one to be undone are lists in force. */
static enum cq_code read_later_lists(struct cq_undo *u, struct cq_err *err)
{
    static const char sql[] = "SELECT id FROM run WHERE id > ?1 AND mode <> 'undo'"
                              " AND " CQ_SQL_IN_FORCE("9e18") " ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(u->job->db, &stmt, sql, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, u->run);
    while (!code && !(code = cq_db_step(u->job->db, stmt, &row, err)) && row) {
        int64_t *lists = cq_grow(u->lists, u->list_count + 1, &u->list_room, sizeof *lists);
        if (!lists) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        u->lists = lists;
        lists[u->list_count++] = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code undo_table(struct cq_undo *u, struct cq_err *err)
{
    struct cq_import_job *job = u->job;
    enum cq_code code = cq_versions_open(&job->versions, job->db, &job->list.table, true, err);
    while (!code) {
        const struct cq_version *v;
        size_t count;
        int64_t group = cq_versions_next_group(job->versions);
        if (group == INT64_MAX)
            break;
        code = cq_versions_read_group(job->versions, group, &v, &count, err);
        for (size_t i = 0, last; i < count && !code; i = last) {
            for (last = i; last < count && key_of(v[last].id) == key_of(v[i].id);)
                last++;
            code = cq_undo_key(u, v + i, last - i, err);
        }
    }
    cq_versions_close(job->versions);
    job->versions = NULL;
    if (!code && u->conflicts)
        code = cq_err_set(err, CQ_F_UNDO, "%" PRId64 " / %" PRId64 " (--undo=%" PRId64 ")",
                          u->conflicts, u->touched, u->later);
    return code;
}

/* The kind and agency of the run to be undone. */
static enum cq_code find_run(struct cq_db *db, int64_t run, enum cq_kind *kind, int *agency,
                             struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    int which = -1;
    enum cq_code code = cq_db_prepare(db, &stmt, "SELECT kind, agency FROM run WHERE id = ?1", err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    code = cq_db_step(db, stmt, &row, err);
    if (!code && row) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        which = cq_choice_find(cq_kind_names, name, strlen(name));
        *agency = sqlite3_column_int(stmt, 1);
    }
    sqlite3_finalize(stmt);
    if (!code && which < 0)
        code = cq_err_set(err, CQ_D_NO_RUN, "%" PRId64, run);
    *kind = (enum cq_kind)which;
    return code;
}

/* Refuses a run that has been taken back already: its rows may have come again with another list. */
static enum cq_code check_in_force(struct cq_db *db, int64_t run, struct cq_err *err)
{
    static const char sql[] =
        "SELECT max(id) FROM run AS undo WHERE undoes = ?1"
        " AND (SELECT NOT " CQ_SQL_IN_FORCE("9e18") " FROM run WHERE id = ?1)";
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    code = cq_db_step(db, stmt, &row, err);
    if (!code && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        code = cq_err_set(err, CQ_F_UNDONE, "%" PRId64, (int64_t)sqlite3_column_int64(stmt, 0));
    sqlite3_finalize(stmt);
    return code;
}

/* The run's row; counts are written at its end. */
static struct cq_run new_run(const struct cq_import_job *job, int64_t undone, int agency)
{
    return (struct cq_run){.at = cq_import_moment(job->import),
                           .kind = cq_kind_names[job->list.kind],
                           .mode = "undo",
                           .agency = agency,
                           .list_date = CQ_DAY_MIN,
                           .file_hash = "",
                           .encoding = "",
                           .undoes = undone,
                           .law = job->import->law->fingerprint};
}

enum cq_code cq_import_undo(struct cq_db *db, const struct cq_import *import, int64_t run,
                            struct cq_import_result *result, struct cq_err *err)
{
    struct cq_import_job job = {
        .import = import, .result = result, .db = db, .name = "", .scan = true};
    struct cq_undo u = {.job = &job, .run = run};
    enum cq_kind kind = CQ_KIND_CONTINGENT;
    int agency = 0;
    char undone[24] = "";
    *result = (struct cq_import_result){.encoding = ""};
    enum cq_code code = cq_db_begin(db, err);
    if (!code)
        code = find_run(db, run, &kind, &agency, err);
    if (!code)
        code = check_in_force(db, run, err);
    if (!code) {
        cq_list_init(&job.list, kind, import->law);
        snprintf(undone, sizeof undone, "%" PRId64, run);
        code = cq_import_token(&job, undone, err);
    }
    if (!code) {
        job.run = new_run(&job, run, agency);
        code = cq_run_start(db, &job.run, err);
    }
    if (!code)
        code = read_later_lists(&u, err);
    if (!code)
        code = undo_table(&u, err);
    if (!code)
        code = cq_import_guard(&job, err);
    result->kind = kind;
    result->read = result->accepted = result->changed = u.touched;
    job.run.read = job.run.changed = u.touched;
    if (!code)
        code = cq_run_finish(db, &job.run, err);
    const struct cq_audit line = {job.run.at, import->actor, "undo", job.run.id, undone};
    if (!code)
        code = cq_audit_add(db, &line, err);
    if (!code && !import->dry_run) {
        code = cq_db_commit(db, err);
        result->run = code ? 0 : job.run.id;
    }
    cq_db_rollback(db);
    cq_undo_fini(&u);
    free(job.touched.list);
    return code;
}
