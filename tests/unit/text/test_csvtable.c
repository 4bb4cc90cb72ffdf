/* Small CSV tables in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "text/csvtable.h"

static void read_ok(struct cq_csvtable *table, const char *text)
{
    struct cq_err err = {0};

    assert_int_equal(cq_csvtable_read(table, text, strlen(text), &err), CQ_OK);
    assert_int_equal(err.code, CQ_OK);
}

static void test_cells_and_lines(void **state)
{
    struct cq_csvtable table;

    (void)state;
    read_ok(&table, "a,b\n1,\"x, \"\"y\"\"\"\n\n\n2,\n,\"z\"");
    assert_int_equal(table.count, 4);
    assert_int_equal(table.columns, 2);
    assert_string_equal(table.rows[0].cells[1].ptr, "b");
    assert_string_equal(table.rows[1].cells[1].ptr, "x, \"y\"");
    assert_int_equal(table.rows[1].cells[1].len, 6);
    assert_int_equal(table.rows[1].line, 2);
    assert_string_equal(table.rows[2].cells[1].ptr, "");
    assert_int_equal(table.rows[2].line, 5);
    assert_int_equal(table.rows[3].line, 6);
    assert_int_equal(table.rows[3].cells[0].len, 0);
    cq_csvtable_fini(&table);
    assert_int_equal(table.count, 0);
}

static void test_line_ends_and_bom(void **state)
{
    const char *const files[] = {"\xef\xbb\xbf\x61,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
                                 "a,b\n1,2\n3,4"};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct cq_csvtable table;

        read_ok(&table, files[i]);
        assert_int_equal(table.count, 3);
        assert_string_equal(table.rows[0].cells[0].ptr, "a");
        assert_string_equal(table.rows[2].cells[1].ptr, "4");
        assert_int_equal(table.rows[1].line, 2);
        assert_int_equal(table.rows[2].line, 3);
        cq_csvtable_fini(&table);
    }
}

/* Lines without a quote are split without libcsv; those that end with CRLF are not. */
static void test_plain_lines_are_split_alike(void **state)
{
    static const char text[] = "a,b,c\n 1 ,\t2 3\t, \n,,\n \t\nx y,\"q, r\" , z\n\n,,  ,\n";
    char other[2 * sizeof text];
    struct cq_csvtable plain, parsed;
    struct cq_err err = {0};
    size_t len = 0;

    (void)state;
    for (size_t cut = 6; cut <= strlen(text); cut++) {
        len = 0;
        for (size_t i = 0; i < cut; i++) {
            if (text[i] == '\n')
                other[len++] = '\r';
            other[len++] = text[i];
        }
        if (cq_csvtable_read(&plain, text, cut, &err)) {
            assert_int_equal(cq_csvtable_read(&parsed, other, len, NULL), err.code);
            err = (struct cq_err){0};
            continue;
        }
        assert_int_equal(cq_csvtable_read(&parsed, other, len, &err), CQ_OK);
        assert_int_equal(plain.count, parsed.count);
        for (size_t row = 0; row < plain.count; row++) {
            assert_int_equal(plain.rows[row].line, parsed.rows[row].line);
            for (size_t i = 0; i < plain.columns; i++)
                assert_string_equal(plain.rows[row].cells[i].ptr, parsed.rows[row].cells[i].ptr);
        }
        cq_csvtable_fini(&plain);
        cq_csvtable_fini(&parsed);
    }
}

/* A row's line is where it begins, also where its first cell spans blank lines. */
static void test_line_of_a_quoted_newline(void **state)
{
    struct cq_csvtable table;

    (void)state;
    read_ok(&table, "a,b\n\"x\n\ny\",1\n2,3\n");
    assert_int_equal(table.count, 3);
    assert_string_equal(table.rows[1].cells[0].ptr, "x\n\ny");
    assert_int_equal(table.rows[1].line, 2);
    assert_int_equal(table.rows[2].line, 5);
    cq_csvtable_fini(&table);
}

/* A spreadsheet leaves rows below a table, sometimes with another number of delimiters. */
static void test_rows_that_state_nothing(void **state)
{
    struct cq_csvtable table;

    (void)state;
    read_ok(&table, ",\na,b\n , \n1,2\n\"\",\" \"\n,,,,\n,\r\n3,\n");
    assert_int_equal(table.count, 3);
    assert_string_equal(table.rows[0].cells[0].ptr, "a");
    assert_int_equal(table.rows[1].line, 4);
    assert_string_equal(table.rows[2].cells[0].ptr, "3");
    assert_int_equal(table.rows[2].line, 8);
    cq_csvtable_fini(&table);
}

static void refused(const char *bytes, size_t len, enum cq_code code, long line)
{
    struct cq_csvtable table;
    struct cq_err err = {0};

    assert_int_equal(cq_csvtable_read(&table, bytes, len, &err), code);
    assert_int_equal(err.code, code);
    assert_int_equal(err.line, line);
    assert_null(table.memory);
    /* err may be NULL. */
    assert_int_equal(cq_csvtable_read(&table, bytes, len, NULL), code);
}

static void test_refusals(void **state)
{
    (void)state;
    refused("", 0, CQ_F_EMPTY, 0);
    refused("\n \n", 3, CQ_F_EMPTY, 0);
    refused("a,b\n1,\0\n", 9, CQ_F_BINARY, 0);
    refused("a,b\n1,2\n1\n", 10, CQ_R_WIDTH, 3);
    refused("a,b\n1,2,3\n1,2\n", 14, CQ_R_WIDTH, 2);
    refused("a,b\n1,2\n1,\"2\n3,4\n", 17, CQ_R_QUOTES, 3);
    refused("a,b\n1,x\"y\"\n", 11, CQ_R_QUOTES, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_and_lines),
        cmocka_unit_test(test_line_ends_and_bom),
        cmocka_unit_test(test_plain_lines_are_split_alike),
        cmocka_unit_test(test_line_of_a_quoted_newline),
        cmocka_unit_test(test_rows_that_state_nothing),
        cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
