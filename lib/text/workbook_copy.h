/* The copy of a workbook that cannot be read again: a zip archive is read from its end. */
#ifndef CQ_TEXT_WORKBOOK_COPY_H
#define CQ_TEXT_WORKBOOK_COPY_H

#include <stddef.h>
#include "cq/err.h"

/* Copies a workbook of which len bytes have been read to a file without a name in a folder, unless it
 * is a regular file that was read from its start: then *copy is -1.
 * Shape: folder may be NULL. Errors: CQ_O_READ, CQ_O_WRITE, CQ_F_WORKBOOK_LIMIT.
 * Owner: caller, *copy, after an error too. */
enum cq_code cq_workbook_copy(int *copy, int fd, const void *bytes, size_t len, const char *folder,
                              struct cq_err *err);

#endif
