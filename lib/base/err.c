/* Errors: the first one wins and keeps its place. One table, made from codes.def, describes each
 * code. */
#include "cq/err.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct code_row {
    const char *id;
    int status;
    const char *text;
    const char *step;
};

static const struct code_row code_rows[CQ_CODE_COUNT] = {
    [CQ_OK] = {"CQ-OK", 0, "", ""},
#define CQ_CODE(name, id, status, text, step) [CQ_##name] = {id, status, text, step},
#include "cq/codes.def"
#undef CQ_CODE
};

static const struct code_row *row_of(enum cq_code code)
{
    assert((int)code >= 0 && code < CQ_CODE_COUNT);
    return &code_rows[code];
}

/* Drops an incomplete UTF-8 character at the end of a truncated text. */
static void trim_cut_character(char *text, size_t len)
{
    size_t start = len;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0xC0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (len - start < need)
        text[start - 1] = '\0';
}

static void copy_text(char *dst, size_t size, const char *text)
{
    size_t len = strnlen(text, size);
    if (len < size) {
        memcpy(dst, text, len + 1);
        return;
    }
    memcpy(dst, text, size - 1);
    dst[size - 1] = '\0';
    trim_cut_character(dst, size - 1);
}

__attribute__((format(printf, 3, 0))) static void record(struct cq_err *err, enum cq_code code,
                                                         const char *detail_format, va_list args)
{
    if (!err || err->code)
        return;
    err->code = code;
    err->detail[0] = '\0';
    if (!detail_format)
        return;
    int len = vsnprintf(err->detail, sizeof err->detail, detail_format, args);
    if (len < 0)
        err->detail[0] = '\0';
    else if ((size_t)len >= sizeof err->detail)
        trim_cut_character(err->detail, sizeof err->detail - 1);
}

enum cq_code cq_err_set(struct cq_err *err, enum cq_code code, const char *detail_format, ...)
{
    va_list args;
    va_start(args, detail_format);
    record(err, code, detail_format, args);
    va_end(args);
    return code;
}

void cq_err_record(struct cq_err *err, enum cq_code code, const char *detail_format, ...)
{
    va_list args;
    va_start(args, detail_format);
    record(err, code, detail_format, args);
    va_end(args);
}

void cq_err_at(struct cq_err *err, const char *file, long line, const char *column)
{
    assert(err);
    if (!err->code)
        return;
    if (file && err->file[0] == '\0')
        copy_text(err->file, sizeof err->file, file);
    if (err->line == 0)
        err->line = line;
    if (column && err->column[0] == '\0')
        copy_text(err->column, sizeof err->column, column);
}

void cq_err_nearest(struct cq_err *err, const char *word)
{
    if (err->code && word)
        copy_text(err->nearest, sizeof err->nearest, word);
}

const char *cq_code_id(enum cq_code code)
{
    return row_of(code)->id;
}

int cq_code_status(enum cq_code code)
{
    return row_of(code)->status;
}

const char *cq_code_text(enum cq_code code)
{
    return row_of(code)->text;
}

const char *cq_code_step(enum cq_code code)
{
    return row_of(code)->step;
}

static const struct {
    int number;
    const char *text;
} system_texts[] = {
    {ENOENT, N_("No such file or directory")},
    {EACCES, N_("Permission denied")},
    {EPERM, N_("Operation not permitted")},
    {EISDIR, N_("Is a directory")},
    {ENOTDIR, N_("Not a directory")},
    {ENOSPC, N_("No space left on device")},
    {EDQUOT, N_("Disk quota exceeded")},
    {EFBIG, N_("File too large")},
    {EROFS, N_("Read-only file system")},
    {EIO, N_("Input/output error")},
    {ENAMETOOLONG, N_("File name too long")},
    {ELOOP, N_("Too many levels of symbolic links")},
    {EMFILE, N_("Too many open files")},
    {EBADF, N_("Bad file descriptor")},
    {EINVAL, N_("Invalid argument")},
    {ENXIO, N_("No such device or address")},
    {ENOMEM, N_("Cannot allocate memory")},
    {ENFILE, N_("Too many open files in system")},
    {ETXTBSY, N_("Text file busy")},
    {EBUSY, N_("Device or resource busy")},
    {EEXIST, N_("File exists")},
    {ESTALE, N_("Stale file handle")},
    {EPIPE, N_("Broken pipe")},
    {ENODEV, N_("No such device")},
    {EXDEV, N_("Invalid cross-device link")},
    {EAGAIN, N_("Resource temporarily unavailable")},
    {ETIMEDOUT, N_("Connection timed out")},
    {EOVERFLOW, N_("Value too large for defined data type")},
    {ENOTSUP, N_("Operation not supported")},
    {ESPIPE, N_("Illegal seek")},
    {EINTR, N_("Interrupted system call")},
    {ENOTEMPTY, N_("Directory not empty")},
};
enum { SYSTEM_TEXTS = sizeof system_texts / sizeof *system_texts };

/* What SQLite says of a file of the registry, and what the library says of its own. */
static const char *const other_texts[] = {
    N_("an error of the system"),
    N_("the library is not installed"),
    N_("running since"),
    N_("input, output"),
    N_("output, output"),
    N_("several files and --mode=full, --approve, --rejects, --changes or --summary"),
    N_("--undo, FILE, --rejects or --changes"),
    N_("--since (last, RUN, YYYY-MM-DD)"),
    N_("SQL logic error"),
    N_("access permission denied"),
    N_("query aborted"),
    N_("database is locked"),
    N_("database table is locked"),
    N_("out of memory"),
    N_("attempt to write a readonly database"),
    N_("interrupted"),
    N_("disk I/O error"),
    N_("database disk image is malformed"),
    N_("database or disk is full"),
    N_("unable to open database file"),
    N_("locking protocol"),
    N_("database schema has changed"),
    N_("string or blob too big"),
    N_("constraint failed"),
    N_("datatype mismatch"),
    N_("bad parameter or other API misuse"),
    N_("column index out of range"),
    N_("file is not a database"),
};
enum { OTHER_TEXTS = sizeof other_texts / sizeof *other_texts };

const char *cq_system_text(int number)
{
    for (int i = 0; i < SYSTEM_TEXTS; i++)
        if (system_texts[i].number == number)
            return system_texts[i].text;
    return other_texts[0];
}

bool cq_is_detail_text(const char *text)
{
    for (int i = 0; i < SYSTEM_TEXTS; i++)
        if (strcmp(system_texts[i].text, text) == 0)
            return true;
    for (int i = 0; i < OTHER_TEXTS; i++)
        if (strcmp(other_texts[i], text) == 0)
            return true;
    return false;
}
