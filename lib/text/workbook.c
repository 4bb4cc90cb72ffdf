/* Opens a workbook's sheet and reads its lines. */
#include "text/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cq/fd.h"
#include "text/workbook_parts.h"
#include "text/workbook_rows.h"

/* A million rows of thirty cells are some 1.5 GB. */
static const int64_t sheet_max = (int64_t)2 << 30;
/* Of the lines: strings that are shared could become any number of bytes. */
static const int64_t lines_max = (int64_t)2 << 30;
/* How far another sheet is looked into, and how many are. */
enum { LOOK = 1 << 20, LOOKS = 32 };

/* The first bytes of zip archives, of empty ones, and of the container of .xls. */
struct mark {
    size_t len;
    const char *bytes;
};
static const struct mark marks[] = {
    {4, "PK\3\4"}, {4, "PK\5\6"}, {CQ_WORKBOOK_MARK, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"}};
static const struct mark *const container = &marks[2];

struct cq_workbook {
    struct cq_package *package;
    struct cq_part *part;
    struct cq_xml *xml;
    struct cq_workbook_parts parts;
    struct cq_shared_strings strings;
    struct cq_cell_styles styles;
    struct cq_sheet_rows rows;
    struct cq_sheet sheet;
    size_t taken; /* of rows.out */
    int64_t bytes;
    bool more;
};

static bool begins_with(const void *bytes, size_t len, const struct mark *mark)
{
    return len >= mark->len && memcmp(bytes, mark->bytes, mark->len) == 0;
}

bool cq_workbook_is(const void *bytes, size_t len)
{
    return begins_with(bytes, len, &marks[0]) || begins_with(bytes, len, &marks[1]) ||
           begins_with(bytes, len, container);
}

bool cq_workbook_may_be(const void *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len > 0 && len < marks[i].len && memcmp(bytes, marks[i].bytes, len) == 0)
            return true;
    return false;
}

/* Whether a file has the name of the stream that encrypted workbooks have in their container. */
static enum cq_code is_encrypted(int fd, bool *encrypted, struct cq_err *err)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    enum { ROOM = 1 << 16 };
    size_t len = ROOM;
    enum cq_code code = CQ_OK;
    char *bytes = malloc(ROOM);
    *encrypted = false;
    if (!bytes)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int64_t at = 0; !code && !*encrypted && len == ROOM; at += ROOM - (int64_t)sizeof name) {
        code = cq_fd_read_at(fd, bytes, ROOM, at, &len, err);
        *encrypted = !code && memmem(bytes, len, name, sizeof name);
    }
    free(bytes);
    return code;
}

/* Refuses what is no zip archive. */
static enum cq_code check_mark(int fd, struct cq_err *err)
{
    unsigned char mark[CQ_WORKBOOK_MARK];
    size_t len;
    bool encrypted;
    enum cq_code code = cq_fd_read_at(fd, mark, sizeof mark, 0, &len, err);
    if (code || !begins_with(mark, len, container))
        return code;
    code = is_encrypted(fd, &encrypted, err);
    if (!code)
        code = encrypted ? cq_err_set(err, CQ_F_WORKBOOK_PASSWORD, NULL)
                         : cq_err_set(err, CQ_F_OTHER_WORKBOOK, ".xls");
    return code;
}

/* Whether a sheet has a value near its beginning. One that cannot be read has none. */
static bool has_values(struct cq_workbook *workbook, const char *name)
{
    struct cq_part *part = NULL;
    struct cq_xml *xml = NULL;
    struct cq_err err = {0};
    bool found = false, more = true;
    enum cq_code code = cq_part_open(&part, workbook->package, name, "sheet", sheet_max, &err);
    if (!code)
        code = cq_xml_open(&xml, part, &cq_sheet_values_handler, &found, &err);
    for (int i = 0; !code && more && !found && i < LOOK / CQ_XML_PIECE; i++)
        code = cq_xml_next(xml, &more, &err);
    cq_xml_close(xml);
    cq_part_close(part);
    return found;
}

/* Notes the other sheets that have values: a list may go on there. */
static void look_at_others(struct cq_workbook *workbook, size_t chosen)
{
    const struct cq_workbook_parts *parts = &workbook->parts;
    char *text = workbook->sheet.unread;
    size_t room = sizeof workbook->sheet.unread, len = 0, looks = 0;
    for (size_t i = 0; i < parts->count && looks < LOOKS && len + 8 < room; i++) {
        if (i == chosen || !parts->sheets[i].part)
            continue;
        looks++;
        if (has_values(workbook, parts->sheets[i].part))
            len += (size_t)snprintf(text + len, room - len, "%s%zu", len ? ", " : "", i + 1);
    }
}

/* Reads what the cells refer to. */
static enum cq_code read_shared(struct cq_workbook *workbook, struct cq_err *err)
{
    const struct cq_workbook_parts *parts = &workbook->parts;
    enum cq_code code = CQ_OK;
    if (parts->strings)
        code = cq_shared_strings_read(&workbook->strings, workbook->package, parts->strings, err);
    if (!code && parts->styles)
        code = cq_cell_styles_read(&workbook->styles, workbook->package, parts->styles, err);
    return code;
}

static enum cq_code open_sheet(struct cq_workbook *workbook, const char *sheet, struct cq_err *err)
{
    const struct cq_workbook_parts *parts = &workbook->parts;
    size_t index = 0;
    enum cq_code code = cq_workbook_parts_choose(parts, sheet, &index, err);
    if (!code)
        code = read_shared(workbook, err);
    if (!code)
        code = cq_part_open(&workbook->part, workbook->package, parts->sheets[index].part, "sheet",
                            sheet_max, err);
    if (!code)
        code = cq_xml_open(&workbook->xml, workbook->part, &cq_sheet_rows_handler, &workbook->rows,
                           err);
    if (code)
        return code;
    workbook->sheet.number = (int)index + 1;
    workbook->sheet.count = (int)parts->count;
    workbook->sheet.hidden = parts->sheets[index].hidden;
    workbook->rows.context =
        (struct cq_cell_context){&workbook->strings, &workbook->styles, parts->date1904};
    workbook->rows.sheet = &workbook->sheet;
    workbook->more = true;
    if (!sheet)
        look_at_others(workbook, index);
    return CQ_OK;
}

enum cq_code cq_workbook_open(struct cq_workbook **result, int fd, const char *sheet,
                              struct cq_err *err)
{
    struct cq_workbook *workbook = calloc(1, sizeof *workbook);
    *result = NULL;
    if (!workbook)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    enum cq_code code = check_mark(fd, err);
    if (!code)
        code = cq_package_open(&workbook->package, fd, err);
    if (!code)
        code = cq_workbook_parts_read(&workbook->parts, workbook->package, err);
    if (!code)
        code = open_sheet(workbook, sheet, err);
    if (code)
        cq_workbook_close(workbook);
    else
        *result = workbook;
    return code;
}

void cq_workbook_close(struct cq_workbook *workbook)
{
    if (!workbook)
        return;
    cq_xml_close(workbook->xml);
    cq_part_close(workbook->part);
    cq_sheet_rows_fini(&workbook->rows);
    cq_shared_strings_fini(&workbook->strings);
    cq_cell_styles_fini(&workbook->styles);
    cq_workbook_parts_fini(&workbook->parts);
    cq_package_close(workbook->package);
    free(workbook);
}

enum cq_code cq_workbook_read(struct cq_workbook *workbook, void *bytes, size_t room, size_t *len,
                              struct cq_err *err)
{
    struct cq_str *out = &workbook->rows.out;
    *len = 0;
    if (workbook->taken == out->len) {
        cq_str_clear(out);
        workbook->taken = 0;
    }
    while (out->len == 0 && workbook->more) {
        enum cq_code code = cq_xml_next(workbook->xml, &workbook->more, err);
        if (code)
            return code;
    }
    *len = out->len - workbook->taken < room ? out->len - workbook->taken : room;
    if (*len > 0)
        memcpy(bytes, out->ptr + workbook->taken, *len);
    workbook->taken += *len;
    workbook->bytes += (int64_t)*len;
    return workbook->bytes <= lines_max ? CQ_OK
                                        : cq_err_set(err, CQ_F_WORKBOOK_LIMIT, "sheet: > %lld MB",
                                                     (long long)lines_max >> 20);
}

const struct cq_sheet *cq_workbook_sheet(const struct cq_workbook *workbook)
{
    return &workbook->sheet;
}
