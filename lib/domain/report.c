/* The list of reports, running one, and what cells say. */
#include "report_private.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cq/date.h"
#include "cq/num.h"
#include "cq/registry.h"

const struct cq_report cq_reports[] = {
    {"contingent", N_("The contingent"), CQ_REGISTRY_READ, CQ_TAKES_BY | CQ_TAKES_SUPPRESS,
     cq_report_contingent},
    {"changes", N_("Who joined, changed or left"), CQ_REGISTRY_READ,
     CQ_TAKES_SINCE | CQ_TAKES_MASK, cq_report_changes},
    {"leaving", N_("Who loses cover soon"), CQ_REGISTRY_READ,
     CQ_TAKES_DAYS | CQ_TAKES_SERVICE | CQ_TAKES_MASK, cq_report_leaving},
    {"eligibility", N_("What people are entitled to"), CQ_REGISTRY_READ,
     CQ_TAKES_SERVICE | CQ_TAKES_SUPPRESS, cq_report_eligibility},
    {"quality", N_("Quality of the lists"), CQ_REGISTRY_READ, CQ_TAKES_MASK, cq_report_quality},
    {"referrals", N_("Referrals"), CQ_REGISTRY_READ, CQ_TAKES_SUPPRESS, cq_report_referrals},
    {"overdue", N_("Overdue referrals"), CQ_REGISTRY_READ, CQ_TAKES_DAYS | CQ_TAKES_MASK,
     cq_report_overdue},
    {"payers", N_("Who pays"), CQ_REGISTRY_READ, CQ_TAKES_SUPPRESS, cq_report_payers},
    {"facilities", N_("Facilities and their load"), CQ_REGISTRY_READ, 0, cq_report_facilities},
    {"law", N_("The rules of law"), CQ_REGISTRY_NONE, 0, cq_report_law},
    {"runs", N_("Imports into the registry"), CQ_REGISTRY_READ, 0, cq_report_runs},
    {"audit", N_("Who did what"), CQ_REGISTRY_READ, CQ_TAKES_VERIFY | CQ_TAKES_MASK,
     cq_report_audit},
    {"check", N_("Checks of registry and law"), CQ_REGISTRY_READ, 0, cq_report_check},
    {"person", N_("One person's history"), CQ_REGISTRY_LOG, CQ_TAKES_IIN, cq_report_person},
    {NULL, NULL, CQ_REGISTRY_NONE, 0, NULL},
};

const char *const cq_dimension_names[CQ_DIMENSIONS + 1] = {
    [CQ_BY_REGION] = "region", [CQ_BY_AGENCY] = "agency", [CQ_BY_CATEGORY] = "category",
    [CQ_BY_BODY] = "body",     [CQ_BY_SEX] = "sex",       [CQ_BY_AGE] = "age",
};

const struct cq_report *cq_report_find(const char *name)
{
    for (const struct cq_report *report = cq_reports; report->name; report++)
        if (strcmp(report->name, name) == 0)
            return report;
    return NULL;
}

bool cq_report_by(const char *text, enum cq_dimension by[CQ_DIMENSIONS], size_t *count)
{
    unsigned seen = 0;
    *count = 0;
    for (;;) {
        size_t len = strcspn(text, ",");
        unsigned i = 0;
        while (i < CQ_DIMENSIONS && (strlen(cq_dimension_names[i]) != len ||
                                     strncmp(cq_dimension_names[i], text, len) != 0))
            i++;
        if (i == CQ_DIMENSIONS || (seen >> i & 1) != 0)
            return false;
        seen |= 1u << i;
        by[(*count)++] = (enum cq_dimension)i;
        if (text[len] == '\0')
            return true;
        text += len + 1;
    }
}

bool cq_report_since(const char *text, struct cq_report_request *request)
{
    size_t len = strlen(text);
    if (strcmp(text, "last") == 0)
        request->since = CQ_SINCE_LAST;
    else if (cq_num_parse(text, len, 0, INT64_MAX, &request->since_run) == CQ_OK)
        request->since = CQ_SINCE_RUN;
    else if (cq_date_parse_iso(text, len, &request->since_day) == CQ_OK)
        request->since = CQ_SINCE_DAY;
    else
        return false;
    return true;
}

enum cq_code cq_report_find_run(const struct cq_report_request *request,
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

enum cq_code cq_report_run_inside(const struct cq_report *report,
                                  const struct cq_report_request *request,
                                  struct cq_report_result *result, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    *result = (struct cq_report_result){.report = report};
    if (report->registry)
        code = cq_report_find_run(request, result, err);
    if (!code)
        code = report->run(request, result, err);
    if (!code && request->suppress > 0 && (report->takes & CQ_TAKES_SUPPRESS) != 0)
        code = cq_report_suppress(result, request->suppress, err);
    return !code && result->failed ? cq_err_set(err, result->failed, NULL) : code;
}

enum cq_code cq_report_begin(const struct cq_report_request *request, bool log, struct cq_err *err)
{
    /* Reports look much of the file over: some of it is worth keeping in memory. */
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
        code = cq_report_run_inside(report, request, result, err);
    if (!code && log)
        code = cq_db_commit(request->db, err);
    if (report->registry)
        cq_db_rollback(request->db);
    return code;
}

enum cq_code cq_report_write(const struct cq_report_result *result,
                             const struct cq_report_request *request, enum cq_format format,
                             int fd, struct cq_err *err)
{
    switch (format) {
    case CQ_FORMAT_HTML: return cq_report_html(result, request, fd, err);
    case CQ_FORMAT_PROMETHEUS: return cq_report_prometheus(result, fd, err);
    case CQ_FORMAT_TABLE: return cq_report_table(result, request, fd, err);
    case CQ_FORMAT_CSV:
        if (request->excel)
            return cq_report_excel(result, fd, err);
        return cq_report_rows(result, format, fd, err);
    default: return cq_report_rows(result, format, fd, err);
    }
}

enum cq_code cq_report_put(int fd, const struct cq_str *bytes, struct cq_err *err)
{
    for (size_t done = 0; done < bytes->len;) {
        ssize_t n = write(fd, bytes->ptr + done, bytes->len - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            return cq_err_set(err, CQ_O_WRITE, "%s", strerror(errno));
    }
    return CQ_OK;
}

const char *cq_report_say(const struct cq_report_request *request, const char *text)
{
    return request->translate ? request->translate(text) : text;
}

enum cq_code cq_report_fill(struct cq_str *out, const char *text, const char *detail)
{
    const char *mark = strstr(text, "%s");
    if (!mark)
        return cq_str_adds(out, text);
    enum cq_code code = cq_str_add(out, text, (size_t)(mark - text));
    if (!code)
        code = cq_str_adds(out, detail);
    return code ? code : cq_str_adds(out, mark + 2);
}

const char *cq_report_sentence(struct cq_report_result *result, const char *text,
                               const char *const *details, size_t count)
{
    struct cq_str out = {0};
    enum cq_code code = CQ_OK;
    for (size_t i = 0; !code && *text != '\0';) {
        const char *mark = i < count ? strstr(text, "%s") : NULL;
        code = cq_str_add(&out, text, mark ? (size_t)(mark - text) : strlen(text));
        if (!code && mark)
            code = cq_str_adds(&out, details[i++]);
        text = mark ? mark + 2 : "";
    }
    if (code)
        result->failed = code;
    const char *copy = cq_result_copy(result, out.ptr ? out.ptr : "", out.len);
    cq_str_free(&out);
    return copy;
}

const char *cq_report_data(const struct cq_report_column *column,
                           const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER])
{
    size_t len;
    if (!cell->present || cell->hidden)
        return "";
    if (cell->text)
        return cell->text;
    if (column->cell == CQ_CELL_DAY)
        len = cq_date_write(buffer, (int32_t)cell->number);
    else if (column->cell == CQ_CELL_MOMENT)
        len = cq_time_write(buffer, cell->number);
    else
        len = cq_num_write(buffer, cell->number);
    buffer[len] = '\0';
    return buffer;
}

/* People read a moment to the minute and the beginning of a hash. */
const char *cq_report_shown(const struct cq_report_column *column,
                            const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER])
{
    if (cell->present && cell->label)
        return cell->label;
    if (cell->hidden)
        return CQ_REPORT_HIDDEN;
    const char *data = cq_report_data(column, cell, buffer);
    if (column->cell == CQ_CELL_MOMENT && strlen(data) > 16) {
        buffer[10] = ' ';
        buffer[16] = '\0';
    } else if (column->cell == CQ_CELL_HASH) {
        snprintf(buffer, CQ_REPORT_BUFFER, "%.12s", data);
        return buffer;
    }
    return data;
}
