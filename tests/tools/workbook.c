/* Makes a workbook for tests and benchmarks, as other programs make them, through libxlsxwriter.
 * workbook [--inline] FILE <CELLS: each line is a row, its cells have tabs between and begin with
 *   s: text, in which \n is a line end
 *   n: number        b: 1 or 0          f: formula with its value, a number
 *   d: a day, 2026-11-01, in the date format of the system    g: the same as dd.mm.yyyy
 *   t: a day and time, 2026-11-01 10:30              z: a number of 12 digits with leading zeros
 * or is none of these: an empty cell. Lines that begin with '!' say what the next row or sheet is:
 *   !sheet NAME    !hidden-sheet NAME    !hidden    !merge COLUMNS ROWS TEXT
 * --inline writes texts into the cells; else they are shared.
 * workbook --read FILE [SHEET]: prints a sheet as CSV, as lists are read. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "text/workbook.h"

enum format { PLAIN, SYSTEM_DATE, DATE, MOMENT, DIGITS, FORMATS };

struct maker {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *formats[FORMATS];
    lxw_row_t row;
    bool hide_row;
};

static void die(const char *what)
{
    fprintf(stderr, "workbook: %s\n", what);
    exit(1);
}

static void add_formats(struct maker *maker)
{
    static const char *const codes[FORMATS] = {"General", "mm-dd-yy", "dd.mm.yyyy",
                                               "dd.mm.yyyy hh:mm", "000000000000"};
    for (int i = 0; i < FORMATS; i++) {
        maker->formats[i] = workbook_add_format(maker->book);
        if (i == SYSTEM_DATE)
            format_set_num_format_index(maker->formats[i], 14);
        else
            format_set_num_format(maker->formats[i], codes[i]);
    }
}

static void write_day(struct maker *maker, lxw_col_t column, const char *text, enum format format)
{
    lxw_datetime day = {0};
    if (sscanf(text, "%d-%d-%d %d:%d", &day.year, &day.month, &day.day, &day.hour, &day.min) < 3)
        die("not a day");
    worksheet_write_datetime(maker->sheet, maker->row, column, &day, maker->formats[format]);
}

/* Text with its line ends. */
static void write_text(struct maker *maker, lxw_col_t column, char *text)
{
    for (char *end; (end = strstr(text, "\\n"));) {
        *end = '\n';
        memmove(end + 1, end + 2, strlen(end + 2) + 1);
    }
    worksheet_write_string(maker->sheet, maker->row, column, text, NULL);
}

static void write_cell(struct maker *maker, lxw_col_t column, char *cell)
{
    lxw_worksheet *sheet = maker->sheet;
    char *text = cell[0] && cell[1] == ':' ? cell + 2 : cell;
    switch (cell[0]) {
    case 's': write_text(maker, column, text); break;
    case 'n': worksheet_write_number(sheet, maker->row, column, atof(text), NULL); break;
    case 'b': worksheet_write_boolean(sheet, maker->row, column, atoi(text), NULL); break;
    case 'f':
        worksheet_write_formula_num(sheet, maker->row, column, "=1+1", NULL, atof(text));
        break;
    case 'd': write_day(maker, column, text, SYSTEM_DATE); break;
    case 'g': write_day(maker, column, text, DATE); break;
    case 't': write_day(maker, column, text, MOMENT); break;
    case 'z':
        worksheet_write_number(sheet, maker->row, column, atof(text), maker->formats[DIGITS]);
        break;
    default: break;
    }
}

static void add_sheet(struct maker *maker, const char *name)
{
    maker->sheet = workbook_add_worksheet(maker->book, *name ? name : NULL);
    maker->row = 0;
    if (!maker->sheet)
        die("no sheet");
}

static void follow(struct maker *maker, const char *line)
{
    int columns, rows, at = 0;
    if (strncmp(line, "!sheet ", 7) == 0) {
        add_sheet(maker, line + 7);
        worksheet_activate(maker->sheet); /* the first could not be hidden else */
    } else if (strncmp(line, "!hidden-sheet ", 14) == 0) {
        add_sheet(maker, line + 14);
        worksheet_hide(maker->sheet);
    } else if (strcmp(line, "!hidden") == 0) {
        maker->hide_row = true;
    } else if (sscanf(line, "!merge %d %d %n", &columns, &rows, &at) == 2) {
        worksheet_merge_range(maker->sheet, maker->row, 0, maker->row + (lxw_row_t)rows - 1,
                              (lxw_col_t)(columns - 1), line + at, NULL);
    } else {
        die(line);
    }
}

static void write_row(struct maker *maker, char *line)
{
    static lxw_row_col_options hidden = {.hidden = true};
    lxw_col_t column = 0;
    if (maker->hide_row)
        worksheet_set_row_opt(maker->sheet, maker->row, LXW_DEF_ROW_HEIGHT, NULL, &hidden);
    maker->hide_row = false;
    for (char *cell; (cell = strsep(&line, "\t"));)
        write_cell(maker, column++, cell);
    maker->row++;
}

static int print_sheet(const char *file, const char *sheet)
{
    struct cq_workbook *workbook = NULL;
    struct cq_err err = {0};
    char bytes[4096];
    size_t len = 1;
    int fd = open(file, O_RDONLY);
    enum cq_code code = cq_workbook_open(&workbook, fd, sheet, &err);
    while (!code && len > 0) {
        code = cq_workbook_read(workbook, bytes, sizeof bytes, &len, &err);
        fwrite(bytes, 1, len, stdout);
    }
    cq_workbook_close(workbook);
    close(fd);
    if (code)
        die(cq_code_text(code));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && argc <= 4 && strcmp(argv[1], "--read") == 0)
        return print_sheet(argv[2], argv[3]);
    bool in_cells = argc == 3 && strcmp(argv[1], "--inline") == 0;
    lxw_workbook_options options = {.constant_memory = in_cells, .tmpdir = getenv("TMPDIR")};
    struct maker maker = {0};
    char *line = NULL;
    size_t room = 0;
    if (argc != 2 && !in_cells)
        die("usage: workbook [--inline] FILE <CELLS");
    maker.book = workbook_new_opt(argv[argc - 1], &options);
    add_formats(&maker);
    while (getline(&line, &room, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (!maker.sheet && strncmp(line, "!sheet", 6) != 0 && strncmp(line, "!hidden-s", 9) != 0)
            add_sheet(&maker, "");
        if (*line == '!')
            follow(&maker, line);
        else
            write_row(&maker, line);
    }
    if (!maker.sheet)
        add_sheet(&maker, "");
    free(line);
    return workbook_close(maker.book) == LXW_NO_ERROR ? 0 : 1;
}
