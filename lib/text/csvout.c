/* Writing rows as CSV, JSON lines, an aligned table or a workbook, through one buffer. */
#include "cq/csvout.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/fd.h"
#include "cq/num.h"
#include "cq/utf8.h"
#include "text/csvquote.h"
#include "text/json_keys.h"
#include "text/workbook_write.h"

enum { BUFFER = 1 << 18 };

/* A cell of a table, kept until the widths are known. */
struct cell {
    size_t start;
    uint32_t len;
    uint32_t number; /* right-aligned */
};

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

    struct cq_str text; /* table: all cells */
    struct cell *cells;
    size_t cell_count, cell_room;
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

static void keep_cell(struct cq_out *out, const char *text, size_t len, bool number)
{
    struct cell *cells =
        cq_grow(out->cells, out->cell_count + 1, &out->cell_room, sizeof *out->cells);
    size_t start = out->text.len;
    cq_str_put(&out->text, text, len);
    if (cells)
        out->cells = cells;
    if (!cells || out->text.failed) {
        out->failed = CQ_B_NOMEM;
        return;
    }
    for (size_t i = start; i < out->text.len; i++) /* one row is one line */
        if ((unsigned char)out->text.ptr[i] < ' ')
            out->text.ptr[i] = ' ';
    out->cells[out->cell_count++] = (struct cell){start, (uint32_t)len, number};
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
    append_cell(out, text, cq_date_write(text, day), false);
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

enum cq_code cq_out_open(struct cq_out **result, int fd, enum cq_format format,
                         const struct cq_text *names, size_t count, struct cq_err *err)
{
    *result = NULL;
    struct cq_out *out = calloc(1, sizeof *out);
    if (!out)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    out->fd = fd;
    out->format = format;
    out->count = count;
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
    for (size_t i = 0; i < count; i++)
        append_cell(out, out->names[i].ptr, out->names[i].len, false);
    return cq_out_end(out, err);
}

enum cq_code cq_out_flush(struct cq_out *out, struct cq_err *err)
{
    flush_buffer(out);
    return failure(out, err);
}

static void append_blanks(struct cq_out *out, size_t n)
{
    while (n-- > 0)
        append_char(out, ' ');
}

static void write_table(struct cq_out *out)
{
    size_t *widths = calloc(out->count ? out->count : 1, sizeof *widths);
    if (!widths) {
        out->failed = CQ_B_NOMEM;
        return;
    }
    for (size_t i = 0; i < out->cell_count; i++) {
        size_t width = cq_utf8_width(out->text.ptr + out->cells[i].start, out->cells[i].len);
        if (width > widths[i % out->count])
            widths[i % out->count] = width;
    }
    for (size_t i = 0; i < out->cell_count; i++) {
        const struct cell *c = &out->cells[i];
        const char *text = out->text.ptr + c->start;
        size_t column = i % out->count;
        size_t pad = widths[column] - cq_utf8_width(text, c->len);
        bool last = column + 1 == out->count;
        if (c->number)
            append_blanks(out, pad);
        append(out, text, c->len);
        if (!c->number && !last)
            append_blanks(out, pad);
        if (last)
            append_char(out, '\n');
        else
            append_blanks(out, 2);
        if (last && i + 1 == out->count) { /* a line under the header */
            for (size_t k = 0; k < out->count; k++) {
                for (size_t w = 0; w < widths[k]; w++)
                    append_char(out, '-');
                append(out, "  ", k + 1 < out->count ? 2 : 0);
            }
            append_char(out, '\n');
        }
    }
    free(widths);
}

enum cq_code cq_out_close(struct cq_out *out, struct cq_err *err)
{
    if (!out)
        return CQ_OK;
    if (out->format == CQ_FORMAT_TABLE && !out->failed)
        write_table(out);
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
    free(out->cells);
    cq_str_free(&out->name_bytes);
    cq_str_free(&out->text);
    free(out);
}
