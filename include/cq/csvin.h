/* Reading CSV: libcsv behind rows with line numbers, limits and recovery. RFC 4180, a header,
 * delimiter comma, semicolon or tab, LF, CRLF or CR, BOM stripped, quoted newlines kept, blanks
 * around a field kept where they can be. */
#ifndef CQ_CSVIN_H
#define CQ_CSVIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/encoding.h"
#include "cq/err.h"
#include "cq/sheet.h"
#include "cq/str.h"

#define CQ_FIELD_MAX 65536 /* bytes of a field */
#define CQ_ROW_MAX 1048576 /* bytes of a row, as read */

#define CQ_CSVIN_DETAIL 48

struct cq_csvin;

/* Where a list is read from. A workbook (.xlsx) is known by its first bytes and read as the text of
 * one of its sheets: rows have the numbers that they have there. */
struct cq_csv_input {
    int fd;                           /* read from where it is; stays the caller's */
    const char *name;                 /* in messages, "-" for standard input */
    char delimiter;                   /* ',', ';', '\t', or 0 to find it in the header line */
    const enum cq_encoding *encoding; /* NULL to find it; a workbook has its own */
    const char *sheet; /* of a workbook, by name or number; NULL for the first that is not hidden */
    const char *folder; /* for the copy of a workbook that comes through a pipe; NULL for /tmp */
    bool rows;          /* the text of a sheet: line ends inside its cells are not counted */
};

/* One row. Fields stay valid until the next call on the reader. */
struct cq_row {
    const struct cq_text *fields;
    size_t count;
    long line;          /* first line of the row, the header is on 1 */
    int64_t offset;     /* of its first byte in the stream, in UTF-8 */
    struct cq_text raw; /* its bytes as read, line end included */
};

/* Opens a reader and reads the header. The encoding is detected as the file is read
 * (text/lines.h), unless input names it; other encodings than UTF-8 are converted while reading.
 * Lists that are imported are read through text/source.h, which detects it from all bytes.
 * Errors: CQ_O_READ, CQ_O_DIRECTORY, CQ_F_EMPTY, CQ_F_BINARY (NUL), CQ_F_HEADER_QUOTES,
 * CQ_F_HEADER_LONG, CQ_F_ENCODING (not UTF-8), CQ_F_SHEET_OPTION (a sheet of what is no workbook),
 * those of a workbook (text/workbook.h), CQ_O_WRITE (its copy), CQ_B_NOMEM.
 * Owner: caller, cq_csvin_close; the strings of input outlive it. */
enum cq_code cq_csvin_open(struct cq_csvin **in, const struct cq_csv_input *input,
                           struct cq_err *err);

/* The same, but the header may stand below lines that are passed over, a title above all: it is the
 * first row of the first 20 lines that search takes for it, else the one that is most like it. A row
 * that is read twice must be judged alike. Blank rows and a line "sep=;" never are the header.
 * Shape: judge returns how many columns a row names, or CQ_HEADER_WHOLE where nothing is missing;
 * first says that no row stands above it. */
#define CQ_HEADER_WHOLE 1000000
typedef int cq_header_fn(const struct cq_row *row, bool first, void *context);
struct cq_header_search {
    cq_header_fn *judge;
    void *context;
};
enum cq_code cq_csvin_open_at(struct cq_csvin **in, const struct cq_csv_input *input,
                              const struct cq_header_search *search, struct cq_err *err);
void cq_csvin_close(struct cq_csvin *in);

/* From now on every row is read but blank lines. Else rows are passed over in which no cell states
 * anything, rows of totals, and one with the numbers of the columns below the header: none of them is a person. Rows
 * of facts are the caller's choice: an empty cell is an unknown fact. */
void cq_csvin_keep_all(struct cq_csvin *in);

/* How many rows were passed over so far: those that state nothing, and others (what stands above the
 * header, totals). */
void cq_csvin_passed(const struct cq_csvin *in, int64_t *blank, int64_t *skipped);

/* Whether a row that the caller has split itself, after peek, is passed over; it counts then. Shape:
 * the row has as many fields as the header. */
bool cq_csvin_passes_over(struct cq_csvin *in, const struct cq_row *row);

/* How many fields each row has in the file; 0 until the first row was read. It is not the header's
 * number where the delimiter at the end of a line stands in the header only or in the rows only. */
size_t cq_csvin_width(const struct cq_csvin *in);

/* The header's fields, as read. */
const struct cq_row *cq_csvin_header(const struct cq_csvin *in);
char cq_csvin_delimiter(const struct cq_csvin *in);

/* The sheet that is read; NULL where the file is no workbook. What is said of it is complete at the
 * end; report gives it as warnings then. */
const struct cq_sheet *cq_csvin_sheet(const struct cq_csvin *in);
void cq_csvin_report_sheet(const struct cq_csvin *in, cq_finding_fn *report, void *context);

/* The encoding that was detected. */
enum cq_encoding cq_csvin_encoding(const struct cq_csvin *in);

/* Reads the next row. Shape: *row is NULL at the end. A bad row is returned with *bad set to its
 * code (CQ_R_QUOTES, CQ_R_WIDTH, CQ_R_LONG) and reading can continue after it; its fields are valid
 * only for CQ_R_WIDTH. After an unclosed quote reading continues at the line after the one on which
 * the row began. Rows that state nothing are passed over (cq_csvin_keep_all), blank lines always.
 * Errors: CQ_O_READ, CQ_F_BINARY, CQ_F_ENCODING (with the line), CQ_B_NOMEM. */
enum cq_code cq_csvin_next(struct cq_csvin *in, const struct cq_row **row, enum cq_code *bad,
                           struct cq_err *err);

/* What is wrong with a bad row, as the detail of its error: of CQ_R_WIDTH, the number of its fields and
 * the one it must have; else nothing. Owner: text. */
const char *cq_csvin_detail(const struct cq_csvin *in, const struct cq_row *row, enum cq_code bad,
                            char text[CQ_CSVIN_DETAIL]);

/* Peek returns the next line without its line end; *found is false at the end of the file, or where
 * the line is too long. Blank lines are skipped. Skip passes the line as if it had been read: only
 * for a line that is one whole row.
 * Errors: CQ_O_READ, CQ_B_NOMEM. */
enum cq_code cq_csvin_peek(struct cq_csvin *in, struct cq_text *line, bool *found,
                           struct cq_err *err);
void cq_csvin_skip(struct cq_csvin *in, long *line, int64_t *offset);

/* Seeks to a row that was read before, by its offset and line.
 * Shape: fd is seekable and was at its start when the reader was opened.
 * Errors: CQ_O_READ, CQ_B_NOMEM. */
enum cq_code cq_csvin_seek(struct cq_csvin *in, int64_t offset, long line, struct cq_err *err);

/* Where in the stream the next row begins. Units: bytes of UTF-8. */
int64_t cq_csvin_offset(const struct cq_csvin *in);

/* Whether the next row is in the buffer already: false where reading may wait for a pipe. */
bool cq_csvin_ready(const struct cq_csvin *in);

#endif
