/* Opens a list in one pass that hashes its bytes and copies them if they cannot be read again. */
#include "text/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq/fd.h"
#include "cq/str.h"
#include "text/encoding_detect.h"
#include "text/source_early.h"
#include "text/workbook.h"
#include "text/workbook_package.h"

enum { CHUNK = 1 << 17, PROBED = 1 << 20 };

static enum cq_code open_copy(const char *folder, int *fd, struct cq_err *err)
{
    *fd = cq_fd_temporary(folder);
    return *fd >= 0 ? CQ_OK : cq_err_set(err, CQ_O_WRITE, "%s", cq_system_text(errno));
}

/* Whether the file that is read again is a workbook. */
static bool is_workbook(const struct cq_source *source)
{
    char mark[CQ_WORKBOOK_MARK];
    size_t len;
    struct cq_err err = {0};
    return !cq_fd_read_at(source->fd, mark, sizeof mark, 0, &len, &err) &&
           cq_workbook_is(mark, len);
}

/* Stops the copy of a workbook that will be refused, once `more` bytes have been added to it. */
static enum cq_code check_copy(const struct cq_source *source, size_t more, struct cq_err *err)
{
    bool passed = source->bytes > CQ_PACKAGE_BYTES &&
                  source->bytes - (int64_t)more <= CQ_PACKAGE_BYTES;
    return passed && is_workbook(source) ? cq_err_set(err, CQ_F_WORKBOOK_LIMIT, "> %lld MB",
                                                      (long long)CQ_PACKAGE_BYTES >> 20)
                                         : CQ_OK;
}

/* Shows the first bytes of the source, once they are enough and the last n of them were added. */
static enum cq_code show_start(const struct cq_source *source, const struct cq_source_probe *probe,
                               size_t n, char *buffer, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (!probe || source->bytes < PROBED || source->bytes - (int64_t)n >= PROBED ||
        is_workbook(source))
        return CQ_OK;
    int start = memfd_create("list", MFD_CLOEXEC);
    if (start < 0)
        return cq_err_set(err, CQ_O_WRITE, "%s", cq_system_text(errno));
    for (int64_t at = 0; at < PROBED && !code; at += CHUNK) {
        size_t len;
        code = cq_fd_read_at(source->fd, buffer, CHUNK, at, &len, err);
        if (!code)
            code = cq_fd_write(start, buffer, len, err);
    }
    if (!code && lseek(start, 0, SEEK_SET) != 0)
        code = cq_err_set(err, CQ_O_READ, "%s", cq_system_text(errno));
    if (!code)
        code = probe->judge(start, probe->context, err);
    close(start);
    return code;
}

/* Reads the input to its end: hashes, adds to the detector, and writes to copy unless it is -1. */
static enum cq_code scan(struct cq_source *source, const struct cq_csv_input *input, int copy,
                         const struct cq_source_probe *probe, char *buffer,
                         struct cq_detector *detector, struct cq_err *err)
{
    struct cq_hash hash;
    const enum cq_encoding *forced = input->encoding;
    struct cq_early early = {
        .passed = forced && (*forced == CQ_ENCODING_UTF16LE || *forced == CQ_ENCODING_UTF16BE)};
    unsigned char digest[CQ_HASH_BYTES];
    size_t n;
    enum cq_code code;
    cq_hash_init(&hash);
    while (!(code = cq_fd_read(input->fd, buffer, CHUNK, &n, err)) && n > 0) {
        cq_hash_add(&hash, buffer, n);
        cq_detector_add(detector, buffer, n);
        if (copy >= 0)
            code = cq_fd_write(copy, buffer, n, err);
        source->bytes += (int64_t)n;
        if (!code)
            code = check_copy(source, n, err);
        if (!code)
            code = cq_early_check(&early, source->fd, source->bytes, buffer, n, err);
        if (!code)
            code = show_start(source, probe, n, buffer, err);
        if (code)
            break;
    }
    cq_hash_done(&hash, digest);
    cq_hash_hex(source->hash, digest, CQ_HASH_BYTES);
    return code;
}

/* Takes a copy, if one was made, in place of the file that was read. */
static void replace_file(struct cq_source *source, int copy)
{
    if (copy < 0)
        return;
    if (source->owned)
        close(source->fd);
    source->fd = copy;
    source->owned = true;
}

/* Makes a copy of the source converted to UTF-8. */
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
    replace_file(source, to);
    return code;
}

/* Makes a copy of the text of a workbook's sheet. */
static enum cq_code convert_sheet(struct cq_source *source, const struct cq_csv_input *input,
                                  char *buffer, struct cq_err *err)
{
    struct cq_workbook *workbook = NULL;
    int to = -1;
    size_t n = 1;
    enum cq_code code = cq_workbook_open(&workbook, source->fd, input->sheet, err);
    if (!code)
        code = open_copy(input->folder, &to, err);
    while (!code && n > 0) {
        code = cq_workbook_read(workbook, buffer, CHUNK, &n, err);
        if (!code)
            code = cq_fd_write(to, buffer, n, err);
    }
    if (workbook)
        source->sheet = *cq_workbook_sheet(workbook);
    cq_workbook_close(workbook);
    replace_file(source, to);
    return code;
}

/* Sets the encoding: the forced one, which UTF-8 must be, else the one detected. */
static enum cq_code set_encoding(struct cq_source *source, struct cq_detector *detector,
                                 const enum cq_encoding *forced, struct cq_err *err)
{
    struct cq_err found = {0};
    enum cq_code code = cq_detector_end(detector, &found);
    source->encoding = forced ? *forced : detector->encoding;
    if (!forced && code) {
        *err = found;
    } else if (forced && *forced == CQ_ENCODING_UTF8 && detector->bad_line) {
        cq_err_record(err, CQ_F_ENCODING, "%s", cq_encoding_names[CQ_ENCODING_UTF8]);
        cq_err_at(err, NULL, detector->bad_line, NULL);
    }
    return err->code;
}

/* Finds the encoding of a list that is no workbook, and converts it. */
static enum cq_code read_text(struct cq_source *source, const struct cq_csv_input *input,
                              struct cq_detector *detector, char *buffer, struct cq_err *err)
{
    if (input->sheet)
        return cq_err_set(err, CQ_F_SHEET_OPTION, NULL);
    enum cq_code code = set_encoding(source, detector, input->encoding, err);
    return code || source->encoding == CQ_ENCODING_UTF8
               ? code
               : convert(source, input->folder, buffer, err);
}

/* Whether fd can be read again from where it is: a regular file at its start. */
static bool is_rewindable(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
}

enum cq_code cq_source_open(struct cq_source *source, const struct cq_csv_input *input,
                            const struct cq_source_probe *probe, struct cq_err *err)
{
    struct cq_detector detector;
    char *buffer = malloc(CHUNK);
    enum cq_code code = CQ_OK;
    *source = (struct cq_source){.fd = input->fd};
    cq_detector_init(&detector, 1, true);
    if (!buffer) {
        code = cq_err_set(err, CQ_B_NOMEM, NULL);
        goto done;
    }
    int copy = -1;
    if (!is_rewindable(input->fd)) {
        code = open_copy(input->folder, &copy, err);
        if (code)
            goto done;
        source->fd = copy;
        source->owned = true;
    }
    code = scan(source, input, copy, probe, buffer, &detector, err);
    if (!code && is_workbook(source))
        code = convert_sheet(source, input, buffer, err);
    else if (!code)
        code = read_text(source, input, &detector, buffer, err);
    if (!code)
        code = cq_source_rewind(source, err);
done:
    if (code) {
        cq_err_at(err, input->name, 0, NULL);
        cq_source_close(source);
    }
    cq_detector_free(&detector);
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
    return lseek(source->fd, 0, SEEK_SET) == 0
               ? CQ_OK
               : cq_err_set(err, CQ_O_READ, "%s", cq_system_text(errno));
}
