/* Sponsors of the rows that a run wrote: is each known, and an employee on the day of the list? */
#include "import_private.h"

#include <stdlib.h>

static int by_sponsor(const void *a, const void *b)
{
    const struct cq_link *x = a, *y = b;
    return x->sponsor < y->sponsor ? -1 : x->sponsor > y->sponsor;
}

/* What the registry holds of one IIN now. */
struct held {
    int64_t iin;
    bool known, employed;
};

static void note_version(sqlite3_stmt *stmt, int32_t day, struct held *held)
{
    held->known = true;
    int32_t from = sqlite3_column_type(stmt, 2) == SQLITE_NULL ? CQ_DAY_MIN
                                                               : sqlite3_column_int(stmt, 2);
    int32_t to = sqlite3_column_type(stmt, 3) == SQLITE_NULL ? CQ_DAY_MAX
                                                             : sqlite3_column_int(stmt, 3);
    if (sqlite3_column_int(stmt, 1) == CQ_CATEGORY_EMPLOYEE && from <= day && day < to)
        held->employed = true;
}

static void judge(struct cq_importing *work, const struct cq_link *link, const struct held *held)
{
    if (!held->known)
        cq_import_find(work, CQ_W_SPONSOR_UNKNOWN, link->line, CQ_P_SPONSOR_IIN);
    else if (link->family && !held->employed)
        cq_import_find(work, CQ_W_SPONSOR_NOT_EMPLOYEE, link->line, CQ_P_SPONSOR_IIN);
}

#define COLUMNS "SELECT id, category, valid_from, valid_to FROM person WHERE run_to IS NULL"

/* One look-up a sponsor. */
static enum cq_code look_up(struct cq_importing *work, sqlite3_stmt *stmt, struct cq_err *err)
{
    struct held held = {0};
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < work->link_count && !code; i++) {
        bool row = work->links[i].sponsor != held.iin;
        if (row) {
            held = (struct held){.iin = work->links[i].sponsor};
            sqlite3_reset(stmt);
            sqlite3_bind_int64(stmt, 1, held.iin << CQ_GROUP_SHIFT);
            sqlite3_bind_int64(stmt, 2, (held.iin + 1) << CQ_GROUP_SHIFT);
        }
        while (row && !(code = cq_db_step(work->db, stmt, &row, err)) && row)
            note_version(stmt, work->import->list_date, &held);
        if (!code)
            judge(work, &work->links[i], &held);
    }
    return code;
}

/* All of them beside one scan. */
static enum cq_code scan(struct cq_importing *work, sqlite3_stmt *stmt, struct cq_err *err)
{
    struct held held = {0};
    bool row = true;
    enum cq_code code = cq_db_step(work->db, stmt, &row, err);
    for (size_t i = 0; i < work->link_count && !code; i++) {
        int64_t sponsor = work->links[i].sponsor;
        if (sponsor != held.iin)
            held = (struct held){.iin = sponsor};
        while (!code && row && sqlite3_column_int64(stmt, 0) >> CQ_GROUP_SHIFT <= sponsor) {
            if (sqlite3_column_int64(stmt, 0) >> CQ_GROUP_SHIFT == sponsor)
                note_version(stmt, work->import->list_date, &held);
            code = cq_db_step(work->db, stmt, &row, err);
        }
        if (!code)
            judge(work, &work->links[i], &held);
    }
    return code;
}

enum cq_code cq_import_check_sponsors(struct cq_importing *work, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool many = work->link_count > 50000;
    if (work->link_count == 0)
        return CQ_OK;
    qsort(work->links, work->link_count, sizeof *work->links, by_sponsor);
    enum cq_code code = cq_db_prepare(
        work->db, &stmt, many ? COLUMNS " ORDER BY id" : COLUMNS " AND id >= ?1 AND id < ?2", err);
    if (!code)
        code = many ? scan(work, stmt, err) : look_up(work, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}
