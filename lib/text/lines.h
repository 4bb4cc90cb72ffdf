/* Reads a file as lines of UTF-8 for csvin.c, into one buffer that holds the current row. A workbook
 * is read as the lines of one of its sheets. */
#ifndef CQ_TEXT_LINES_H
#define CQ_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/csvin.h"
#include "text/workbook.h"

struct cq_lines {
    int fd;
    char name[256];               /* for errors */
    struct cq_workbook *workbook; /* read instead of fd; NULL where that is none */
    int copy;                     /* of the workbook, where fd cannot be read again; else -1 */
    bool rows;                 /* the text of a sheet: a row is one line, whatever its cells hold */
    enum cq_encoding encoding; /* UTF-8 until another is found */
    bool settled;              /* nothing but UTF-8 can follow */
    struct cq_detector
        *detector;              /* from the first byte above ASCII on, NULL before and for UTF-8 */
    struct cq_decoder *decoder; /* NULL for UTF-8 */
    char *undecoded;
    char *buffer; /* bytes from the start of the current row on */
    size_t capacity;
    size_t row_start; /* of the current row in buffer */
    size_t held;      /* an earlier byte from which on the buffer stays; SIZE_MAX for none */
    size_t peeked;    /* length of the line that was peeked at */
    size_t next;      /* first byte not yet read */
    size_t end;
    int64_t base; /* stream offset of buffer[0] */
    bool eof;
    long line; /* line of buffer[next] */
};

/* Opens a list: reads its first chunk, or the first lines of a workbook's sheet. Shape: in is zero.
 * Errors: those of cq_csvin_open. Owner: caller, cq_lines_close, after an error too. */
enum cq_code cq_lines_open(struct cq_lines *in, const struct cq_csv_input *input,
                           struct cq_err *err);
void cq_lines_close(struct cq_lines *in);

/* Reads more bytes after those of the current row, and decodes them. ASCII is read as it comes; at
 * the first other byte the encoding is detected, for which an eight-bit list is read on until its
 * words are certain (encoding_detect.h). Eight-bit text is decoded as RK1048 even without a letter of
 * its own: where CP1251 differs, it has no letter that a list can contain.
 * Errors: CQ_O_READ, CQ_O_DIRECTORY, those of cq_detector_end, CQ_F_ENCODING,
 * those of cq_workbook_read, CQ_B_NOMEM. */
enum cq_code cq_lines_fill(struct cq_lines *in, struct cq_err *err);

/* Length of the line at buffer[next], its end (LF, CRLF or CR) included; 0 if more bytes are
 * needed to know. */
size_t cq_lines_length(const struct cq_lines *in);

/* Reads until the next line is in the buffer. Shape: *len is 0 at the end of the file.
 * Errors: CQ_R_LONG, not recorded in err, where the current row grows beyond CQ_ROW_MAX without a
 * line end; those of fill. */
enum cq_code cq_lines_next(struct cq_lines *in, size_t *len, struct cq_err *err);

/* Checks that a line is UTF-8 without NUL. Errors: CQ_F_ENCODING, CQ_F_BINARY, with the line. */
enum cq_code cq_lines_check(struct cq_lines *in, const char *line, size_t len, struct cq_err *err);

/* Skips the rest of a line that is longer than any row may be. Errors: those of fill. */
enum cq_code cq_lines_skip(struct cq_lines *in, struct cq_err *err);

#endif
