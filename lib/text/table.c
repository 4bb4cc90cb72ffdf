/* A table for people. The widths of its columns are those of their cells where they fit; else as much
 * of the line as each can have, and cells that are longer go on in the lines below. */
#include "text/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/list.h"
#include "cq/utf8.h"

enum { BETWEEN = 2, WORD_MAX = 24 }; /* columns between cells; longer words are broken */

struct cell {
    size_t start;
    uint32_t len;
    uint32_t number; /* right-aligned */
};

struct cq_table {
    size_t columns, width;
    struct cq_str text; /* of all cells */
    struct cell *cells;
    size_t count, room;
};

enum cq_code cq_table_new(struct cq_table **result, size_t columns, size_t width)
{
    struct cq_table *table = calloc(1, sizeof *table);
    *result = table;
    if (!table)
        return CQ_B_NOMEM;
    table->columns = columns;
    table->width = width;
    return CQ_OK;
}

void cq_table_free(struct cq_table *table)
{
    if (!table)
        return;
    free(table->cells);
    cq_str_free(&table->text);
    free(table);
}

void cq_table_clear(struct cq_table *table)
{
    table->count = 0;
    cq_str_clear(&table->text);
}

enum cq_code cq_table_add(struct cq_table *table, const char *text, size_t len, bool number)
{
    struct cell *cells = cq_grow(table->cells, table->count + 1, &table->room, sizeof *cells);
    size_t start = table->text.len;
    cq_str_put(&table->text, text, len);
    if (cells)
        table->cells = cells;
    if (!cells || table->text.failed)
        return CQ_B_NOMEM;
    for (size_t i = start; i < table->text.len; i++) /* a cell has no lines of its own */
        if ((unsigned char)table->text.ptr[i] < ' ')
            table->text.ptr[i] = ' ';
    table->cells[table->count++] = (struct cell){start, (uint32_t)len, number};
    return CQ_OK;
}

static bool is_mark(char c)
{
    return c == ';' || c == '|' || c == ',';
}

/* The bytes up to and with the next place where a line may end, blanks in front too. */
static size_t word_length(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && text[at] == ' ')
        at++;
    while (at < len && text[at] != ' ' && !is_mark(text[at]))
        at++;
    while (at < len && is_mark(text[at]))
        at++;
    return at;
}

/* The bytes of the characters that a line has room for; at least one. Shape: len above 0. */
static size_t fitting(const char *text, size_t len, size_t width)
{
    size_t end = cq_utf8_size(text, len);
    size_t used = cq_utf8_width(text, end);
    while (end < len) {
        size_t size = cq_utf8_size(text + end, len - end);
        used += cq_utf8_width(text + end, size);
        if (used > width)
            break;
        end += size;
    }
    return end;
}

/* The bytes of the line that a text begins with. Shape: len and width above 0. */
static size_t line_length(const char *text, size_t len, size_t width)
{
    size_t end = 0, used = 0;
    while (end < len) {
        size_t size = word_length(text + end, len - end);
        used += cq_utf8_width(text + end, size);
        if (used > width)
            break;
        end += size;
    }
    return end > 0 ? end : fitting(text, len, width);
}

/* Takes the next line off a text. */
static struct cq_text next_line(struct cq_text *rest, size_t width)
{
    struct cq_text line = {rest->ptr, rest->len};
    if (width > 0 && rest->len > 0 && cq_utf8_width(rest->ptr, rest->len) > width)
        line.len = line_length(rest->ptr, rest->len, width);
    rest->ptr += line.len;
    rest->len -= line.len;
    while (rest->len > 0 && *rest->ptr == ' ') {
        rest->ptr++;
        rest->len--;
    }
    return line;
}

static void add_blanks(struct cq_str *out, size_t n)
{
    static const char blanks[] = "                                ";
    for (; n > 0 && !out->failed; n -= n < 32 ? n : 32)
        cq_str_put(out, blanks, n < 32 ? n : 32);
}

void cq_table_fold(struct cq_str *out, const char *text, size_t width)
{
    struct cq_text rest = cq_text_of(text);
    do {
        struct cq_text line = next_line(&rest, width);
        cq_str_put(out, line.ptr, line.len);
        cq_str_puts(out, "\n");
    } while (rest.len > 0 && !out->failed);
}

static struct cq_text text_of(const struct cq_table *table, size_t cell)
{
    const struct cell *c = &table->cells[cell];
    return (struct cq_text){table->text.ptr ? table->text.ptr + c->start : "", c->len};
}

/* The columns of the longest word, with the blank before it. */
static size_t longest_word(struct cq_text text)
{
    size_t longest = 0;
    while (text.len > 0) {
        size_t size = word_length(text.ptr, text.len);
        size_t columns = cq_utf8_width(text.ptr, size);
        longest = columns > longest ? columns : longest;
        text.ptr += size;
        text.len -= size;
    }
    return longest < WORD_MAX ? longest : WORD_MAX;
}

/* The columns that all cells need, and those without which a word would be broken. */
static void measure(const struct cq_table *table, size_t *widths, size_t *least)
{
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % table->columns;
        struct cq_text text = text_of(table, i);
        size_t width = cq_utf8_width(text.ptr, text.len);
        widths[column] = width > widths[column] ? width : widths[column];
        if (table->width > 0 && width > least[column]) {
            width = longest_word(text);
            least[column] = width > least[column] ? width : least[column];
        }
    }
}

/* The columns of a line in which no column has more than most, but what it needs at least. */
static size_t line_width(const struct cq_table *table, const size_t *widths, const size_t *least,
                         size_t most)
{
    size_t sum = (table->columns - 1) * BETWEEN;
    for (size_t i = 0; i < table->columns; i++) {
        size_t width = least[i] > most ? least[i] : most;
        sum += widths[i] < width ? widths[i] : width;
    }
    return sum;
}

/* Makes columns narrower until a line has room for them. Returns false where that cannot be. */
static bool narrow(const struct cq_table *table, size_t *widths, const size_t *least)
{
    size_t most = table->width;
    if (table->width == 0 || line_width(table, widths, least, SIZE_MAX / 2) <= table->width)
        return true;
    while (most > 0 && line_width(table, widths, least, most) > table->width)
        most--;
    if (most == 0)
        return false;
    size_t left = table->width - line_width(table, widths, least, most);
    for (size_t i = 0; i < table->columns; i++) {
        size_t width = least[i] > most ? least[i] : most;
        if (width >= widths[i])
            continue;
        size_t more = widths[i] - width < left ? widths[i] - width : left;
        widths[i] = width + more;
        left -= more;
    }
    return true;
}

/* Writes a row in as many lines as its longest cell has. */
static void write_row(const struct cq_table *table, size_t first, const size_t *widths,
                      struct cq_text *rest, struct cq_str *out)
{
    bool more = true;
    for (size_t i = 0; i < table->columns; i++)
        rest[i] = text_of(table, first + i);
    while (more && !out->failed) {
        size_t gap = 0;
        more = false;
        for (size_t i = 0; i < table->columns; i++) {
            struct cq_text line = next_line(&rest[i], widths[i]);
            size_t width = cq_utf8_width(line.ptr, line.len);
            size_t pad = widths[i] > width ? widths[i] - width : 0;
            bool number = table->cells[first + i].number;
            if (line.len > 0) {
                add_blanks(out, gap + (number ? pad : 0));
                cq_str_put(out, line.ptr, line.len);
                gap = number ? 0 : pad;
            } else {
                gap += widths[i];
            }
            gap += BETWEEN;
            more = more || rest[i].len > 0;
        }
        cq_str_puts(out, "\n");
    }
}

static void write_rule(const struct cq_table *table, const size_t *widths, struct cq_str *out)
{
    for (size_t i = 0; i < table->columns; i++) {
        for (size_t k = 0; k < widths[i]; k++)
            cq_str_put(out, "-", 1);
        add_blanks(out, i + 1 < table->columns ? BETWEEN : 0);
    }
    cq_str_puts(out, "\n");
}

/* Writes a row as a list: a heading and its cell beside it. */
static void write_list(const struct cq_table *table, size_t first, size_t head, struct cq_str *out)
{
    size_t room = table->width > head + BETWEEN ? table->width - head - BETWEEN : 1;
    for (size_t i = 0; i < table->columns && !out->failed; i++) {
        struct cq_text heading = text_of(table, i), cell = text_of(table, first + i);
        if (cell.len == 0)
            continue;
        while (heading.len > 0 || cell.len > 0) {
            struct cq_text left = next_line(&heading, head), right = next_line(&cell, room);
            cq_str_put(out, left.ptr, left.len);
            if (right.len > 0)
                add_blanks(out, head - cq_utf8_width(left.ptr, left.len) + BETWEEN);
            cq_str_put(out, right.ptr, right.len);
            cq_str_puts(out, "\n");
        }
    }
}

/* The columns of the headings of a list. */
static size_t head_width(const struct cq_table *table)
{
    size_t head = 1, most = table->width / 3 > 0 ? table->width / 3 : 1;
    for (size_t i = 0; i < table->columns; i++) {
        struct cq_text heading = text_of(table, i);
        size_t width = cq_utf8_width(heading.ptr, heading.len);
        head = width > head ? width : head;
    }
    return head < most ? head : most;
}

/* Writes all rows as lists, with an empty line between them. */
static enum cq_code write_lists(const struct cq_table *table, cq_table_sink_fn *sink, void *context)
{
    struct cq_str lines = {0};
    size_t head = head_width(table);
    for (size_t row = table->columns; row < table->count && !lines.failed; row += table->columns) {
        if (row > table->columns)
            cq_str_puts(&lines, "\n");
        write_list(table, row, head, &lines);
        if (!lines.failed)
            sink(&lines, context);
    }
    enum cq_code code = lines.failed;
    cq_str_free(&lines);
    return code;
}

static enum cq_code write_rows(const struct cq_table *table, const size_t *widths,
                               cq_table_sink_fn *sink, void *context)
{
    struct cq_str lines = {0};
    struct cq_text *rest = calloc(table->columns, sizeof *rest);
    if (!rest)
        return CQ_B_NOMEM;
    for (size_t i = 0; i + table->columns <= table->count && !lines.failed; i += table->columns) {
        write_row(table, i, widths, rest, &lines);
        if (i == 0)
            write_rule(table, widths, &lines);
        if (!lines.failed)
            sink(&lines, context);
    }
    enum cq_code code = lines.failed;
    cq_str_free(&lines);
    free(rest);
    return code;
}

enum cq_code cq_table_write(const struct cq_table *table, cq_table_sink_fn *sink, void *context)
{
    size_t columns = table->columns;
    if (columns == 0)
        return CQ_OK;
    size_t *widths = calloc(columns * 2, sizeof *widths);
    if (!widths)
        return CQ_B_NOMEM;
    measure(table, widths, widths + columns);
    bool fits = narrow(table, widths, widths + columns) || table->count == columns;
    enum cq_code code = fits ? write_rows(table, widths, sink, context)
                             : write_lists(table, sink, context);
    free(widths);
    return code;
}
