/* Copies the rest of a stream. */
#include "text/workbook_copy.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq/fd.h"
#include "text/workbook_package.h"

enum { CHUNK = 1 << 17 };

/* Whether fd is a regular file of which len bytes have been read, from its start. */
static bool can_be_read_again(int fd, size_t len)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == (off_t)len;
}

static enum cq_code copy_rest(int copy, int fd, int64_t copied, struct cq_err *err)
{
    char *bytes = malloc(CHUNK);
    size_t len = 1;
    enum cq_code code = bytes ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    while (!code && len > 0) {
        code = cq_fd_read(fd, bytes, CHUNK, &len, err);
        copied += (int64_t)len;
        if (!code && copied > CQ_PACKAGE_BYTES)
            code = cq_err_set(err, CQ_F_WORKBOOK_LIMIT, "> %lld MB",
                              (long long)CQ_PACKAGE_BYTES >> 20);
        if (!code)
            code = cq_fd_write(copy, bytes, len, err);
    }
    free(bytes);
    return code;
}

enum cq_code cq_workbook_copy(int *copy, int fd, const void *bytes, size_t len, const char *folder,
                              struct cq_err *err)
{
    *copy = -1;
    if (can_be_read_again(fd, len))
        return CQ_OK;
    *copy = cq_fd_temporary(folder ? folder : "/tmp");
    if (*copy < 0)
        return cq_err_set(err, CQ_O_WRITE, "%s", cq_system_text(errno));
    enum cq_code code = cq_fd_write(*copy, bytes, len, err);
    return code ? code : copy_rest(*copy, fd, (int64_t)len, err);
}
