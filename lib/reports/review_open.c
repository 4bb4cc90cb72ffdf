/* Which rows of the table review are still to be settled. */
#include "reports/review_open.h"

#include "cq/registry.h"

_Static_assert(CQ_GROUP_SHIFT == 23 && CQ_VERSION_BITS == 19, "the query writes these numbers");

/* ?1 the run. A row that was taken has a hash; a version that an end cut short has none. */
#define KEY "((r.iin << 23) + (r.agency << 19))"
static const char sql[] =
    "SELECT r.iin, r.agency, max(r.run), r.line,"
    " (SELECT p.id FROM person AS p WHERE p.id >= r.iin << 23 AND p.id < (r.iin + 1) << 23"
    "  AND p.run_from <= ?1 AND (p.run_to IS NULL OR p.run_to > ?1)"
    "  ORDER BY p.valid_to IS NULL DESC, p.valid_to DESC, p.id LIMIT 1)"
    " FROM review AS r WHERE r.run <= ?1"
    " AND (SELECT " CQ_SQL_IN_FORCE(
        "?1") " FROM run WHERE run.id = r.run)"
              " AND r.run >= coalesce((SELECT max(run.id) FROM run WHERE run.mode = 'full'"
              "  AND run.kind = 'contingent' AND run.id <= ?1 AND " CQ_SQL_IN_FORCE(
                  "?1") "  AND (run.agency = r.agency OR EXISTS (SELECT 1 FROM run_agency AS a"
                        "   WHERE a.run = run.id AND a.agency = r.agency))), 0)"
                        " AND NOT EXISTS (SELECT 1 FROM person AS p WHERE p.id >= " KEY
                        " AND p.id < " KEY
                        " + (1 << 19) AND p.hash <> 0 AND p.run_from > r.run AND p.run_from <= ?1)"
                        " GROUP BY r.iin, r.agency ORDER BY r.iin, r.agency";

enum cq_code cq_contradictions_read(struct cq_db *db, int64_t run, cq_contradiction_fn *call,
                                    void *context, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, run);
    while (!code && row) {
        code = cq_db_step(db, stmt, &row, err);
        const struct cq_contradiction c = {.iin = sqlite3_column_int64(stmt, 0),
                                           .agency = sqlite3_column_int(stmt, 1),
                                           .run = sqlite3_column_int64(stmt, 2),
                                           .line = sqlite3_column_int64(stmt, 3),
                                           .entry = sqlite3_column_int64(stmt, 4)};
        if (!code && row)
            code = call(&c, context, err);
    }
    sqlite3_finalize(stmt);
    return code;
}
