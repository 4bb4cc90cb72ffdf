/* The driver of an import: reads the whole list, then compares and writes in one short transaction. */
#include "import/guard.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cq/audit.h"
#include "cq/hash.h"

/* Refuses the list when too many rows are bad: after it was compared, so that its counts add up and
 * its rejects are complete. */
static enum cq_code check_bad(const struct cq_import_job *job, struct cq_err *err)
{
    const struct cq_import_result *r = job->result;
    if (r->rejected * 100 <= job->import->max_bad * r->read)
        return CQ_OK;
    cq_err_record(err, CQ_F_MAX_BAD, "%" PRId64 " / %" PRId64 " (--max-bad=%" PRId64 ")",
                  r->rejected, r->read, job->import->max_bad);
    cq_err_at(err, job->name, 0, NULL);
    return err->code;
}

int64_t cq_import_moment(const struct cq_import *import)
{
    return import->moment ? import->moment(import->context) : import->now;
}

/* The run's row as it starts; counts are written at its end. */
static struct cq_run new_run(const struct cq_import_job *job)
{
    const struct cq_import *import = job->import;
    return (struct cq_run){.kind = cq_kind_names[import->kind],
                           .mode = import->full ? "full" : "delta",
                           .agency = import->agency,
                           .list_date = import->list_date,
                           .file_hash = job->source.hash,
                           .encoding = cq_encoding_names[job->source.encoding],
                           .law = import->law->fingerprint,
                           .at = cq_import_moment(import)};
}

static enum cq_code finish_run(struct cq_import_job *job, struct cq_err *err)
{
    const struct cq_import_result *result = job->result;
    const struct cq_audit line = {job->run.at, job->import->actor, "import", job->run.id,
                                  job->source.hash};
    job->run.read = result->read;
    job->run.added = result->added;
    job->run.changed = result->changed;
    job->run.unchanged = result->unchanged;
    job->run.ended = result->ended;
    job->run.rejected = result->rejected;
    job->run.warnings = result->warnings;
    enum cq_code code = cq_run_finish(job->db, &job->run, err);
    if (!code)
        code = cq_import_keep(job, err);
    return code ? code : cq_audit_add(job->db, &line, err);
}

/* Opens the list and the cache of its lines. */
static enum cq_code open_list(struct cq_import_job *job, int fd, struct cq_err *err)
{
    const struct cq_import *import = job->import;
    cq_list_init(&job->list, import->kind, import->law);
    if (import->agency)
        job->list.columns[CQ_P_AGENCY].required = false;
    const struct cq_csv_input input = {.fd = fd,
                                       .name = job->name,
                                       .encoding = import->encoding,
                                       .sheet = import->sheet,
                                       .folder = import->folder};
    const struct cq_source_probe probe = {cq_import_probe, job};
    enum cq_code code = cq_list_read_words(&job->list, err);
    if (!code)
        code = cq_source_open(&job->source, &input, &probe, err);
    memcpy(job->result->file_hash, job->source.hash, sizeof job->result->file_hash);
    job->result->encoding = cq_encoding_names[job->source.encoding];
    job->result->sheet = job->source.sheet;
    if (code)
        return code;
    job->source_bytes = lseek(job->source.fd, 0, SEEK_END);
    code = cq_source_rewind(&job->source, err);
    /* A verdict is compared with the facts it was made on, however often it is stated. */
    if (!code && job->db->sqlite && import->kind != CQ_KIND_VERDICTS)
        code = cq_line_cache_read(&job->line_cache, job->db, &job->list.table, err);
    return code;
}

static void count_warning(const struct cq_err *finding, void *context)
{
    struct cq_import_job *job = context;
    job->import->report(finding, job->import->context);
    job->result->warnings++;
}

static enum cq_code read_list(struct cq_import_job *job, struct cq_err *err)
{
    enum cq_code code = cq_import_read(job, err);
    cq_line_cache_free(job->line_cache);
    job->line_cache = NULL;
    job->result->accepted = job->result->read - job->result->rejected;
    if (job->source.sheet.number) /* of a refused one, too: the list may be on another sheet */
        cq_sheet_report(&job->source.sheet, job->name,
                        job->in ? cq_csvin_header(job->in)->line : job->source.sheet.merged_end,
                        count_warning, job);
    if (!code && job->result->read == 0 && job->result->unsettled == 0)
        cq_import_report(job, CQ_W_EMPTY_LIST, 1, -1);
    return code;
}

/* The token is of the file and how it is read, kind, mode, agency and date. */
static enum cq_code make_token(struct cq_import_job *job, struct cq_err *err)
{
    const struct cq_import *import = job->import;
    char text[512], context[CQ_HASH_HEX + 1];
    cq_hash_hex(context, job->context, CQ_HASH_BYTES);
    snprintf(text, sizeof text, "%s %s %d %d %s %d %d %" PRId32, job->source.hash, context,
             (int)job->source.encoding, job->source.sheet.number, cq_kind_names[import->kind],
             import->full, import->agency, import->list_date);
    return cq_import_token(job, text, err);
}

enum cq_code cq_import_write_run(struct cq_import_job *job, struct cq_err *err)
{
    struct cq_import_result *result = job->result;
    job->run = new_run(job);
    enum cq_code code = cq_run_start(job->db, &job->run, err);
    if (!code && job->import->kind == CQ_KIND_CONTINGENT)
        code = cq_name_writer_open(&job->names, job->db, job->run.id, err);
    if (!code)
        code = cq_import_merge(job, err);
    result->accepted = result->added + result->changed + result->unchanged;
    if (!code)
        code = check_bad(job, err);
    if (!code)
        code = cq_import_guard(job, err);
    if (!code && job->names)
        code = cq_name_writer_finish(job->names, err);
    return code ? code : finish_run(job, err);
}

/* Compares and writes in one transaction, which is still open if the list is refused. */
static enum cq_code write_registry(struct cq_import_job *job, struct cq_err *err)
{
    const struct cq_import *import = job->import;
    enum cq_code code = CQ_OK;
    if (!job->db->sqlite)
        code = cq_db_open(job->db, import->registry, CQ_DB_CREATE, import->wait_ms, err);
    if (!code)
        code = cq_db_begin(job->db, err);
    if (!code)
        code = make_token(job, err);
    if (!code)
        code = cq_import_write_run(job, err);
    if (!code && !import->dry_run) {
        code = cq_db_commit(job->db, err);
        job->result->run = code ? 0 : job->run.id;
    }
    return code;
}

/* Writes the outputs, after the commit: a refused list has rejects and changes too. */
static enum cq_code close_outputs(struct cq_import_job *job, enum cq_code code, struct cq_err *err)
{
    struct cq_err late = {0};
    bool refused = cq_import_refused(code);
    bool rejects = job->import->rejects_fd >= 0 && job->source.fd >= 0 &&
                   (!code || code == CQ_F_MAX_BAD || refused);
    if (rejects && cq_import_write_rejects(job, &late) && !code) {
        *err = late;
        code = late.code;
    }
    if (code && !refused)
        cq_out_abandon(job->changes);
    else if (cq_out_close(job->changes, err) && !code)
        code = err->code;
    return code;
}

void cq_import_close_job(struct cq_import_job *job)
{
    cq_csvin_close(job->in);
    cq_name_writer_close(job->names);
    cq_str_free(&job->packed);
    cq_str_free(&job->scratch);
    cq_sorter_close(job->sorter);
    cq_source_close(&job->source);
    cq_list_fini(&job->list);
    free(job->rejects);
    free(job->links);
    free(job->cards);
    free(job->rejected_identities);
    free(job->touched.list);
    for (size_t i = 0; i < sizeof job->named_iins / sizeof *job->named_iins; i++)
        cq_named_fini(&job->named_iins[i]);
}

enum cq_code cq_import_run(struct cq_db *db, const struct cq_import *import, int fd,
                           const char *name, struct cq_import_result *result, struct cq_err *err)
{
    struct cq_import_job job = {
        .import = import, .result = result, .name = name, .db = db, .source = {.fd = -1}};
    *result = (struct cq_import_result){.kind = import->kind};
    enum cq_code code = open_list(&job, fd, err);
    if (code)
        goto done;
    code = read_list(&job, err);
    if (code)
        goto done;
    if (import->changes_fd >= 0)
        code = cq_import_changes_open(&job, err);
    if (!code)
        code = write_registry(&job, err);
    cq_db_rollback(db);
done:
    code = close_outputs(&job, code, err);
    cq_import_close_job(&job);
    return code;
}
