/* The log as it is kept, and whether its chain holds; one person's whole history, whose reading is
 * a line of that log. */
#include "report_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cq/audit.h"
#include "cq/refno.h"

static const struct cq_report_column columns[] = {
    {"line", N_("Line"), CQ_CELL_NUMBER, false},
    {"at", N_("Moment (UTC)"), CQ_CELL_MOMENT, false},
    {"actor", N_("Who"), CQ_CELL_TEXT, false},
    {"action", N_("What"), CQ_CELL_CODE, false},
    {"subject", N_("On what"), CQ_CELL_TEXT, false},
    {"detail", N_("Detail"), CQ_CELL_TEXT, true},
    {"link", N_("Link"), CQ_CELL_HASH, false},
};
static const struct cq_report_column action_columns[] = {
    {"action", N_("What"), CQ_CELL_CODE, false},
    {"lines", N_("Lines"), CQ_CELL_COUNT, false},
};

/* Runs by number, people by IIN, referrals by their own number. */
static void add_subject(const struct cq_report_request *request, struct cq_report_result *result,
                        struct cq_report_section *rows, const char *action, int64_t subject)
{
    char text[24];
    size_t len;
    if (strcmp(action, "read") == 0) {
        cq_result_iin(request, result, rows, subject);
        return;
    }
    if (strcmp(action, "import") == 0 || strcmp(action, "undo") == 0)
        len = (size_t)snprintf(text, sizeof text, "%" PRId64, subject);
    else
        len = cq_refno_write(text, subject);
    cq_result_text(result, rows, cq_result_copy(result, text, len));
}

static const char *copy(struct cq_report_result *result, sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? cq_result_copy(result, text, strlen(text)) : "";
}

static enum cq_code verify(const struct cq_report_request *request,
                           struct cq_report_result *result, struct cq_err *err)
{
    struct cq_audit_state state;
    char number[24];
    const char *words[] = {number, state.link};
    enum cq_code code = cq_audit_verify(request->db, &state, err);
    if (code)
        return code;
    snprintf(number, sizeof number, "%" PRId64, state.broken ? state.broken : state.lines);
    result->finding = state.broken != 0;
    result->answer = cq_report_sentence(
        result,
        cq_report_say(request,
                      state.broken ? N_("The chain is broken at line %s.")
                                   : N_("The chain holds over all lines: %s. Last link: %s.")),
        words, 2);
    return CQ_OK;
}

enum cq_code cq_report_audit(const struct cq_report_request *request,
                             struct cq_report_result *result, struct cq_err *err)
{
    static const char sql[] = "SELECT id, at, actor, action, subject, detail, link FROM audit"
                              " WHERE at <= ?1 ORDER BY id DESC";
    static const char actions[] = "SELECT action, count(*) FROM audit WHERE at <= ?1"
                                  " GROUP BY action ORDER BY min(id)";
    const int64_t params[] = {request->known_at};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    rows->title = N_("Line by line");
    rows->people = true;
    enum cq_code code = cq_db_prepare(request->db, &stmt, sql, err);
    if (!code)
        sqlite3_bind_int64(stmt, 1, request->known_at);
    while (!code && row) {
        code = cq_db_step(request->db, stmt, &row, err);
        if (code || !row)
            break;
        if (!cq_result_room(request, rows))
            continue;
        const char *action = copy(result, stmt, 3);
        cq_result_number(result, rows, sqlite3_column_int64(stmt, 0));
        cq_result_number(result, rows, sqlite3_column_int64(stmt, 1));
        cq_result_text(result, rows, copy(result, stmt, 2));
        cq_result_word(request, result, rows, &columns[3], action);
        add_subject(request, result, rows, action, sqlite3_column_int64(stmt, 4));
        cq_result_text(result, rows, copy(result, stmt, 5));
        cq_result_text(result, rows, copy(result, stmt, 6));
    }
    sqlite3_finalize(stmt);
    struct cq_report_section *s = CQ_SECTION(result, "actions", action_columns);
    s->title = N_("By what was done");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    if (!code)
        code = cq_result_query(request, result, s, actions, params, err);
    if (!code && request->verify)
        code = verify(request, result, err);
    cq_result_figure(result, N_("lines"), (int64_t)cq_report_rows_of(rows) + rows->left_out);
    result->summary = N_("Who did what: every import, every move of a referral, every reading of a "
                         "person's history.");
    return code;
}

/* --- one person --- */

static const struct cq_report_column person_columns[] = {
    {"at", N_("Known since (UTC)"), CQ_CELL_MOMENT, false},
    {"until", N_("Known until (UTC)"), CQ_CELL_MOMENT, false},
    {"source", N_("From"), CQ_CELL_CODE, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"valid_from", N_("Valid from"), CQ_CELL_DAY, false},
    {"valid_to", N_("Valid before"), CQ_CELL_DAY, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"text", N_("What it says"), CQ_CELL_TEXT, false},
};

/* ?1 the first id of the IIN, ?2 the first of the next, ?3 the run, ?4 the moment, ?5 the IIN. */
#define VERSIONS(table) " FROM " table " AS t WHERE t.id >= ?1 AND t.id < ?2 AND t.run_from <= ?3"
#define KNOWN                                                                                      \
    "(SELECT at FROM run WHERE run.id = t.run_from) AS at,"                                        \
    " (SELECT at FROM run WHERE run.id = t.run_to AND run.id <= ?3) AS until,"
#define MAYBE(name) " || coalesce('; " #name "=' || " #name ", '')"
#define DAYS_OF(name) " || coalesce('; " #name "=' || date(" #name " * 86400, 'unixepoch'), '')"

static const char person_sql[] =
    "SELECT " KNOWN " 'contingent', run_from, agency, category, valid_from, valid_to, NULL,"
    " last_name || ' ' || first_name || coalesce(' ' || middle_name, '')"
    DAYS_OF(birth_date) MAYBE(residence) MAYBE(service_place) MAYBE(special_rank)
    MAYBE(coresident) MAYBE(presidential) MAYBE(duty_injury) MAYBE(relation)
    " || coalesce('; sponsor_iin=' || printf('%012d', sponsor_iin), '')"
    MAYBE(service_id) MAYBE(pension_certificate) MAYBE(document_no) DAYS_OF(killed_on)
    MAYBE(killed_order) MAYBE(listed_names) VERSIONS("person")
    " UNION ALL SELECT " KNOWN " 'insurance', run_from, NULL, NULL, valid_from, valid_to, NULL,"
    " 'insured=' || insured" DAYS_OF(paid_until) VERSIONS("insurance")
    " UNION ALL SELECT " KNOWN " 'presidential', run_from, NULL, NULL, valid_from, valid_to, NULL, NULL"
    VERSIONS("presidential")
    " UNION ALL SELECT " KNOWN " 'card', run_from, NULL, NULL, valid_from, valid_to, NULL,"
    " facility || ' ' || card_no" VERSIONS("card")
    " UNION ALL SELECT (SELECT at FROM run WHERE run.id = r.run), NULL, 'review', run, agency, NULL,"
    " NULL, NULL, NULL, code || '; line=' || line FROM review AS r WHERE iin = ?5 AND run <= ?3"
    " UNION ALL SELECT issued_at, NULL, 'referral', run, agency, category, issued_on,"
    " valid_until + 1, NULL, printf('CQ-%02d-%04d-%06d', region, year, serial)"
    " || coalesce('; ' || facility, '') || coalesce('; ' || payer, '') || coalesce('; ' || rule, '')"
    " FROM referral WHERE iin = ?5 AND issued_at <= ?4"
    " UNION ALL SELECT e.at, NULL, 'event', NULL, NULL, NULL, e.day, NULL, e.status,"
    " printf('CQ-%02d-%04d-%06d', r.region, r.year, r.serial) || '; ' || e.actor"
    " || coalesce('; ' || e.reason, '') FROM referral AS r JOIN referral_event AS e"
    " ON e.id BETWEEN r.id << 8 AND (r.id << 8 | 255) WHERE r.iin = ?5 AND e.at <= ?4"
    " ORDER BY 1, 3, 4, 7, 10";

enum cq_code cq_report_person(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    const int64_t params[] = {request->iin << 23, (request->iin + 1) << 23, result->run,
                              request->known_at, request->iin};
    const struct cq_audit line = {request->now, request->actor, "read", request->iin, NULL};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", person_columns);
    rows->title = N_("Line by line");
    rows->people = true;
    rows->note = N_("The reading of this page stands in the log.");
    enum cq_code code = cq_result_query(request, result, rows, person_sql, params, err);
    if (!code)
        code = cq_audit_add(request->db, &line, err);
    cq_result_figure(result, N_("entries"), (int64_t)cq_report_rows_of(rows));
    result->summary = N_("All that the registry holds of one person, in the order in which it "
                         "became known.");
    return code;
}
