/* Fuzzes the detector of encodings: any bytes have an encoding in which they are text, or are refused
 * with a line; the pieces in which they come make no difference. The first byte is the size of the
 * pieces. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "cq/utf8.h"
#include "text/encoding_detect.h"

struct outcome {
    enum cq_encoding encoding;
    struct cq_err err;
};

static struct outcome detect(const uint8_t *data, size_t size, size_t piece)
{
    struct cq_detector detector;
    struct outcome outcome = {0};
    cq_detector_init(&detector, 1, true);
    for (size_t at = 0; at < size; at += piece)
        cq_detector_add(&detector, data + at, size - at < piece ? size - at : piece);
    enum cq_code code = cq_detector_end(&detector, &outcome.err);
    assert(code == outcome.err.code);
    outcome.encoding = detector.encoding;
    cq_detector_free(&detector);
    return outcome;
}

/* An encoding that was found is UTF-8, or can be converted but for bytes that it has not. */
static void check_found(enum cq_encoding encoding, const uint8_t *data, size_t size)
{
    struct cq_decoder *decoder;
    struct cq_err err = {0};
    const char *out;
    size_t len;
    if (encoding == CQ_ENCODING_UTF8) {
        assert(cq_utf8_valid((const char *)data, size) == size);
        return;
    }
    assert(!cq_decoder_open(&decoder, encoding, &err));
    if (!cq_decoder_next(decoder, (const char *)data, size, true, &out, &len, &err))
        assert(cq_utf8_valid(out, len) == len);
    else
        assert(err.code == CQ_F_ENCODING && err.line > 0);
    cq_decoder_close(decoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct outcome whole = detect(data + 1, size - 1, size);
    struct outcome pieces = detect(data + 1, size - 1, data[0] ? data[0] : 256);
    assert(pieces.err.code == whole.err.code && pieces.err.line == whole.err.line);
    assert(strcmp(pieces.err.detail, whole.err.detail) == 0);
    if (!whole.err.code) {
        assert(pieces.encoding == whole.encoding);
        check_found(whole.encoding, data + 1, size - 1);
        return 0;
    }
    assert(whole.err.code == CQ_F_BINARY || whole.err.code == CQ_F_ENCODING ||
           whole.err.code == CQ_F_ENCODING_UNSURE || whole.err.code == CQ_F_ENCODING_MIXED);
    assert(whole.err.line > 0);
    return 0;
}
