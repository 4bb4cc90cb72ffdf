/* The lines of the log, and the verification of its chain. */
#include "reports/report_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cq/audit.h"
#include "cq/refno.h"
#include "reports/verify_referrals.h"

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

/* Runs by number, people by IIN, lists by how many people they showed, referrals by their own
 * number. */
static void add_subject(const struct cq_report_request *request, struct cq_report_result *result,
                        struct cq_report_section *rows, const char *action, int64_t subject)
{
    char text[24];
    size_t len;
    if (strcmp(action, "read") == 0 || strcmp(action, "find") == 0) {
        cq_result_iin(request, result, rows, subject);
        return;
    }
    if (strcmp(action, "import") == 0 || strcmp(action, "undo") == 0 ||
        strcmp(action, "register") == 0 || strcmp(action, "list") == 0)
        len = (size_t)snprintf(text, sizeof text, "%" PRId64, subject);
    else
        len = cq_refno_write(text, subject);
    cq_result_text(result, rows, cq_result_copy(result, text, len));
}

static void add_line(const struct cq_report_request *request, struct cq_report_result *result,
                     struct cq_report_section *rows, sqlite3_stmt *stmt)
{
    const char *action = cq_result_column(result, stmt, 3);
    cq_result_number(result, rows, sqlite3_column_int64(stmt, 0));
    cq_result_number(result, rows, sqlite3_column_int64(stmt, 1));
    cq_result_text(result, rows, cq_result_column(result, stmt, 2));
    cq_result_word(request, result, rows, &columns[3], action);
    add_subject(request, result, rows, action, sqlite3_column_int64(stmt, 4));
    cq_result_text(result, rows, cq_result_column(result, stmt, 5));
    cq_result_text(result, rows, cq_result_column(result, stmt, 6));
}

/* Verifies the chain of the log, and the referrals with their chain. */
static enum cq_code verify(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_err *err)
{
    struct cq_audit_state state;
    int64_t altered = 0, earlier;
    char number[24];
    const char *words[] = {number, state.link};
    enum cq_code code = cq_audit_verify(request->db, &state, err);
    if (!code)
        code = cq_report_verify_referrals(request, &altered, &earlier, err);
    if (code)
        return code;
    snprintf(number, sizeof number, "%" PRId64, state.broken ? state.broken : state.lines);
    result->finding = state.broken != 0 || altered > 0;
    result->answer = cq_result_sentence(
        result,
        cq_report_translate(
            request, state.broken ? N_("The chain is broken at line %s.")
                     : altered
                         ? N_("The chain holds over its lines (%s), but referrals or their moves "
                              "were altered: `cq-refer verify` says which.")
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
                                  " GROUP BY action ORDER BY action";
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
        if (!code && row && cq_result_has_room(request, rows))
            add_line(request, result, rows, stmt);
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
    cq_result_figure(result, N_("lines"), (int64_t)cq_section_rows(rows) + rows->left_out);
    result->summary = N_("Who did what: every import, every move of a referral, every reading of a "
                         "person's history.");
    return code;
}
