/* Tests of text/workbook_write.c, through cq_out: what is written is read again as it was. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/fd.h"
#include "text/workbook_package.h"

static struct cq_out *open_out(int *fd, const struct cq_text *names, size_t count)
{
    struct cq_out *out = NULL;
    struct cq_err err = {0};
    *fd = cq_fd_temporary("/tmp");
    assert_true(*fd >= 0);
    assert_int_equal(cq_out_open(&out, *fd, CQ_FORMAT_XLSX, names, count, &err), CQ_OK);
    return out;
}

/* Part of the workbook's XML. Owner: caller. */
static char *part_of(int fd, const char *name)
{
    struct cq_package *package = NULL;
    struct cq_part *part = NULL;
    struct cq_err err = {0};
    struct cq_str text = {0};
    char bytes[4096];
    size_t len = 1;
    assert_int_equal(cq_package_open(&package, fd, &err), CQ_OK);
    assert_int_equal(cq_part_open(&part, package, name, "part", 1 << 20, &err), CQ_OK);
    for (; len > 0; cq_str_put(&text, bytes, len))
        assert_int_equal(cq_part_read(part, bytes, sizeof bytes, &len, &err), CQ_OK);
    cq_part_close(part);
    cq_package_close(package);
    return text.ptr;
}

static const struct cq_text names[] = {{"iin", 3}, {"day", 3}, {"count", 5}};

static void test_identifiers_are_text_and_days_are_dates(void **state)
{
    int fd;
    struct cq_err err = {0};
    struct cq_out *out = open_out(&fd, names, 3);
    (void)state;
    cq_out_string(out, "050315100039");
    cq_out_day(out, 20454); /* 2026-01-01 */
    cq_out_number(out, 42);
    assert_int_equal(cq_out_end(out, &err), CQ_OK);
    cq_out_string(out, "=1+1");
    cq_out_string(out, "2026-01-02");
    cq_out_string(out, "42");
    assert_int_equal(cq_out_end(out, &err), CQ_OK);
    cq_out_string(out, "2026-02-30");
    cq_out_string(out, "1900-02-28"); /* before the days that workbooks count rightly */
    cq_out_string(out, "02.01.2026");
    assert_int_equal(cq_out_end(out, &err), CQ_OK);
    assert_int_equal(cq_out_close(out, &err), CQ_OK);
    char *sheet = part_of(fd, "xl/worksheets/sheet1.xml");
    const char *const want[] = {
        "<c r=\"A2\" t=\"inlineStr\"><is><t>050315100039</t></is></c>",
        "<v>46023</v>",
        "<c r=\"C2\"><v>42</v></c>",
        "<c r=\"A3\" t=\"inlineStr\"><is><t>=1+1</t></is></c>",
        "<v>46024</v>",
        "<c r=\"C3\" t=\"inlineStr\"><is><t>42</t></is></c>",
        "<is><t>2026-02-30</t></is>",
        "<is><t>1900-02-28</t></is>",
        "<is><t>02.01.2026</t></is>",
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        if (!strstr(sheet, want[i]))
            fail_msg("%s is not in %s", want[i], sheet);
    free(sheet);
    close(fd);
}

/* Text of up to eight pieces that are hard to keep. */
static void draw_text(unsigned *seed, struct cq_str *text)
{
    static const char *const pieces[] = {
        "a",      "Қ",      " ",          "\n",      "\r",      "\r\n",         "\"",
        ",",      "\x01",   "_x0041_",    "_x",      "_x005F_", "\xEF\xBF\xBE", "\xEF\xBF\xBF",
        "&lt;",   "<",      "]]>",        "\t",      "😀",       "_x0000_",      "_xD800_",
        "_x000D", "\x1B[m", "\xC2\x85",   "2026-01", "yes",     "\xEF\xBB\xBF", "=",
        "'",      "_",      "_x0041_x41_"};
    cq_str_clear(text);
    cq_str_puts(text, "x"); /* a row that says something */
    for (unsigned n = (unsigned)rand_r(seed) % 8; n > 0; n--)
        cq_str_puts(text, pieces[(unsigned)rand_r(seed) % (sizeof pieces / sizeof *pieces)]);
}

static void test_any_text_is_read_again_as_it_was(void **state)
{
    enum { ROWS = 500, COLUMNS = 3 };
    static struct cq_str texts[ROWS][COLUMNS];
    unsigned seed = 7;
    int fd;
    struct cq_csvin *in = NULL;
    const struct cq_row *row;
    struct cq_err err = {0};
    enum cq_code bad;
    struct cq_out *out = open_out(&fd, names, COLUMNS);
    (void)state;
    for (int i = 0; i < ROWS; i++) {
        for (int k = 0; k < COLUMNS; k++) {
            draw_text(&seed, &texts[i][k]);
            cq_out_text(out, texts[i][k].ptr, texts[i][k].len);
        }
        assert_int_equal(cq_out_end(out, &err), CQ_OK);
    }
    assert_int_equal(cq_out_close(out, &err), CQ_OK);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    const struct cq_csv_input input = {.fd = fd, .name = "written.xlsx"};
    assert_int_equal(cq_csvin_open(&in, &input, &err), CQ_OK);
    assert_string_equal(cq_csvin_header(in)->fields[0].ptr, "iindaycount");
    for (int i = 0; i < ROWS; i++) {
        assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
        assert_non_null(row);
        assert_int_equal(row->count, COLUMNS);
        assert_int_equal(row->line, i + 2);
        for (int k = 0; k < COLUMNS; k++) {
            assert_int_equal(row->fields[k].len, texts[i][k].len);
            assert_memory_equal(row->fields[k].ptr, texts[i][k].ptr, texts[i][k].len);
            cq_str_free(&texts[i][k]);
        }
    }
    assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
    assert_null(row);
    cq_csvin_close(in);
    close(fd);
}

static void test_what_a_sheet_cannot_hold_is_an_error(void **state)
{
    char *text = malloc(32768 * 2);
    int fd;
    struct cq_err err = {0}, long_err = {0};
    struct cq_out *out = open_out(&fd, names, 3);
    (void)state;
    assert_non_null(text);
    for (int i = 0; i < 32768; i++)
        memcpy(text + 2 * i, "Қ", 2);
    cq_out_text(out, text, 32767 * 2);
    assert_int_equal(cq_out_end(out, &err), CQ_OK);
    cq_out_text(out, text, 32768 * 2);
    assert_int_equal(cq_out_end(out, &long_err), CQ_O_WORKBOOK);
    assert_string_equal(long_err.detail, "32768 > 32767");
    cq_out_abandon(out);
    close(fd);
    free(text);
}

static void test_rows_are_limited_and_take_no_memory(void **state)
{
    static const struct cq_text name = {"n", 1};
    struct rusage before, after;
    int fd;
    struct cq_err err = {0};
    struct cq_out *out = open_out(&fd, &name, 1);
    enum cq_code code = CQ_OK;
    long rows = 0;
    (void)state;
    getrusage(RUSAGE_SELF, &before);
    for (; !code && rows < 2000000; rows++) {
        cq_out_text(out, "a", 1);
        code = cq_out_end(out, &err);
    }
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(code, CQ_O_WORKBOOK);
    assert_int_equal(rows, 1048576); /* with the header one more than a sheet has */
#ifndef __SANITIZE_ADDRESS__         /* which keeps what was freed */
    assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 16 << 10);
#endif
    cq_out_abandon(out);
    close(fd);
}

static void test_a_file_that_cannot_be_written_is_an_error(void **state)
{
    struct cq_out *out = NULL;
    struct cq_err err = {0};
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(cq_out_open(&out, ends[0], CQ_FORMAT_XLSX, names, 3, &err), CQ_OK);
    cq_out_string(out, "a");
    assert_int_equal(cq_out_end(out, &err), CQ_OK);
    assert_int_equal(cq_out_close(out, &err), CQ_O_WRITE);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identifiers_are_text_and_days_are_dates),
        cmocka_unit_test(test_any_text_is_read_again_as_it_was),
        cmocka_unit_test(test_what_a_sheet_cannot_hold_is_an_error),
        cmocka_unit_test(test_rows_are_limited_and_take_no_memory),
        cmocka_unit_test(test_a_file_that_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
