/* What an import writes for people: rejects as read, and changes of values. */
#include "import_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_line(const void *a, const void *b)
{
    const struct cq_reject *x = a, *y = b;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* The fields of a reject as read, brought to the width of the header: missing ones stay empty,
 * surplus ones go into the last with their delimiters, and a row that could not be split stands
 * whole in the first. */
static enum cq_code reject_fields(struct cq_importing *work, struct cq_out *out,
                                  const struct cq_row *row, enum cq_code bad, size_t width,
                                  struct cq_str *text)
{
    char delimiter = cq_csvin_delimiter(work->in);
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
                if ((k > i && cq_str_add(text, &delimiter, 1)) ||
                    cq_str_add(text, row->fields[k].ptr, row->fields[k].len))
                    return CQ_B_NOMEM;
            }
            cq_out_text(out, text->ptr, text->len);
        } else {
            cq_out_text(out, row->fields[i].ptr, row->fields[i].len);
        }
    }
    return CQ_OK;
}

/* What is wrong, in words; an eaten zero is shown put back, for the reader to judge. */
static enum cq_code reject_message(struct cq_importing *work, const struct cq_reject *reject,
                                   const struct cq_row *row, struct cq_str *text)
{
    const char *words = work->import->translate(cq_code_text((enum cq_code)reject->code));
    const char *hole = strstr(words, "%s");
    char detail[48] = "";
    cq_str_clear(text);
    if (reject->code == CQ_R_WIDTH)
        snprintf(detail, sizeof detail, "%zu", row->count);
    if (cq_str_add(text, words, hole ? (size_t)(hole - words) : strlen(words)) ||
        (hole && (cq_str_adds(text, detail) || cq_str_adds(text, hole + 2))))
        return CQ_B_NOMEM;
    int field = reject->column >= 0 ? work->map[reject->column] : -1;
    if (reject->code == CQ_R_IIN_ELEVEN && field >= 0 && (size_t)field < row->count) {
        struct cq_text iin = cq_text_trim(row->fields[field]);
        return cq_str_addf(text, ": 0%.*s", (int)iin.len, iin.ptr);
    }
    return CQ_OK;
}

const char *const cq_reject_columns[4] = {"line", "column", "code", "message"};

/* Width of the list without the four columns: rejects that were mended and rejected again do not
 * grow. */
static size_t own_width(const struct cq_row *header)
{
    size_t n = header->count;
    for (size_t i = 0; i < 4 && n > 4; i++) {
        const struct cq_text *field = &header->fields[n - 4 + i];
        if (strlen(cq_reject_columns[i]) != field->len ||
            memcmp(cq_reject_columns[i], field->ptr, field->len) != 0)
            return n;
    }
    return n > 4 ? n - 4 : n;
}

static enum cq_code open_rejects(struct cq_importing *work, const struct cq_row *header,
                                 struct cq_out **out, struct cq_err *err)
{
    size_t width = own_width(header);
    struct cq_text *names = malloc((width + 4) * sizeof *names);
    if (!names)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    memcpy(names, header->fields, width * sizeof *names);
    for (size_t i = 0; i < 4; i++)
        names[width + i] = (struct cq_text){cq_reject_columns[i], strlen(cq_reject_columns[i])};
    enum cq_code code =
        cq_out_open(out, work->import->rejects_fd, CQ_FORMAT_CSV, names, width + 4, err);
    free(names);
    return code;
}

enum cq_code cq_import_write_rejects(struct cq_importing *work, struct cq_err *err)
{
    struct cq_csvin *in = NULL;
    struct cq_out *out = NULL;
    struct cq_str text = {0};
    const struct cq_row *row = NULL;
    enum cq_code bad, code = cq_source_rewind(&work->source, err);
    if (!code)
        code = cq_csvin_open(&in, work->source.fd, work->name, work->import->delimiter, err);
    if (!code)
        code = open_rejects(work, cq_csvin_header(in), &out, err);
    if (work->reject_count > 1)
        qsort(work->rejects, work->reject_count, sizeof *work->rejects, by_line);
    size_t width = code ? 0 : own_width(cq_csvin_header(in));
    for (size_t i = 0; i < work->reject_count && !code;) {
        const struct cq_reject *reject = &work->rejects[i];
        code = cq_csvin_next(in, &row, &bad, err);
        if (code || !row)
            break;
        if (row->line < (long)reject->line)
            continue;
        code = reject_fields(work, out, row, bad, width, &text);
        if (!code)
            code = reject_message(work, reject, row, &text);
        if (code) {
            cq_err_record(err, code, NULL);
            break;
        }
        cq_out_number(out, reject->line);
        cq_out_string(out, reject->column >= 0 ? work->list.columns[reject->column].name : "");
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

/* The columns that name a row in the changes: the person, or the facility with its service. */
static size_t naming(const struct cq_list *list, int columns[3])
{
    if (list->kind != CQ_KIND_FACILITIES) {
        columns[0] = 0;
        return 1;
    }
    columns[0] = CQ_F_FACILITY;
    columns[1] = CQ_F_SERVICE;
    columns[2] = CQ_F_PROFILE;
    return 3;
}

enum cq_code cq_import_changes_open(struct cq_importing *work, struct cq_err *err)
{
    int columns[3];
    struct cq_text names[6];
    size_t n = naming(&work->list, columns);
    for (size_t i = 0; i < n; i++) {
        const char *name = work->list.columns[columns[i]].name;
        names[i] = (struct cq_text){name, strlen(name)};
    }
    names[n++] = (struct cq_text){"field", 5};
    names[n++] = (struct cq_text){"old", 3};
    names[n++] = (struct cq_text){"new", 3};
    return cq_out_open(&work->changes, work->import->changes_fd, CQ_FORMAT_CSV, names, n, err);
}

static const struct cq_column end_column = {"valid_to", CQ_TYPE_DATE, false, NULL, NULL};

static const struct cq_column *change_column(const struct cq_importing *work, int column)
{
    return column == CQ_CHANGE_END ? &end_column : &work->list.columns[column];
}

static enum cq_code put_value(struct cq_importing *work, int column, const struct cq_value *value,
                              struct cq_str *text, struct cq_err *err)
{
    cq_str_clear(text);
    cq_column_print(change_column(work, column), value, text);
    if (text->failed)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_out_text(work->changes, text->ptr ? text->ptr : "", text->len);
    return CQ_OK;
}

enum cq_code cq_import_change(struct cq_importing *work, const struct cq_value *names, int column,
                              const struct cq_value *was, const struct cq_value *is,
                              struct cq_err *err)
{
    int columns[3];
    struct cq_str text = {0};
    enum cq_code code = CQ_OK;
    size_t n = naming(&work->list, columns);
    for (size_t i = 0; i < n && !code; i++)
        code = put_value(work, columns[i], &names[columns[i]], &text, err);
    cq_out_string(work->changes, change_column(work, column)->name);
    if (!code)
        code = put_value(work, column, was, &text, err);
    if (!code)
        code = put_value(work, column, is, &text, err);
    if (!code)
        code = cq_out_end(work->changes, err);
    cq_str_free(&text);
    return code;
}
