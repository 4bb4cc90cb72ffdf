/* Small CSV tables in memory over libcsv. Lists of people go through csvin instead. */
#include "text/csvtable.h"

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* One block holds rows, cells and their bytes. Its size is counted beforehand: every cell but the
 * last ends at a delimiter or line end, whose byte is used for its NUL. */
struct builder {
    struct cq_csvtable_row *rows;
    struct cq_text *cells;
    char *bytes;
    size_t row_count, cell_count, byte_count;
    size_t row_first; /* index of the open row's first cell */
    size_t columns;
    long line;     /* being parsed */
    long row_line; /* first line of the open row */
    bool ended;    /* a row ended on the line being parsed */
    bool ragged;
};

static void add_cell(struct builder *b, const char *field, size_t len)
{
    char *copy = b->bytes + b->byte_count;

    if (len > 0)
        memcpy(copy, field, len);
    copy[len] = '\0';
    b->byte_count += len + 1;
    b->cells[b->cell_count++] = (struct cq_text){copy, len};
}

/* Whether no cell of the open row states anything: a spreadsheet leaves such rows below a table. */
static bool states_nothing(const struct builder *b)
{
    for (size_t i = b->row_first; i < b->cell_count; i++)
        if (strspn(b->cells[i].ptr, " \t") < b->cells[i].len)
            return false;
    return true;
}

static void add_row(struct builder *b)
{
    size_t width = b->cell_count - b->row_first;

    b->ended = true;
    if (states_nothing(b)) {
        b->cell_count = b->row_first;
        return;
    }
    if (b->row_count == 0)
        b->columns = width;
    if (width != b->columns)
        b->ragged = true;
    if (!b->ragged)
        b->rows[b->row_count++] = (struct cq_csvtable_row){b->cells + b->row_first, b->row_line};
    b->row_first = b->cell_count;
}

static void on_cell(void *field, size_t len, void *context)
{
    add_cell(context, field, len);
}

static void on_row(int end, void *context)
{
    (void)end;
    add_row(context);
}

/* Length of the line at p with its end: LF, CRLF or CR. */
static size_t line_length(const char *p, size_t rest)
{
    const char *lf = memchr(p, '\n', rest);
    size_t len = !lf ? rest : (size_t)(lf - p) + 1;
    const char *cr = memchr(p, '\r', len);

    if (cr && cr + 1 != lf)
        len = (size_t)(cr - p) + 1;
    return len;
}

static bool is_blank(const char *line, size_t len)
{
    return strspn(line, " \t\r\n") >= len;
}

/* Whether a line is a whole row: nothing is quoted, and it ends with LF alone. */
static bool is_plain(const char *line, size_t len)
{
    return line[len - 1] == '\n' && !memchr(line, '"', len) && !memchr(line, '\r', len);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Splits a plain line like libcsv, but faster than byte by byte: the law is read at every start. */
static void split_plain(struct builder *b, const char *line, size_t len)
{
    const char *end = line + len - 1, *comma;

    do {
        const char *from = line, *to;

        comma = memchr(line, ',', (size_t)(end - line));
        to = comma ? comma : end;
        line = to + 1;
        while (from < to && is_space(*from))
            from++;
        while (from < to && is_space(to[-1]))
            to--;
        add_cell(b, from, (size_t)(to - from));
    } while (comma);
    add_row(b);
}

/* libcsv does not count lines, so it parses line by line. */
static enum cq_code parse_lines(struct builder *b, struct csv_parser *parser, const char *bytes,
                                size_t len, struct cq_err *err)
{
    bool open = false; /* a row began on an earlier line: a quoted cell continues */

    for (size_t at = 0, step; at < len; at += step) {
        step = line_length(bytes + at, len - at);
        b->line++;
        b->ended = false;
        if (!open)
            b->row_line = b->line;
        if (!open && is_plain(bytes + at, step) && !is_blank(bytes + at, step)) {
            split_plain(b, bytes + at, step);
        } else if (csv_parse(parser, bytes + at, step, on_cell, on_row, b) != step) {
            bool nomem = csv_error(parser) == CSV_ENOMEM;
            cq_err_record(err, nomem ? CQ_B_NOMEM : CQ_R_QUOTES, NULL);
            cq_err_at(err, NULL, b->line, NULL);
            return err->code;
        }
        open = !b->ended && (open || !is_blank(bytes + at, step));
        if (b->ragged)
            break;
    }
    if (!b->ragged && csv_fini(parser, on_cell, on_row, b) != 0) {
        cq_err_record(err, CQ_R_QUOTES, NULL);
        cq_err_at(err, NULL, b->row_line, NULL);
        return err->code;
    }
    if (b->ragged) {
        cq_err_record(err, CQ_R_WIDTH, NULL);
        cq_err_at(err, NULL, b->row_line, NULL);
        return err->code;
    }
    return CQ_OK;
}

static size_t count_byte(const char *bytes, size_t len, char byte)
{
    const char *at = bytes, *end = bytes + len;
    size_t count = 0;

    while (at < end && (at = memchr(at, byte, (size_t)(end - at)))) {
        count++;
        at++;
    }
    return count;
}

enum cq_code cq_csvtable_read(struct cq_csvtable *table, const char *bytes, size_t len,
                              struct cq_err *err)
{
    struct cq_err first = {0};
    struct csv_parser parser;
    struct builder b = {0};
    size_t rows_room, cells_room;
    char *memory = NULL;

    *table = (struct cq_csvtable){0};
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    if (len > 0 && memchr(bytes, '\0', len))
        return cq_err_set(err, CQ_F_BINARY, NULL);

    rows_room = count_byte(bytes, len, '\n') + count_byte(bytes, len, '\r') + 1;
    cells_room = rows_room + count_byte(bytes, len, ',');
    memory = malloc(rows_room * sizeof *b.rows + cells_room * sizeof *b.cells + len + 1);
    if (!memory || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        free(memory);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    b.rows = (struct cq_csvtable_row *)(void *)memory;
    b.cells = (struct cq_text *)(void *)(memory + rows_room * sizeof *b.rows);
    b.bytes = memory + rows_room * sizeof *b.rows + cells_room * sizeof *b.cells;

    enum cq_code code = parse_lines(&b, &parser, bytes, len, &first);
    csv_free(&parser);
    if (!code && b.row_count == 0)
        code = cq_err_set(&first, CQ_F_EMPTY, NULL);
    if (code) {
        free(memory);
        cq_err_record(err, code, code == CQ_R_WIDTH ? "%zu" : NULL, b.columns);
        if (err)
            cq_err_at(err, NULL, first.line, NULL);
        return code;
    }
    *table = (struct cq_csvtable){b.rows, b.row_count, b.columns, memory};
    return CQ_OK;
}

void cq_csvtable_fini(struct cq_csvtable *table)
{
    free(table->memory);
    *table = (struct cq_csvtable){0};
}
