/* Detects the encoding of a list and converts it to UTF-8. */
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
    CQ_ENCODINGS
};

extern const char *const cq_encoding_names[CQ_ENCODINGS + 1]; /* NULL at the end */

/* Counts over the bytes of a list. Zero-initialise; add the bytes in order, then end. */
struct cq_encoding_detector {
    int64_t bytes;
    unsigned char head[4]; /* the first bytes */
    int64_t counts[256];
    int64_t lf, cr;         /* line ends passed */
    int64_t pairs;          /* two-byte sequences that are Cyrillic in UTF-8 */
    int64_t bad_line;       /* line of the first byte that is not UTF-8; 0 if none */
    unsigned char carry[4]; /* an incomplete character at the end of the last piece */
    size_t carried;
    unsigned char last; /* byte before, once bytes are counted singly */
};
void cq_encoding_detector_add(struct cq_encoding_detector *detector, const unsigned char *bytes,
                              size_t len);
void cq_encoding_detector_end(struct cq_encoding_detector *detector);

/* Detects the encoding. A byte order mark decides; without one, bytes that are valid UTF-8 are
 * UTF-8. Else the encoding has eight bits: RK1048 where there is one of the sixteen letter bytes in
 * which it differs from CP1251 (read as CP1251 those give letters that no Kazakh or Russian word
 * has), CP1251 where there is none, for then both give the same text.
 * Errors: CQ_F_BINARY (NUL bytes without a mark), CQ_F_ENCODING with the first bad line (UTF-8 that
 * is damaged; eight-bit text that is mostly no letters). Source: RK1048 (STRK1048-2002). */
enum cq_code cq_encoding_detect(const struct cq_encoding_detector *detector,
                                enum cq_encoding *encoding, struct cq_err *err);

/* A converter to UTF-8 for one stream. */
struct cq_decoder;
enum cq_code cq_decoder_open(struct cq_decoder **decoder, enum cq_encoding encoding,
                             struct cq_err *err);
void cq_decoder_close(struct cq_decoder *decoder);

/* Converts a piece; an incomplete character at its end is kept for the next piece. last: none
 * follows. Shape: out and *out_len are the decoder's until the next call. A mark at the start is
 * dropped. Errors: CQ_F_ENCODING with the line in err, CQ_B_NOMEM. */
enum cq_code cq_decoder_next(struct cq_decoder *decoder, const char *bytes, size_t len, bool last,
                             const char **out, size_t *out_len, struct cq_err *err);

#endif
