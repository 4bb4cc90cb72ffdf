/* Reads a CSV: finds its header, and passes over the rows of a list that state nothing. */
#include "cq/csvin.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cq/columns.h"
#include "text/csvpass.h"
#include "text/csvrow.h"
#include "text/header.h"

enum { HEADER_LINES = 20 }; /* within which the header begins */

struct cq_csvin {
    struct cq_csvrow rows;
    bool delimiter_given;
    bool keeps_all;
    size_t named;    /* fields of the header without unnamed ones at its end */
    size_t width;    /* fields of each row, 0 until the first was read */
    int number;      /* column that numbers the rows, -1 for none */
    int64_t blank;   /* rows passed over that state nothing */
    int64_t skipped; /* and others */

    struct cq_row header;
    struct cq_str header_bytes;
};

/* The most frequent delimiter outside quotes in the header line; a comma if there is none. */
static char find_delimiter(const char *line, size_t len)
{
    static const char candidates[] = ",;\t";
    size_t counts[3] = {0};
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        if (line[i] == '"')
            quoted = !quoted;
        const char *hit = quoted || !line[i] ? NULL : strchr(candidates, line[i]);
        if (hit)
            counts[hit - candidates]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

/* The delimiter that a line "sep=;" names, as some spreadsheets write above the header; 0 where the
 * line is no such one. */
static char named_delimiter(const char *line, size_t len)
{
    while (len > 0 && strchr("\r\n", line[len - 1]))
        len--;
    bool quoted = len > 1 && line[0] == '"' && line[len - 1] == '"';
    if (quoted) {
        line++;
        len -= 2;
    }
    bool named = len == 5 && strncasecmp(line, "sep=", 4) == 0 && line[4] &&
                 strchr(",;\t", line[4]);
    return named ? line[4] : 0;
}

/* Strips a byte order mark. */
static enum cq_code skip_mark(struct cq_lines *lines, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    while (!code && !lines->eof && lines->end < 3)
        code = cq_lines_fill(lines, err);
    if (!code && lines->end >= 3 && memcmp(lines->buffer, "\xEF\xBB\xBF", 3) == 0)
        lines->next = lines->row_start = 3;
    return code;
}

/* Skips blank lines; *len becomes the length of the next one, 0 at the end of the file. */
static enum cq_code skip_blank_lines(struct cq_csvin *in, size_t *len, struct cq_err *err)
{
    struct cq_lines *lines = &in->rows.lines;
    enum cq_code code;
    lines->row_start = lines->next;
    while (!(code = cq_lines_next(lines, len, err)) && *len > 0 &&
           strchr("\r\n", lines->buffer[lines->next])) {
        lines->next += *len;
        lines->line++;
        lines->row_start = lines->next;
        in->blank++;
    }
    return code;
}

/* Passes over a line "sep=;". */
static void take_named_delimiter(struct cq_csvin *in, size_t len)
{
    struct cq_lines *lines = &in->rows.lines;
    char delimiter = named_delimiter(lines->buffer + lines->next, len);
    if (!delimiter)
        return;
    if (!in->delimiter_given)
        in->rows.delimiter = delimiter;
    in->delimiter_given = true;
    lines->next += len;
    lines->line++;
    in->skipped++;
}

/* Reads the next row as one that may be the header, by the delimiter that it has itself. */
static enum cq_code read_candidate(struct cq_csvin *in, bool *found, enum cq_code *bad,
                                   struct cq_err *err)
{
    size_t len;
    *found = false;
    *bad = CQ_OK;
    enum cq_code code = skip_blank_lines(in, &len, err);
    if (!code && len > 0) {
        take_named_delimiter(in, len);
        code = skip_blank_lines(in, &len, err);
    }
    if (code == CQ_R_LONG) {
        const struct cq_lines *lines = &in->rows.lines;
        in->rows.row =
            (struct cq_row){.line = lines->line, .offset = lines->base + (int64_t)lines->next};
        *found = true;
        *bad = code;
        return CQ_OK;
    }
    if (code || len == 0)
        return code;
    if (!in->delimiter_given)
        in->rows.delimiter = find_delimiter(in->rows.lines.buffer + in->rows.lines.next, len);
    code = cq_csvrow_start(&in->rows, err);
    return code ? code : cq_csvrow_read(&in->rows, found, bad, &in->blank, err);
}

/* A row that may be the header, and what was passed over before it. */
struct candidate {
    int64_t offset;
    long line;
    int score;
    enum cq_code bad;
    int64_t blank, skipped;
};

static void note_candidate(const struct cq_csvin *in, enum cq_code bad, int score,
                           struct candidate *best)
{
    if (best->line == 0 || score > best->score)
        *best = (struct candidate){in->rows.row.offset, in->rows.row.line, score, bad,
                                   in->blank,           in->skipped};
}

/* Looks for the header; *best becomes the row that is it, or most like it. */
static enum cq_code search_header(struct cq_csvin *in, const struct cq_header_search *search,
                                  struct candidate *best, struct cq_err *err)
{
    for (;;) {
        bool found;
        enum cq_code bad, code = read_candidate(in, &found, &bad, err);
        if (code || !found || (best->line && in->rows.row.line > HEADER_LINES))
            return code;
        if (!bad && cq_csvpass_is_blank(&in->rows.row, -1)) {
            in->blank++;
            continue;
        }
        int score = !search ? CQ_HEADER_WHOLE
                    : bad   ? 0
                            : search->judge(&in->rows.row, best->line == 0, search->context);
        note_candidate(in, bad, score, best);
        if (score == CQ_HEADER_WHOLE || bad == CQ_R_LONG)
            return CQ_OK;
        in->skipped++;
    }
}

/* Keeps the row that was read as the header. */
static void keep_header(struct cq_csvin *in)
{
    struct cq_csvrow *rows = &in->rows;
    in->header_bytes = rows->bytes;
    in->header = rows->row;
    in->header.raw = (struct cq_text){NULL, 0};
    rows->bytes = (struct cq_str){0};
    rows->fields = NULL;
    rows->field_room = 0;
}

/* Reads the header. Without a search it is the first row that states anything. */
static enum cq_code read_header(struct cq_csvin *in, const struct cq_header_search *search,
                                struct cq_err *err)
{
    struct cq_lines *lines = &in->rows.lines;
    struct candidate best = {0};
    bool found;
    enum cq_code bad, code = skip_mark(lines, err);
    lines->held = lines->next;
    if (!code)
        code = search_header(in, search, &best, err);
    if (code)
        return code;
    if (!best.line)
        return cq_err_set(err, CQ_F_EMPTY, NULL);
    if (best.bad)
        return cq_err_set(err, best.bad == CQ_R_QUOTES ? CQ_F_HEADER_QUOTES : CQ_F_HEADER_LONG,
                          NULL);
    if (best.score != CQ_HEADER_WHOLE) { /* rows after it have been read */
        lines->next = (size_t)(best.offset - lines->base);
        lines->line = best.line;
        code = read_candidate(in, &found, &bad, err);
        if (code)
            return code;
    }
    in->blank = best.blank;
    in->skipped = best.skipped;
    lines->held = SIZE_MAX;
    keep_header(in);
    return CQ_OK;
}

enum cq_code cq_csvin_open_at(struct cq_csvin **out, const struct cq_csv_input *input,
                              const struct cq_header_search *search, struct cq_err *err)
{
    *out = NULL;
    struct cq_csvin *in = calloc(1, sizeof *in);
    if (!in)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    enum cq_code code = cq_lines_open(&in->rows.lines, input, err);
    in->rows.delimiter = in->rows.lines.rows ? ',' : input->delimiter;
    in->delimiter_given = in->rows.delimiter;
    if (!code)
        code = read_header(in, search, err);
    if (code) {
        cq_err_at(err, in->rows.lines.name, 0, NULL);
        cq_csvin_close(in);
        return code;
    }
    in->number = cq_header_number(&in->header);
    in->named = in->header.count;
    while (in->named > 1 && cq_text_trim(in->header.fields[in->named - 1]).len == 0)
        in->named--;
    *out = in;
    return CQ_OK;
}

enum cq_code cq_csvin_open(struct cq_csvin **in, const struct cq_csv_input *input,
                           struct cq_err *err)
{
    return cq_csvin_open_at(in, input, NULL, err);
}

void cq_csvin_close(struct cq_csvin *in)
{
    if (!in)
        return;
    free((void *)in->header.fields);
    cq_str_free(&in->header_bytes);
    cq_csvrow_fini(&in->rows);
    cq_lines_close(&in->rows.lines);
    free(in);
}

void cq_csvin_keep_all(struct cq_csvin *in)
{
    in->keeps_all = true;
}

const struct cq_row *cq_csvin_header(const struct cq_csvin *in)
{
    return &in->header;
}

const struct cq_sheet *cq_csvin_sheet(const struct cq_csvin *in)
{
    const struct cq_workbook *workbook = in->rows.lines.workbook;
    return workbook ? cq_workbook_sheet(workbook) : NULL;
}

void cq_csvin_report_sheet(const struct cq_csvin *in, cq_finding_fn *report, void *context)
{
    const struct cq_sheet *sheet = cq_csvin_sheet(in);
    if (sheet)
        cq_sheet_report(sheet, in->rows.lines.name, in->header.line, report, context);
}

enum cq_encoding cq_csvin_encoding(const struct cq_csvin *in)
{
    return in->rows.lines.encoding;
}

char cq_csvin_delimiter(const struct cq_csvin *in)
{
    return in->rows.delimiter;
}

void cq_csvin_passed(const struct cq_csvin *in, int64_t *blank, int64_t *skipped)
{
    *blank = in->blank;
    *skipped = in->skipped;
}

static bool passes_over(struct cq_csvin *in, const struct cq_row *row)
{
    bool blank = !in->keeps_all && cq_csvpass_is_blank(row, in->number);
    bool other =
        !in->keeps_all && !blank &&
        (cq_csvpass_is_total(row, in->number) || (!in->width && cq_csvpass_is_numbering(row)));
    in->blank += blank;
    in->skipped += other;
    return blank || other;
}

bool cq_csvin_passes_over(struct cq_csvin *in, const struct cq_row *row)
{
    if (passes_over(in, row))
        return true;
    in->width = in->header.count;
    return false;
}

size_t cq_csvin_width(const struct cq_csvin *in)
{
    return in->width;
}

/* Whether the row has as many fields as it must: as the header, or, where the delimiter at the end
 * of a line stands in the header only or in the rows only, as the rows have; then the surplus is
 * empty. */
static bool has_width(const struct cq_csvin *in)
{
    const struct cq_row *row = &in->rows.row;
    if (in->width ? row->count != in->width : row->count < in->named)
        return false;
    for (size_t i = in->header.count; i < row->count; i++)
        if (cq_text_trim(row->fields[i]).len > 0)
            return false;
    return true;
}

/* Reads the row after the first one and goes back; *count becomes the number of its fields, that of
 * the first row where there is no other that can be split. */
static enum cq_code look_ahead(struct cq_csvin *in, size_t *count, struct cq_err *err)
{
    struct cq_lines *lines = &in->rows.lines;
    struct cq_row first = in->rows.row;
    int64_t ignored = 0;
    bool found;
    enum cq_code bad, code;
    lines->held = lines->row_start;
    do
        code = cq_csvrow_read(&in->rows, &found, &bad, &ignored, err);
    while (!code && found && !bad && cq_csvpass_is_blank(&in->rows.row, in->number));
    if (code)
        return code;
    *count = found && !bad ? in->rows.row.count : first.count;
    lines->next = (size_t)(first.offset - lines->base);
    lines->line = first.line;
    code = cq_csvrow_read(&in->rows, &found, &bad, &ignored, err);
    lines->held = SIZE_MAX;
    return code;
}

/* Settles how many fields the rows have, by the first row. Another number than the header's must be
 * that of the next row, too: else the row has lost or won a field. */
static enum cq_code settle_width(struct cq_csvin *in, enum cq_code *bad, struct cq_err *err)
{
    size_t count = in->rows.row.count, next = count;
    enum cq_code code = count != in->header.count ? look_ahead(in, &next, err) : CQ_OK;
    in->width = next == count ? count : in->header.count;
    if (in->width != count)
        *bad = CQ_R_WIDTH;
    return code;
}

enum cq_code cq_csvin_next(struct cq_csvin *in, const struct cq_row **row, enum cq_code *bad,
                           struct cq_err *err)
{
    bool found;
    enum cq_code code;
    do
        code = cq_csvrow_read(&in->rows, &found, bad, &in->blank, err);
    while (!code && found && !*bad && passes_over(in, &in->rows.row));
    if (!code && found && !*bad && !has_width(in))
        *bad = CQ_R_WIDTH;
    if (!code && found && !*bad && !in->width)
        code = settle_width(in, bad, err);
    if (!code && found && !*bad && in->width != in->header.count)
        code = cq_csvrow_set_width(&in->rows, in->header.count, err);
    *row = !code && found ? &in->rows.row : NULL;
    return code;
}

const char *cq_csvin_detail(const struct cq_csvin *in, const struct cq_row *row, enum cq_code bad,
                            char text[CQ_CSVIN_DETAIL])
{
    text[0] = '\0';
    if (bad == CQ_R_WIDTH)
        snprintf(text, CQ_CSVIN_DETAIL, "%zu / %zu", row->count,
                 in->width ? in->width : in->header.count);
    return text;
}

enum cq_code cq_csvin_peek(struct cq_csvin *in, struct cq_text *line, bool *found,
                           struct cq_err *err)
{
    struct cq_lines *lines = &in->rows.lines;
    size_t len;
    enum cq_code code;
    *found = false;
    for (;;) {
        lines->row_start = lines->next;
        code = cq_lines_next(lines, &len, err);
        if (code || len == 0)
            return code == CQ_R_LONG ? CQ_OK : code;
        const char *text = lines->buffer + lines->next;
        lines->peeked = len;
        while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
            len--;
        *line = (struct cq_text){text, len};
        *found = len > 0;
        if (*found)
            return CQ_OK;
        lines->next += lines->peeked;
        lines->line++;
        in->blank++;
    }
}

void cq_csvin_skip(struct cq_csvin *in, long *line, int64_t *offset)
{
    struct cq_lines *lines = &in->rows.lines;
    *line = lines->line++;
    *offset = lines->base + (int64_t)lines->next;
    lines->next += lines->peeked;
}

enum cq_code cq_csvin_seek(struct cq_csvin *in, int64_t offset, long line, struct cq_err *err)
{
    struct cq_lines *lines = &in->rows.lines;
    if (lseek(lines->fd, (off_t)offset, SEEK_SET) < 0) {
        cq_err_record(err, CQ_O_READ, "%s", cq_system_text(errno));
        cq_err_at(err, lines->name, 0, NULL);
        return err->code;
    }
    lines->row_start = lines->next = lines->end = 0;
    lines->base = offset;
    lines->line = line;
    lines->eof = false;
    return cq_csvrow_start(&in->rows, err);
}

int64_t cq_csvin_offset(const struct cq_csvin *in)
{
    return in->rows.lines.base + (int64_t)in->rows.lines.next;
}

bool cq_csvin_ready(const struct cq_csvin *in)
{
    const struct cq_lines *lines = &in->rows.lines;
    return lines->next < lines->end && cq_lines_length(lines) > 0;
}
