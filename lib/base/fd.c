/* Reads and writes file descriptors: interrupted calls are repeated, short writes are continued. */
#include "cq/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cq/str.h"

enum cq_code cq_fd_write(int fd, const void *bytes, size_t len, struct cq_err *err)
{
    const char *from = bytes;
    while (len > 0) {
        ssize_t n = write(fd, from, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return cq_err_set(err, CQ_O_WRITE, "%s", cq_system_text(errno));
        from += n;
        len -= (size_t)n;
    }
    return CQ_OK;
}

enum cq_code cq_fd_write_at(int fd, const void *bytes, size_t len, int64_t offset,
                            struct cq_err *err)
{
    const char *from = bytes;
    while (len > 0) {
        ssize_t n = pwrite(fd, from, len, offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return cq_err_set(err, CQ_O_WRITE, "%s", cq_system_text(errno));
        from += n;
        len -= (size_t)n;
        offset += n;
    }
    return CQ_OK;
}

static enum cq_code read_failed(struct cq_err *err)
{
    return cq_err_set(err, errno == EISDIR ? CQ_O_DIRECTORY : CQ_O_READ, "%s",
                      cq_system_text(errno));
}

enum cq_code cq_fd_read(int fd, void *bytes, size_t room, size_t *len, struct cq_err *err)
{
    ssize_t n;
    do
        n = read(fd, bytes, room);
    while (n < 0 && errno == EINTR);
    *len = n > 0 ? (size_t)n : 0;
    return n < 0 ? read_failed(err) : CQ_OK;
}

enum cq_code cq_fd_read_at(int fd, void *bytes, size_t room, int64_t offset, size_t *len,
                           struct cq_err *err)
{
    char *to = bytes;
    *len = 0;
    while (*len < room) {
        ssize_t n = pread(fd, to + *len, room - *len, offset + (int64_t)*len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return read_failed(err);
        if (n == 0)
            break;
        *len += (size_t)n;
    }
    return CQ_OK;
}

int cq_fd_temporary(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    struct cq_str path = {0};
    if (fd >= 0)
        return fd;
    cq_str_printf(&path, "%s/cq-XXXXXX", folder);
    if (!path.failed)
        fd = mkostemp(path.ptr, O_CLOEXEC); /* some file systems do not support O_TMPFILE */
    if (fd >= 0)
        unlink(path.ptr);
    cq_str_free(&path);
    return fd;
}
