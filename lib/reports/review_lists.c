/* One pass over the entries in the order of IINs. */
#include "reports/review_lists.h"

#include "base/name_match.h"
#include "cq/registry.h"
#include "cq/str.h"
#include "result/result_private.h"

enum { ID, LAST, FIRST, BIRTH, RUN, LINE };
static const char sql[] = "SELECT id, last_name, first_name, birth_date, run_from, list_line"
                          " FROM person WHERE" CQ_SQL_NOW " ORDER BY id";

/* The first entry of an IIN. */
struct entry {
    int64_t id, run, line;
    int32_t birth;
    struct cq_str last, first;
};

static void keep(struct entry *e, sqlite3_stmt *stmt)
{
    e->id = sqlite3_column_int64(stmt, ID);
    e->run = sqlite3_column_int64(stmt, RUN);
    e->line = sqlite3_column_int64(stmt, LINE);
    e->birth = sqlite3_column_int(stmt, BIRTH);
    cq_str_clear(&e->last);
    cq_str_put(&e->last, (const char *)sqlite3_column_text(stmt, LAST),
               (size_t)sqlite3_column_bytes(stmt, LAST));
    cq_str_clear(&e->first);
    cq_str_put(&e->first, (const char *)sqlite3_column_text(stmt, FIRST),
               (size_t)sqlite3_column_bytes(stmt, FIRST));
}

static bool differs(const struct entry *e, sqlite3_stmt *stmt)
{
    const char *last = (const char *)sqlite3_column_text(stmt, LAST);
    const char *first = (const char *)sqlite3_column_text(stmt, FIRST);
    return e->birth != sqlite3_column_int(stmt, BIRTH) ||
           cq_name_match_key(e->last.ptr, e->last.len, e->first.ptr, e->first.len) !=
               cq_name_match_key(last, (size_t)sqlite3_column_bytes(stmt, LAST), first,
                                 (size_t)sqlite3_column_bytes(stmt, FIRST));
}

static struct cq_disagreement between(const struct entry *e, sqlite3_stmt *stmt)
{
    int64_t id = sqlite3_column_int64(stmt, ID), run = sqlite3_column_int64(stmt, RUN);
    return run >= e->run
               ? (struct cq_disagreement){e->id, id, run, sqlite3_column_int64(stmt, LINE)}
               : (struct cq_disagreement){id, e->id, e->run, e->line};
}

enum cq_code cq_disagreements_read(struct cq_db *db, int64_t run, int32_t day,
                                   cq_disagreement_fn *call, void *context, struct cq_err *err)
{
    struct entry first = {0};
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    sqlite3_bind_int64(stmt, 2, day);
    while (!code && !(code = cq_db_step(db, stmt, &row, err)) && row) {
        if (sqlite3_column_int64(stmt, ID) >> CQ_GROUP_SHIFT != first.id >> CQ_GROUP_SHIFT) {
            keep(&first, stmt);
            if (first.last.failed || first.first.failed)
                code = cq_err_set(err, CQ_B_NOMEM, NULL);
        } else if (differs(&first, stmt)) {
            const struct cq_disagreement d = between(&first, stmt);
            code = call(&d, context, err);
        }
    }
    sqlite3_finalize(stmt);
    cq_str_free(&first.last);
    cq_str_free(&first.first);
    return code;
}
