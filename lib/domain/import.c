/* An import, in its order: read everything, then one short transaction that compares and writes. */
#include "import_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Refuses the list when too much of it is bad. */
static enum cq_code check_bad(const struct cq_importing *work, struct cq_err *err)
{
    const struct cq_import_result *r = work->result;
    if (r->rejected * 100 <= work->import->max_bad * r->read)
        return CQ_OK;
    cq_err_set(err, CQ_F_MAX_BAD, "%" PRId64 " / %" PRId64 " (--max-bad=%" PRId64 ")", r->rejected,
               r->read, work->import->max_bad);
    return cq_err_at(err, work->name, 0, NULL);
}

static enum cq_code write_all(struct cq_importing *work, struct cq_err *err)
{
    const struct cq_import *import = work->import;
    struct cq_import_result *result = work->result;
    work->run = (struct cq_run){.at = import->now,
                                .kind = cq_kind_names[import->kind],
                                .mode = import->full ? "full" : "delta",
                                .agency = import->agency,
                                .list_date = import->list_date,
                                .file_hash = work->source.hash,
                                .encoding = cq_encoding_names[work->source.encoding],
                                .law = import->law->fingerprint};
    enum cq_code code = cq_db_begin(work->db, err);
    if (!code)
        code = cq_run_start(work->db, &work->run, err);
    if (!code)
        code = cq_import_merge(work, err);
    result->accepted = result->added + result->changed + result->unchanged;
    if (!code)
        code = check_bad(work, err);
    if (code)
        return code;
    work->run.read = result->read;
    work->run.added = result->added;
    work->run.changed = result->changed;
    work->run.unchanged = result->unchanged;
    work->run.ended = result->ended;
    work->run.rejected = result->rejected;
    work->run.warnings = result->warnings;
    code = cq_run_finish(work->db, &work->run, err);
    if (!code && !import->dry_run) {
        code = cq_db_commit(work->db, err);
        result->run = code ? 0 : work->run.id;
    }
    return code;
}

enum cq_code cq_import_run(struct cq_db *db, const struct cq_import *import, int fd,
                           const char *name, struct cq_import_result *result, struct cq_err *err)
{
    struct cq_importing work = {.import = import, .result = result, .name = name, .db = db,
                                .source = {.fd = -1}};
    *result = (struct cq_import_result){0};
    cq_list_init(&work.list, import->kind, import->law);
    if (import->agency)
        work.list.columns[CQ_P_AGENCY].required = false;
    enum cq_code code = cq_source_open(&work.source, fd, name, import->encoding, import->folder,
                                       err);
    memcpy(result->file_hash, work.source.hash, sizeof result->file_hash);
    result->encoding = cq_encoding_names[work.source.encoding];
    if (!code)
        code = cq_known_read(&work.known, db, &work.list.table, err);
    if (!code)
        code = cq_import_read(&work, err);
    cq_known_free(work.known);
    work.known = NULL;
    result->accepted = result->read - result->rejected;
    if (!code)
        code = check_bad(&work, err);
    if (!code && result->read == 0)
        cq_import_find(&work, CQ_W_EMPTY_LIST, 1, -1);
    if (!code && import->changes_fd >= 0)
        code = cq_import_changes_open(&work, err);
    if (!code)
        code = write_all(&work, err);
    cq_db_rollback(db);
    /* Commit first, write after: rejects are told of a refused list too. */
    struct cq_err late = {0};
    if (import->rejects_fd >= 0 && work.source.fd >= 0 && (!code || code == CQ_F_MAX_BAD) &&
        cq_import_write_rejects(&work, &late) && !code) {
        *err = late;
        code = late.code;
    }
    if (code && code != CQ_F_GUARD)
        cq_out_abandon(work.changes);
    else if (cq_out_close(work.changes, err) && !code)
        code = err->code;
    cq_csvin_close(work.in);
    cq_str_free(&work.packed);
    cq_str_free(&work.scratch);
    cq_sorter_close(work.sorter);
    cq_source_close(&work.source);
    free(work.rejects);
    return code;
}
