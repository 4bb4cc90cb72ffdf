/* Reads a file as lines of UTF-8, with no notion of rows but their size. */
#include "text/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/csvin.h"
#include "cq/fd.h"
#include "cq/utf8.h"

enum { CHUNK = 1 << 17 };

/* Makes room after the bytes of the current row. */
static enum cq_code make_room(struct cq_lines *in, size_t need, struct cq_err *err)
{
    if (in->row_start > 0 && in->capacity - in->end < need) {
        memmove(in->buffer, in->buffer + in->row_start, in->end - in->row_start);
        in->base += (int64_t)in->row_start;
        in->next -= in->row_start;
        in->end -= in->row_start;
        in->row_start = 0;
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
    enum cq_code code = cq_fd_read(in->fd, bytes, CHUNK, len, err);
    if (code)
        cq_err_at(err, in->name, 0, NULL);
    in->eof = *len == 0;
    return code;
}

/* Decodes bytes into the buffer. */
static enum cq_code decode(struct cq_lines *in, const char *bytes, size_t len, struct cq_err *err)
{
    const char *text;
    size_t text_len;
    enum cq_code code = cq_decoder_next(in->decoder, bytes, len, in->eof, &text, &text_len, err);
    if (!code)
        code = make_room(in, text_len, err);
    if (code) {
        cq_err_at(err, in->name, 0, NULL);
        return code;
    }
    memcpy(in->buffer + in->end, text, text_len);
    in->end += text_len;
    return CQ_OK;
}

enum cq_code cq_lines_fill(struct cq_lines *in, struct cq_err *err)
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

enum cq_code cq_lines_detect(struct cq_lines *in, struct cq_err *err)
{
    struct cq_encoding_detector *detector = calloc(1, sizeof *detector);
    if (!detector)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_encoding_detector_add(detector, (unsigned char *)in->buffer, in->end);
    enum cq_code code = cq_encoding_detect(detector, &in->encoding, err);
    free(detector);
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
