/* Results as CSV, JSON lines, CSV for spreadsheets, and tables for people. */
#include "result_private.h"

#include <string.h>

#include "cq/fd.h"

static enum cq_code open_rows(struct cq_out **out, int fd, enum cq_format format,
                              const struct cq_report_section *section,
                              const struct cq_report_request *request, struct cq_err *err)
{
    struct cq_text names[32];
    size_t count = 0;
    for (size_t i = 0; i < section->column_count && count < 32; i++) {
        const struct cq_report_column *column = &section->columns[i];
        if (request && column->detail)
            continue;
        const char *name = request ? cq_report_say(request, column->heading) : column->name;
        names[count++] = (struct cq_text){name, strlen(name)};
    }
    return cq_out_open(out, fd, format, names, count, err);
}

/* One section. Shape: with a request for people, in their words; without one as data. */
static enum cq_code write_rows(const struct cq_report_section *section,
                               const struct cq_report_request *request, enum cq_format format,
                               int fd, struct cq_err *err)
{
    struct cq_out *out = NULL;
    char buffer[CQ_REPORT_BUFFER];
    enum cq_code code = open_rows(&out, fd, format, section, request, err);
    for (size_t row = 0; row < cq_report_rows_of(section) && !code; row++) {
        for (size_t i = 0; i < section->column_count; i++) {
            const struct cq_report_column *column = &section->columns[i];
            const struct cq_report_cell *cell = &section->cells[row * section->column_count + i];
            if (request && column->detail)
                continue;
            if (cell->present && !cell->hidden && cq_report_is_number(column))
                cq_out_number(out, cell->number);
            else
                cq_out_string(out, request ? cq_report_shown(column, cell, buffer)
                                           : cq_report_data(column, cell, buffer));
        }
        code = cq_out_end(out, err);
    }
    if (code)
        cq_out_abandon(out);
    return code ? code : cq_out_close(out, err);
}

enum cq_code cq_report_rows(const struct cq_report_result *result, enum cq_format format, int fd,
                            struct cq_err *err)
{
    return write_rows(&result->sections[0], NULL, format, fd, err);
}

/* One cell as spreadsheets take it: what they would compute gets an apostrophe in front. */
static enum cq_code excel_cell(struct cq_str *out, const char *text)
{
    bool guard = *text != '\0' && strchr("=+-@\t\r", *text);
    bool quote = guard || strpbrk(text, ";\"\r\n");
    enum cq_code code = quote ? cq_str_adds(out, guard ? "\"'" : "\"") : CQ_OK;
    for (; *text != '\0' && !code; text++)
        code = cq_str_add(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    return !code && quote ? cq_str_adds(out, "\"") : code;
}

enum cq_code cq_report_excel(const struct cq_report_result *result, int fd, struct cq_err *err)
{
    const struct cq_report_section *section = &result->sections[0];
    size_t columns = section->column_count, cells = cq_report_rows_of(section) * columns;
    char buffer[CQ_REPORT_BUFFER];
    struct cq_str out = {0};
    enum cq_code code = cq_str_adds(&out, "\xef\xbb\xbf");
    for (size_t i = 0; i < columns + cells && !code; i++) {
        const char *text = i < columns ? section->columns[i].name
                                       : cq_report_data(&section->columns[i % columns],
                                                        &section->cells[i - columns], buffer);
        if (i % columns > 0)
            code = cq_str_adds(&out, ";");
        if (!code)
            code = excel_cell(&out, text);
        if (!code && (i + 1) % columns == 0)
            code = cq_str_adds(&out, "\n");
    }
    code = code ? cq_err_set(err, code, NULL) : cq_fd_write(fd, out.ptr, out.len, err);
    cq_str_free(&out);
    return code;
}

/* "The contingent, 2026-11-01" and a line of figures. */
static enum cq_code write_head(const struct cq_report_result *result,
                               const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct cq_str out = {0};
    char day[CQ_REPORT_BUFFER] = "";
    const struct cq_report_column column = {.cell = CQ_CELL_DAY};
    const struct cq_report_cell cell = {.present = true, .number = request->day};
    if (result->has_day)
        cq_report_data(&column, &cell, day);
    enum cq_code code = cq_str_addf(&out, "%s%s%s\n", cq_report_say(request, result->report->title),
                                    result->has_day ? ", " : "", day);
    for (size_t i = 0; i < result->figure_count && !code; i++)
        code = result->figures[i].hidden
                   ? cq_str_addf(&out, "%s%s: " CQ_REPORT_HIDDEN, i > 0 ? "; " : "",
                                 cq_report_say(request, result->figures[i].label))
                   : cq_str_addf(&out, "%s%s: %lld", i > 0 ? "; " : "",
                                 cq_report_say(request, result->figures[i].label),
                                 (long long)result->figures[i].number);
    if (!code)
        code = cq_str_adds(&out, "\n");
    if (!code && result->answer)
        code = cq_str_addf(&out, "%s\n", result->answer);
    code = code ? cq_err_set(err, code, NULL) : cq_fd_write(fd, out.ptr, out.len, err);
    cq_str_free(&out);
    return code;
}

static enum cq_code write_title(const struct cq_report_section *section, bool titled,
                                const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct cq_str out = {0};
    enum cq_code code = cq_str_adds(&out, "\n");
    if (!code && titled)
        code = cq_str_addf(&out, "%s\n\n", cq_report_say(request, section->title));
    code = code ? cq_err_set(err, code, NULL) : cq_fd_write(fd, out.ptr, out.len, err);
    cq_str_free(&out);
    return code;
}

enum cq_code cq_report_table(const struct cq_report_result *result,
                             const struct cq_report_request *request, int fd, struct cq_err *err)
{
    size_t shown = 0;
    enum cq_code code = write_head(result, request, fd, err);
    for (size_t i = 0; i < result->section_count; i++)
        shown += result->sections[i].place == CQ_SECTION_PEOPLE;
    for (size_t i = 0; i < result->section_count && !code; i++) {
        const struct cq_report_section *section = &result->sections[i];
        if (section->place != CQ_SECTION_PEOPLE)
            continue;
        code = write_title(section, shown > 1, request, fd, err);
        if (!code)
            code = write_rows(section, request, CQ_FORMAT_TABLE, fd, err);
    }
    return code;
}
