/* Results as CSV, JSON lines, CSV for spreadsheets, and tables for people. */
#include "result/formats.h"

#include <string.h>

#include "result/cells.h"
#include "cq/date.h"
#include "cq/fd.h"
#include "result/texts.h"
#include "text/table.h"

/* Writes a string and frees it. */
static enum cq_code write_string(struct cq_str *text, int fd, struct cq_err *err)
{
    enum cq_code code = text->failed ? cq_err_set(err, text->failed, NULL)
                                     : cq_fd_write(fd, text->ptr, text->len, err);
    cq_str_free(text);
    return code;
}

/* A result has its words in it. */
static bool has_words(const struct cq_table_reader *reader, struct cq_text column,
                      struct cq_str *out)
{
    (void)reader, (void)column, (void)out;
    return false;
}

static bool has_labels(const struct cq_table_reader *reader, struct cq_text column,
                       struct cq_text cell, struct cq_str *out)
{
    (void)cell;
    return has_words(reader, column, out);
}

static enum cq_code open_rows(struct cq_out **out, int fd, enum cq_format format,
                              const struct cq_report_section *section,
                              const struct cq_report_request *request,
                              const struct cq_table_reader *reader, struct cq_err *err)
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
    return cq_out_open_for(out, fd, format, reader, names, count, err);
}

/* Writes one section. Shape: with a request for people, in their words; without one as data. */
static enum cq_code write_rows(const struct cq_report_section *section,
                               const struct cq_report_request *request, enum cq_format format,
                               int fd, struct cq_err *err)
{
    struct cq_out *out = NULL;
    char buffer[CQ_REPORT_BUFFER];
    const struct cq_table_reader reader = {has_words, has_labels, NULL, 0,
                                           request ? request->width : 0};
    enum cq_code code = open_rows(&out, fd, format, section, request, &reader, err);
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

/* Writes a line of text, folded, and frees it. */
static enum cq_code write_line(struct cq_str *line, const struct cq_report_request *request, int fd,
                               struct cq_err *err)
{
    struct cq_str out = {.failed = line->failed};
    if (!line->failed)
        cq_table_fold(&out, line->ptr ? line->ptr : "", request->width);
    cq_str_free(line);
    return write_string(&out, fd, err);
}

/* "The contingent, 01.11.2026", a line of figures, and the conclusion. */
static enum cq_code write_head(const struct cq_report_result *result,
                               const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct cq_str out = {0};
    char day[10];
    cq_str_puts(&out, cq_report_translate(request, result->report->title));
    if (result->has_day)
        cq_str_printf(&out, ", %.*s", (int)cq_date_write_dotted(day, request->day), day);
    enum cq_code code = write_line(&out, request, fd, err);
    for (size_t i = 0; i < result->figure_count; i++) {
        const struct cq_report_figure *figure = &result->figures[i];
        cq_str_printf(&out, "%s%s: ", i > 0 ? "; " : "",
                      cq_report_translate(request, figure->label));
        if (figure->hidden)
            cq_str_puts(&out, CQ_REPORT_HIDDEN);
        else
            cq_str_printf(&out, "%lld", (long long)figure->number);
    }
    if (!code)
        code = write_line(&out, request, fd, err);
    if (!code && result->answer) {
        cq_str_puts(&out, result->answer);
        code = write_line(&out, request, fd, err);
    }
    return code;
}

static enum cq_code write_title(const struct cq_report_section *section, bool titled,
                                const struct cq_report_request *request, int fd, struct cq_err *err)
{
    struct cq_str out = {0};
    cq_str_puts(&out, "\n");
    if (titled)
        cq_table_fold(&out, cq_report_translate(request, section->title), request->width);
    if (titled)
        cq_str_puts(&out, "\n");
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
