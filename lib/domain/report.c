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
    {"contingent", N_("The contingent"), true, true, cq_report_contingent},
    {"law", N_("The rules of law"), false, false, cq_report_law},
    {"runs", N_("Imports into the registry"), true, false, cq_report_runs},
    {NULL, NULL, false, false, NULL},
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

enum cq_code cq_report_run(const struct cq_report *report, const struct cq_report_request *request,
                           struct cq_report_result *result, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    *result = (struct cq_report_result){.report = report};
    assert(request->db || !report->registry);
    if (report->registry)
        code = cq_db_begin_read(request->db, err);
    if (!code && report->registry)
        code = find_run(request, result, err);
    if (!code)
        code = report->run(request, result, err);
    if (report->registry)
        cq_db_rollback(request->db);
    if (!code && result->failed)
        code = cq_err_set(err, result->failed, NULL);
    return code;
}

enum cq_code cq_report_write(const struct cq_report_result *result,
                             const struct cq_report_request *request, enum cq_format format,
                             int fd, struct cq_err *err)
{
    switch (format) {
    case CQ_FORMAT_HTML: return cq_report_html(result, request, fd, err);
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

const char *cq_report_data(const struct cq_report_column *column,
                           const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER])
{
    size_t len;
    if (!cell->present)
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
