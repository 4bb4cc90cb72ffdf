/* Referrals: how many there are and in what state, and who pays. Both read the same referrals and count
 * the same stays, so their sums agree. */
#include "reports/report_private.h"

#include "cq/referral.h"

static const struct cq_report_column columns[] = {
    {"facility", N_("Facility"), CQ_CELL_CODE, false},
    {"service", N_("Service"), CQ_CELL_CODE, false},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
    {"stays", N_("Stays"), CQ_CELL_COUNT, false},
    {"days_to_admission", N_("Days to admission, mean"), CQ_CELL_NUMBER, false},
    {"days_to_admission_max", N_("Days to admission, most"), CQ_CELL_NUMBER, false},
};
static const struct cq_report_column service_columns[] = {
    {"service", N_("Service"), CQ_CELL_CODE, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column occasion_columns[] = {
    {"occasion", N_("Occasion of rehabilitation"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column payer_columns[] = {
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"stays", N_("Stays"), CQ_CELL_COUNT, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column month_columns[] = {
    {"month", N_("Month"), CQ_CELL_CODE, false},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
    {"stays", N_("Stays"), CQ_CELL_COUNT, false},
    {"bearer", N_("Who bears it in the end"), CQ_CELL_CODE, false},
};
static const struct cq_report_column bearer_columns[] = {
    {"bearer", N_("Who bears it in the end"), CQ_CELL_CODE, false},
    {"stays", N_("Stays"), CQ_CELL_COUNT, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column stack_columns[] = {
    {"month", N_("Month"), CQ_CELL_CODE, false},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column line_columns[] = {
    {"month", N_("Month"), CQ_CELL_CODE, false},
    {"stays", N_("Stays"), CQ_CELL_COUNT, false},
};

/* Referrals in their state at a moment are counted once, into a temporary table, by the keys of the
 * report; its sections are queries of that table. Known now, the state is in the referral itself,
 * and only who was admitted has a day of admission. LIMIT -1 sets no limit, but keeps SQLite from
 * searching that day again at each use. */
#define EVENTS "FROM referral_event AS e WHERE e.id BETWEEN r.id << 8 AND (r.id << 8 | 255)"
#define ADMITTED "(SELECT min(e.day) " EVENTS " AND e.status = 3 AND e.at <= ?1)"
#define STAYS                                                                                      \
    ", count(*) AS referrals, count(admitted) AS stays, sum(admitted - issued_on) AS days,"        \
    " max(admitted - issued_on) AS days_max FROM (SELECT r.service, r.issued_on, r.valid_until,"   \
    " r.id, r.iin, coalesce(r.facility, '') AS facility, coalesce(r.payer, '') AS payer, "
#define BEARER "cq_bearer(r.payer, r.basis, r.issued_on) AS bearer, "
#define FROM_NOW                                                                                   \
    "r.status, CASE WHEN r.status IN (3, 4) THEN " ADMITTED                                        \
    " END AS admitted FROM referral AS r WHERE r.issued_at <= ?1 LIMIT -1)"
#define FROM_THEN                                                                                  \
    "(SELECT e.status " EVENTS " AND e.at <= ?1 ORDER BY e.id DESC LIMIT 1) AS status, " ADMITTED  \
    " AS admitted FROM referral AS r WHERE r.issued_at <= ?1 LIMIT -1)"
#define MONTH_ISSUED "strftime('%Y-%m', issued_on * 86400, 'unixepoch')"
#define MONTH_ADMITTED "strftime('%Y-%m', admitted * 86400, 'unixepoch')"

_Static_assert(CQ_ADMITTED == 3 && CQ_COMPLETED == 4 && CQ_ISSUED == 0 && CQ_ACCEPTED == 1,
               "the queries write states as numbers");

/* Creates the table; ?1 to ?3 are params. */
static enum cq_code select_referrals(const struct cq_report_request *request, const char *now,
                                     const char *then, const int64_t *params, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_exec(request->db, "PRAGMA temp_store = MEMORY", err);
    if (!code)
        code = cq_db_prepare(request->db, &stmt, request->known_at == INT64_MAX ? now : then, err);
    for (int i = 0; !code && i < sqlite3_bind_parameter_count(stmt); i++)
        sqlite3_bind_int64(stmt, i + 1, params[i]);
    if (!code)
        code = cq_db_run(request->db, stmt, err);
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code drop_selection(const struct cq_report_request *request, enum cq_code code,
                                   struct cq_err *err)
{
    enum cq_code dropped = cq_db_exec(
        request->db, "DROP TABLE IF EXISTS temp.selection; DROP TABLE IF EXISTS temp.bearer",
        code ? NULL : err);
    return code ? code : dropped;
}

#define SELECTION(keys, from) "CREATE TEMP TABLE selection AS SELECT " keys STAYS from " GROUP BY "

static struct cq_report_section *add_section(struct cq_report_result *result, const char *id,
                                             const char *title, const struct cq_report_column *own,
                                             size_t count, enum cq_report_chart chart)
{
    struct cq_report_section *section = cq_result_section(result, id, own, count);
    section->title = title;
    section->chart = chart;
    section->place = chart ? CQ_SECTION_PICTURE : CQ_SECTION_PEOPLE;
    return section;
}
#define ADD(result, id, title, columns, chart)                                                     \
    add_section(result, id, title, columns, sizeof(columns) / sizeof *(columns), chart)

/* How many referrals and stays there are in all. */
static enum cq_code add_totals(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    int64_t referrals, stays = 0;
    enum cq_code code = cq_report_count(
        request, "SELECT coalesce(sum(referrals), 0) FROM selection", NULL, &referrals, err);
    if (!code)
        code = cq_report_count(request, "SELECT coalesce(sum(stays), 0) FROM selection", NULL,
                               &stays, err);
    cq_result_sum(result, N_("referrals"), referrals, "referrals", NULL, NULL);
    cq_result_sum(result, N_("stays"), stays, "stays", NULL, NULL);
    return code;
}

static const char payers_sql[] =
    "SELECT payer, sum(stays), sum(referrals) FROM selection GROUP BY 1 ORDER BY 1";

enum cq_code cq_report_referrals(const struct cq_report_request *request,
                                 struct cq_report_result *result, struct cq_err *err)
{
#define KEYS "facility, service, payer, status"
    static const char now[] = SELECTION(KEYS, FROM_NOW) KEYS;
    static const char then[] = SELECTION(KEYS, FROM_THEN) KEYS;
    static const char sql[] = "SELECT " KEYS ", referrals, stays, (2 * days + stays) / (2 * stays),"
                              " days_max FROM selection ORDER BY 1, 2, 3, 4";
#undef KEYS
    static const char occasions[] =
        "SELECT CASE occasion WHEN 0 THEN 'main_disease' WHEN 1 THEN 'acute' WHEN 2 THEN 'surgery'"
        " WHEN 3 THEN 'injury' WHEN 4 THEN 'chronic' ELSE 'limited_function' END, count(*)"
        " FROM referral WHERE occasion IS NOT NULL AND issued_at <= ?1 GROUP BY occasion ORDER BY "
        "1";
    static const char services[] =
        "SELECT service, status, sum(referrals) FROM selection GROUP BY 1, 2 ORDER BY 1, 2";
    struct cq_report_section *s = ADD(result, "rows", N_("In detail"), columns, CQ_CHART_NONE);
    enum cq_code code = select_referrals(request, now, then, &request->known_at, err);
    if (!code)
        code = cq_result_query(request, result, s, sql, NULL, err);
    s = ADD(result, "services", N_("By service"), service_columns, CQ_CHART_STACKS);
    if (!code)
        code = cq_result_query(request, result, s, services, NULL, err);
    s = ADD(result, "payers", N_("By payer"), payer_columns, CQ_CHART_BARS);
    if (!code)
        code = cq_result_query(request, result, s, payers_sql, NULL, err);
    /* Its counts are those of one service once more: they would tell what is kept back there. */
    if (request->suppress == 0)
        s = ADD(result, "occasions", N_("Rehabilitation by occasion"), occasion_columns,
                CQ_CHART_BARS);
    if (!code && request->suppress == 0)
        code = cq_result_query(request, result, s, occasions, &request->known_at, err);
    if (!code)
        code = add_totals(request, result, err);
    result->summary = N_("All referrals: where to, for what, who pays, how they stand, and how "
                         "long people waited for admission.");
    return drop_selection(request, code, err);
}

/* The function cq_bearer(payer, basis, day) of SQL. */
static void bearer(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct cq_law *law = sqlite3_user_data(context);
    const char *payer = (const char *)sqlite3_value_text(values[0]);
    const char *basis = (const char *)sqlite3_value_text(values[1]);
    const char *found = payer && count == 3 ? cq_law_bearer(law, payer, basis ? basis : "",
                                                            (int32_t)sqlite3_value_int64(values[2]))
                                            : NULL;
    sqlite3_result_text(context, found ? found : "", -1, SQLITE_STATIC);
}

/* Gives SQL the function, or takes it away. */
static enum cq_code set_bearer(const struct cq_report_request *request, bool there,
                               struct cq_err *err)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int status = sqlite3_create_function(request->db->sqlite, "cq_bearer", 3, flags,
                                         (void *)request->law, there ? bearer : NULL, NULL, NULL);
    return status == SQLITE_OK ? CQ_OK : cq_db_fail(request->db, err);
}

enum cq_code cq_report_payers(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    /* Grouped by days first: months are made of a few thousand of them. */
#define KEYS "payer, bearer, issued_on, admitted"
    static const char now[] = SELECTION(KEYS, BEARER FROM_NOW) KEYS;
    static const char then[] = SELECTION(KEYS, BEARER FROM_THEN) KEYS;
#undef KEYS
    static const char sql[] = "SELECT month, payer, sum(referrals), sum(stays), bearer FROM ("
                              "SELECT " MONTH_ISSUED
                              " AS month, payer, bearer, referrals, 0 AS stays FROM selection"
                              " UNION ALL SELECT " MONTH_ADMITTED ", payer, bearer, 0, stays"
                              " FROM selection WHERE admitted IS NOT NULL)"
                              " GROUP BY 1, 2, 5 ORDER BY 1, 2, 5";
    static const char stacks[] =
        "SELECT " MONTH_ISSUED ", payer, sum(referrals) FROM selection GROUP BY 1, 2 ORDER BY 1, 2";
    static const char line[] = "SELECT " MONTH_ADMITTED ", sum(stays) FROM selection"
                               " WHERE admitted IS NOT NULL GROUP BY 1 ORDER BY 1";
    static const char bearers[] =
        "SELECT bearer, sum(stays), sum(referrals) FROM selection GROUP BY 1 ORDER BY 1";
    struct cq_report_section *s =
        ADD(result, "rows", N_("In detail"), month_columns, CQ_CHART_NONE);
    s->note = N_("A referral counts in the month of its issue, a stay in that of its admission.");
    enum cq_code code = set_bearer(request, true, err);
    if (!code)
        code = select_referrals(request, now, then, &request->known_at, err);
    if (!code)
        code = cq_result_query(request, result, s, sql, NULL, err);
    s = ADD(result, "stacks", N_("Referrals by month of issue"), stack_columns, CQ_CHART_STACKS);
    if (!code)
        code = cq_result_query(request, result, s, stacks, NULL, err);
    s = ADD(result, "line", N_("Stays by month of admission"), line_columns, CQ_CHART_LINE);
    if (!code)
        code = cq_result_query(request, result, s, line, NULL, err);
    s = ADD(result, "payers", N_("By payer"), payer_columns, CQ_CHART_BARS);
    if (!code)
        code = cq_result_query(request, result, s, payers_sql, NULL, err);
    s = ADD(result, "bearers", N_("By who bears it in the end"), bearer_columns, CQ_CHART_BARS);
    s->note = N_("What the Fund pays for employees outside the organisations of the bodies is "
                 "refunded to it (R78:5.2).");
    if (!code)
        code = cq_result_query(request, result, s, bearers, NULL, err);
    if (!code)
        code = add_totals(request, result, err);
    result->summary = N_("Who pays for the referrals and stays of each month: the budget, the Fund "
                         "within the guaranteed volume or insurance, or people themselves.");
    code = drop_selection(request, code, err);
    enum cq_code taken = set_bearer(request, false, code ? NULL : err);
    return code ? code : taken;
}
