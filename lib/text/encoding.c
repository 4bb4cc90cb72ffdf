/* Converts to UTF-8 with iconv. */
#include "cq/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "cq/str.h"

const char *const cq_encoding_names[CQ_ENCODINGS + 1] = {
    "UTF-8",      "UTF-16LE", "UTF-16BE",    "RK1048", "CP1251", "KOI8-R",
    "ISO-8859-5", "CP866",    "MacCyrillic", "CP855",  NULL};

const char *const cq_encoding_charsets[CQ_ENCODINGS] = {
    "UTF-8",  "UTF-16LE",   "UTF-16BE", "RK1048",       "CP1251",
    "KOI8-R", "ISO-8859-5", "CP866",    "MAC-CYRILLIC", "IBM855"};

struct cq_decoder {
    iconv_t iconv;
    struct cq_str in; /* an incomplete character and the next piece */
    struct cq_str out;
    int64_t lines;
    bool after_cr;
    bool started;
    enum cq_encoding encoding;
};

enum cq_code cq_decoder_open(struct cq_decoder **result, enum cq_encoding encoding,
                             struct cq_err *err)
{
    struct cq_decoder *decoder = calloc(1, sizeof *decoder);
    *result = NULL;
    if (!decoder)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    decoder->encoding = encoding;
    decoder->iconv = iconv_open("UTF-8", cq_encoding_charsets[encoding]);
    if (decoder->iconv == (iconv_t)-1) {
        free(decoder);
        return cq_err_set(err, CQ_F_ENCODING, "%s", cq_encoding_names[encoding]);
    }
    *result = decoder;
    return CQ_OK;
}

void cq_decoder_close(struct cq_decoder *decoder)
{
    if (!decoder)
        return;
    iconv_close(decoder->iconv);
    cq_str_free(&decoder->in);
    cq_str_free(&decoder->out);
    free(decoder);
}

static void count_decoded(struct cq_decoder *decoder)
{
    for (size_t i = 0; i < decoder->out.len; i++) {
        char c = decoder->out.ptr[i];
        decoder->lines += c == '\r' || (c == '\n' && !decoder->after_cr);
        decoder->after_cr = c == '\r';
    }
}

/* Drops a byte order mark at the start. */
static void drop_mark(struct cq_decoder *decoder)
{
    if (decoder->started || decoder->out.len == 0)
        return;
    decoder->started = true;
    if (decoder->out.len >= 3 && memcmp(decoder->out.ptr, "\xEF\xBB\xBF", 3) == 0) {
        memmove(decoder->out.ptr, decoder->out.ptr + 3, decoder->out.len - 3);
        decoder->out.len -= 3;
    }
}

enum cq_code cq_decoder_next(struct cq_decoder *decoder, const char *bytes, size_t len, bool last,
                             const char **out, size_t *out_len, struct cq_err *err)
{
    cq_str_clear(&decoder->out);
    cq_str_put(&decoder->in, bytes, len);
    if (decoder->in.failed || cq_str_reserve(&decoder->out, decoder->in.len * 3 + 16))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    char *from = decoder->in.ptr, *to = decoder->out.ptr;
    size_t left = decoder->in.len, room = decoder->out.cap - 1;
    size_t rc = iconv(decoder->iconv, &from, &left, &to, &room);
    bool cut = rc == (size_t)-1 && errno == EINVAL && !last;
    decoder->out.len = (size_t)(to - decoder->out.ptr);
    count_decoded(decoder);
    drop_mark(decoder);
    *out = decoder->out.ptr;
    *out_len = decoder->out.len;
    if (rc == (size_t)-1 && !cut) {
        cq_err_record(err, CQ_F_ENCODING, "%s", cq_encoding_names[decoder->encoding]);
        cq_err_at(err, NULL, (long)decoder->lines + 1, NULL);
        return err->code;
    }
    memmove(decoder->in.ptr, from, left);
    decoder->in.len = left;
    return CQ_OK;
}
