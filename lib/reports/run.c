/* Running a report: its transaction, the run as of which the registry is read, hidden counts. */
#include "reports/run.h"

#include <assert.h>

#include "cq/registry.h"
#include "cq/report.h"
#include "result/result_private.h"
#include "result/suppress.h"

/* The run as of which the registry is read, and its moment. */
static enum cq_code find_run(const struct cq_report_request *request,
                             struct cq_report_result *result, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    enum cq_code code = cq_run_known(request->db, request->known_at, &result->run, err);
    if (!code)
        code = cq_db_prepare(request->db, &stmt, "SELECT at FROM run WHERE id = ?1", err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, result->run);
    code = cq_db_step(request->db, stmt, &row, err);
    if (!code && row)
        result->run_at = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_report_run_in_transaction(const struct cq_report *report,
                                          const struct cq_report_request *request,
                                          struct cq_report_result *result, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    *result = (struct cq_report_result){.report = report};
    if (report->registry)
        code = find_run(request, result, err);
    if (!code)
        code = report->fill(request, result, err);
    if (!code && request->suppress > 0 && (report->takes & CQ_TAKES_SUPPRESS) != 0)
        code = cq_results_suppress(result, 1, request->suppress, err);
    if (!code)
        cq_result_say(request, result);
    return !code && result->failed ? cq_err_set(err, result->failed, NULL) : code;
}

enum cq_code cq_report_begin(const struct cq_report_request *request, bool log, struct cq_err *err)
{
    /* Reports read much of the file: some of it is worth keeping in memory. */
    enum cq_code code = cq_db_exec(request->db, "PRAGMA cache_size = -65536", err);
    if (code)
        return code;
    return log ? cq_db_begin(request->db, err) : cq_db_begin_read(request->db, err);
}

enum cq_code cq_report_run(const struct cq_report *report, const struct cq_report_request *request,
                           struct cq_report_result *result, struct cq_err *err)
{
    bool log = report->registry == CQ_REGISTRY_LOG;
    enum cq_code code = CQ_OK;
    *result = (struct cq_report_result){.report = report};
    assert(request->db || !report->registry);
    if (report->registry)
        code = cq_report_begin(request, log, err);
    if (!code)
        code = cq_report_run_in_transaction(report, request, result, err);
    if (!code && log)
        code = cq_db_commit(request->db, err);
    if (report->registry)
        cq_db_rollback(request->db);
    return code;
}
