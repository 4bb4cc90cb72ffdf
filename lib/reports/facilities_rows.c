/* The query of the report facilities. */
#include "reports/facilities_rows.h"

#include "result/result_private.h"

_Static_assert(CQ_LANGUAGES == 3, "a facility has a column for its name in each language");

/* ?1 run, ?2 day, ?3 moment, ?4 language of the name. A referral counts in the row of its profile,
 * else in the one that takes any, else in the first. */
#define BY_STATUS " GROUP BY r.facility, r.service, r.profile, r.status"
#define FACILITIES(referrals)                                                                      \
    "WITH f AS MATERIALIZED (SELECT * FROM facility WHERE" CQ_SQL_NOW "),"                         \
    " r AS MATERIALIZED (" referrals "),"                                                          \
    " g AS MATERIALIZED (SELECT id, sum(n * (status < 2)) AS waiting,"                             \
    " sum(n * (status = 3)) AS staying FROM (SELECT n, status, (SELECT id FROM"                    \
    " (SELECT f.id, f.profile, (f.profile IS r.profile) * 2 + (f.profile IS NULL) AS fit FROM f"   \
    " WHERE f.facility = r.facility AND f.service = r.service) ORDER BY fit DESC, profile"         \
    " LIMIT 1) AS id FROM r WHERE status IN (0, 1, 3)) GROUP BY id)"                               \
    " SELECT kato, service, coalesce(profile, ''), facility,"                                      \
    " CASE ?4 WHEN 0 THEN name_kk WHEN 1 THEN name_ru ELSE name_en END, owner, department,"        \
    " specialist, equipment, capacity, coalesce(waiting, 0), coalesce(staying, 0), serves"         \
    " FROM f LEFT JOIN g ON g.id = f.id ORDER BY facility, service, profile, kato"
static const char alone_sql[] = FACILITIES("SELECT 0 AS n, 0 AS status, '' AS facility,"
                                           " 0 AS service, '' AS profile WHERE ?3 = 0");
static const char now_sql[] =
    FACILITIES("SELECT r.facility, r.service, r.profile, r.status, count(*) AS n"
               " FROM referral AS r WHERE r.facility IS NOT NULL AND ?3 > 0" BY_STATUS);
static const char then_sql[] =
    FACILITIES("SELECT r.facility, r.service, r.profile, r.status, count(*) AS n FROM"
               " (SELECT r.facility, r.service, r.profile, (SELECT e.status FROM referral_event"
               " AS e WHERE e.id BETWEEN r.id << 8 AND (r.id << 8 | 255) AND e.at <= ?3"
               " ORDER BY e.id DESC LIMIT 1) AS status FROM referral AS r"
               " WHERE r.issued_at <= ?3) AS r" BY_STATUS);

enum cq_code cq_facilities_select(const struct cq_report_request *request, int64_t run,
                                  bool referrals, sqlite3_stmt **stmt, struct cq_err *err)
{
    const char *sql = !referrals ? alone_sql : request->known_at == INT64_MAX ? now_sql : then_sql;
    const int64_t params[] = {run, request->day, request->known_at, (int64_t)request->language};
    enum cq_code code = cq_db_prepare(request->db, stmt, sql, err);
    for (int i = 0; i < 4 && !code; i++)
        sqlite3_bind_int64(*stmt, i + 1, params[i]);
    return code;
}

bool cq_facility_lacks(sqlite3_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt, column) != SQLITE_NULL && !sqlite3_column_int(stmt, column);
}
