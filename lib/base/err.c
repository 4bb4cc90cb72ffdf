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
};

static const struct code_row code_rows[CQ_CODE_COUNT] = {
    [CQ_OK] = {"CQ-OK", 0, ""},
#define CQ_CODE(name, id, status, text) [CQ_##name] = {id, status, text},
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

static const struct {
    int number;
    const char *text;
} system_texts[] = {
    {ENOENT, N_("No such file or directory")}, {EACCES, N_("Permission denied")},
    {EPERM, N_("Operation not permitted")},    {EISDIR, N_("Is a directory")},
    {ENOTDIR, N_("Not a directory")},          {ENOSPC, N_("No space left on device")},
    {EDQUOT, N_("Disk quota exceeded")},       {EFBIG, N_("File too large")},
    {EROFS, N_("Read-only file system")},      {EIO, N_("Input/output error")},
    {ENAMETOOLONG, N_("File name too long")},  {ELOOP, N_("Too many levels of symbolic links")},
    {EMFILE, N_("Too many open files")},       {EBADF, N_("Bad file descriptor")},
    {EINVAL, N_("Invalid argument")},          {ENXIO, N_("No such device or address")},
};
enum { SYSTEM_TEXTS = sizeof system_texts / sizeof *system_texts };

const char *cq_system_text(int number)
{
    for (int i = 0; i < SYSTEM_TEXTS; i++)
        if (system_texts[i].number == number)
            return system_texts[i].text;
    return strerror(number);
}

bool cq_is_system_text(const char *text)
{
    for (int i = 0; i < SYSTEM_TEXTS; i++)
        if (strcmp(system_texts[i].text, text) == 0)
            return true;
    return false;
}
