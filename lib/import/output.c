/* What an import writes for people: rejects as read, and changes of values. */
#include "import/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/digits.h"
#include "cq/list.h"

/* Writes the fields of a reject as read, in as many cells as the header has: missing ones stay
 * empty, surplus ones go into the last with their delimiters, and a row that could not be split is
 * whole in the first. */
static enum cq_code write_reject_fields(struct cq_import_job *job, struct cq_out *out,
                                        const struct cq_row *row, enum cq_code bad, size_t width,
                                        struct cq_str *text)
{
    char delimiter = cq_csvin_delimiter(job->in);
    cq_str_clear(text);
    if (bad == CQ_R_QUOTES || bad == CQ_R_LONG) {
        size_t len = row->raw.len;
        while (len > 0 && strchr("\r\n", row->raw.ptr[len - 1]))
            len--;
        cq_out_text(out, row->raw.ptr, len);
        for (size_t i = 1; i < width; i++)
            cq_out_text(out, "", 0);
        return CQ_OK;
    }
    for (size_t i = 0; i < width; i++) {
        if (i >= row->count) {
            cq_out_text(out, "", 0);
        } else if (i + 1 == width && bad == CQ_R_WIDTH && row->count > width) {
            for (size_t k = i; k < row->count; k++) {
                if (k > i)
                    cq_str_put(text, &delimiter, 1);
                cq_str_put(text, row->fields[k].ptr, row->fields[k].len);
            }
            if (text->failed)
                return text->failed;
            cq_out_text(out, text->ptr, text->len);
        } else {
            cq_out_text(out, row->fields[i].ptr, row->fields[i].len);
        }
    }
    return CQ_OK;
}

/* The message of a reject. An IIN that lost its zero is shown with it, for the reader to check. */
static enum cq_code format_reject_message(struct cq_import_job *job, const struct cq_csvin *in,
                                          const struct cq_reject *reject, const struct cq_row *row,
                                          struct cq_str *text)
{
    const char *message = job->import->translate(cq_code_text((enum cq_code)reject->code));
    const char *placeholder = strstr(message, "%s");
    char width[CQ_CSVIN_DETAIL];
    struct cq_str detail = {0};
    cq_str_clear(text);
    cq_str_put(text, message, placeholder ? (size_t)(placeholder - message) : strlen(message));
    if (placeholder) {
        if (cq_import_detail(job, (enum cq_code)reject->code, reject->column, &detail))
            text->failed = detail.failed;
        cq_str_puts(text, cq_csvin_detail(in, row, (enum cq_code)reject->code, width));
        cq_str_put(text, detail.ptr, detail.len);
        cq_str_puts(text, placeholder + 2);
    }
    cq_str_free(&detail);
    int field = reject->column >= 0 ? job->map[reject->column] : -1;
    if (reject->code == CQ_R_IIN_ELEVEN && field >= 0 && (size_t)field < row->count) {
        struct cq_text iin = cq_text_trim(row->fields[field]);
        char digits[11];
        bool grouped;
        size_t count = cq_digits_read(iin.ptr, iin.len, digits, sizeof digits, &grouped);
        cq_str_printf(text, ": 0%.*s", (int)count, digits);
    }
    return text->failed;
}

/* Width of the list without the reject columns: rejects that are rejected again do not grow. */
static size_t list_width(const struct cq_row *header)
{
    size_t n = header->count;
    for (size_t i = 0; i < CQ_REJECT_COLUMNS && n > CQ_REJECT_COLUMNS; i++)
        if (!cq_text_is(header->fields[n - CQ_REJECT_COLUMNS + i], cq_reject_columns[i]))
            return n;
    return n > CQ_REJECT_COLUMNS ? n - CQ_REJECT_COLUMNS : n;
}

static enum cq_code open_rejects(struct cq_import_job *job, const struct cq_row *header,
                                 struct cq_out **out, struct cq_err *err)
{
    size_t width = list_width(header);
    struct cq_text *names = malloc((width + CQ_REJECT_COLUMNS) * sizeof *names);
    if (!names)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    memcpy(names, header->fields, width * sizeof *names);
    for (size_t i = 0; i < CQ_REJECT_COLUMNS; i++)
        names[width + i] = cq_text_of(cq_reject_columns[i]);
    enum cq_code code = cq_out_open(out, job->import->rejects_fd, CQ_FORMAT_CSV, names,
                                    width + CQ_REJECT_COLUMNS, err);
    free(names);
    return code;
}

enum cq_code cq_import_write_rejects(struct cq_import_job *job, struct cq_err *err)
{
    struct cq_csvin *in = NULL;
    struct cq_out *out = NULL;
    struct cq_str text = {0};
    const struct cq_row *row = NULL;
    enum cq_code bad, code = cq_source_rewind(&job->source, err);
    if (!code)
        code = cq_import_open(job, &in, err);
    if (!code)
        code = open_rejects(job, cq_csvin_header(in), &out, err);
    cq_import_sort_rejects(job);
    size_t width = code ? 0 : list_width(cq_csvin_header(in));
    for (size_t i = 0; i < job->reject_count && !code;) {
        const struct cq_reject *reject = &job->rejects[i];
        code = cq_csvin_next(in, &row, &bad, err);
        if (code || !row)
            break;
        if (row->line < (long)reject->line)
            continue;
        code = write_reject_fields(job, out, row, bad, width, &text);
        if (!code)
            code = format_reject_message(job, in, reject, row, &text);
        if (code) {
            cq_err_record(err, code, NULL);
            break;
        }
        cq_out_number(out, reject->line);
        cq_out_string(out, reject->column >= 0 ? job->list.columns[reject->column].name : "");
        cq_out_string(out, cq_code_id((enum cq_code)reject->code));
        cq_out_text(out, text.ptr, text.len);
        code = cq_out_end(out, err);
        i++;
    }
    if (code)
        cq_out_abandon(out);
    else
        code = cq_out_close(out, err);
    cq_csvin_close(in);
    cq_str_free(&text);
    return code;
}

/* The columns that name a row in the changes: the person, the pair of a verdict, the day, or the
 * facility with its service. */
static size_t key_columns(const struct cq_list *list, int columns[3])
{
    if (list->kind != CQ_KIND_FACILITIES) {
        columns[0] = 0;
        columns[1] = CQ_V_OTHER_IIN;
        return list->kind == CQ_KIND_VERDICTS ? 2 : 1;
    }
    columns[0] = CQ_F_FACILITY;
    columns[1] = CQ_F_SERVICE;
    columns[2] = CQ_F_PROFILE;
    return 3;
}

enum cq_code cq_import_changes_open(struct cq_import_job *job, struct cq_err *err)
{
    int columns[3];
    struct cq_text names[6];
    size_t n = key_columns(&job->list, columns);
    for (size_t i = 0; i < n; i++) {
        const char *name = job->list.columns[columns[i]].name;
        names[i] = cq_text_of(name);
    }
    names[n++] = cq_text_of("field");
    names[n++] = cq_text_of("old");
    names[n++] = cq_text_of("new");
    return cq_out_open(&job->changes, job->import->changes_fd, CQ_FORMAT_CSV, names, n, err);
}

static const struct cq_column end_column = {"valid_to", CQ_TYPE_DATE, false, NULL, NULL};

static const struct cq_column *change_column(const struct cq_import_job *job, int column)
{
    return column == CQ_CHANGE_END ? &end_column : &job->list.columns[column];
}

static enum cq_code write_value(struct cq_import_job *job, int column, const struct cq_value *value,
                                struct cq_str *text, struct cq_err *err)
{
    cq_str_clear(text);
    cq_column_print(change_column(job, column), value, text);
    if (text->failed)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_out_text(job->changes, text->ptr ? text->ptr : "", text->len);
    return CQ_OK;
}

enum cq_code cq_import_write_change(struct cq_import_job *job, const struct cq_value *names,
                                    int column, const struct cq_value *was,
                                    const struct cq_value *is, struct cq_err *err)
{
    int columns[3];
    struct cq_str text = {0};
    enum cq_code code = CQ_OK;
    size_t n = key_columns(&job->list, columns);
    for (size_t i = 0; i < n && !code; i++)
        code = write_value(job, columns[i], &names[columns[i]], &text, err);
    cq_out_string(job->changes, change_column(job, column)->name);
    if (!code)
        code = write_value(job, column, was, &text, err);
    if (!code)
        code = write_value(job, column, is, &text, err);
    if (!code)
        code = cq_out_end(job->changes, err);
    cq_str_free(&text);
    return code;
}
