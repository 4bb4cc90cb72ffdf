/* Reads CSV through libcsv, one line at a time, so that every row has its line number and a bad row
 * affects no other. */
#include "cq/csvin.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "text/lines.h"

struct cq_csvin {
    struct cq_lines lines;
    struct csv_parser parser;
    bool parser_ready;
    char delimiter;

    struct cq_str bytes; /* the fields of the row, one after the other */
    struct cq_text *fields;
    size_t field_room;
    size_t field_count;
    bool row_done;
    bool too_long;
    bool no_memory;

    struct cq_row row;
    struct cq_row header;
    struct cq_str header_bytes;
};

static int never_space(unsigned char c)
{
    (void)c;
    return 0;
}

static enum cq_code parser_start(struct cq_csvin *in, struct cq_err *err)
{
    if (in->parser_ready)
        csv_free(&in->parser);
    in->parser_ready = csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
    if (!in->parser_ready)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    csv_set_delim(&in->parser, (unsigned char)in->delimiter);
    csv_set_space_func(&in->parser, never_space);
    csv_set_blk_size(&in->parser, 4096);
    return CQ_OK;
}

static void row_reset(struct cq_csvin *in)
{
    cq_str_clear(&in->bytes);
    in->field_count = 0;
    in->row_done = in->too_long = false;
}

static void on_field(void *text, size_t len, void *context)
{
    struct cq_csvin *in = context;
    if (len > CQ_FIELD_MAX)
        in->too_long = true;
    if (in->field_count == in->field_room) { /* rare: saves a call per field */
        struct cq_text *fields =
            cq_grow(in->fields, in->field_count + 1, &in->field_room, sizeof *in->fields);
        if (!fields) {
            in->no_memory = true;
            return;
        }
        in->fields = fields;
    }
    cq_str_put(&in->bytes, text ? text : "", len);
    if (in->bytes.failed)
        in->no_memory = true;
    in->fields[in->field_count++].len = len;
}

static void on_row(int c, void *context)
{
    struct cq_csvin *in = context;
    (void)c;
    in->row_done = true;
}

/* Fills in->row from the parsed bytes, which no longer move, and sets the pointers of the
 * fields. */
static void row_finish(struct cq_csvin *in, long line)
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

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Skips a line before the row. */
static void skip_line(struct cq_csvin *in, size_t len)
{
    in->lines.next += len;
    in->lines.line++;
    in->lines.row_start = in->lines.next;
}

static bool is_at_end(const struct cq_csvin *in)
{
    return in->lines.eof && in->lines.next == in->lines.end;
}

/* Goes back to the line after the one on which the row began: an unclosed quote must not consume
 * the rows after it. */
static void rewind_row(struct cq_csvin *in, size_t first_line, long line)
{
    in->lines.next = in->lines.row_start + first_line;
    in->lines.line = line + 1;
}

/* Ends a row that is longer than CQ_ROW_MAX without a line end: after an unclosed quote reading
 * continues at its second line, else after the long line. */
static enum cq_code end_long_row(struct cq_csvin *in, size_t first_line, long line,
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
    return parser_start(in, err);
}

/* Parses the next line as a part of the row. */
static enum cq_code parse_line(struct cq_csvin *in, size_t len, enum cq_code *bad,
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
static enum cq_code end_row(struct cq_csvin *in, size_t first_line, long line, enum cq_code *bad,
                            struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (!*bad && !in->row_done && csv_fini(&in->parser, on_field, on_row, in) != 0)
        *bad = CQ_R_QUOTES;
    if (in->no_memory)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    if (*bad) {
        rewind_row(in, first_line, line);
        row_reset(in);
        code = parser_start(in, err);
    } else if (in->too_long || in->lines.next - in->lines.row_start > CQ_ROW_MAX) {
        *bad = CQ_R_LONG;
    } else if (in->header.count && in->field_count != in->header.count) {
        *bad = CQ_R_WIDTH;
    }
    row_finish(in, line);
    return code;
}

static enum cq_code read_row(struct cq_csvin *in, bool *found, enum cq_code *bad,
                             struct cq_err *err)
{
    size_t first_line = 0, len;
    long line = 0;
    *found = false;
    *bad = CQ_OK;
    row_reset(in);
    in->lines.row_start = in->lines.next;
    for (;;) {
        enum cq_code code = cq_lines_next(&in->lines, &len, err);
        if (code == CQ_R_LONG) {
            *found = true;
            return end_long_row(in, first_line, line, bad, err);
        }
        if (code)
            return code;
        if (len == 0)
            break;
        if (!first_line && is_line_end(in->lines.buffer[in->lines.next])) { /* a blank line */
            skip_line(in, len);
            continue;
        }
        if (!first_line) {
            first_line = len;
            line = in->lines.line;
        }
        code = parse_line(in, len, bad, err);
        if (code)
            return code;
        if (*bad || in->row_done || is_at_end(in))
            break;
    }
    *found = first_line > 0;
    return *found ? end_row(in, first_line, line, bad, err) : CQ_OK;
}

/* The most frequent delimiter outside quotes in the header line; a comma if there is none. */
static char find_delimiter(const char *line, size_t len)
{
    static const char candidates[] = ",;\t";
    size_t counts[3] = {0};
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        if (line[i] == '"')
            quoted = !quoted;
        const char *hit = quoted || !line[i] ? NULL : strchr(candidates, line[i]);
        if (hit)
            counts[hit - candidates]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

static enum cq_code read_header(struct cq_csvin *in, char delimiter, struct cq_err *err)
{
    size_t len;
    enum cq_code code = cq_lines_next(&in->lines, &len, err);
    while (!code && !in->lines.eof && in->lines.end < 3)
        code = cq_lines_fill(&in->lines, err);
    if (!code && in->lines.end >= 3 && memcmp(in->lines.buffer, "\xEF\xBB\xBF", 3) == 0)
        in->lines.next = in->lines.row_start = 3;
    /* Blank lines before the header are not the header. */
    while (!code && !(code = cq_lines_next(&in->lines, &len, err)) && len > 0 &&
           is_line_end(in->lines.buffer[in->lines.next]))
        skip_line(in, len);
    if (code == CQ_R_LONG)
        return cq_err_set(err, CQ_F_HEADER_LONG, NULL);
    if (code)
        return code;
    in->delimiter = delimiter ? delimiter : find_delimiter(in->lines.buffer + in->lines.next, len);
    code = parser_start(in, err);
    bool found;
    enum cq_code bad;
    if (!code)
        code = read_row(in, &found, &bad, err);
    if (code)
        return code;
    if (!found)
        return cq_err_set(err, CQ_F_EMPTY, NULL);
    if (bad)
        return cq_err_set(err, bad == CQ_R_QUOTES ? CQ_F_HEADER_QUOTES : CQ_F_HEADER_LONG, NULL);
    in->header_bytes = in->bytes;
    in->header = in->row;
    in->header.raw = (struct cq_text){NULL, 0};
    in->bytes = (struct cq_str){0};
    in->fields = NULL;
    in->field_room = 0;
    return CQ_OK;
}

enum cq_code cq_csvin_open(struct cq_csvin **out, int fd, const char *name, char delimiter,
                           struct cq_err *err)
{
    *out = NULL;
    struct cq_csvin *in = calloc(1, sizeof *in);
    if (!in)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    in->lines.fd = fd;
    in->lines.line = 1;
    strncat(in->lines.name, name, sizeof in->lines.name - 1);
    enum cq_code code = cq_lines_fill(&in->lines, err);
    if (!code)
        code = read_header(in, delimiter, err);
    if (code) {
        cq_err_at(err, in->lines.name, 0, NULL);
        cq_csvin_close(in);
        return code;
    }
    *out = in;
    return CQ_OK;
}

void cq_csvin_close(struct cq_csvin *in)
{
    if (!in)
        return;
    if (in->parser_ready)
        csv_free(&in->parser);
    free((void *)in->header.fields);
    cq_str_free(&in->header_bytes);
    cq_str_free(&in->bytes);
    free(in->fields);
    cq_lines_close(&in->lines);
    free(in);
}

const struct cq_row *cq_csvin_header(const struct cq_csvin *in)
{
    return &in->header;
}

enum cq_encoding cq_csvin_encoding(const struct cq_csvin *in)
{
    return in->lines.encoding;
}

char cq_csvin_delimiter(const struct cq_csvin *in)
{
    return in->delimiter;
}

enum cq_code cq_csvin_next(struct cq_csvin *in, const struct cq_row **row, enum cq_code *bad,
                           struct cq_err *err)
{
    bool found;
    enum cq_code code = read_row(in, &found, bad, err);
    *row = !code && found ? &in->row : NULL;
    return code;
}

enum cq_code cq_csvin_peek(struct cq_csvin *in, struct cq_text *line, bool *found,
                           struct cq_err *err)
{
    size_t len;
    enum cq_code code;
    *found = false;
    for (;;) {
        in->lines.row_start = in->lines.next;
        code = cq_lines_next(&in->lines, &len, err);
        if (code || len == 0)
            return code == CQ_R_LONG ? CQ_OK : code;
        const char *text = in->lines.buffer + in->lines.next;
        in->lines.peeked = len;
        while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
            len--;
        *line = (struct cq_text){text, len};
        *found = len > 0;
        if (*found)
            return CQ_OK;
        in->lines.next += in->lines.peeked;
        in->lines.line++;
    }
}

void cq_csvin_skip(struct cq_csvin *in, long *line, int64_t *offset)
{
    *line = in->lines.line++;
    *offset = in->lines.base + (int64_t)in->lines.next;
    in->lines.next += in->lines.peeked;
}

enum cq_code cq_csvin_seek(struct cq_csvin *in, int64_t offset, long line, struct cq_err *err)
{
    if (lseek(in->lines.fd, (off_t)offset, SEEK_SET) < 0) {
        cq_err_record(err, CQ_O_READ, "%s", strerror(errno));
        cq_err_at(err, in->lines.name, 0, NULL);
        return err->code;
    }
    in->lines.row_start = in->lines.next = in->lines.end = 0;
    in->lines.base = offset;
    in->lines.line = line;
    in->lines.eof = false;
    return parser_start(in, err);
}

int64_t cq_csvin_offset(const struct cq_csvin *in)
{
    return in->lines.base + (int64_t)in->lines.next;
}

bool cq_csvin_ready(const struct cq_csvin *in)
{
    return in->lines.next < in->lines.end && cq_lines_length(&in->lines) > 0;
}
