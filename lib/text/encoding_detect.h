/* Finds the encoding of a list from its bytes, and keeps judging them once it is found. */
#ifndef CQ_TEXT_ENCODING_DETECT_H
#define CQ_TEXT_ENCODING_DETECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/encoding.h"
#include "cq/err.h"
#include "cq/str.h"

/* Open it with init, add all bytes in order, then end; an error stays. A byte order mark decides;
 * bytes that are valid UTF-8 are UTF-8. Else the encoding has eight bits, and the first part of the
 * list from the first byte that is not UTF-8 decides by its words (encoding_evidence.h). After that
 * every line is judged: one that is words only in another encoding is an error. Where all words read
 * alike in several encodings, the first of them is found; CP1251 becomes RK1048 with the first letter
 * that differs.
 * Errors in err: CQ_F_BINARY (a NUL byte in eight-bit text); CQ_F_ENCODING (damaged UTF-8, or words in
 * no encoding; detail: the encodings), CQ_F_ENCODING_UNSURE (detail: the candidates),
 * CQ_F_ENCODING_MIXED (detail: that of the line), each with the line;
 * CQ_B_NOMEM. */
struct cq_detector {
    enum cq_encoding encoding; /* the one found, once decided */
    bool decided;              /* by a mark or by words; UTF-8 without a mark only at the end */
    struct cq_err err;
    int64_t bytes;

    /* private */
    unsigned char start[3]; /* the first bytes, which may be a mark */
    size_t started;
    bool marked; /* UTF-8 by its mark */
    bool nul;    /* a NUL byte was seen */
    long first_line;
    int64_t lf, cr;         /* line ends passed */
    bool high;              /* bytes above ASCII that are valid UTF-8 were seen */
    int64_t letters;        /* Cyrillic letters in UTF-8, at most a few are counted */
    unsigned char carry[4]; /* an incomplete character at the end of the last piece */
    size_t carried;
    long bad_line; /* of the first byte that is not UTF-8; 0 if none */
    struct cq_str window;
    struct cq_evidence *evidence;
};

/* Starts at a line. Shape: only at the start of a file there may be a byte order mark. */
void cq_detector_init(struct cq_detector *detector, long line, bool at_start);
void cq_detector_free(struct cq_detector *detector);

void cq_detector_add(struct cq_detector *detector, const void *bytes, size_t len);

/* No bytes follow. Errors: as above. */
enum cq_code cq_detector_end(struct cq_detector *detector, struct cq_err *err);

/* Whether what was added is UTF-8 and not ASCII: at the end of a line, or with enough letters, beyond
 * doubt. Shape: line_ends says that the last byte ends a line. */
bool cq_detector_is_utf8(const struct cq_detector *detector, bool line_ends);

#endif
