/* Reads and writes bytes of a file descriptor. Calls that a signal interrupts are repeated. */
#ifndef CQ_FD_H
#define CQ_FD_H

#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"

/* Writes all bytes, in as many calls as needed. Errors: CQ_O_WRITE (detail: the message of the
 * system). */
enum cq_code cq_fd_write(int fd, const void *bytes, size_t len, struct cq_err *err);

/* The same at an offset of the file. */
enum cq_code cq_fd_write_at(int fd, const void *bytes, size_t len, int64_t offset,
                            struct cq_err *err);

/* Reads once, what is available. Shape: *len is 0 at the end only.
 * Errors: CQ_O_DIRECTORY, CQ_O_READ (detail: the message of the system). */
enum cq_code cq_fd_read(int fd, void *bytes, size_t room, size_t *len, struct cq_err *err);

/* Reads at an offset of the file until the room is full or the file ends.
 * Errors: as cq_fd_read. */
enum cq_code cq_fd_read_at(int fd, void *bytes, size_t room, int64_t offset, size_t *len,
                           struct cq_err *err);

/* An unlinked file in a folder, mode 0600; -1 with errno on failure. */
int cq_fd_temporary(const char *folder);

#endif
