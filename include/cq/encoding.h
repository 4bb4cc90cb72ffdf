/* The encodings of lists, and their conversion to UTF-8. */
#ifndef CQ_ENCODING_H
#define CQ_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

enum cq_encoding {
    CQ_ENCODING_UTF8,
    CQ_ENCODING_UTF16LE,
    CQ_ENCODING_UTF16BE,
    CQ_ENCODING_RK1048,
    CQ_ENCODING_CP1251,
    CQ_ENCODING_KOI8R,
    CQ_ENCODING_ISO8859_5,
    CQ_ENCODING_CP866,
    CQ_ENCODING_MACCYRILLIC,
    CQ_ENCODING_CP855,
    CQ_ENCODINGS
};

extern const char *const cq_encoding_names[CQ_ENCODINGS + 1]; /* NULL at the end */

/* What iconv calls them. */
extern const char *const cq_encoding_charsets[CQ_ENCODINGS];

/* A converter to UTF-8 for one stream. */
struct cq_decoder;
enum cq_code cq_decoder_open(struct cq_decoder **decoder, enum cq_encoding encoding,
                             struct cq_err *err);
void cq_decoder_close(struct cq_decoder *decoder);

/* Converts a piece; an incomplete character at its end is kept for the next piece. last: none
 * follows. Shape: out and *out_len are the decoder's until the next call; after CQ_F_ENCODING they are
 * what came before the error. A mark at the start is dropped.
 * Errors: CQ_F_ENCODING with the line in err, CQ_B_NOMEM. */
enum cq_code cq_decoder_next(struct cq_decoder *decoder, const char *bytes, size_t len, bool last,
                             const char **out, size_t *out_len, struct cq_err *err);

#endif
