/* Rows to a workbook. */
#include "text/workbook_write.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/library.h"
#include "cq/date.h"
#include "cq/str.h"
#include "cq/utf8.h"
#include "text/workbook.h"
#include "text/workbook_text.h"

#define WRITER_CALLS(X)                                                                            \
    X(workbook_new_opt)                                                                            \
    X(workbook_set_properties)                                                                     \
    X(workbook_add_worksheet)                                                                      \
    X(workbook_add_format)                                                                         \
    X(workbook_close)                                                                              \
    X(lxw_workbook_free)                                                                           \
    X(format_set_bold)                                                                             \
    X(format_set_num_format_index)                                                                 \
    X(worksheet_set_column)                                                                        \
    X(worksheet_freeze_panes)                                                                      \
    X(worksheet_write_string)                                                                      \
    X(worksheet_write_number)                                                                      \
    X(worksheet_write_datetime)

static struct {
    WRITER_CALLS(CQ_LIBRARY_MEMBER)
} lxw;

static const char *const lxw_names[] = {WRITER_CALLS(CQ_LIBRARY_NAME)};

static struct cq_library lxw_library = {.file = CQ_LIBXLSXWRITER,
                                        .names = lxw_names,
                                        .count = sizeof lxw_names / sizeof *lxw_names,
                                        .calls = &lxw};

enum {
    TEXT_MAX = 32767,   /* characters of a cell */
    DATE_FORMAT = 14,   /* the date format of whoever opens the workbook */
    WIDTH = 14,         /* of a column, in digits: a date needs 10 */
    CREATED = 315532800 /* 1980-01-01, as all entries of the archive: no clock is read */
};

struct cq_workbook_writer {
    int fd;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold, *date;
    int32_t first_day; /* that dates can show */
    lxw_row_t row;
    lxw_col_t column;
    int64_t stated; /* rows in which a cell states anything */
    bool states;    /* this row does */
    struct cq_str cell;
    struct cq_err err; /* the first failure */
};

static void fail(struct cq_workbook_writer *w, lxw_error error)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        cq_err_record(&w->err, CQ_B_NOMEM, NULL);
    else if (error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
        cq_err_record(&w->err, CQ_O_WORKBOOK, "> %d", LXW_ROW_MAX);
    else if (error != LXW_NO_ERROR)
        cq_err_record(&w->err, CQ_O_WRITE, "%s", errno ? cq_system_text(errno) : "xlsx");
}

/* Prepares the sheet: a header that stays, columns in which a date has room. */
static void prepare_sheet(struct cq_workbook_writer *w, size_t columns)
{
    lxw_doc_properties properties = {.created = CREATED};
    fail(w, lxw.workbook_set_properties(w->book, &properties));
    w->sheet = lxw.workbook_add_worksheet(w->book, NULL);
    w->bold = lxw.workbook_add_format(w->book);
    w->date = lxw.workbook_add_format(w->book);
    if (!w->sheet || !w->bold || !w->date) {
        cq_err_record(&w->err, CQ_B_NOMEM, NULL);
        return;
    }
    lxw.format_set_bold(w->bold);
    lxw.format_set_num_format_index(w->date, DATE_FORMAT);
    fail(w, lxw.worksheet_set_column(w->sheet, 0, (lxw_col_t)(columns - 1), WIDTH, NULL));
    lxw.worksheet_freeze_panes(w->sheet, 1, 0);
}

enum cq_code cq_workbook_writer_open(struct cq_workbook_writer **writer, int fd, size_t columns,
                                     struct cq_err *err)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    const char *unloadable = NULL;
    char path[32];
    *writer = NULL;
    if (columns > LXW_COL_MAX)
        return cq_err_set(err, CQ_O_WORKBOOK, "%zu > %d", columns, LXW_COL_MAX);
    if (!cq_library_load(&lxw_library, &unloadable))
        return cq_err_set(err, CQ_O_WRITE, "%s: %s", unloadable, cq_library_missing);
    struct cq_workbook_writer *w = calloc(1, sizeof *w);
    if (!w)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    w->fd = fd;
    w->first_day = cq_date_make(1900, 3, 1);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd); /* the library opens files by name */
    w->book = lxw.workbook_new_opt(path, &options);
    if (w->book)
        prepare_sheet(w, columns);
    else
        cq_err_record(&w->err, CQ_B_NOMEM, NULL);
    if (w->err.code) {
        *err = w->err;
        cq_workbook_writer_abandon(w);
        return err->code;
    }
    *writer = w;
    return CQ_OK;
}

/* Writes a day that dates can show. */
static bool write_day(struct cq_workbook_writer *w, const char *text, size_t len)
{
    int32_t day;
    if (w->row == 0 || cq_date_parse_iso(text, len, &day) || day < w->first_day)
        return false;
    lxw_datetime date = {0};
    cq_date_split(day, &date.year, &date.month, &date.day);
    fail(w, lxw.worksheet_write_datetime(w->sheet, w->row, w->column, &date, w->date));
    return true;
}

void cq_workbook_writer_text(struct cq_workbook_writer *w, const char *text, size_t len)
{
    if (len == 0 || w->err.code) {
        w->column++;
        return;
    }
    w->states = true;
    if (!write_day(w, text, len)) {
        cq_str_clear(&w->cell);
        cq_cell_text_escape(&w->cell, text, len);
        size_t count = w->cell.len > TEXT_MAX ? cq_utf8_count(w->cell.ptr, w->cell.len) : 0;
        if (w->cell.failed)
            cq_err_record(&w->err, CQ_B_NOMEM, NULL);
        else if (count > TEXT_MAX)
            cq_err_record(&w->err, CQ_O_WORKBOOK, "%zu > %d", count, TEXT_MAX);
        else
            fail(w, lxw.worksheet_write_string(w->sheet, w->row, w->column, w->cell.ptr,
                                               w->row == 0 ? w->bold : NULL));
    }
    w->column++;
}

void cq_workbook_writer_number(struct cq_workbook_writer *w, const char *text, size_t len)
{
    char copy[32] = "";
    memcpy(copy, text, len < sizeof copy ? len : sizeof copy - 1);
    w->states = true;
    if (!w->err.code)
        fail(w, lxw.worksheet_write_number(w->sheet, w->row, w->column, strtod(copy, NULL), NULL));
    w->column++;
}

/* The first failure. */
static enum cq_code failure(struct cq_workbook_writer *w, struct cq_err *err)
{
    if (w->err.code)
        *err = w->err;
    return w->err.code;
}

enum cq_code cq_workbook_writer_end(struct cq_workbook_writer *w, struct cq_err *err)
{
    w->stated += w->states;
    w->states = false;
    w->column = 0;
    if (w->row++ >= LXW_ROW_MAX)
        cq_err_record(&w->err, CQ_O_WORKBOOK, "> %d", LXW_ROW_MAX);
    return failure(w, err);
}

/* Reads the workbook again: libxlsxwriter does not tell that a disk was full. */
static void check(struct cq_workbook_writer *w)
{
    struct cq_workbook *book = NULL;
    struct cq_err err = {0};
    char bytes[4096];
    size_t len = 1;
    enum cq_code code = cq_workbook_open(&book, w->fd, "1", &err);
    while (!code && len > 0)
        code = cq_workbook_read(book, bytes, sizeof bytes, &len, &err);
    if (code == CQ_B_NOMEM)
        cq_err_record(&w->err, code, NULL);
    else if (code || cq_workbook_sheet(book)->rows != w->stated)
        cq_err_record(&w->err, CQ_O_WRITE, "%s", cq_system_text(ENOSPC));
    cq_workbook_close(book);
}

enum cq_code cq_workbook_writer_close(struct cq_workbook_writer *w, struct cq_err *err)
{
    errno = 0;
    if (!w->err.code) {
        fail(w, lxw.workbook_close(w->book));
        w->book = NULL; /* it is freed, whatever happened */
    }
    if (!w->err.code)
        check(w);
    enum cq_code code = failure(w, err);
    cq_workbook_writer_abandon(w);
    return code;
}

void cq_workbook_writer_abandon(struct cq_workbook_writer *w)
{
    if (!w)
        return;
    if (w->book)
        lxw.lxw_workbook_free(w->book);
    cq_str_free(&w->cell);
    free(w);
}
