/* What a run keeps of its list beside the versions, for the report to its sender: the rows that were
 * rejected, and whom the list names. */
#include "import/job.h"

#include <stdlib.h>
#include <string.h>

static int by_line(const void *a, const void *b)
{
    const struct cq_reject *x = a, *y = b;
    return x->line < y->line ? -1 : x->line > y->line;
}

void cq_import_sort_rejects(struct cq_import_job *job)
{
    if (job->reject_count > 1)
        qsort(job->rejects, job->reject_count, sizeof *job->rejects, by_line);
}

static enum cq_code write_rejected(struct cq_import_job *job, sqlite3_stmt *stmt,
                                   const struct cq_reject *reject, struct cq_err *err)
{
    const char *id = cq_code_id((enum cq_code)reject->code);
    const char *field = reject->column >= 0 ? job->list.columns[reject->column].name : NULL;
    sqlite3_bind_int64(stmt, 1, job->run.id);
    sqlite3_bind_int64(stmt, 2, reject->line);
    cq_db_bind_int(stmt, 3, reject->iin, reject->iin != 0);
    cq_db_bind_int(stmt, 4, reject->agency, reject->agency != 0);
    cq_db_bind_text(stmt, 5, field, field ? strlen(field) : 0);
    cq_db_bind_text(stmt, 6, id, strlen(id));
    return cq_db_run(job->db, stmt, err);
}

static enum cq_code write_all_rejected(struct cq_import_job *job, struct cq_err *err)
{
    static const char sql[] = "INSERT INTO rejected (run, line, iin, agency, field, code)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    sqlite3_stmt *stmt = NULL;
    if (job->reject_count == 0)
        return CQ_OK;
    cq_import_sort_rejects(job);
    enum cq_code code = cq_db_prepare(job->db, &stmt, sql, err);
    for (size_t i = 0; i < job->reject_count && !code; i++)
        code = write_rejected(job, stmt, &job->rejects[i], err);
    sqlite3_finalize(stmt);
    return code;
}

/* Counts the rejects by agency. With --agency all of the list is that agency's. */
static void complete_counts(struct cq_import_job *job)
{
    int agency = job->import->agency;
    const struct cq_import_result *r = job->result;
    for (size_t i = 0; i < job->reject_count; i++)
        job->counts[job->rejects[i].agency].rejected++;
    if (agency != 0)
        job->counts[agency] = (struct cq_agency_counts){r->read, r->rejected, r->warnings};
}

enum cq_code cq_import_keep(struct cq_import_job *job, struct cq_err *err)
{
    enum cq_code code = cq_import_find_rejected(job, err);
    if (!code)
        code = write_all_rejected(job, err);
    if (code || job->list.kind != CQ_KIND_CONTINGENT)
        return code;
    complete_counts(job);
    for (int i = 1; i < 1 << CQ_AGENCY_BITS && !code; i++) {
        const struct cq_named *set = &job->named_iins[i];
        bool own = i == job->import->agency;
        if (own || job->counts[i].read > 0)
            code = cq_named_write(job->db, job->run.id, i,
                                  job->import->full && (own || set->count > 0), &job->counts[i],
                                  set, err);
    }
    return code;
}
