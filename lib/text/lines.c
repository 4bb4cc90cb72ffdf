/* Reads a file as lines of UTF-8, with no notion of rows but their size. */
#include "text/lines.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "cq/fd.h"
#include "cq/utf8.h"
#include "text/encoding_detect.h"
#include "text/workbook_copy.h"

enum { CHUNK = 1 << 17 };

/* Makes room after the bytes of the current row. */
static enum cq_code make_room(struct cq_lines *in, size_t need, struct cq_err *err)
{
    size_t start = in->held < in->row_start ? in->held : in->row_start;
    if (start > 0 && in->capacity - in->end < need) {
        memmove(in->buffer, in->buffer + start, in->end - start);
        in->base += (int64_t)start;
        in->next -= start;
        in->end -= start;
        in->row_start -= start;
        in->held -= in->held == SIZE_MAX ? 0 : start;
    }
    if (in->capacity - in->end < need) {
        size_t least = in->end + need > 2 * CHUNK ? in->end + need : 2 * CHUNK;
        char *buffer = cq_grow(in->buffer, least, &in->capacity, 1);
        if (!buffer)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        in->buffer = buffer;
    }
    return CQ_OK;
}

static enum cq_code read_bytes(struct cq_lines *in, char *bytes, size_t *len, struct cq_err *err)
{
    enum cq_code code = in->workbook ? cq_workbook_read(in->workbook, bytes, CHUNK, len, err)
                                     : cq_fd_read(in->fd, bytes, CHUNK, len, err);
    if (code)
        cq_err_at(err, in->name, 0, NULL);
    in->eof = *len == 0;
    return code;
}

/* The line at an end of the buffer. */
static long line_at(const struct cq_lines *in, size_t end)
{
    long line = in->line;
    for (size_t i = in->next; i < end; i++)
        line += in->buffer[i] == '\r' ||
                (in->buffer[i] == '\n' && (i == 0 || in->buffer[i - 1] != '\r'));
    return line;
}

/* Decodes bytes into the buffer. An error is on the line after what could be decoded. */
static enum cq_code decode(struct cq_lines *in, const char *bytes, size_t len, struct cq_err *err)
{
    const char *text;
    size_t text_len = 0;
    struct cq_err own = {0};
    enum cq_code bad = cq_decoder_next(in->decoder, bytes, len, in->eof, &text, &text_len, &own);
    enum cq_code code = make_room(in, text_len, err);
    if (!code && text_len > 0) {
        memcpy(in->buffer + in->end, text, text_len);
        in->end += text_len;
    }
    if (!code && bad) {
        own.line = line_at(in, in->end);
        *err = own;
    }
    return err->code;
}

/* Shows bytes to the detector. */
static enum cq_code detect(struct cq_lines *in, const char *bytes, size_t len, struct cq_err *err)
{
    cq_detector_add(in->detector, bytes, len);
    if (in->eof)
        return cq_detector_end(in->detector, err);
    if (in->detector->err.code)
        *err = in->detector->err;
    return err->code;
}

/* Starts the detector for the last bytes of the buffer, which begin where it was ASCII so far. */
static enum cq_code start_detector(struct cq_lines *in, size_t from, struct cq_err *err)
{
    in->detector = malloc(sizeof *in->detector);
    if (!in->detector)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_detector_init(in->detector, line_at(in, from), in->base == 0 && from == 0);
    return CQ_OK;
}

/* Ends the detection of UTF-8. */
static void settle(struct cq_lines *in)
{
    in->settled = true;
    cq_detector_free(in->detector);
    free(in->detector);
    in->detector = NULL;
}

/* Starts to decode with the last bytes of the buffer. */
static enum cq_code start_decoder(struct cq_lines *in, enum cq_encoding encoding, size_t count,
                                  struct cq_err *err)
{
    in->undecoded = malloc(count > CHUNK ? count : CHUNK);
    if (!in->undecoded)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    memcpy(in->undecoded, in->buffer + in->end - count, count);
    in->end -= count;
    enum cq_code code = cq_decoder_open(&in->decoder, encoding, err);
    return code ? code : decode(in, in->undecoded, count, err);
}

/* Starts to decode by the encoding that was detected. Eight-bit text is RK1048 where it may be. */
static enum cq_code decode_found(struct cq_lines *in, size_t count, struct cq_err *err)
{
    in->encoding = in->detector->encoding;
    return start_decoder(in, in->encoding == CQ_ENCODING_CP1251 ? CQ_ENCODING_RK1048 : in->encoding,
                         count, err);
}

/* Detects the encoding by the last bytes of the buffer and, as long as it is not certain, by those
 * that follow. */
static enum cq_code find_encoding(struct cq_lines *in, size_t count, struct cq_err *err)
{
    size_t len = count;
    enum cq_code code = CQ_OK;
    for (;;) {
        const char *end = in->buffer + in->end;
        if (!in->detector && cq_utf8_ascii(end - len, len))
            return CQ_OK;
        if (!in->detector)
            code = start_detector(in, in->end - len, err);
        if (!code)
            code = detect(in, end - len, len, err);
        if (code)
            return code;
        if (in->detector->encoding != CQ_ENCODING_UTF8)
            return decode_found(in, count, err);
        if (in->eof || cq_detector_is_utf8(in->detector, end[-1] == '\n' || end[-1] == '\r')) {
            settle(in);
            return CQ_OK;
        }
        code = make_room(in, CHUNK, err);
        if (!code)
            code = read_bytes(in, in->buffer + in->end, &len, err);
        if (code)
            return code;
        in->end += len;
        count += len;
    }
}

enum cq_code cq_lines_fill(struct cq_lines *in, struct cq_err *err)
{
    size_t len = 0;
    enum cq_code code = make_room(in, CHUNK, err);
    if (!code)
        code = read_bytes(in, in->decoder ? in->undecoded : in->buffer + in->end, &len, err);
    if (!code && in->decoder && in->detector)
        code = detect(in, in->undecoded, len, err);
    if (!code && in->decoder) {
        code = decode(in, in->undecoded, len, err);
    } else if (!code) {
        in->end += len;
        code = in->settled ? CQ_OK : find_encoding(in, len, err);
    }
    if (code)
        cq_err_at(err, in->name, 0, NULL);
    return code;
}

/* Opens the workbook of which the first chunk was read, and reads the first lines of its sheet. */
static enum cq_code open_workbook(struct cq_lines *in, const struct cq_csv_input *input,
                                  struct cq_err *err)
{
    enum cq_code code =
        cq_workbook_copy(&in->copy, in->fd, in->buffer, in->end, input->folder, err);
    if (!code)
        code =
            cq_workbook_open(&in->workbook, in->copy >= 0 ? in->copy : in->fd, input->sheet, err);
    in->rows = in->settled = true; /* it is UTF-8 */
    in->end = 0;
    in->eof = false;
    return code ? code : cq_lines_fill(in, err);
}

/* Reads the first bytes, as many as tell a workbook. */
static enum cq_code read_first(struct cq_lines *in, struct cq_err *err)
{
    enum cq_code code;
    do {
        size_t len = 0;
        code = make_room(in, CHUNK, err);
        if (!code)
            code = read_bytes(in, in->buffer + in->end, &len, err);
        in->end += len;
    } while (!code && !in->eof && cq_workbook_may_be(in->buffer, in->end));
    return code;
}

/* Reads on in the encoding that the caller names; whether it is UTF-8 is looked at line by line. */
static enum cq_code take_encoding(struct cq_lines *in, enum cq_encoding encoding,
                                  struct cq_err *err)
{
    in->encoding = encoding;
    in->settled = true;
    return encoding == CQ_ENCODING_UTF8 ? CQ_OK : start_decoder(in, encoding, in->end, err);
}

enum cq_code cq_lines_open(struct cq_lines *in, const struct cq_csv_input *input,
                           struct cq_err *err)
{
    in->fd = input->fd;
    in->copy = -1;
    in->line = 1;
    in->held = SIZE_MAX;
    in->rows = input->rows;
    strncat(in->name, input->name, sizeof in->name - 1);
    in->settled = input->rows;
    enum cq_code code = read_first(in, err);
    if (code)
        return code;
    if (!in->rows && cq_workbook_is(in->buffer, in->end))
        return open_workbook(in, input, err);
    if (input->sheet)
        return cq_err_set(err, CQ_F_SHEET_OPTION, NULL);
    if (input->encoding)
        return take_encoding(in, *input->encoding, err);
    return in->settled ? CQ_OK : find_encoding(in, in->end, err);
}

void cq_lines_close(struct cq_lines *in)
{
    if (in->detector)
        settle(in);
    cq_workbook_close(in->workbook);
    if (in->copy >= 0)
        close(in->copy);
    cq_decoder_close(in->decoder);
    free(in->undecoded);
    free(in->buffer);
}

size_t cq_lines_length(const struct cq_lines *in)
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

enum cq_code cq_lines_next(struct cq_lines *in, size_t *len, struct cq_err *err)
{
    while ((*len = cq_lines_length(in)) == 0 && !in->eof) {
        if (in->end - in->row_start > CQ_ROW_MAX)
            return CQ_R_LONG;
        enum cq_code code = cq_lines_fill(in, err);
        if (code)
            return code;
    }
    return CQ_OK;
}

enum cq_code cq_lines_check(struct cq_lines *in, const char *line, size_t len, struct cq_err *err)
{
    if (cq_utf8_valid(line, len) != len)
        cq_err_record(err, CQ_F_ENCODING, "UTF-8");
    else if (memchr(line, '\0', len))
        cq_err_record(err, CQ_F_BINARY, NULL);
    else
        return CQ_OK;
    cq_err_at(err, in->name, in->line, NULL);
    return err->code;
}

enum cq_code cq_lines_skip(struct cq_lines *in, struct cq_err *err)
{
    for (;;) {
        size_t len = cq_lines_length(in);
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
        enum cq_code code = cq_lines_fill(in, err);
        if (code)
            return code;
    }
}
