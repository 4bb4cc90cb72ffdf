/* The report check: integrity of the registry, age of the lists, findings in the law. Every check
 * is a count with a stable name for monitoring, and has an advice. */
#include "reports/check_passes.h"
#include "reports/check_queries.h"
#include "reports/report_private.h"

static const struct cq_report_column columns[] = {
    {"check", N_("Check"), CQ_CELL_TEXT, false},
    {"severity", N_("Severity"), CQ_CELL_CODE, false},
    {"result", N_("Result"), CQ_CELL_CODE, false},
    {"count", N_("Count"), CQ_CELL_COUNT, false},
    {"what", N_("What is counted"), CQ_CELL_MESSAGE, false},
    {"advice", N_("What to do"), CQ_CELL_MESSAGE, false},
};

static const char *const severities[] = {"error", "warning", "notice"};

struct checks {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_report_section *rows;
    int64_t count, found[3]; /* by severity */
};

static void add_check(struct checks *c, const struct cq_check *check, int64_t count)
{
    const struct cq_report_request *request = c->request;
    struct cq_report_result *r = c->result;
    cq_result_text(r, c->rows, check->name);
    cq_result_word(request, r, c->rows, &columns[1], severities[check->severity]);
    cq_result_word(request, r, c->rows, &columns[2], count ? "found" : "ok");
    cq_result_number(r, c->rows, count);
    cq_result_code(r, c->rows, check->what, cq_report_translate(request, check->what));
    cq_result_code(r, c->rows, check->advice, cq_report_translate(request, check->advice));
    c->count++;
    c->found[check->severity] += count != 0;
    r->finding = r->finding || (count != 0 && check->severity != CQ_NOTICE);
}

/* Counts 1 if the last known run used other law tables. */
static enum cq_code count_law_changed(struct checks *c, int64_t *changed, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code =
        cq_db_prepare(c->request->db, &stmt, "SELECT law <> ?2 FROM run WHERE id = ?1", err);
    *changed = 0;
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, c->result->run);
    cq_db_bind_text(stmt, 2, c->request->law->fingerprint, CQ_HASH_HEX);
    code = cq_db_step(c->request->db, stmt, &row, err);
    if (!code && row)
        *changed = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_report_check(const struct cq_report_request *request,
                             struct cq_report_result *result, struct cq_err *err)
{
    struct checks c = {.request = request, .result = result};
    const int64_t params[] = {result->run, request->day, request->now};
    int64_t counts[CQ_COUNTED] = {0}, count;
    c.rows = CQ_SECTION(result, "rows", columns);
    c.rows->title = N_("Check by check");
    enum cq_code code = CQ_OK;
    for (const struct cq_check *check = cq_checks; check->name && !code; check++) {
        code = check->sql ? cq_report_count(request, check->sql, params, &count, err)
                          : count_law_changed(&c, &count, err);
        if (!code)
            add_check(&c, check, count);
    }
    if (!code)
        code = cq_check_count(request, result->run, counts, err);
    for (int i = 0; i < CQ_COUNTED && !code; i++)
        add_check(&c, &cq_counted_checks[i], counts[i]);
    cq_result_figure(result, N_("checks"), c.count);
    cq_result_figure(result, N_("checks with errors"), c.found[CQ_ERROR]);
    cq_result_figure(result, N_("checks with warnings"), c.found[CQ_WARNING]);
    cq_result_figure(result, N_("checks with notices"), c.found[CQ_NOTICE]);
    result->has_day = true;
    result->summary = N_("Whether the registry is whole, the lists fresh and the law sound on %s, "
                         "and what to do where not.");
    return code;
}
