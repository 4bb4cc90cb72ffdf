/* One sheet of a workbook (.xlsx) as a stream of CSV in UTF-8, with commas; a line a row, and line
 * numbers that are the sheet's row numbers (workbook_rows.h). */
#ifndef CQ_TEXT_WORKBOOK_H
#define CQ_TEXT_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include "cq/err.h"
#include "cq/sheet.h"

/* Bytes by which a workbook is known. */
#define CQ_WORKBOOK_MARK 8

/* Whether a file that begins with these bytes is for cq_workbook_open: a zip archive, or the
 * container of .xls and of encrypted workbooks, which it refuses with the next step. */
bool cq_workbook_is(const void *bytes, size_t len);

/* Whether it takes more bytes to know. */
bool cq_workbook_may_be(const void *bytes, size_t len);

struct cq_workbook;

/* Opens a sheet. Shape: fd is a regular file, read from its start; it must stay open. sheet is a
 * name or a number from 1, NULL for the first sheet that is not hidden.
 * Errors: CQ_F_ARCHIVE, CQ_F_OTHER_WORKBOOK, CQ_F_WORKBOOK, CQ_F_WORKBOOK_LIMIT,
 * CQ_F_WORKBOOK_PASSWORD, CQ_F_SHEET, CQ_F_SHEET_HIDDEN, CQ_O_READ, CQ_B_NOMEM.
 * Owner: caller, cq_workbook_close; NULL is legal. */
enum cq_code cq_workbook_open(struct cq_workbook **workbook, int fd, const char *sheet,
                              struct cq_err *err);
void cq_workbook_close(struct cq_workbook *workbook);

/* Reads the next bytes. Shape: *len is 0 at the end only. Errors: those of open, and CQ_F_FORMULA, with
 * row and column. */
enum cq_code cq_workbook_read(struct cq_workbook *workbook, void *bytes, size_t room, size_t *len,
                              struct cq_err *err);

/* What is to be said of the sheet; complete once it has been read. Owner: the workbook. */
const struct cq_sheet *cq_workbook_sheet(const struct cq_workbook *workbook);

#endif
