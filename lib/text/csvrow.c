/* Reads rows through libcsv, one line at a time, so that every row has its line number and a bad row
 * affects no other. */
#include "text/csvrow.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static int never_space(unsigned char c)
{
    (void)c;
    return 0;
}

/* Stands for a '=' before a quote while a row is read once more. */
enum { MASKED = 1 };

static int is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == MASKED;
}

static enum cq_code start(struct cq_csvrow *in, int (*is_space)(unsigned char), struct cq_err *err)
{
    if (in->parser_ready)
        csv_free(&in->parser);
    in->parser_ready = csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
    if (!in->parser_ready)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    csv_set_delim(&in->parser, (unsigned char)in->delimiter);
    csv_set_space_func(&in->parser, is_space);
    csv_set_blk_size(&in->parser, 4096);
    return CQ_OK;
}

enum cq_code cq_csvrow_start(struct cq_csvrow *in, struct cq_err *err)
{
    return start(in, never_space, err);
}

void cq_csvrow_fini(struct cq_csvrow *in)
{
    if (in->parser_ready)
        csv_free(&in->parser);
    cq_str_free(&in->bytes);
    free(in->fields);
}

static void row_reset(struct cq_csvrow *in)
{
    cq_str_clear(&in->bytes);
    in->field_count = 0;
    in->row_done = in->too_long = false;
}

static bool grow_fields(struct cq_csvrow *in, size_t count)
{
    struct cq_text *fields = cq_grow(in->fields, count, &in->field_room, sizeof *in->fields);
    if (fields)
        in->fields = fields;
    return fields;
}

static void on_field(void *text, size_t len, void *context)
{
    struct cq_csvrow *in = context;
    if (len > CQ_FIELD_MAX)
        in->too_long = true;
    if (in->field_count == in->field_room) { /* rare: saves a call per field */
        if (!grow_fields(in, in->field_count + 1)) {
            in->no_memory = true;
            return;
        }
    }
    cq_str_put(&in->bytes, text ? text : "", len);
    if (in->bytes.failed)
        in->no_memory = true;
    in->fields[in->field_count++].len = len;
}

static void on_row(int c, void *context)
{
    struct cq_csvrow *in = context;
    (void)c;
    in->row_done = true;
}

/* Fills in->row from the parsed bytes, which no longer move, and sets the pointers of the
 * fields. */
static void row_finish(struct cq_csvrow *in, long line)
{
    const char *at = in->bytes.ptr ? in->bytes.ptr : "";
    for (size_t i = 0; i < in->field_count; i++) {
        in->fields[i].ptr = at;
        at += in->fields[i].len;
    }
    const struct cq_lines *lines = &in->lines;
    in->row = (struct cq_row){in->fields,
                              in->field_count,
                              line,
                              lines->base + (int64_t)lines->row_start,
                              {lines->buffer + lines->row_start, lines->next - lines->row_start}};
}

enum cq_code cq_csvrow_set_width(struct cq_csvrow *in, size_t count, struct cq_err *err)
{
    if (count > in->field_room && !grow_fields(in, count))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = in->row.count; i < count; i++)
        in->fields[i] = (struct cq_text){"", 0};
    in->row.fields = in->fields;
    in->row.count = count;
    return CQ_OK;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Skips a line before the row. */
static void skip_line(struct cq_csvrow *in, size_t len)
{
    in->lines.next += len;
    in->lines.line++;
    in->lines.row_start = in->lines.next;
}

static bool is_at_end(const struct cq_csvrow *in)
{
    return in->lines.eof && in->lines.next == in->lines.end;
}

/* Goes back to the line after the one on which the row began: an unclosed quote must not consume
 * the rows after it. */
static void rewind_row(struct cq_csvrow *in, size_t first_line, long line)
{
    in->lines.next = in->lines.row_start + first_line;
    in->lines.line = line + 1;
}

/* Ends a row that is longer than CQ_ROW_MAX without a line end: after an unclosed quote reading
 * continues at its second line, else after the long line. */
static enum cq_code end_long_row(struct cq_csvrow *in, size_t first_line, long line,
                                 enum cq_code *bad, struct cq_err *err)
{
    if (first_line) {
        *bad = CQ_R_QUOTES;
        rewind_row(in, first_line, line);
    } else {
        *bad = CQ_R_LONG;
        line = in->lines.line;
        enum cq_code code = cq_lines_skip(&in->lines, err);
        if (code)
            return code;
        in->lines.row_start = in->lines.next;
    }
    row_finish(in, line);
    return cq_csvrow_start(in, err);
}

/* Parses the next line as a part of the row. */
static enum cq_code parse_line(struct cq_csvrow *in, size_t len, enum cq_code *bad,
                               struct cq_err *err)
{
    const char *text = in->lines.buffer + in->lines.next;
    enum cq_code code = cq_lines_check(&in->lines, text, len, err);
    if (code)
        return code;
    size_t parsed = csv_parse(&in->parser, text, len, on_field, on_row, in);
    if (in->no_memory || (parsed < len && csv_error(&in->parser) != CSV_EPARSE))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    in->lines.next += len;
    in->lines.line++;
    if (parsed < len ||
        (!in->row_done && in->lines.next - in->lines.row_start > CQ_ROW_MAX && !is_at_end(in)))
        *bad = CQ_R_QUOTES;
    return CQ_OK;
}

/* Checks the row as a whole, once its last line is parsed. */
static enum cq_code end_row(struct cq_csvrow *in, size_t first_line, long line, enum cq_code *bad,
                            struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (!*bad && !in->row_done && csv_fini(&in->parser, on_field, on_row, in) != 0)
        *bad = CQ_R_QUOTES;
    if (in->no_memory)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    if (in->lines.rows)
        in->lines.line = line + 1;
    if (*bad) {
        rewind_row(in, first_line, line);
        row_reset(in);
        code = cq_csvrow_start(in, err);
    } else if (in->too_long || in->lines.next - in->lines.row_start > CQ_ROW_MAX) {
        *bad = CQ_R_LONG;
    }
    row_finish(in, line);
    return code;
}

/* Reads a row; *first_line becomes the length of its first line, 0 if there is no row or if the
 * line was too long for the buffer. */
static enum cq_code read_once(struct cq_csvrow *in, bool *found, size_t *first_line,
                              enum cq_code *bad, int64_t *blank_lines, struct cq_err *err)
{
    size_t len;
    long line = 0;
    *first_line = 0;
    *found = false;
    *bad = CQ_OK;
    row_reset(in);
    in->lines.row_start = in->lines.next;
    for (;;) {
        enum cq_code code = cq_lines_next(&in->lines, &len, err);
        if (code == CQ_R_LONG) {
            *found = true;
            return end_long_row(in, *first_line, line, bad, err);
        }
        if (code)
            return code;
        if (len == 0)
            break;
        if (!*first_line && is_line_end(in->lines.buffer[in->lines.next])) { /* a blank line */
            skip_line(in, len);
            ++*blank_lines;
            continue;
        }
        if (!*first_line) {
            *first_line = len;
            line = in->lines.line;
        }
        code = parse_line(in, len, bad, err);
        if (code)
            return code;
        if (*bad || in->row_done || is_at_end(in))
            break;
    }
    *found = *first_line > 0;
    return *found ? end_row(in, *first_line, line, bad, err) : CQ_OK;
}

static bool has_blank_beside_quote(const char *line, size_t len)
{
    for (size_t i = 1; i < len; i++)
        if ((line[i] == '"' && is_blank((unsigned char)line[i - 1])) ||
            (line[i - 1] == '"' && is_blank((unsigned char)line[i])))
            return true;
    return false;
}

/* Masks each '=' that begins a cell ="...", as spreadsheets write numbers that are to stay text. */
static bool mask_formulas(const struct cq_csvrow *in, char *line, size_t len)
{
    bool found = false, begins = true;
    if (memchr(line, MASKED, len))
        return false;
    for (size_t i = 0; i + 1 < len; i++) {
        if (begins && line[i] == '=' && line[i + 1] == '"') {
            line[i] = MASKED;
            found = true;
        }
        begins = line[i] == in->delimiter || (begins && line[i] == ' ');
    }
    return found;
}

static void unmask_formulas(char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (line[i] == MASKED)
            line[i] = '=';
}

/* A row whose quotes do not fit is read once more without what stands between a delimiter and a
 * quote: the blanks of "a", "b" and the = of ="1",="2". */
enum cq_code cq_csvrow_read(struct cq_csvrow *in, bool *found, enum cq_code *bad,
                            int64_t *blank_lines, struct cq_err *err)
{
    size_t first_line;
    enum cq_code code = read_once(in, found, &first_line, bad, blank_lines, err);
    if (code || *bad != CQ_R_QUOTES || first_line == 0)
        return code;
    bool masked = mask_formulas(in, in->lines.buffer + in->lines.row_start, first_line);
    if (!masked && !has_blank_beside_quote(in->lines.buffer + in->lines.row_start, first_line))
        return code;
    size_t line = first_line;
    in->lines.next = in->lines.row_start;
    in->lines.line = in->row.line;
    code = start(in, is_blank, err);
    if (!code)
        code = read_once(in, found, &first_line, bad, blank_lines, err);
    if (masked)
        unmask_formulas(in->lines.buffer + in->lines.row_start, line);
    return code ? code : cq_csvrow_start(in, err);
}
