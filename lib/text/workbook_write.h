/* Writes rows into a workbook (.xlsx) of one sheet through libxlsxwriter, in constant memory: texts
 * are in their cells, and a text that is a day in ISO form is a date. The library is loaded with the
 * first workbook. */
#ifndef CQ_TEXT_WORKBOOK_WRITE_H
#define CQ_TEXT_WORKBOOK_WRITE_H

#include <stddef.h>
#include "cq/err.h"

struct cq_workbook_writer;

/* Opens a writer. Shape: fd is a regular file, which becomes the workbook once the writer is closed;
 * columns is the number of cells of a row; the first row is the header.
 * Errors: CQ_O_WRITE (also where libxlsxwriter is not installed), CQ_O_WORKBOOK (too many columns),
 * CQ_B_NOMEM. Owner: caller, cq_workbook_writer_close or abandon. */
enum cq_code cq_workbook_writer_open(struct cq_workbook_writer **writer, int fd, size_t columns,
                                     struct cq_err *err);

/* Appends the next cell of the row: text, or a number in decimal. Errors: reported by end. */
void cq_workbook_writer_text(struct cq_workbook_writer *writer, const char *text, size_t len);
void cq_workbook_writer_number(struct cq_workbook_writer *writer, const char *text, size_t len);

/* Ends the row. Errors: CQ_O_WRITE, CQ_O_WORKBOOK (more rows or text than a sheet can hold),
 * CQ_B_NOMEM. */
enum cq_code cq_workbook_writer_end(struct cq_workbook_writer *writer, struct cq_err *err);

/* Writes the workbook, reads it again, and frees the writer. Errors: CQ_O_WRITE, CQ_B_NOMEM. */
enum cq_code cq_workbook_writer_close(struct cq_workbook_writer *writer, struct cq_err *err);

/* Frees without writing: after an error. NULL is legal. */
void cq_workbook_writer_abandon(struct cq_workbook_writer *writer);

#endif
