/* Employees of whom lists say that they were killed. */
#include "reports/reconcile_fallen.h"

#include <stdlib.h>

#include "base/vec.h"
#include "cq/facts.h"
#include "result/result_private.h"

/* Of several days the earliest, and the agency whose list states it. */
static const char fallen_sql[] =
    "SELECT sponsor_iin, min(killed_on), agency FROM person WHERE category = ?3"
    " AND killed_on < ?2 AND sponsor_iin IS NOT NULL AND" CQ_SQL_NOW
    " GROUP BY sponsor_iin ORDER BY sponsor_iin";

enum cq_code cq_reconcile_read_fallen(struct cq_reconcile *r, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = cq_db_prepare(r->request->db, &stmt, fallen_sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, r->result->run);
    sqlite3_bind_int64(stmt, 2, r->request->day);
    sqlite3_bind_int(stmt, 3, CQ_CATEGORY_CHILD_OF_FALLEN);
    while (!(code = cq_db_step(r->request->db, stmt, &row, err)) && row) {
        struct cq_reconcile_fallen *list =
            cq_grow(r->fallen, r->fallen_count + 1, &r->fallen_room, sizeof *list);
        if (!list) {
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
            break;
        }
        r->fallen = list;
        list[r->fallen_count++] = (struct cq_reconcile_fallen){sqlite3_column_int64(stmt, 0),
                                                               sqlite3_column_int(stmt, 1) + 1,
                                                               sqlite3_column_int(stmt, 2)};
    }
    sqlite3_finalize(stmt);
    return code;
}

static int by_iin(const void *a, const void *b)
{
    const struct cq_reconcile_fallen *x = a, *y = b;
    return x->iin < y->iin ? -1 : x->iin > y->iin;
}

const struct cq_reconcile_fallen *cq_reconcile_find_fallen(const struct cq_reconcile *r,
                                                           int64_t iin)
{
    const struct cq_reconcile_fallen key = {.iin = iin};
    return r->fallen_count == 0 ? NULL
                                : bsearch(&key, r->fallen, r->fallen_count, sizeof key, by_iin);
}
