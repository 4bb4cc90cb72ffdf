/* Taking in a list: one pass that hashes its bytes and copies them if they cannot be had again. */
#include "cq/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq/fd.h"
#include "cq/str.h"

enum { CHUNK = 1 << 17 };

int cq_source_temporary(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    struct cq_str path = {0};
    if (fd >= 0 || cq_str_addf(&path, "%s/cq-XXXXXX", folder))
        return fd;
    fd = mkostemp(path.ptr, O_CLOEXEC); /* not every file system knows O_TMPFILE */
    if (fd >= 0)
        unlink(path.ptr);
    cq_str_free(&path);
    return fd;
}

static enum cq_code open_copy(const char *folder, int *fd, struct cq_err *err)
{
    *fd = cq_source_temporary(folder);
    return *fd >= 0 ? CQ_OK : cq_err_set(err, CQ_O_WRITE, "%s", strerror(errno));
}

/* Reads fd to its end: hashes, gathers evidence, and copies to copy unless it is -1. */
static enum cq_code survey(struct cq_source *source, int fd, int copy, char *buffer,
                           struct cq_evidence *evidence, struct cq_err *err)
{
    struct cq_hash hash;
    unsigned char digest[CQ_HASH_BYTES];
    size_t n;
    enum cq_code code;
    cq_hash_init(&hash);
    while (!(code = cq_fd_read(fd, buffer, CHUNK, &n, err)) && n > 0) {
        cq_hash_add(&hash, buffer, n);
        cq_evidence_add(evidence, (unsigned char *)buffer, n);
        if (copy >= 0)
            code = cq_fd_write(copy, buffer, n, err);
        if (code)
            break;
    }
    cq_evidence_end(evidence);
    cq_hash_done(&hash, digest);
    cq_hash_hex(source->hash, digest, CQ_HASH_BYTES);
    source->bytes = evidence->bytes;
    return code;
}

/* Makes a copy in UTF-8 of what the source holds in another encoding. */
static enum cq_code convert(struct cq_source *source, const char *folder, char *buffer,
                            struct cq_err *err)
{
    struct cq_decoder *decoder = NULL;
    int from = source->fd, to = -1;
    size_t n = 1, out_len;
    const char *out;
    enum cq_code code = cq_source_rewind(source, err);
    if (!code)
        code = cq_decoder_open(&decoder, source->encoding, err);
    if (!code)
        code = open_copy(folder, &to, err);
    while (!code && n > 0) {
        code = cq_fd_read(from, buffer, CHUNK, &n, err);
        if (!code)
            code = cq_decoder_next(decoder, buffer, n, n == 0, &out, &out_len, err);
        if (!code)
            code = cq_fd_write(to, out, out_len, err);
    }
    cq_decoder_close(decoder);
    if (to >= 0) {
        if (source->owned)
            close(from);
        source->fd = to;
        source->owned = true;
    }
    return code;
}

enum cq_code cq_source_open(struct cq_source *source, int fd, const char *name,
                            const enum cq_encoding *forced, const char *folder, struct cq_err *err)
{
    struct stat st;
    struct cq_evidence *evidence = calloc(1, sizeof *evidence);
    char *buffer = malloc(CHUNK);
    int copy = -1;
    *source = (struct cq_source){.fd = fd};
    enum cq_code code = buffer && evidence ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    bool whole = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
    if (!code && !whole)
        code = open_copy(folder, &copy, err);
    if (!code)
        code = survey(source, fd, copy, buffer, evidence, err);
    if (copy >= 0) {
        source->fd = copy;
        source->owned = true;
    }
    if (!code && forced)
        source->encoding = *forced;
    if (!code && forced && *forced == CQ_ENCODING_UTF8 && evidence->bad_line) {
        code = cq_err_set(err, CQ_F_ENCODING, "%s", cq_encoding_names[CQ_ENCODING_UTF8]);
        cq_err_at(err, NULL, (long)evidence->bad_line, NULL);
    }
    if (!code && !forced)
        code = cq_encoding_judge(evidence, &source->encoding, err);
    if (!code && source->encoding != CQ_ENCODING_UTF8)
        code = convert(source, folder, buffer, err);
    if (!code)
        code = cq_source_rewind(source, err);
    if (code) {
        cq_err_at(err, name, 0, NULL);
        cq_source_close(source);
    }
    free(evidence);
    free(buffer);
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
    return lseek(source->fd, 0, SEEK_SET) == 0 ? CQ_OK
                                               : cq_err_set(err, CQ_O_READ, "%s", strerror(errno));
}
