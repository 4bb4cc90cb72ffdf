/* Results as CSV, JSON lines, CSV for spreadsheets, and tables for people. */
#include "result/formats.h"

#include <string.h>

#include "result/cells.h"
#include "cq/fd.h"
#include "result/texts.h"

/* Writes a string and frees it. */
static enum cq_code write_string(struct cq_str *text, int fd, struct cq_err *err)
{
    enum cq_code code = text->failed ? cq_err_set(err, text->failed, NULL)
                                     : cq_fd_write(fd, text->ptr, text->len, err);
    cq_str_free(text);
    return code;
}

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
        const char *name = request ? cq_report_translate(request, column->heading) : column->name;
        names[count++] = (struct cq_text){name, strlen(name)};
    }
    return cq_out_open(out, fd, format, names, count, err);
}

/* Writes one section. Shape: with a request for people, in their words; without one as data. */
static enum cq_code write_rows(const struct cq_report_section *section,
                               const struct cq_report_request *request, enum cq_format format,
                               int fd, struct cq_err *err)
{
    struct cq_out *out = NULL;
    char buffer[CQ_REPORT_BUFFER];
    enum cq_code code = open_rows(&out, fd, format, section, request, err);
    for (size_t row = 0; row < cq_section_rows(section) && !code; row++) {
        for (size_t i = 0; i < section->column_count; i++) {
            const struct cq_report_column *column = &section->columns[i];
            const struct cq_report_cell *cell = cq_section_cell(section, row, i);
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

enum cq_code cq_result_write_rows(const struct cq_report_result *result, enum cq_format format,
                                  int fd, struct cq_err *err)
{
    return write_rows(&result->sections[0], NULL, format, fd, err);
}

/* Appends a cell for spreadsheets: one that they would compute gets an apostrophe in front. */
static void add_excel_cell(struct cq_str *out, const char *text)
{
    bool guard = *text != '\0' && strchr("=+-@\t\r", *text);
    bool quote = guard || strpbrk(text, ";\"\r\n");
    if (quote)
        cq_str_puts(out, guard ? "\"'" : "\"");
    for (; *text != '\0'; text++)
        cq_str_put(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    if (quote)
        cq_str_puts(out, "\"");
}

enum cq_code cq_result_write_excel(const struct cq_report_result *result, int fd,
                                   struct cq_err *err)
{
    const struct cq_report_section *section = &result->sections[0];
    size_t columns = section->column_count, cells = cq_section_rows(section) * columns;
    char buffer[CQ_REPORT_BUFFER];
    struct cq_str out = {0};
    cq_str_puts(&out, "\xef\xbb\xbf");
    for (size_t i = 0; i < columns + cells; i++) {
        const struct cq_report_column *column = &section->columns[i % columns];
        if (i % columns > 0)
            cq_str_puts(&out, ";");
        add_excel_cell(&out, i < columns
                                 ? column->name
                                 : cq_report_data(column, &section->cells[i - columns], buffer));
        if ((i + 1) % columns == 0)
            cq_str_puts(&out, "\n");
    }
    return write_string(&out, fd, err);
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
    cq_str_printf(&out, "%s%s%s\n", cq_report_translate(request, result->report->title),
                  result->has_day ? ", " : "", day);
    for (size_t i = 0; i < result->figure_count; i++) {
        const struct cq_report_figure *figure = &result->figures[i];
        cq_str_printf(&out, "%s%s: ", i > 0 ? "; " : "",
                      cq_report_translate(request, figure->label));
        if (figure->hidden)
            cq_str_puts(&out, CQ_REPORT_HIDDEN);
        else
            cq_str_printf(&out, "%lld", (long long)figure->number);
    }
    cq_str_puts(&out, "\n");
    if (result->answer)
        cq_str_printf(&out, "%s\n", result->answer);
    return write_string(&out, fd, err);
}

static enum cq_code write_title(const struct cq_report_section *section, bool titled,
                                const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct cq_str out = {0};
    cq_str_puts(&out, "\n");
    if (titled)
        cq_str_printf(&out, "%s\n\n", cq_report_translate(request, section->title));
    return write_string(&out, fd, err);
}

enum cq_code cq_result_write_table(const struct cq_report_result *result,
                                   const struct cq_report_request *request, int fd,
                                   struct cq_err *err)
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
