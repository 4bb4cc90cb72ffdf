/* Whether a row is about the person whom the registry holds under its IIN. */
#include "import/identity.h"

#include <string.h>

/* Adds a conflict to the rows that people review. */
static enum cq_code insert_review(struct cq_import_job *job, const struct cq_record *record,
                                  const struct cq_value *is, struct cq_err *err)
{
    static const char sql[] = "INSERT INTO review (run, line, iin, agency, code, identity)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    int64_t identity;
    enum cq_code code = job->review ? CQ_OK : cq_db_prepare(job->db, &job->review, sql, err);
    if (!code)
        code = cq_list_identity(is, &identity, err);
    if (code)
        return code;
    const char *id = cq_code_id(CQ_R_CONFLICT);
    sqlite3_bind_int64(job->review, 1, job->run.id);
    sqlite3_bind_int64(job->review, 2, record->line);
    sqlite3_bind_int64(job->review, 3, group_of(record->key));
    sqlite3_bind_int64(job->review, 4, cq_key_agency(record->key));
    cq_db_bind_text(job->review, 5, id, strlen(id));
    sqlite3_bind_int64(job->review, 6, identity);
    return cq_db_run(job->db, job->review, err);
}

/* Whether a version is the last of its key that is current. */
static bool is_latest(const struct cq_version *versions, size_t count, size_t at)
{
    if (versions[at].run_to)
        return false;
    for (size_t i = at + 1; i < count; i++)
        if (!versions[i].run_to && key_of(versions[i].id) == key_of(versions[at].id))
            return false;
    return true;
}

enum cq_code cq_import_check_identity(struct cq_import_job *job, const struct cq_record *record,
                                      const struct cq_value *is, const struct cq_version *versions,
                                      size_t count, bool *conflict, struct cq_err *err)
{
    struct cq_value was[CQ_LIST_COLUMNS], stored[CQ_LIST_COLUMNS];
    bool elsewhere = false;
    enum cq_code code = CQ_OK;
    *conflict = false;
    if (job->list.kind != CQ_KIND_CONTINGENT)
        return CQ_OK;
    for (size_t i = 0; i < count && !code && !*conflict; i++) {
        if (!is_latest(versions, count, i))
            continue;
        elsewhere = elsewhere || (key_of(versions[i].id) != record->key &&
                                  versions[i].valid_to > job->import->list_date);
        code = cq_import_read_version(job, &versions[i], stored, was, err);
        *conflict = !code && !cq_list_same_person(was, is);
    }
    if (!code && *conflict) {
        cq_import_report(job, CQ_R_CONFLICT, record->line, CQ_P_IIN);
        code = insert_review(job, record, is, err);
    } else if (elsewhere) {
        cq_import_report(job, CQ_W_TWO_AGENCIES, record->line, CQ_P_AGENCY);
    }
    return code;
}
