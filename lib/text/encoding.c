/* Detects encodings and converts with iconv. */
#include "cq/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "cq/str.h"
#include "cq/utf8.h"

const char *const cq_encoding_names[CQ_ENCODINGS + 1] = {"UTF-8",  "UTF-16LE", "UTF-16BE",
                                                         "RK1048", "CP1251",   NULL};

/* Letters in RK1048 whose bytes differ in CP1251: Қ Һ қ һ Ұ ұ Ә Ө Ғ Ү ө ғ ә Ң ң ү. */
static const unsigned char kazakh_bytes[] = {0x8D, 0x8E, 0x9D, 0x9E, 0xA1, 0xA2, 0xA3, 0xA5,
                                             0xAA, 0xAF, 0xB4, 0xBA, 0xBC, 0xBD, 0xBE, 0xBF};

/* Counts a byte in bytes. */
static int64_t count_byte(const unsigned char *bytes, size_t len, unsigned char byte)
{
    int64_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += bytes[i] == byte;
    return count;
}

/* The current line; in a file without LF lines end with CR. */
static int64_t line_of(const struct cq_encoding_detector *d)
{
    return (d->lf ? d->lf : d->cr) + 1;
}

static void count_pairs(struct cq_encoding_detector *d, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        d->pairs += (d->last == 0xD0 || d->last == 0xD1) && bytes[i] >= 0x80 && bytes[i] <= 0xBF;
        d->last = bytes[i];
    }
}

static int64_t count_high(const unsigned char *bytes, size_t len)
{
    int64_t high = 0;
    for (size_t i = 0; i < len; i++)
        high += bytes[i] >> 7;
    return high;
}

/* Whether bytes begin a UTF-8 character that may continue in the next piece. */
static bool may_continue(const unsigned char *bytes, size_t len)
{
    size_t need = bytes[0] >= 0xF0 && bytes[0] <= 0xF4   ? 4
                  : bytes[0] >= 0xE0                     ? 3
                  : bytes[0] >= 0xC2 && bytes[0] <= 0xDF ? 2
                                                         : 0;
    if (bytes[0] > 0xF4 || len >= need)
        return false;
    for (size_t i = 1; i < len; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* Finds the first byte that is not UTF-8; after it lines are no longer counted. */
static void check_utf8(struct cq_encoding_detector *d, const unsigned char *bytes, size_t len)
{
    size_t good = cq_utf8_valid((const char *)bytes, len);
    d->lf += count_byte(bytes, good, '\n');
    d->cr += count_byte(bytes, good, '\r');
    if (good == len)
        return;
    if (len - good < sizeof d->carry && may_continue(bytes + good, len - good)) {
        memcpy(d->carry, bytes + good, len - good);
        d->carried = len - good;
        return;
    }
    d->bad_line = line_of(d);
}

void cq_encoding_detector_add(struct cq_encoding_detector *d, const unsigned char *bytes,
                              size_t len)
{
    for (size_t i = 0; i < len && d->bytes + (int64_t)i < 4; i++)
        d->head[d->bytes + (int64_t)i] = bytes[i];
    d->bytes += (int64_t)len;
    if (!d->bad_line && d->carried > 0) { /* complete the character of the last piece */
        unsigned char joined[8];
        size_t take = len < 4 ? len : 4 - d->carried;
        if (take > len)
            take = len;
        memcpy(joined, d->carry, d->carried);
        memcpy(joined + d->carried, bytes, take);
        size_t size = 0, have = d->carried + take;
        while (size < have && cq_utf8_valid((const char *)joined, size + 1) != size + 1)
            size++;
        if (size < have) {
            size_t used = size + 1 - d->carried;
            d->carried = 0;
            d->pairs++;
            bytes += used;
            len -= used;
        } else if (have < 4 && may_continue(joined, have)) {
            memcpy(d->carry, joined, have);
            d->carried = have;
            return;
        } else {
            d->bad_line = line_of(d);
            d->carried = 0;
        }
    }
    if (!d->bad_line) {
        check_utf8(d, bytes, len);
        if (!d->bad_line) {
            d->pairs += count_high(bytes, len) / 2;
            return;
        }
    }
    for (size_t i = 0; i < len; i++)
        d->counts[bytes[i]]++;
    count_pairs(d, bytes, len);
}

void cq_encoding_detector_end(struct cq_encoding_detector *d)
{
    if (!d->carried || d->bad_line)
        return;
    d->bad_line = line_of(d);
    d->pairs += (int64_t)d->carried - 1;
    for (size_t i = 0; i < d->carried; i++)
        d->counts[d->carry[i]]++;
}

static bool is_letter(unsigned char c)
{
    return c >= 0xC0 || c == 0xA8 || c == 0xB8 || c == 0xB2 || c == 0xB3 ||
           memchr(kazakh_bytes, c, sizeof kazakh_bytes);
}

static enum cq_code fail_detection(const struct cq_encoding_detector *d, struct cq_err *err,
                                   const char *detail)
{
    cq_err_record(err, CQ_F_ENCODING, "%s", detail);
    cq_err_at(err, NULL, (long)d->bad_line, NULL);
    return err->code;
}

static enum cq_code detect_eight_bit(const struct cq_encoding_detector *d,
                                     enum cq_encoding *encoding, struct cq_err *err)
{
    int64_t letters = 0, others = 0, kazakh = 0;
    for (unsigned i = 0x80; i < 0x100; i++)
        if (is_letter((unsigned char)i))
            letters += d->counts[i];
        else
            others += d->counts[i];
    for (size_t i = 0; i < sizeof kazakh_bytes; i++)
        kazakh += d->counts[kazakh_bytes[i]];
    /* Cyrillic in UTF-8 is pairs of bytes; eight-bit text has almost none. */
    if (d->pairs * 4 > letters)
        return fail_detection(d, err, "UTF-8");
    if (others > letters) /* 0x98 is undefined in both; the decoder reports its line */
        return fail_detection(d, err, "RK1048, CP1251");
    *encoding = kazakh ? CQ_ENCODING_RK1048 : CQ_ENCODING_CP1251;
    return CQ_OK;
}

enum cq_code cq_encoding_detect(const struct cq_encoding_detector *d, enum cq_encoding *encoding,
                                struct cq_err *err)
{
    *encoding = CQ_ENCODING_UTF8;
    if (d->bytes >= 2 && d->head[0] == 0xFF && d->head[1] == 0xFE)
        *encoding = CQ_ENCODING_UTF16LE;
    else if (d->bytes >= 2 && d->head[0] == 0xFE && d->head[1] == 0xFF)
        *encoding = CQ_ENCODING_UTF16BE;
    else if (!d->bad_line)
        return CQ_OK;
    else if (memcmp(d->head, "\xEF\xBB\xBF", 3) == 0)
        return fail_detection(d, err, "UTF-8");
    else if (d->counts[0])
        return cq_err_set(err, CQ_F_BINARY, NULL);
    else
        return detect_eight_bit(d, encoding, err);
    return CQ_OK;
}

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
    decoder->iconv = iconv_open("UTF-8", cq_encoding_names[encoding]);
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
    if (rc == (size_t)-1 && !cut) {
        cq_err_record(err, CQ_F_ENCODING, "%s", cq_encoding_names[decoder->encoding]);
        cq_err_at(err, NULL, (long)decoder->lines + 1, NULL);
        return err->code;
    }
    memmove(decoder->in.ptr, from, left);
    decoder->in.len = left;
    drop_mark(decoder);
    *out = decoder->out.ptr;
    *out_len = decoder->out.len;
    return CQ_OK;
}
