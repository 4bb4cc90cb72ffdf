/* Checks the sponsors of the rows that a run wrote: whether each is known, and an employee on the
 * day of the list. */
#include "import/job.h"

#include <stdlib.h>

static int by_sponsor(const void *a, const void *b)
{
    const struct cq_sponsor_link *x = a, *y = b;
    return x->sponsor < y->sponsor ? -1 : x->sponsor > y->sponsor;
}

/* What the registry states of one IIN now. */
struct sponsor {
    int64_t iin;
    bool known, employed;
};

static void add_version(sqlite3_stmt *stmt, int32_t day, struct sponsor *found)
{
    found->known = true;
    int32_t from = cq_db_column_int(stmt, 2, CQ_DAY_MIN),
            to = cq_db_column_int(stmt, 3, CQ_DAY_MAX);
    if (sqlite3_column_int(stmt, 1) == CQ_CATEGORY_EMPLOYEE && from <= day && day < to)
        found->employed = true;
}

static void check_link(struct cq_import_job *job, const struct cq_sponsor_link *link,
                       const struct sponsor *found)
{
    job->key = link->key;
    if (!found->known)
        cq_import_report(job, CQ_W_SPONSOR_UNKNOWN, link->line, CQ_P_SPONSOR_IIN);
    else if (link->family && !found->employed)
        cq_import_report(job, CQ_W_SPONSOR_NOT_EMPLOYEE, link->line, CQ_P_SPONSOR_IIN);
}

#define COLUMNS "SELECT id, category, valid_from, valid_to FROM person WHERE run_to IS NULL"

/* Looks each sponsor up. */
static enum cq_code check_by_lookup(struct cq_import_job *job, sqlite3_stmt *stmt,
                                    struct cq_err *err)
{
    struct sponsor found = {0};
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < job->link_count && !code; i++) {
        bool row = job->links[i].sponsor != found.iin;
        if (row) {
            found = (struct sponsor){.iin = job->links[i].sponsor};
            sqlite3_reset(stmt);
            sqlite3_bind_int64(stmt, 1, found.iin << CQ_GROUP_SHIFT);
            sqlite3_bind_int64(stmt, 2, (found.iin + 1) << CQ_GROUP_SHIFT);
        }
        while (row && !(code = cq_db_step(job->db, stmt, &row, err)) && row)
            add_version(stmt, job->import->list_date, &found);
        if (!code)
            check_link(job, &job->links[i], &found);
    }
    return code;
}

/* Reads all versions in one scan, merged with the links. */
static enum cq_code check_by_scan(struct cq_import_job *job, sqlite3_stmt *stmt, struct cq_err *err)
{
    struct sponsor found = {0};
    bool row = true;
    enum cq_code code = cq_db_step(job->db, stmt, &row, err);
    for (size_t i = 0; i < job->link_count && !code; i++) {
        int64_t sponsor = job->links[i].sponsor;
        if (sponsor != found.iin)
            found = (struct sponsor){.iin = sponsor};
        while (!code && row && sqlite3_column_int64(stmt, 0) >> CQ_GROUP_SHIFT <= sponsor) {
            if (sqlite3_column_int64(stmt, 0) >> CQ_GROUP_SHIFT == sponsor)
                add_version(stmt, job->import->list_date, &found);
            code = cq_db_step(job->db, stmt, &row, err);
        }
        if (!code)
            check_link(job, &job->links[i], &found);
    }
    return code;
}

enum cq_code cq_import_check_sponsors(struct cq_import_job *job, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool many = job->link_count > 50000;
    if (job->link_count == 0)
        return CQ_OK;
    qsort(job->links, job->link_count, sizeof *job->links, by_sponsor);
    enum cq_code code = cq_db_prepare(
        job->db, &stmt, many ? COLUMNS " ORDER BY id" : COLUMNS " AND id >= ?1 AND id < ?2", err);
    if (!code)
        code = many ? check_by_scan(job, stmt, err) : check_by_lookup(job, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}
