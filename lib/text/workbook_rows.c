/* A sheet's rows to lines. */
#include "text/workbook_rows.h"

#include <string.h>

#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/num.h"

enum {
    PAUSE = 1 << 16, /* bytes that are finished */
    LETTERS = 3      /* of a column, A to XFD */
};

/* Ends with an error at a column of the row; 0 for the row as a whole. */
static void fail_at(struct cq_xml *xml, const struct cq_sheet_rows *rows, enum cq_code code,
                    int column)
{
    char letters[LETTERS + 1] = "";
    char *at = letters + LETTERS;
    for (; column > 0 && at > letters; column = (column - 1) / 26)
        *--at = (char)('A' + (column - 1) % 26);
    cq_xml_fail(xml, code, rows->line.row, *at ? at : NULL);
}

/* Reads a reference to a cell, C12, up to its end or a colon. Returns false where it is none. */
static bool read_reference(const char *text, int *column, long *row)
{
    *column = 0;
    *row = 0;
    for (; *text >= 'A' && *text <= 'Z' && *column <= CQ_SHEET_COLUMNS; text++)
        *column = *column * 26 + (*text - 'A' + 1);
    for (; *text >= '0' && *text <= '9' && *row <= CQ_SHEET_ROWS; text++)
        *row = *row * 10 + (*text - '0');
    return (!*text || *text == ':') && *column > 0 && *column <= CQ_SHEET_COLUMNS && *row > 0 &&
           *row <= CQ_SHEET_ROWS;
}

static void start_row(struct cq_xml *xml, struct cq_sheet_rows *rows, const char **attributes)
{
    const char *number = cq_xml_attribute(attributes, "r");
    int64_t row = rows->line.row + 1;
    bool bad = number && cq_num_parse(number, strlen(number), 1, CQ_SHEET_ROWS, &row);
    if (bad || row <= rows->line.row || row > CQ_SHEET_ROWS) {
        fail_at(xml, rows, CQ_F_WORKBOOK, 0);
        return;
    }
    rows->line.row = (long)row;
    rows->line.columns = rows->column = 0;
    rows->in_row = true;
    rows->hidden = cq_xml_boolean(cq_xml_attribute(attributes, "hidden"));
    cq_str_clear(&rows->line.text);
}

/* Writes a line, and empty ones for the rows before it. One that is too long stays so but ends where
 * its row does, so that it alone is rejected. */
static void write_line(struct cq_sheet_rows *rows, struct cq_sheet_line *line)
{
    struct cq_str *text = &line->text;
    for (; rows->ended + 1 < line->row; rows->ended++)
        cq_str_put(&rows->out, "\n", 1);
    for (size_t i = 0; text->len > CQ_ROW_MAX && i < text->len; i++)
        if (text->ptr[i] == '\n' || text->ptr[i] == '\r')
            text->ptr[i] = ' ';
    cq_str_put(&rows->out, text->ptr, text->len);
    for (int i = line->columns; i < rows->width; i++)
        cq_str_put(&rows->out, ",", 1);
    cq_str_put(&rows->out, "\n", 1);
    rows->ended++;
}

/* Writes the rows that were held. */
static void write_head(struct cq_sheet_rows *rows)
{
    for (int i = 0; i < rows->heads; i++)
        if (rows->head[i].columns > rows->width)
            rows->width = rows->head[i].columns;
    for (int i = 0; i < rows->heads; i++)
        write_line(rows, &rows->head[i]);
}

static void end_row(struct cq_xml *xml, struct cq_sheet_rows *rows)
{
    struct cq_sheet_line *line = &rows->line;
    rows->in_row = false;
    if (line->text.failed) {
        cq_xml_fail(xml, CQ_B_NOMEM, 0, NULL);
        return;
    }
    if (line->columns == 0)
        return;
    rows->sheet->rows++;
    if (rows->hidden && rows->sheet->hidden_rows++ == 0)
        rows->sheet->first_hidden = line->row;
    if (rows->width) {
        write_line(rows, line);
    } else {
        rows->head[rows->heads++] = *line;
        line->text = (struct cq_str){0};
        if (rows->heads == CQ_SHEET_HEAD)
            write_head(rows);
    }
    if (rows->out.failed)
        cq_xml_fail(xml, CQ_B_NOMEM, 0, NULL);
    else if (rows->out.len >= PAUSE)
        cq_xml_pause(xml);
}

static void end_data(struct cq_xml *xml, struct cq_sheet_rows *rows)
{
    rows->in_data = false;
    if (!rows->width)
        write_head(rows);
    if (rows->out.failed)
        cq_xml_fail(xml, CQ_B_NOMEM, 0, NULL);
}

static void start_cell(struct cq_xml *xml, struct cq_sheet_rows *rows, const char **attributes)
{
    const char *reference = NULL, *style = NULL, *type = NULL;
    int column = rows->column + 1;
    long row = rows->line.row;
    for (const char **a = attributes; *a; a += 2) {
        if (strcmp(*a, "r") == 0)
            reference = a[1];
        else if (strcmp(*a, "s") == 0)
            style = a[1];
        else if (strcmp(*a, "t") == 0)
            type = a[1];
    }
    if ((reference && !read_reference(reference, &column, &row)) || row != rows->line.row ||
        column <= rows->column || column > CQ_SHEET_COLUMNS) {
        fail_at(xml, rows, CQ_F_WORKBOOK, rows->column);
        return;
    }
    rows->column = column;
    rows->in_cell = true;
    cq_sheet_cell_begin(&rows->cell, &rows->context, type, style);
}

/* Writes the cell's value into the line, at its column. */
static void end_cell(struct cq_xml *xml, struct cq_sheet_rows *rows)
{
    struct cq_sheet_line *line = &rows->line;
    struct cq_text value;
    enum cq_code code = cq_sheet_cell_value(&rows->cell, &rows->context, &value);
    rows->in_cell = false;
    if (code)
        fail_at(xml, rows, code, rows->column);
    if (value.len == 0 || line->text.len > CQ_ROW_MAX)
        return;
    if (rows->width && rows->column > rows->width) {
        if (!rows->sheet->beyond)
            rows->sheet->beyond = line->row;
        return;
    }
    for (int at = line->columns > 0 ? line->columns : 1; at < rows->column; at++)
        cq_str_put(&line->text, ",", 1);
    line->columns = rows->column;
    cq_out_quote(&line->text, value.ptr, value.len);
}

/* Keeps the merged cells that reach furthest down: whether they lie below the header is known
 * later. */
static void add_merged(struct cq_sheet *sheet, const char *reference)
{
    int column;
    long first, last;
    const char *colon = reference ? strchr(reference, ':') : NULL;
    if (!colon || !read_reference(reference, &column, &first) ||
        !read_reference(colon + 1, &column, &last) || last <= first || last <= sheet->merged_end)
        return;
    sheet->merged = first;
    sheet->merged_end = last;
}

static void on_start(struct cq_xml *xml, const char *name, const char **attributes, void *context)
{
    struct cq_sheet_rows *rows = context;
    if (rows->in_cell)
        cq_sheet_cell_start(&rows->cell, name, attributes);
    else if (rows->in_row && strcmp(name, "c") == 0)
        start_cell(xml, rows, attributes);
    else if (rows->in_data && !rows->in_row && strcmp(name, "row") == 0)
        start_row(xml, rows, attributes);
    else if (strcmp(name, "sheetData") == 0)
        rows->in_data = true;
    else if (!rows->in_data && strcmp(name, "mergeCell") == 0)
        add_merged(rows->sheet, cq_xml_attribute(attributes, "ref"));
}

static void on_end(struct cq_xml *xml, const char *name, void *context)
{
    struct cq_sheet_rows *rows = context;
    if (rows->in_cell && strcmp(name, "c") == 0)
        end_cell(xml, rows);
    else if (rows->in_cell)
        cq_sheet_cell_end(&rows->cell, name);
    else if (rows->in_row && strcmp(name, "row") == 0)
        end_row(xml, rows);
    else if (rows->in_data && strcmp(name, "sheetData") == 0)
        end_data(xml, rows);
}

static void on_text(const char *text, size_t len, void *context)
{
    struct cq_sheet_rows *rows = context;
    if (rows->in_cell)
        cq_cell_text_add(&rows->cell.text, text, len);
}

const struct cq_xml_handler cq_sheet_rows_handler = {on_start, on_end, on_text};

void cq_sheet_rows_fini(struct cq_sheet_rows *rows)
{
    cq_str_free(&rows->out);
    cq_str_free(&rows->line.text);
    for (int i = 0; i < rows->heads; i++)
        cq_str_free(&rows->head[i].text);
    cq_sheet_cell_fini(&rows->cell);
}

static void find_value(struct cq_xml *xml, const char *name, const char **attributes, void *context)
{
    bool *found = context;
    (void)attributes;
    if (strcmp(name, "v") != 0 && strcmp(name, "is") != 0)
        return;
    *found = true;
    cq_xml_stop(xml);
}

static void ignore_end(struct cq_xml *xml, const char *name, void *context)
{
    (void)xml;
    (void)name;
    (void)context;
}

const struct cq_xml_handler cq_sheet_values_handler = {find_value, ignore_end, NULL};
