/* Taking in a list: one pass that hashes its bytes and copies them if they cannot be had again. */
#include "cq/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq/str.h"

enum { CHUNK = 1 << 17 };

int cq_source_temporary(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    struct cq_str path = {0};
    if (fd >= 0 || cq_str_addf(&path, "%s/cq-XXXXXX", folder) != CQ_OK)
        return fd;
    fd = mkostemp(path.ptr, O_CLOEXEC); /* not every file system knows O_TMPFILE */
    if (fd >= 0)
        unlink(path.ptr);
    cq_str_free(&path);
    return fd;
}

static enum cq_code write_all(int fd, const char *bytes, size_t len, struct cq_err *err)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return cq_err_set(err, CQ_O_WRITE, "%s", strerror(errno));
        bytes += n;
        len -= (size_t)n;
    }
    return CQ_OK;
}

/* Reads fd to its end; hashes, and copies to copy unless it is -1. */
static enum cq_code survey(struct cq_source *source, int fd, int copy, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    struct cq_hash hash;
    unsigned char digest[CQ_HASH_BYTES];
    char *buffer = malloc(CHUNK);
    if (!buffer)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_hash_init(&hash);
    for (;;) {
        ssize_t n = read(fd, buffer, CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            code = cq_err_set(err, errno == EISDIR ? CQ_O_DIRECTORY : CQ_O_READ, "%s",
                              strerror(errno));
        if (n <= 0)
            break;
        cq_hash_add(&hash, buffer, (size_t)n);
        if (copy >= 0)
            code = write_all(copy, buffer, (size_t)n, err);
        if (code)
            break;
    }
    cq_hash_done(&hash, digest);
    cq_hash_hex(source->hash, digest, CQ_HASH_BYTES);
    free(buffer);
    return code;
}

enum cq_code cq_source_open(struct cq_source *source, int fd, const char *name,
                            const char *folder, struct cq_err *err)
{
    struct stat st;
    *source = (struct cq_source){.fd = fd, .encoding = "UTF-8"};
    enum cq_code code;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0) {
        code = survey(source, fd, -1, err);
    } else {
        source->fd = cq_source_temporary(folder);
        source->owned = true;
        code = source->fd >= 0 ? survey(source, fd, source->fd, err)
                               : cq_err_set(err, CQ_O_WRITE, "%s", strerror(errno));
    }
    if (!code)
        code = cq_source_rewind(source, err);
    if (code) {
        cq_err_at(err, name, 0, NULL);
        cq_source_close(source);
    }
    return code;
}

void cq_source_close(struct cq_source *source)
{
    if (source->owned && source->fd >= 0)
        close(source->fd);
    *source = (struct cq_source){.fd = -1};
}

enum cq_code cq_source_rewind(struct cq_source *source, struct cq_err *err)
{
    return lseek(source->fd, 0, SEEK_SET) == 0
               ? CQ_OK
               : cq_err_set(err, CQ_O_READ, "%s", strerror(errno));
}
