/* What a device, an endless pipe or a file of another kind shows long before its end. */
#include "text/source_early.h"

#include <stdlib.h>
#include <string.h>

#include "cq/csvin.h"
#include "cq/fd.h"
#include "text/workbook.h"

enum { PIECE = 1 << 16 };

/* In UTF-16 a row has at most twice the bytes that it has in UTF-8. */
static const int64_t longest = (int64_t)2 * CQ_ROW_MAX;

/* A longer line is no bad row: it may never end. */
static const int64_t endless = (int64_t)64 << 20;

/* Whether NUL bytes and the absence of lines say nothing: by the first bytes. */
static bool is_judged_elsewhere(const unsigned char *mark, size_t len)
{
    bool utf16 = len >= 2 && (mark[0] ^ mark[1]) == (0xFF ^ 0xFE) && mark[0] >= 0xFE;
    return utf16 || cq_workbook_is((const char *)mark, len);
}

/* The line of an offset. In a file without LF lines end with CR. */
static enum cq_code find_line(int fd, int64_t offset, long *line, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    long lf = 0, cr = 0;
    size_t len = 1;
    char *bytes = malloc(PIECE);
    if (!bytes)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int64_t at = 0; !code && at < offset && len > 0; at += (int64_t)len) {
        size_t room = offset - at < PIECE ? (size_t)(offset - at) : PIECE;
        code = cq_fd_read_at(fd, bytes, room, at, &len, err);
        for (size_t i = 0; !code && i < len; i++) {
            lf += bytes[i] == '\n';
            cr += bytes[i] == '\r';
        }
    }
    free(bytes);
    *line = 1 + (lf ? lf : cr);
    return code;
}

static enum cq_code refuse(const struct cq_early *early, int fd, struct cq_err *err)
{
    long line = 1;
    enum cq_code code = find_line(fd, early->nul ? early->nul_at : early->line_at, &line, err);
    if (code)
        return code;
    code = cq_err_set(err,
                      early->nul     ? CQ_F_BINARY
                      : early->ended ? CQ_F_LINE_LONG
                                     : CQ_F_HEADER_LONG,
                      NULL);
    cq_err_at(err, NULL, line, NULL);
    return code;
}

enum cq_code cq_early_check(struct cq_early *early, int fd, int64_t total, const char *bytes,
                            size_t len, struct cq_err *err)
{
    unsigned char mark[CQ_WORKBOOK_MARK];
    const char *nul = early->passed || early->nul ? NULL : memchr(bytes, 0, len);
    if (nul) {
        early->nul = true;
        early->nul_at = total - (int64_t)len + (nul - bytes);
    }
    const char *end = memrchr(bytes, '\n', len);
    if (!end)
        end = memrchr(bytes, '\r', len);
    if (end)
        early->line_at = total - (int64_t)len + (end - bytes) + 1;
    early->ended = early->ended || end;
    bool wrong = early->nul || total - early->line_at > (early->ended ? endless : longest);
    if (early->passed || !wrong || total < CQ_WORKBOOK_MARK)
        return CQ_OK;
    enum cq_code code = cq_fd_read_at(fd, mark, sizeof mark, 0, &len, err);
    early->passed = !code && is_judged_elsewhere(mark, len);
    return code || early->passed ? code : refuse(early, fd, err);
}
