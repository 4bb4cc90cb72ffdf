/* The report overdue: referrals that wait too long, and stays whose answer is late or was. */
#include "reports/report_private.h"

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/referral.h"
#include "cq/refno.h"
#include "people/calendar.h"
#include "referrals/answer_by.h"

enum { WAIT_DAYS = 30 };

static const struct cq_report_column columns[] = {
    {"number", N_("Number"), CQ_CELL_TEXT, false},
    {"cause", N_("Cause"), CQ_CELL_CODE, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"facility", N_("Facility"), CQ_CELL_CODE, false},
    {"service", N_("Service"), CQ_CELL_CODE, false},
    {"issued_on", N_("Issued on"), CQ_CELL_DAY, false},
    {"valid_until", N_("Last day"), CQ_CELL_DAY, false},
    {"waited_days", N_("Days waited"), CQ_CELL_COUNT, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"answer_by", N_("To be answered by"), CQ_CELL_DAY, false},
    {"answered_on", N_("Answered on"), CQ_CELL_DAY, false},
};
static const struct cq_report_column facility_columns[] = {
    {"facility", N_("Facility"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
};

/* The columns of the query. */
enum { ID, STATUS, FACILITY, SERVICE, ISSUED_ON, VALID_UNTIL, IIN, ANSWER_BY, ANSWERED_ON };

/* A referral is answered when it is rejected, or accepted with a day (O281:7). */
#define EVENTS "FROM referral_event AS e WHERE e.id BETWEEN r.id << 8 AND (r.id << 8 | 255)"
#define SELECT                                                                                     \
    "CREATE TEMP TABLE selection AS SELECT * FROM (SELECT r.id, r.iin, r.service, r.issued_on,"    \
    " r.valid_until, coalesce(r.facility, '') AS facility, cq_answer_by(r.issued_on, r.service,"   \
    " r.urgency, r.reasons, r.referral, r.basis) AS answer_by, (SELECT min(e.day) " EVENTS         \
    " AND e.at <= ?1 AND (e.status = 2 OR e.planned_on IS NOT NULL)) AS answered_on, "
#define WHERE                                                                                      \
    " AS status FROM referral AS r WHERE r.issued_at <= ?1)"                                       \
    " WHERE status IN (0, 1) AND (valid_until < ?2 OR ?2 - issued_on > ?3)"                        \
    " OR answer_by IS NOT NULL AND (status IN (0, 1) AND answered_on IS NULL AND answer_by < ?2"   \
    " OR answered_on > answer_by AND answered_on BETWEEN ?2 - ?3 AND ?2)"

_Static_assert(CQ_ISSUED == 0 && CQ_ACCEPTED == 1 && CQ_REJECTED == 2,
               "the queries write states as numbers");

static struct cq_text text_of(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return (struct cq_text){text ? text : "", (size_t)sqlite3_value_bytes(value)};
}

/* The function cq_answer_by(issued_on, service, urgency, reasons, referral, basis) of SQL. */
static void answer_by(sqlite3_context *context, int count, sqlite3_value **values)
{
    enum { DAY, CARE, URGENCY, REASONS, REFERRAL, BASIS, VALUES };
    if (count != VALUES)
        return;
    bool stated = sqlite3_value_type(values[URGENCY]) != SQLITE_NULL;
    struct cq_referral r = {.issued_on = (int32_t)sqlite3_value_int64(values[DAY]),
                            .service = sqlite3_value_int(values[CARE]),
                            .urgency = stated ? sqlite3_value_int(values[URGENCY]) : CQ_UNKNOWN};
    if ((unsigned)r.service >= CQ_SERVICES || (stated && (unsigned)r.urgency > 1))
        return;
    r.text[CQ_REFERRAL_REASONS] = text_of(values[REASONS]);
    r.text[CQ_REFERRAL_REFERRAL] = text_of(values[REFERRAL]);
    r.text[CQ_REFERRAL_BASIS] = text_of(values[BASIS]);
    int32_t day = cq_referral_answer_by(sqlite3_user_data(context), &r);
    if (day != CQ_DAY_MIN)
        sqlite3_result_int(context, day);
}

/* Gives SQL the function, or takes it away. */
static enum cq_code set_answer_by(const struct cq_report_request *request,
                                  struct cq_calendar *calendar, bool there, struct cq_err *err)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int status = sqlite3_create_function(request->db->sqlite, "cq_answer_by", 6, flags, calendar,
                                         there ? answer_by : NULL, NULL, NULL);
    return status == SQLITE_OK ? CQ_OK : cq_db_fail(request->db, err);
}

/* Why a referral is in the table: its last day first, then that of the answer. */
static const char *cause_of(const struct cq_report_request *request, sqlite3_stmt *stmt)
{
    int64_t wait = request->days ? request->days : WAIT_DAYS;
    bool due = sqlite3_column_type(stmt, ANSWER_BY) != SQLITE_NULL;
    int status = sqlite3_column_int(stmt, STATUS);
    if (status <= CQ_ACCEPTED && sqlite3_column_int64(stmt, VALID_UNTIL) < request->day)
        return "past_valid";
    if (status <= CQ_ACCEPTED && due && sqlite3_column_type(stmt, ANSWERED_ON) == SQLITE_NULL &&
        sqlite3_column_int64(stmt, ANSWER_BY) < request->day)
        return "answer_waiting";
    if (status <= CQ_ACCEPTED && request->day - sqlite3_column_int64(stmt, ISSUED_ON) > wait)
        return "waiting";
    return "answered_late";
}

static void add_day(struct cq_report_result *result, struct cq_report_section *rows,
                    sqlite3_stmt *stmt, int column)
{
    if (sqlite3_column_type(stmt, column) == SQLITE_NULL)
        cq_result_empty(result, rows);
    else
        cq_result_number(result, rows, sqlite3_column_int64(stmt, column));
}

static void add_row(const struct cq_report_request *request, struct cq_report_result *result,
                    struct cq_report_section *rows, sqlite3_stmt *stmt)
{
    char number[CQ_REFNO_LENGTH];
    size_t len = cq_refno_write(number, sqlite3_column_int64(stmt, ID));
    int64_t issued = sqlite3_column_int64(stmt, ISSUED_ON), end = request->day;
    if (sqlite3_column_int(stmt, STATUS) > CQ_ACCEPTED) /* it waited for its answer only */
        end = sqlite3_column_int64(stmt, ANSWERED_ON);
    cq_result_text(result, rows, cq_result_copy(result, number, len));
    cq_result_word(request, result, rows, &columns[1], cause_of(request, stmt));
    cq_result_word_number(request, result, rows, &columns[2], sqlite3_column_int64(stmt, STATUS));
    cq_result_word(request, result, rows, &columns[3],
                   (const char *)sqlite3_column_text(stmt, FACILITY));
    cq_result_word_number(request, result, rows, &columns[4], sqlite3_column_int64(stmt, SERVICE));
    cq_result_number(result, rows, issued);
    cq_result_number(result, rows, sqlite3_column_int64(stmt, VALID_UNTIL));
    cq_result_number(result, rows, end - issued);
    cq_result_iin(request, result, rows, sqlite3_column_int64(stmt, IIN));
    add_day(result, rows, stmt, ANSWER_BY);
    add_day(result, rows, stmt, ANSWERED_ON);
}

/* Writes what is overdue into a temporary table. */
static enum cq_code select_rows(const struct cq_report_request *request, struct cq_err *err)
{
    static const char now[] = SELECT "r.status" WHERE;
    static const char then[] = SELECT "(SELECT e.status " EVENTS
                                      " AND e.at <= ?1 ORDER BY e.id DESC LIMIT 1)" WHERE;
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_exec(request->db, "PRAGMA temp_store = MEMORY", err);
    if (!code)
        code = cq_db_prepare(request->db, &stmt, request->known_at == INT64_MAX ? now : then, err);
    if (!code) {
        sqlite3_bind_int64(stmt, 1, request->known_at);
        sqlite3_bind_int64(stmt, 2, request->day);
        sqlite3_bind_int64(stmt, 3, request->days ? request->days : WAIT_DAYS);
        code = cq_db_run(request->db, stmt, err);
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code list_rows(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_report_section *rows,
                              struct cq_err *err)
{
    static const char sql[] = "SELECT id, status, facility, service, issued_on, valid_until, iin,"
                              " answer_by, answered_on FROM selection ORDER BY issued_on, id";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(request->db, &stmt, sql, err);
    while (!code && !(code = cq_db_step(request->db, stmt, &row, err)) && row)
        if (cq_result_has_room(request, rows))
            add_row(request, result, rows, stmt);
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code fill(const struct cq_report_request *request, struct cq_report_result *result,
                         struct cq_err *err)
{
    static const char facilities[] =
        "SELECT facility, count(*) FROM selection GROUP BY 1 ORDER BY 1";
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    rows->title = N_("Referral by referral");
    rows->place = CQ_SECTION_PEOPLE;
    rows->people = true;
    enum cq_code code = select_rows(request, err);
    if (!code)
        code = list_rows(request, result, rows, err);
    struct cq_report_section *s = CQ_SECTION(result, "facilities", facility_columns);
    s->title = N_("By facility");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    if (!code)
        code = cq_result_query(request, result, s, facilities, NULL, err);
    cq_result_figure(result, N_("referrals overdue"),
                     (int64_t)cq_section_rows(rows) + rows->left_out);
    result->has_day = true;
    result->summary = N_("Referrals that nobody has been admitted on, past their last day or "
                         "waiting too long on %s, and stays whose answer is late, or was.");
    return code;
}

enum cq_code cq_report_overdue(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    struct cq_calendar calendar;
    enum cq_code code =
        cq_referral_calendar(&calendar, request->db, request->law, request->known_at, err);
    if (!code)
        code = set_answer_by(request, &calendar, true, err);
    if (!code)
        code = fill(request, result, err);
    enum cq_code dropped =
        cq_db_exec(request->db, "DROP TABLE IF EXISTS temp.selection", code ? NULL : err);
    code = code ? code : dropped;
    dropped = set_answer_by(request, NULL, false, code ? NULL : err);
    cq_calendar_free(&calendar);
    return code ? code : dropped;
}
