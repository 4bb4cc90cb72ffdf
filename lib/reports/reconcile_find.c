/* What the passes of the report reconcile share: adding findings, and asking the registry. */
#include "reports/reconcile_find.h"

#include <string.h>

#include "base/vec.h"
#include "result/result_private.h"

struct cq_reconcile_finding *cq_reconcile_add(struct cq_reconcile *r, enum cq_reconcile_kind kind,
                                              enum cq_reconcile_step step)
{
    struct cq_reconcile_finding *list = cq_grow(r->findings, r->count + 1, &r->room, sizeof *list);
    if (!list) {
        r->result->failed = CQ_B_NOMEM;
        return NULL;
    }
    r->findings = list;
    list[r->count] = (struct cq_reconcile_finding){.kind = kind,
                                                   .step = step,
                                                   .last_name = "",
                                                   .first_name = "",
                                                   .since = CQ_DAY_MIN,
                                                   .days = -1};
    return &list[r->count++];
}

struct cq_reconcile_finding *cq_reconcile_add_row(struct cq_reconcile *r,
                                                  const struct cq_reconcile_person *p,
                                                  const struct cq_reconcile_row *row,
                                                  enum cq_reconcile_kind kind,
                                                  enum cq_reconcile_step step)
{
    struct cq_reconcile_finding *f = cq_reconcile_add(r, kind, step);
    const char *last = p->text.ptr + row->names[0], *first = p->text.ptr + row->names[1];
    if (!f)
        return NULL;
    f->iin = row->iin;
    f->run = row->run;
    f->line = row->line;
    f->last_name = cq_result_copy(r->result, last, strlen(last));
    f->first_name = cq_result_copy(r->result, first, strlen(first));
    return f;
}

enum cq_code cq_reconcile_ask(struct cq_reconcile *r, enum cq_reconcile_query query,
                              const char *sql, const int64_t *params, int count,
                              sqlite3_stmt **stmt, struct cq_err *err)
{
    enum cq_code code =
        r->queries[query] ? CQ_OK : cq_db_prepare(r->request->db, &r->queries[query], sql, err);
    *stmt = r->queries[query];
    if (code)
        return code;
    sqlite3_reset(*stmt);
    for (int i = 0; i < count; i++)
        sqlite3_bind_int64(*stmt, i + 1, params[i]);
    return CQ_OK;
}

enum cq_code cq_reconcile_ask_number(struct cq_reconcile *r, enum cq_reconcile_query query,
                                     const char *sql, const int64_t *params, int count,
                                     int64_t *number, struct cq_err *err)
{
    sqlite3_stmt *stmt;
    bool row = false;
    enum cq_code code = cq_reconcile_ask(r, query, sql, params, count, &stmt, err);
    if (!code)
        code = cq_db_step(r->request->db, stmt, &row, err);
    if (!code && row && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        *number = sqlite3_column_int64(stmt, 0);
    return code;
}
