/* The guard of imports: what a list may do to people without somebody looking at it. */
#include "import/guard.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/hash.h"
#include "import/calendar_check.h"
#include "import/effects.h"

void cq_import_result_fini(struct cq_import_result *result)
{
    free(result->effects);
    result->effects = NULL;
    result->effect_count = result->effect_room = 0;
}

enum cq_code cq_import_token(struct cq_import_job *job, const char *what, struct cq_err *err)
{
    unsigned char digest[CQ_HASH_BYTES];
    char text[600];
    int64_t run = 0, at = 0;
    enum cq_code code = cq_db_int(job->db, "SELECT max(id) FROM run", &run, err);
    if (!code)
        code = cq_db_int(job->db, "SELECT max(at) FROM run", &at, err);
    if (code)
        return code;
    int n = snprintf(text, sizeof text, "%s %" PRId64 " %" PRId64, what, run, at);
    cq_hash_bytes(text, (size_t)n, digest);
    cq_hash_hex(job->result->token, digest, CQ_TOKEN_HEX / 2);
    return CQ_OK;
}

/* The newest day of a list of one of these agencies, or whose rows name one of them, without runs that
 * were undone. What the rows of a run named is not known where an earlier version made it. */
static enum cq_code last_list(struct cq_import_job *job, int32_t *day, struct cq_err *err)
{
    static const char sql[] =
        "SELECT max(list_date) FROM run WHERE kind = ?1 AND mode <> 'undo' AND id < ?3"
        " AND coalesce(?2 >> agency & 1, (SELECT max(people > 0 AND ?2 >> a.agency & 1)"
        " FROM run_agency AS a WHERE a.run = run.id), read > rejected) AND " CQ_SQL_IN_FORCE("?3");
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    const char *kind = cq_kind_names[job->import->kind];
    *day = CQ_DAY_MIN;
    enum cq_code code = cq_db_prepare(job->db, &stmt, sql, err);
    if (code)
        return code;
    cq_db_bind_text(stmt, 1, kind, strlen(kind));
    sqlite3_bind_int64(stmt, 2, job->import->agency ? 1u << job->import->agency : job->agencies);
    sqlite3_bind_int64(stmt, 3, job->run.id);
    code = cq_db_step(job->db, stmt, &row, err);
    if (!code && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        *day = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}

/* Whether more than a few people, and more than the share that is allowed. */
static bool too_many(int64_t people, int64_t percent, int64_t among)
{
    return people > CQ_GUARD_ALWAYS && people * 100 > percent * among;
}

/* Refuses where too many people would leave, lose an entitlement, or get another identity. */
static enum cq_code check_people(struct cq_import_job *job, struct cq_err *err)
{
    const struct cq_import *import = job->import;
    const struct cq_import_result *r = job->result;
    int64_t leaving = r->ended + job->ended_early, touched = job->named + r->ended;
    int64_t losing = r->losing - r->losing_absent;
    if (import->full && too_many(leaving, import->max_removals, job->in_scope))
        return cq_err_set(err, CQ_F_GUARD, "%" PRId64 " / %" PRId64 " (--max-removals=%" PRId64 ")",
                          leaving, job->in_scope, import->max_removals);
    if (too_many(losing, import->max_losses, touched))
        return cq_err_set(err, CQ_F_LOSSES, "%" PRId64 " / %" PRId64 " (--max-losses=%" PRId64 ")",
                          losing, touched, import->max_losses);
    if (too_many(r->renamed, import->max_losses, touched))
        return cq_err_set(err, CQ_F_IDENTITIES,
                          "%" PRId64 " / %" PRId64 " (--max-losses=%" PRId64 ")", r->renamed,
                          touched, import->max_losses);
    return CQ_OK;
}

/* Refuses a list of a day far ahead, or older than the last one. */
static enum cq_code check_day(struct cq_import_job *job, struct cq_err *err)
{
    const struct cq_import *import = job->import;
    int32_t last = CQ_DAY_MIN;
    char day[11] = "";
    enum cq_code code = import->full ? last_list(job, &last, err) : CQ_OK;
    if (!code && import->list_date > import->today + CQ_DAYS_AHEAD &&
        cq_date_write(day, import->list_date))
        code = cq_err_set(err, CQ_F_AHEAD, "%s", day);
    else if (!code && import->list_date < last && cq_date_write(day, last))
        code = cq_err_set(err, CQ_F_OLDER, "%s", day);
    return code;
}

/* Warns of columns that are empty for many of whom the registry knew it. */
static void report_emptied(struct cq_import_job *job)
{
    for (size_t i = 0; i < job->list.count; i++) {
        struct cq_err finding = {0};
        if (!too_many(job->emptied[i], job->import->max_losses, job->named))
            continue;
        cq_err_record(&finding, CQ_W_EMPTIED, "%" PRId64 " / %" PRId64, job->emptied[i],
                      job->named);
        cq_err_at(&finding, job->name, 1, job->list.columns[i].name);
        job->import->report(&finding, job->import->context);
        job->result->warnings++;
    }
}

/* Warns of a list that cannot hold Kazakh letters, and takes them from names. */
static void report_lost_letters(struct cq_import_job *job)
{
    struct cq_err finding = {0};
    if (!too_many(job->lost_letters, job->import->max_losses, job->named))
        return;
    cq_err_record(&finding, CQ_W_LOST_LETTERS, "%" PRId64 " / %" PRId64, job->lost_letters,
                  job->named);
    cq_err_at(&finding, job->name, 1, NULL);
    job->import->report(&finding, job->import->context);
    job->result->warnings++;
}

enum cq_code cq_import_guard(struct cq_import_job *job, struct cq_err *err)
{
    const struct cq_import *import = job->import;
    bool undo = job->run.undoes != 0;
    report_emptied(job);
    report_lost_letters(job);
    enum cq_code code = undo ? CQ_OK : cq_import_check_calendar(job, err);
    if (!code)
        code = cq_import_find_effects(job, err);
    /* After the effects: the refusal shows the right token, so it shows what that would approve. */
    if (!code && import->approve && strcmp(import->approve, job->result->token) != 0)
        return cq_err_set(err, CQ_F_APPROVAL, "--approve=%s", import->approve);
    if (!code && !import->approve && !undo)
        code = check_day(job, err);
    if (!code && !import->approve)
        code = check_people(job, err);
    if (!undo)
        cq_err_at(err, job->name, 0, NULL);
    return code;
}

bool cq_import_refused(enum cq_code code)
{
    return code == CQ_F_GUARD || code == CQ_F_OLDER || code == CQ_F_APPROVAL ||
           code == CQ_F_LOSSES || code == CQ_F_IDENTITIES || code == CQ_F_AHEAD;
}
