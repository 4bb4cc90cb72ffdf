/* Fills sections from queries: most reports are a query, its columns and a few texts. */
#include "result/result_private.h"

#include <string.h>

#include "cq/iin.h"

static enum cq_code prepare(const struct cq_report_request *request, const char *sql,
                            const int64_t *params, sqlite3_stmt **stmt, struct cq_err *err)
{
    enum cq_code code = cq_db_prepare(request->db, stmt, sql, err);
    for (int i = 0; !code && i < sqlite3_bind_parameter_count(*stmt); i++)
        sqlite3_bind_int64(*stmt, i + 1, params[i]);
    return code;
}

const char *cq_result_column(struct cq_report_result *result, sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text ? cq_result_copy(result, text, (size_t)sqlite3_column_bytes(stmt, column)) : "";
}

static void add_cell(const struct cq_report_request *request, struct cq_report_result *result,
                     struct cq_report_section *section, sqlite3_stmt *stmt, int i)
{
    const struct cq_report_column *column = &section->columns[i];
    bool empty = sqlite3_column_type(stmt, i) == SQLITE_NULL;
    switch (column->cell) {
    case CQ_CELL_NUMBER:
    case CQ_CELL_COUNT:
    case CQ_CELL_DAY:
    case CQ_CELL_MOMENT:
        if (empty)
            cq_result_empty(result, section);
        else
            cq_result_number(result, section, sqlite3_column_int64(stmt, i));
        return;
    case CQ_CELL_IIN:
        if (empty)
            cq_result_empty(result, section);
        else
            cq_result_iin(request, result, section, sqlite3_column_int64(stmt, i));
        return;
    case CQ_CELL_CODE:
        if (empty)
            cq_result_empty(result, section);
        else if (sqlite3_column_type(stmt, i) == SQLITE_INTEGER)
            cq_result_word_number(request, result, section, column, sqlite3_column_int64(stmt, i));
        else
            cq_result_word(request, result, section, column,
                           (const char *)sqlite3_column_text(stmt, i));
        return;
    case CQ_CELL_NAME: cq_result_name(request, result, section, stmt, i); return;
    case CQ_CELL_TEXT:
    case CQ_CELL_LIST:
    case CQ_CELL_MESSAGE:
    case CQ_CELL_HASH: break;
    }
    if (empty)
        cq_result_empty(result, section);
    else
        cq_result_text(result, section, cq_result_column(result, stmt, i));
}

enum cq_code cq_result_query(const struct cq_report_request *request,
                             struct cq_report_result *result, struct cq_report_section *section,
                             const char *sql, const int64_t *params, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = prepare(request, sql, params, &stmt, err);
    while (!code && row) {
        code = cq_db_step(request->db, stmt, &row, err);
        for (size_t i = 0; !code && row && i < section->column_count; i++)
            add_cell(request, result, section, stmt, (int)i);
    }
    sqlite3_finalize(stmt);
    return code;
}

enum cq_code cq_report_count(const struct cq_report_request *request, const char *sql,
                             const int64_t *params, int64_t *number, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    *number = 0;
    enum cq_code code = prepare(request, sql, params, &stmt, err);
    if (!code)
        code = cq_db_step(request->db, stmt, &row, err);
    if (!code && row)
        *number = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return code;
}

void cq_result_iin(const struct cq_report_request *request, struct cq_report_result *result,
                   struct cq_report_section *section, int64_t iin)
{
    char digits[12];
    if (request->mask || iin == 0) {
        cq_result_empty(result, section);
        return;
    }
    cq_result_text(result, section, cq_result_copy(result, digits, cq_iin_write(digits, iin)));
}

void cq_result_name(const struct cq_report_request *request, struct cq_report_result *result,
                    struct cq_report_section *section, sqlite3_stmt *stmt, int column)
{
    if (request->mask)
        cq_result_empty(result, section);
    else
        cq_result_text(result, section, cq_result_column(result, stmt, column));
}
