/* Reading CSV through libcsv, one line at a time, so that every row knows its line and a bad row
 * costs no other. What the fields mean is not known here. */
#include "cq/csvin.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cq/utf8.h"

enum { CHUNK = 1 << 17 };

struct cq_csvin {
    int fd;
    char name[256];
    struct csv_parser parser;
    bool parser_ready;
    char delimiter;
    enum cq_encoding encoding;
    struct cq_decoder *decoder; /* NULL for UTF-8 */
    char *undecoded;

    char *buffer;          /* bytes from the start of the current row on */
    size_t capacity;
    size_t row_start;      /* of the current row in buffer */
    size_t peeked;         /* length of the line that was peeked at */
    size_t next;           /* first byte not yet given to the parser */
    size_t end;
    int64_t base;          /* stream offset of buffer[0] */
    bool eof;
    long line;             /* line of buffer[next] */

    struct cq_str bytes;   /* the fields of the row, one after the other */
    size_t *ends;          /* where each field ends in bytes */
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
    if (in->field_count == in->field_room) {
        size_t room = in->field_room ? in->field_room * 2 : 64;
        size_t *ends = realloc(in->ends, room * sizeof *ends);
        if (ends)
            in->ends = ends;
        struct cq_text *fields = realloc(in->fields, room * sizeof *fields);
        if (fields)
            in->fields = fields;
        if (!ends || !fields) {
            in->no_memory = true;
            return;
        }
        in->field_room = room;
    }
    if (cq_str_add(&in->bytes, text ? text : "", len) != CQ_OK)
        in->no_memory = true;
    in->ends[in->field_count++] = in->bytes.len;
}

static void on_row(int c, void *context)
{
    struct cq_csvin *in = context;
    (void)c;
    in->row_done = true;
}

/* Makes room behind what is kept of the current row. */
static enum cq_code make_room(struct cq_csvin *in, size_t need, struct cq_err *err)
{
    if (in->row_start > 0 && in->capacity - in->end < need) {
        memmove(in->buffer, in->buffer + in->row_start, in->end - in->row_start);
        in->base += (int64_t)in->row_start;
        in->next -= in->row_start;
        in->end -= in->row_start;
        in->row_start = 0;
    }
    if (in->capacity - in->end < need) {
        size_t capacity = in->capacity ? in->capacity * 2 : 2 * CHUNK;
        while (capacity - in->end < need)
            capacity *= 2;
        char *buffer = realloc(in->buffer, capacity);
        if (!buffer)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        in->buffer = buffer;
        in->capacity = capacity;
    }
    return CQ_OK;
}

static enum cq_code read_bytes(struct cq_csvin *in, char *bytes, size_t *len, struct cq_err *err)
{
    ssize_t got;
    do
        got = read(in->fd, bytes, CHUNK);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        cq_err_set(err, errno == EISDIR ? CQ_O_DIRECTORY : CQ_O_READ, "%s", strerror(errno));
        return cq_err_at(err, in->name, 0, NULL);
    }
    in->eof = got == 0;
    *len = (size_t)got;
    return CQ_OK;
}

/* Puts bytes through the decoder into the buffer. */
static enum cq_code decode(struct cq_csvin *in, const char *bytes, size_t len, struct cq_err *err)
{
    const char *text;
    size_t text_len;
    enum cq_code code =
        cq_decoder_next(in->decoder, bytes, len, in->eof, &text, &text_len, err);
    if (!code)
        code = make_room(in, text_len, err);
    if (code)
        return cq_err_at(err, in->name, 0, NULL);
    memcpy(in->buffer + in->end, text, text_len);
    in->end += text_len;
    return CQ_OK;
}

/* Reads more bytes behind what is kept of the current row. */
static enum cq_code fill(struct cq_csvin *in, struct cq_err *err)
{
    size_t len = 0;
    enum cq_code code = make_room(in, CHUNK, err);
    if (!code)
        code = read_bytes(in, in->decoder ? in->undecoded : in->buffer + in->end, &len, err);
    if (!code && in->decoder)
        return decode(in, in->undecoded, len, err);
    in->end += len;
    return code;
}

/* Judges the encoding by the first piece. What is not UTF-8 is RK1048 here even without a letter of
 * its own: where CP1251 differs from it, CP1251 has no letter that a list could hold. */
static enum cq_code find_encoding(struct cq_csvin *in, struct cq_err *err)
{
    struct cq_evidence *evidence = calloc(1, sizeof *evidence);
    if (!evidence)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_evidence_add(evidence, (unsigned char *)in->buffer, in->end);
    enum cq_code code = cq_encoding_judge(evidence, &in->encoding, err);
    free(evidence);
    if (in->encoding == CQ_ENCODING_CP1251)
        in->encoding = CQ_ENCODING_RK1048;
    if (code || in->encoding == CQ_ENCODING_UTF8)
        return code;
    in->undecoded = malloc(CHUNK);
    if (!in->undecoded)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    code = cq_decoder_open(&in->decoder, in->encoding, err);
    size_t len = in->end;
    if (!code) {
        memcpy(in->undecoded, in->buffer, len);
        in->end = 0;
        code = decode(in, in->undecoded, len, err);
    }
    return code;
}

/* Length of the line at buffer[next], its end (LF, CRLF or CR) included; 0 if more bytes are
 * needed to tell. */
static size_t line_length(const struct cq_csvin *in)
{
    const char *from = in->buffer + in->next;
    size_t left = in->end - in->next;
    const char *lf = memchr(from, '\n', left);
    const char *cr = memchr(from, '\r', lf ? (size_t)(lf - from) : left);
    if (cr && cr + 1 == lf)
        return (size_t)(lf - from) + 1;
    if (cr && (cr + 1 < from + left || in->eof))
        return (size_t)(cr - from) + 1;
    if (cr)
        return 0;
    if (lf)
        return (size_t)(lf - from) + 1;
    return in->eof ? left : 0;
}

/* Finds the next line. Shape: *len is 0 at the end of the file. */
static enum cq_code next_line(struct cq_csvin *in, size_t *len, struct cq_err *err)
{
    while ((*len = line_length(in)) == 0 && !in->eof) {
        if (in->end - in->row_start > CQ_ROW_MAX)
            return CQ_R_LONG;
        enum cq_code code = fill(in, err);
        if (code)
            return code;
    }
    return CQ_OK;
}

static enum cq_code check_bytes(struct cq_csvin *in, const char *line, size_t len,
                                struct cq_err *err)
{
    if (cq_utf8_valid(line, len) != len)
        cq_err_set(err, CQ_F_ENCODING, "UTF-8");
    else if (memchr(line, '\0', len))
        cq_err_set(err, CQ_F_BINARY, NULL);
    else
        return CQ_OK;
    return cq_err_at(err, in->name, in->line, NULL);
}

/* Throws away the rest of a line that is longer than any row may be. */
static enum cq_code skip_line(struct cq_csvin *in, struct cq_err *err)
{
    for (;;) {
        size_t len = line_length(in);
        if (len > 0 || in->eof) {
            in->next += len;
            in->line++;
            return CQ_OK;
        }
        size_t keep = in->end > in->next && in->buffer[in->end - 1] == '\r' ? 1 : 0;
        in->base += (int64_t)(in->end - keep);
        memmove(in->buffer, in->buffer + in->end - keep, keep);
        in->row_start = in->next = 0;
        in->end = keep;
        enum cq_code code = fill(in, err);
        if (code)
            return code;
    }
}

/* Gives one row to the caller of next: fills in->row from what the parser left. */
static void row_finish(struct cq_csvin *in, long line)
{
    size_t start = 0;
    for (size_t i = 0; i < in->field_count; i++) {
        in->fields[i] = (struct cq_text){in->bytes.ptr ? in->bytes.ptr + start : "",
                                         in->ends[i] - start};
        start = in->ends[i];
    }
    in->row = (struct cq_row){in->fields, in->field_count, line, in->base + (int64_t)in->row_start,
                              {in->buffer + in->row_start, in->next - in->row_start}};
}

/* Goes back to the line after the one on which the row began: an unclosed quote must not swallow
 * the rows behind it. */
static void rewind_row(struct cq_csvin *in, size_t first_line, long line)
{
    in->next = in->row_start + first_line;
    in->line = line + 1;
}

static enum cq_code read_row(struct cq_csvin *in, bool *found, enum cq_code *bad,
                             struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    size_t first_line = 0;
    long line = 0;
    *found = false;
    *bad = CQ_OK;
    row_reset(in);
    in->row_start = in->next;
    for (;;) {
        size_t len;
        code = next_line(in, &len, err);
        if (code == CQ_R_LONG) {
            *found = true;
            if (first_line) {
                *bad = CQ_R_QUOTES;
                rewind_row(in, first_line, line);
            } else {
                *bad = CQ_R_LONG;
                line = in->line;
                code = skip_line(in, err);
                if (code)
                    return code;
                in->row_start = in->next;
            }
            row_finish(in, line);
            return parser_start(in, err);
        }
        if (code)
            return code;
        if (len == 0) {
            if (!first_line)
                return CQ_OK;
            break;
        }
        const char *text = in->buffer + in->next;
        if (!first_line && (text[0] == '\n' || text[0] == '\r')) { /* a blank line */
            in->next += len;
            in->line++;
            in->row_start = in->next;
            continue;
        }
        code = check_bytes(in, text, len, err);
        if (code)
            return code;
        if (!first_line) {
            first_line = len;
            line = in->line;
        }
        size_t parsed = csv_parse(&in->parser, text, len, on_field, on_row, in);
        if (in->no_memory || (parsed < len && csv_error(&in->parser) != CSV_EPARSE))
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        in->next += len;
        in->line++;
        if (parsed < len) {
            *bad = CQ_R_QUOTES;
            break;
        }
        if (in->row_done || (in->eof && in->next == in->end))
            break;
        if (in->next - in->row_start > CQ_ROW_MAX) {
            *bad = CQ_R_QUOTES;
            break;
        }
    }
    *found = true;
    if (!*bad && !in->row_done && csv_fini(&in->parser, on_field, on_row, in) != 0)
        *bad = CQ_R_QUOTES;
    if (in->no_memory)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    if (*bad) {
        rewind_row(in, first_line, line);
        row_reset(in);
        code = parser_start(in, err);
    } else if (in->too_long) {
        *bad = CQ_R_LONG;
    } else if (in->header.count && in->field_count != in->header.count) {
        *bad = CQ_R_WIDTH;
    }
    row_finish(in, line);
    return code;
}

/* The delimiter that stands most often outside quotes in the header line; a comma if none does. */
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
    enum cq_code code = next_line(in, &len, err);
    while (code == CQ_OK && !in->eof && in->end < 3)
        code = fill(in, err);
    if (code == CQ_OK && in->end >= 3 && memcmp(in->buffer, "\xEF\xBB\xBF", 3) == 0)
        in->next = in->row_start = 3;
    /* Blank lines before the header are not the header. */
    while (code == CQ_OK && (code = next_line(in, &len, err)) == CQ_OK && len > 0 &&
           strchr("\r\n", in->buffer[in->next]) && in->buffer[in->next]) {
        in->next += len;
        in->row_start = in->next;
        in->line++;
    }
    if (code == CQ_R_LONG)
        return cq_err_set(err, CQ_F_BINARY, NULL);
    if (code)
        return code;
    in->delimiter = delimiter ? delimiter : find_delimiter(in->buffer + in->next, len);
    code = parser_start(in, err);
    bool found;
    enum cq_code bad;
    if (code == CQ_OK)
        code = read_row(in, &found, &bad, err);
    if (code)
        return code;
    if (!found)
        return cq_err_set(err, CQ_F_EMPTY, NULL);
    if (bad)
        return cq_err_set(err, bad == CQ_R_QUOTES ? CQ_F_HEADER_QUOTES : CQ_F_BINARY, NULL);
    in->header_bytes = in->bytes;
    in->header = in->row;
    in->header.raw = (struct cq_text){NULL, 0};
    in->bytes = (struct cq_str){0};
    in->fields = NULL;
    free(in->ends);
    in->ends = NULL;
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
    in->fd = fd;
    in->line = 1;
    strncat(in->name, name, sizeof in->name - 1);
    enum cq_code code = fill(in, err);
    if (code == CQ_OK)
        code = find_encoding(in, err);
    if (code == CQ_OK)
        code = read_header(in, delimiter, err);
    if (code) {
        cq_err_at(err, in->name, 0, NULL);
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
    free(in->ends);
    free(in->fields);
    cq_decoder_close(in->decoder);
    free(in->undecoded);
    free(in->buffer);
    free(in);
}

const struct cq_row *cq_csvin_header(const struct cq_csvin *in)
{
    return &in->header;
}

enum cq_encoding cq_csvin_encoding(const struct cq_csvin *in)
{
    return in->encoding;
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
    *row = code == CQ_OK && found ? &in->row : NULL;
    return code;
}

enum cq_code cq_csvin_peek(struct cq_csvin *in, struct cq_text *line, bool *found,
                           struct cq_err *err)
{
    size_t len;
    enum cq_code code;
    *found = false;
    for (;;) {
        in->row_start = in->next;
        code = next_line(in, &len, err);
        if (code || len == 0)
            return code == CQ_R_LONG ? CQ_OK : code;
        const char *text = in->buffer + in->next;
        in->peeked = len;
        while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
            len--;
        *line = (struct cq_text){text, len};
        *found = len > 0;
        if (*found)
            return CQ_OK;
        in->next += in->peeked;
        in->line++;
    }
}

void cq_csvin_skip(struct cq_csvin *in, long *line, int64_t *offset)
{
    *line = in->line++;
    *offset = in->base + (int64_t)in->next;
    in->next += in->peeked;
}

enum cq_code cq_csvin_seek(struct cq_csvin *in, int64_t offset, long line, struct cq_err *err)
{
    if (lseek(in->fd, (off_t)offset, SEEK_SET) < 0) {
        cq_err_set(err, CQ_O_READ, "%s", strerror(errno));
        return cq_err_at(err, in->name, 0, NULL);
    }
    in->row_start = in->next = in->end = 0;
    in->base = offset;
    in->line = line;
    in->eof = false;
    return parser_start(in, err);
}

int64_t cq_csvin_offset(const struct cq_csvin *in)
{
    return in->base + (int64_t)in->next;
}

bool cq_csvin_ready(const struct cq_csvin *in)
{
    return in->next < in->end && line_length(in) > 0;
}
