/* Verdicts as a list: rows that nobody has filled in yet, and what a verdict needs of the
 * registry. */
#include "import/verdicts.h"

#include <stdlib.h>

#include "cq/list.h"
#include "people/verdicts.h"

bool cq_import_is_unsettled(const struct cq_import_job *job, const struct cq_row *row)
{
    int field = job->map[CQ_V_VERDICT];
    return job->list.kind == CQ_KIND_VERDICTS && field >= 0 && (size_t)field < row->count &&
           cq_text_trim(row->fields[field]).len == 0;
}

bool cq_import_is_review_column(const struct cq_import_job *job, struct cq_text header)
{
    for (int i = 0; job->list.kind == CQ_KIND_VERDICTS && cq_review_columns[i]; i++)
        if (cq_text_is(header, cq_review_columns[i]))
            return true;
    return false;
}

/* What a verdict is checked against. */
struct cq_import_verdicts {
    struct cq_verdict_facts *facts;
    sqlite3_stmt *named, *contradicted, *listed;
};

static enum cq_code open(struct cq_import_job *job, struct cq_err *err)
{
    static const char named[] = "SELECT 1 FROM person WHERE id >= ?1 << 23 AND id < (?1 + 1) << 23"
                                " AND run_to IS NULL LIMIT 1";
    static const char contradicted[] =
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM review WHERE iin = ?1) OR"
        " (SELECT count(DISTINCT id >> 19) FROM person WHERE id >= ?1 << 23 AND id < (?1 + 1) << 23"
        " AND run_to IS NULL) > 1";
    static const char listed[] =
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM person WHERE id >= (?1 << 23) + (?3 << 19)"
        " AND id < (?1 << 23) + (?3 + 1 << 19) OR id >= (?2 << 23) + (?3 << 19)"
        " AND id < (?2 << 23) + (?3 + 1 << 19))"
        " OR EXISTS (SELECT 1 FROM review WHERE iin IN (?1, ?2) AND agency = ?3)";
    struct cq_import_verdicts *v = calloc(1, sizeof *v);
    if (!v)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    job->verdicts = v;
    enum cq_code code = cq_verdict_facts_open(&v->facts, job->db, err);
    if (!code)
        code = cq_db_prepare(job->db, &v->named, named, err);
    if (!code)
        code = cq_db_prepare(job->db, &v->contradicted, contradicted, err);
    return code ? code : cq_db_prepare(job->db, &v->listed, listed, err);
}

void cq_import_close_verdicts(struct cq_import_job *job)
{
    struct cq_import_verdicts *v = job->verdicts;
    job->verdicts = NULL;
    if (!v)
        return;
    cq_verdict_facts_close(v->facts);
    sqlite3_finalize(v->named);
    sqlite3_finalize(v->contradicted);
    sqlite3_finalize(v->listed);
    free(v);
}

/* Reports a finding where a query about an IIN has no row. */
static enum cq_code expect(struct cq_import_job *job, sqlite3_stmt *stmt, int64_t iin,
                           enum cq_code finding, long line, int column, bool *rejected,
                           struct cq_err *err)
{
    bool row = false;
    if (*rejected)
        return CQ_OK;
    sqlite3_bind_int64(stmt, 1, iin);
    enum cq_code code = cq_db_step(job->db, stmt, &row, err);
    sqlite3_reset(stmt);
    if (!code && !row) {
        cq_import_report(job, finding, line, column);
        *rejected = true;
    }
    return code;
}

enum cq_code cq_import_check_verdict(struct cq_import_job *job, const struct cq_record *record,
                                     const struct cq_value *values, const struct cq_version *stated,
                                     bool *rejected, bool *outdated, struct cq_err *err)
{
    int64_t iin = values[CQ_V_IIN].number, other = values[CQ_V_OTHER_IIN].number;
    enum cq_code code = job->verdicts ? CQ_OK : open(job, err);
    *rejected = *outdated = false;
    if (!code)
        code = expect(job, job->verdicts->named, iin, CQ_R_VERDICT_IIN, record->line, CQ_V_IIN,
                      rejected, err);
    if (!code)
        code = expect(job, job->verdicts->named, other, CQ_R_VERDICT_IIN, record->line,
                      CQ_V_OTHER_IIN, rejected, err);
    if (!code && iin == other)
        code = expect(job, job->verdicts->contradicted, iin, CQ_R_VERDICT_ITSELF, record->line,
                      CQ_V_OTHER_IIN, rejected, err);
    if (!code && values[CQ_V_WHOSE].present) {
        sqlite3_bind_int64(job->verdicts->listed, 2, other);
        sqlite3_bind_int64(job->verdicts->listed, 3, values[CQ_V_WHOSE].number);
        code = expect(job, job->verdicts->listed, iin, CQ_R_VERDICT_WHOSE, record->line, CQ_V_WHOSE,
                      rejected, err);
    }
    if (!code && !*rejected && stated)
        code = cq_verdict_facts_changed(job->verdicts->facts, iin, other, stated->run_from,
                                        job->run.id, outdated, err);
    return code;
}
