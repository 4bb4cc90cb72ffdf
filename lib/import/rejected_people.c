/* Whose the rejected rows are whose IIN cannot be read: one person of the registry has the name and
 * the birth date that such a row states. The report to the sender does not tell of that person as
 * of somebody whom the list does not name. */
#include <stdlib.h>

#include "cq/registry.h"
#include "import/job.h"

enum { SEVERAL = -1 };

static int by_identity(const void *a, const void *b)
{
    const struct cq_reject *x = *(struct cq_reject *const *)a, *y = *(struct cq_reject *const *)b;
    return (x->identity > y->identity) - (x->identity < y->identity);
}

/* Gives the rows of an identity its IIN, unless the row is another agency's. */
static void give(struct cq_reject **rejects, size_t count, const struct cq_reject *person)
{
    size_t at = 0;
    for (size_t high = count; at < high;) {
        size_t middle = at + (high - at) / 2;
        if (rejects[middle]->identity < person->identity)
            at = middle + 1;
        else
            high = middle;
    }
    for (; at < count && rejects[at]->identity == person->identity; at++)
        if (!rejects[at]->agency || rejects[at]->agency == person->agency)
            rejects[at]->iin = rejects[at]->iin && rejects[at]->iin != person->iin ? SEVERAL
                                                                                   : person->iin;
}

static struct cq_text text_of(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return (struct cq_text){text ? text : "", (size_t)sqlite3_column_bytes(stmt, column)};
}

/* Reads everybody once: names have no index, and such rows are few. */
static enum cq_code search(struct cq_import_job *job, struct cq_reject **rejects, size_t count,
                           struct cq_err *err)
{
    static const char sql[] = "SELECT id, last_name, first_name, birth_date FROM person"
                              " WHERE run_to IS NULL";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(job->db, &stmt, sql, err);
    while (!code && row) {
        code = cq_db_step(job->db, stmt, &row, err);
        if (code || !row)
            break;
        int64_t id = sqlite3_column_int64(stmt, 0);
        struct cq_value values[CQ_LIST_COLUMNS] = {{0}};
        values[CQ_P_LAST_NAME].text = text_of(stmt, 1);
        values[CQ_P_FIRST_NAME].text = text_of(stmt, 2);
        values[CQ_P_BIRTH_DATE].number = sqlite3_column_int64(stmt, 3);
        give(rejects, count,
             &(struct cq_reject){.identity = cq_import_identity(values),
                                 .agency = (int8_t)cq_id_agency(id),
                                 .iin = id >> CQ_GROUP_SHIFT});
    }
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_import_find_rejected(struct cq_import_job *job, struct cq_err *err)
{
    size_t count = 0;
    struct cq_reject **rejects = job->reject_count ? malloc(job->reject_count * sizeof *rejects)
                                                   : NULL;
    if (job->reject_count && !rejects)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < job->reject_count; i++)
        if (job->rejects[i].identity && !job->rejects[i].iin)
            rejects[count++] = &job->rejects[i];
    if (count > 1)
        qsort(rejects, count, sizeof *rejects, by_identity);
    enum cq_code code = count ? search(job, rejects, count, err) : CQ_OK;
    for (size_t i = 0; i < count; i++)
        if (rejects[i]->iin == SEVERAL)
            rejects[i]->iin = 0;
    free(rejects);
    return code;
}
