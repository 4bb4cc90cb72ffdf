/* Referrals: how many there are and how they go, which wait too long, and who pays. All three see
 * the same referrals and call the same moves a stay, so their sums agree. */
#include "report_private.h"

#include <stdio.h>
#include <string.h>

#include "cq/refer.h"
#include "cq/refno.h"

enum { WAIT_DAYS = 30 };

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
static const struct cq_report_column overdue_columns[] = {
    {"number", N_("Number"), CQ_CELL_TEXT, false},
    {"cause", N_("Cause"), CQ_CELL_CODE, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"facility", N_("Facility"), CQ_CELL_CODE, false},
    {"service", N_("Service"), CQ_CELL_CODE, false},
    {"issued_on", N_("Issued on"), CQ_CELL_DAY, false},
    {"valid_until", N_("Last day"), CQ_CELL_DAY, false},
    {"waited_days", N_("Days waited"), CQ_CELL_COUNT, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
};
static const struct cq_report_column late_columns[] = {
    {"facility", N_("Facility"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
};

/* Referrals as they stood at moment ?1, with the day of admission where there was one. */
#define EVENTS "FROM referral_event AS e WHERE e.id BETWEEN r.id << 8 AND (r.id << 8 | 255)"
#define ADMITTED "(SELECT min(e.day) " EVENTS " AND e.status = 3 AND e.at <= ?1)"
#define THEN                                                                                       \
    "WITH s AS MATERIALIZED (SELECT r.id, r.iin, coalesce(r.facility, '') AS facility, r.service," \
    " coalesce(r.payer, '') AS payer, (SELECT e.status " EVENTS                                    \
    " AND e.at <= ?1 ORDER BY e.id DESC LIMIT 1) AS status, r.issued_on, r.valid_until, " ADMITTED \
    " AS admitted FROM referral AS r WHERE r.issued_at <= ?1) "
#define MONTH(day) "strftime('%Y-%m', " day " * 86400, 'unixepoch')"

_Static_assert(CQ_ADMITTED == 3 && CQ_ISSUED == 0 && CQ_ACCEPTED == 1,
               "the queries write states as numbers");

static struct cq_report_section *add(struct cq_report_result *result, const char *id,
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
    add(result, id, title, columns, sizeof(columns) / sizeof *(columns), chart)

/* How many referrals and stays there are in all. */
static enum cq_code add_totals(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    const int64_t params[] = {request->known_at};
    int64_t referrals, stays = 0;
    enum cq_code code =
        cq_report_count(request, THEN "SELECT count(*) FROM s", params, &referrals, err);
    if (!code)
        code = cq_report_count(request, THEN "SELECT count(admitted) FROM s", params, &stays, err);
    cq_result_figure(result, N_("referrals"), referrals);
    cq_result_figure(result, N_("stays"), stays);
    return code;
}

enum cq_code cq_report_referrals(const struct cq_report_request *request,
                                 struct cq_report_result *result, struct cq_err *err)
{
    static const char sql[] =
        THEN "SELECT facility, service, payer, status, count(*), count(admitted),"
        " (2 * sum(admitted - issued_on) + count(admitted)) / (2 * count(admitted)),"
        " max(admitted - issued_on) FROM s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4";
    static const char services[] =
        THEN "SELECT service, status, count(*) FROM s GROUP BY 1, 2 ORDER BY 1, 2";
    static const char payers[] =
        THEN "SELECT payer, count(admitted), count(*) FROM s GROUP BY 1 ORDER BY 1";
    const int64_t params[] = {request->known_at};
    struct cq_report_section *s = ADD(result, "rows", N_("In detail"), columns, CQ_CHART_NONE);
    enum cq_code code = cq_result_query(request, result, s, sql, params, err);
    s = ADD(result, "services", N_("By service"), service_columns, CQ_CHART_STACKS);
    if (!code)
        code = cq_result_query(request, result, s, services, params, err);
    s = ADD(result, "payers", N_("By payer"), payer_columns, CQ_CHART_BARS);
    if (!code)
        code = cq_result_query(request, result, s, payers, params, err);
    if (!code)
        code = add_totals(request, result, err);
    result->summary = N_("All referrals: where to, for what, who pays, how they stand, and how long "
                         "people waited for admission.");
    return code;
}

enum cq_code cq_report_payers(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    static const char sql[] = THEN
        "SELECT month, payer, sum(referrals), sum(stays) FROM ("
        "SELECT " MONTH("issued_on") " AS month, payer, 1 AS referrals, 0 AS stays FROM s"
        " UNION ALL SELECT " MONTH("admitted") ", payer, 0, 1 FROM s WHERE admitted IS NOT NULL)"
        " GROUP BY 1, 2 ORDER BY 1, 2";
    static const char stacks[] = THEN "SELECT " MONTH(
        "issued_on") ", payer, count(*) FROM s GROUP BY 1, 2 ORDER BY 1, 2";
    static const char line[] = THEN "SELECT " MONTH(
        "admitted") ", count(*) FROM s WHERE admitted IS NOT NULL GROUP BY 1 ORDER BY 1";
    static const char payers[] =
        THEN "SELECT payer, count(admitted), count(*) FROM s GROUP BY 1 ORDER BY 1";
    const int64_t params[] = {request->known_at};
    struct cq_report_section *s = ADD(result, "rows", N_("In detail"), month_columns,
                                      CQ_CHART_NONE);
    enum cq_code code = cq_result_query(request, result, s, sql, params, err);
    s->note = N_("A referral counts in the month of its issue, a stay in that of its admission.");
    s = ADD(result, "stacks", N_("Referrals by month of issue"), stack_columns, CQ_CHART_STACKS);
    if (!code)
        code = cq_result_query(request, result, s, stacks, params, err);
    s = ADD(result, "line", N_("Stays by month of admission"), line_columns, CQ_CHART_LINE);
    if (!code)
        code = cq_result_query(request, result, s, line, params, err);
    s = ADD(result, "payers", N_("By payer"), payer_columns, CQ_CHART_BARS);
    if (!code)
        code = cq_result_query(request, result, s, payers, params, err);
    if (!code)
        code = add_totals(request, result, err);
    result->summary = N_("Who pays for the referrals and stays of each month: the budget, the Fund "
                         "within the guaranteed volume or insurance, or people themselves.");
    return code;
}

#define LATE                                                                                       \
    " FROM s WHERE status IN (0, 1) AND (valid_until < ?2 OR ?2 - issued_on > ?3)"

static void add_overdue(const struct cq_report_request *request, struct cq_report_result *result,
                        struct cq_report_section *rows, sqlite3_stmt *stmt)
{
    char number[CQ_REFNO_LENGTH];
    size_t len = cq_refno_write(number, sqlite3_column_int64(stmt, 0));
    int64_t issued = sqlite3_column_int64(stmt, 4), until = sqlite3_column_int64(stmt, 5);
    cq_result_text(result, rows, cq_result_copy(result, number, len));
    cq_result_word(request, result, rows, &overdue_columns[1],
                   until < request->day ? "past_valid" : "waiting");
    cq_result_word_number(request, result, rows, &overdue_columns[2],
                          sqlite3_column_int64(stmt, 1));
    cq_result_word(request, result, rows, &overdue_columns[3],
                   (const char *)sqlite3_column_text(stmt, 2));
    cq_result_word_number(request, result, rows, &overdue_columns[4],
                          sqlite3_column_int64(stmt, 3));
    cq_result_number(result, rows, issued);
    cq_result_number(result, rows, until);
    cq_result_number(result, rows, request->day - issued);
    cq_result_iin(request, result, rows, sqlite3_column_int64(stmt, 6));
}

enum cq_code cq_report_overdue(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    static const char sql[] =
        THEN "SELECT id, status, facility, service, issued_on, valid_until, iin" LATE
             " ORDER BY issued_on, id";
    static const char facilities[] = THEN "SELECT facility, count(*)" LATE " GROUP BY 1 ORDER BY 1";
    const int64_t params[] = {request->known_at, request->day,
                              request->days ? request->days : WAIT_DAYS};
    struct cq_report_section *rows = ADD(result, "rows", N_("Referral by referral"),
                                         overdue_columns, CQ_CHART_NONE);
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    rows->people = true;
    enum cq_code code = cq_db_prepare(request->db, &stmt, sql, err);
    for (int i = 0; i < 3 && !code; i++)
        sqlite3_bind_int64(stmt, i + 1, params[i]);
    while (!code && row) {
        code = cq_db_step(request->db, stmt, &row, err);
        if (!code && row && cq_result_room(request, rows))
            add_overdue(request, result, rows, stmt);
    }
    sqlite3_finalize(stmt);
    struct cq_report_section *s = ADD(result, "facilities", N_("By facility"), late_columns,
                                      CQ_CHART_BARS);
    if (!code)
        code = cq_result_query(request, result, s, facilities, params, err);
    cq_result_figure(result, N_("referrals overdue"), (int64_t)cq_report_rows_of(rows) + rows->left_out);
    result->has_day = true;
    result->summary = N_("Referrals that nobody has been admitted on, past their last day or "
                         "waiting too long on %s.");
    return code;
}
