/* Writes rows as CSV, JSON lines, an aligned table or a workbook, through one buffer.
 *
 * Open with the columns, then for each row append every column's cell in order and end the row.
 * CSV: UTF-8, LF, header always, quoted only where needed. */
#ifndef CQ_CSVOUT_H
#define CQ_CSVOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"
#include "cq/str.h"

/* From HTML on: forms that other modules write. */
enum cq_format {
    CQ_FORMAT_CSV,
    CQ_FORMAT_JSON,
    CQ_FORMAT_TABLE,
    CQ_FORMAT_XLSX,
    CQ_FORMAT_HTML,
    CQ_FORMAT_PROMETHEUS,
    CQ_FORMAT_SQL,
    CQ_FORMAT_FHIR
};

struct cq_out;
struct cq_law;
struct cq_table_reader;

/* Appends a column or a cell of it in the words of a reader. Returns false where there are none: the
 * text stays as it is. Errors: in out->failed. */
typedef bool cq_head_fn(const struct cq_table_reader *reader, struct cq_text column,
                        struct cq_str *out);
typedef bool cq_say_fn(const struct cq_table_reader *reader, struct cq_text column,
                       struct cq_text cell, struct cq_str *out);

/* Who reads a table; cq_table_reader_init makes one. Owner: caller; it outlives the output. */
struct cq_table_reader {
    cq_head_fn *head;
    cq_say_fn *say;
    const struct cq_law *law; /* whose words they are */
    int language;
    size_t width; /* columns of the terminal; 0 for lines that are as long as they get */
};

/* Opens a writer on a file descriptor and writes the header (CSV).
 * Shape: names are count columns, copied. format is CSV, JSON, TABLE or XLSX; of XLSX fd is a regular
 * file, which becomes the workbook when the writer is closed.
 * Errors: CQ_O_WRITE, CQ_B_NOMEM, those of cq_workbook_writer_open. Owner: caller,
 * cq_out_close; fd stays the caller's. */
enum cq_code cq_out_open(struct cq_out **out, int fd, enum cq_format format,
                         const struct cq_text *names, size_t count, struct cq_err *err);

/* The same. A table is in the words of the reader, if there is one; other formats have codes. */
enum cq_code cq_out_open_for(struct cq_out **out, int fd, enum cq_format format,
                             const struct cq_table_reader *reader, const struct cq_text *names,
                             size_t count, struct cq_err *err);

/* Appends the next cell of the row: text, or a number (a JSON number, right-aligned in a table), or
 * a day, or an IIN. Errors are reported by cq_out_end. */
void cq_out_text(struct cq_out *out, const char *text, size_t len);
void cq_out_string(struct cq_out *out, const char *text);
void cq_out_number(struct cq_out *out, int64_t value);
void cq_out_day(struct cq_out *out, int32_t day);

/* Appends several cells at once that were written with cq_out_quote (CSV form, with their
 * delimiters). Only for CSV writers: prepared cells need one copy. */
void cq_out_raw(struct cq_out *out, const char *bytes, size_t len, size_t cells);

/* Appends one cell in CSV form, quoted where needed. Errors: in dst->failed. */
void cq_out_quote(struct cq_str *dst, const char *text, size_t len);

/* Ends the row. Errors: CQ_O_WRITE, CQ_O_WORKBOOK (XLSX: more than a sheet can hold), CQ_B_NOMEM. */
enum cq_code cq_out_end(struct cq_out *out, struct cq_err *err);

/* Writes what is buffered. Errors: CQ_O_WRITE. */
enum cq_code cq_out_flush(struct cq_out *out, struct cq_err *err);

/* Finishes (a table is written here) and frees. NULL is legal.
 * Errors: CQ_O_WRITE, CQ_B_NOMEM; memory is freed in any case. */
enum cq_code cq_out_close(struct cq_out *out, struct cq_err *err);

/* Frees without writing: after an error. NULL is legal. */
void cq_out_abandon(struct cq_out *out);

#endif
