/* Findings of an import: reports them at once, and keeps rejected rows for the rejects. */
#include "base/vec.h"
#include "import/job.h"

enum cq_code cq_import_detail(const struct cq_import_job *job, enum cq_code code, int column,
                              struct cq_str *out)
{
    cq_str_clear(out);
    cq_str_puts(out, "");
    if (code == CQ_R_VALUE && column >= 0)
        cq_column_allowed(&job->list.columns[column],
                          (job->list.kind == CQ_KIND_CONTINGENT && column == CQ_P_CATEGORY) ||
                              (job->list.kind == CQ_KIND_VERDICTS && column == CQ_V_WHOSE),
                          out);
    return out->failed;
}

void cq_import_report(struct cq_import_job *job, enum cq_code code, long line, int column)
{
    struct cq_str detail = {0};
    if (cq_import_detail(job, code, column, &detail))
        job->no_memory = true;
    else
        cq_import_report_with(job, code, line, column, detail.ptr);
    cq_str_free(&detail);
}

/* The agency of the row being compared; 0 for none. */
static int agency_of(const struct cq_import_job *job)
{
    return job->list.kind == CQ_KIND_CONTINGENT ? cq_key_agency(job->key) : 0;
}

void cq_import_report_with(struct cq_import_job *job, enum cq_code code, long line, int column,
                           const char *detail)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, code, "%s", detail);
    cq_err_at(&finding, job->name, line, column >= 0 ? job->list.columns[column].name : NULL);
    job->import->report(&finding, job->import->context);
    if (cq_code_status(code) == 0) {
        job->result->warnings++;
        job->counts[agency_of(job)].warnings++;
        return;
    }
    /* One row is one reject; its first finding is the one that counts. */
    if (job->reject_count > 0 && job->rejects[job->reject_count - 1].line == (uint32_t)line)
        return;
    struct cq_reject *rejects =
        cq_grow(job->rejects, job->reject_count + 1, &job->reject_room, sizeof *rejects);
    if (!rejects) {
        job->no_memory = true;
        return;
    }
    job->rejects = rejects;
    bool person = cq_kind_is_of_people(job->list.kind);
    rejects[job->reject_count++] =
        (struct cq_reject){.line = (uint32_t)line,
                           .column = (int16_t)column,
                           .code = (uint16_t)code,
                           .agency = (int8_t)agency_of(job),
                           .iin = person ? job->key >> CQ_AGENCY_BITS : 0};
    job->result->rejected++;
}

void cq_import_count_row(struct cq_import_job *job, int agency, long line, int64_t warnings)
{
    const struct cq_reject *last = job->reject_count > 0 ? &job->rejects[job->reject_count - 1]
                                                         : NULL;
    if (last && last->line == (uint32_t)line)
        agency = last->agency;
    int64_t own = job->counts[0].warnings - warnings;
    job->counts[0].warnings -= own;
    job->counts[agency].warnings += own;
    job->counts[agency].read++;
}
