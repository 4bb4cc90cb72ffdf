/* Writing rows as CSV, JSON lines, an aligned table or a workbook, through one buffer. */
#include "cq/csvout.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/fd.h"
#include "cq/num.h"
#include "text/csvquote.h"
#include "text/json_keys.h"
#include "text/table.h"
#include "text/workbook_write.h"

enum { BUFFER = 1 << 18 };

struct cq_out {
    int fd;
    enum cq_format format;
    size_t count; /* columns */
    size_t at;    /* cells of the row so far */
    struct cq_text *names;
    struct cq_str name_bytes;
    enum cq_code failed;
    struct cq_err err; /* of a write that failed */
    char *buffer;
    size_t used;

    struct cq_workbook_writer *workbook;

    struct cq_table *table;
    const struct cq_table_reader *reader; /* of the table; NULL for codes as they are */
    struct cq_str said;                   /* a cell in words */
};

static void flush_buffer(struct cq_out *out)
{
    if (!out->failed)
        out->failed = cq_fd_write(out->fd, out->buffer, out->used, &out->err);
    out->used = 0;
}

static void append(struct cq_out *out, const char *bytes, size_t len)
{
    while (len > 0) {
        if (out->used == BUFFER)
            flush_buffer(out);
        size_t n = BUFFER - out->used < len ? BUFFER - out->used : len;
        memcpy(out->buffer + out->used, bytes, n);
        out->used += n;
        bytes += n;
        len -= n;
    }
}

static void append_char(struct cq_out *out, char c)
{
    if (out->used == BUFFER)
        flush_buffer(out);
    out->buffer[out->used++] = c;
}

static void append_csv(struct cq_out *out, const char *text, size_t len)
{
    if (out->at > 0)
        append_char(out, ',');
    if (out->count == 1 && len == 0) { /* an empty line would not be a row */
        append(out, "\"\"", 2);
    } else if (!cq_csv_needs_quotes(text, len)) {
        append(out, text, len);
    } else {
        append_char(out, '"');
        for (const char *end = text + len; text < end;) {
            const char *quote = memchr(text, '"', (size_t)(end - text));
            size_t n = quote ? (size_t)(quote - text) + 1 : (size_t)(end - text);
            append(out, text, n);
            if (quote)
                append_char(out, '"');
            text += n;
        }
        append_char(out, '"');
    }
}

static void append_json(struct cq_out *out, const char *text, size_t len)
{
    static const char hex[] = "0123456789abcdef";
    append_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            append_char(out, '\\');
            append_char(out, text[i]);
        } else if (c == '\n') {
            append(out, "\\n", 2);
        } else if (c < 0x20) {
            char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            append(out, escape, 6);
        } else {
            append_char(out, text[i]);
        }
    }
    append_char(out, '"');
}

/* Keeps a cell of a table, in the words of its reader. */
static void keep_cell(struct cq_out *out, const char *text, size_t len, bool number)
{
    const struct cq_table_reader *reader = out->reader;
    char day[10];
    size_t dots = number ? 0 : cq_date_turn(day, text, len);
    cq_str_clear(&out->said);
    if (dots > 0) {
        text = day;
        len = dots;
    } else if (reader && !number && len > 0 &&
               reader->say(reader, out->names[out->at], (struct cq_text){text, len}, &out->said)) {
        text = out->said.ptr ? out->said.ptr : "";
        len = out->said.len;
    }
    if (out->said.failed || cq_table_add(out->table, text, len, number))
        out->failed = CQ_B_NOMEM;
}

static void append_cell(struct cq_out *out, const char *text, size_t len, bool number)
{
    switch (out->format) {
    case CQ_FORMAT_JSON:
        append_char(out, out->at ? ',' : '{');
        append_json(out, out->names[out->at].ptr, out->names[out->at].len);
        append_char(out, ':');
        if (number)
            append(out, text, len);
        else if (len == 0)
            append(out, "null", 4);
        else
            append_json(out, text, len);
        break;
    case CQ_FORMAT_TABLE: keep_cell(out, text, len, number); break;
    case CQ_FORMAT_XLSX:
        if (number)
            cq_workbook_writer_number(out->workbook, text, len);
        else
            cq_workbook_writer_text(out->workbook, text, len);
        break;
    default: append_csv(out, text, len);
    }
    out->at++;
}

void cq_out_text(struct cq_out *out, const char *text, size_t len)
{
    append_cell(out, text, len, false);
}

void cq_out_string(struct cq_out *out, const char *text)
{
    append_cell(out, text, strlen(text), false);
}

void cq_out_number(struct cq_out *out, int64_t value)
{
    char digits[20];
    append_cell(out, digits, cq_num_write(digits, value), true);
}

void cq_out_day(struct cq_out *out, int32_t day)
{
    char text[10];
    append_cell(out, text, cq_date_write(text, day), false); /* a table turns it round */
}

void cq_out_raw(struct cq_out *out, const char *bytes, size_t len, size_t cells)
{
    if (out->at > 0)
        append_char(out, ',');
    append(out, bytes, len);
    out->at += cells;
}

/* Returns the failure that was kept, recorded for the caller. */
static enum cq_code failure(const struct cq_out *out, struct cq_err *err)
{
    return out->failed ? cq_err_set(err, out->failed, "%s", out->err.detail) : CQ_OK;
}

enum cq_code cq_out_end(struct cq_out *out, struct cq_err *err)
{
    if (out->format == CQ_FORMAT_JSON)
        append(out, "}\n", 2);
    else if (out->format == CQ_FORMAT_CSV)
        append_char(out, '\n');
    out->at = 0;
    return out->workbook ? cq_workbook_writer_end(out->workbook, err) : failure(out, err);
}

/* Keeps the names of the columns; those of JSON must differ. */
static enum cq_code keep_names(struct cq_out *out, const struct cq_text *names)
{
    size_t start = 0;
    if (out->format == CQ_FORMAT_JSON)
        return cq_json_keys(names, out->count, &out->name_bytes, out->names);
    for (size_t i = 0; i < out->count; i++)
        cq_str_put(&out->name_bytes, names[i].ptr, names[i].len);
    for (size_t i = 0; i < out->count && !out->name_bytes.failed; i++) {
        out->names[i] = (struct cq_text){out->name_bytes.ptr + start, names[i].len};
        start += names[i].len;
    }
    return out->name_bytes.failed;
}

/* The header of a table, in the words of its reader. */
static enum cq_code keep_header(struct cq_out *out)
{
    const struct cq_table_reader *reader = out->reader;
    enum cq_code code = cq_table_new(&out->table, out->count, reader ? reader->width : 0);
    for (size_t i = 0; i < out->count && !code; i++) {
        struct cq_text name = out->names[i];
        cq_str_clear(&out->said);
        if (reader && reader->head(reader, name, &out->said))
            name = (struct cq_text){out->said.ptr, out->said.len};
        code = out->said.failed ? out->said.failed
                                : cq_table_add(out->table, name.ptr, name.len, false);
    }
    return code;
}

enum cq_code cq_out_open(struct cq_out **result, int fd, enum cq_format format,
                         const struct cq_text *names, size_t count, struct cq_err *err)
{
    return cq_out_open_for(result, fd, format, NULL, names, count, err);
}

enum cq_code cq_out_open_for(struct cq_out **result, int fd, enum cq_format format,
                             const struct cq_table_reader *reader, const struct cq_text *names,
                             size_t count, struct cq_err *err)
{
    *result = NULL;
    struct cq_out *out = calloc(1, sizeof *out);
    if (!out)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    out->fd = fd;
    out->format = format;
    out->count = count;
    out->reader = reader;
    out->buffer = malloc(BUFFER);
    out->names = calloc(count ? count : 1, sizeof *out->names);
    if (!out->buffer || !out->names || keep_names(out, names)) {
        cq_out_abandon(out);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    *result = out;
    if (format == CQ_FORMAT_JSON)
        return CQ_OK;
    if (format == CQ_FORMAT_XLSX) {
        enum cq_code code = cq_workbook_writer_open(&out->workbook, fd, count, err);
        if (code)
            return code;
    }
    if (format == CQ_FORMAT_TABLE)
        return keep_header(out) ? cq_err_set(err, CQ_B_NOMEM, NULL) : CQ_OK;
    for (size_t i = 0; i < count; i++)
        append_cell(out, out->names[i].ptr, out->names[i].len, false);
    return cq_out_end(out, err);
}

enum cq_code cq_out_flush(struct cq_out *out, struct cq_err *err)
{
    flush_buffer(out);
    return failure(out, err);
}

static void append_lines(struct cq_str *lines, void *context)
{
    append(context, lines->ptr ? lines->ptr : "", lines->len);
    cq_str_clear(lines);
}

enum cq_code cq_out_close(struct cq_out *out, struct cq_err *err)
{
    if (!out)
        return CQ_OK;
    if (out->table && !out->failed && cq_table_write(out->table, append_lines, out))
        out->failed = CQ_B_NOMEM;
    flush_buffer(out);
    enum cq_code code = failure(out, err);
    if (!code && out->workbook) {
        code = cq_workbook_writer_close(out->workbook, err);
        out->workbook = NULL;
    }
    cq_out_abandon(out);
    return code;
}

void cq_out_abandon(struct cq_out *out)
{
    if (!out)
        return;
    cq_workbook_writer_abandon(out->workbook);
    free(out->buffer);
    free(out->names);
    cq_table_free(out->table);
    cq_str_free(&out->name_bytes);
    cq_str_free(&out->said);
    free(out);
}
