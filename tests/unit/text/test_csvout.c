/* Writing rows: what is quoted, what the three forms look like, and outputs that fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cq/csvout.h"
#include "cq/date.h"

static const struct cq_text two[] = {{"a", 1}, {"b,\"c", 4}};

/* Compares what a descriptor holds. */
static void holds(int fd, const char *want)
{
    size_t len = strlen(want);
    char *got = test_malloc(len + 2);
    ssize_t n = pread(fd, got, len + 1, 0);
    assert_true(n >= 0);
    got[n] = '\0';
    assert_string_equal(got, want);
    test_free(got);
    close(fd);
}

static struct cq_out *begin(int *fd, enum cq_format format, const struct cq_text *names,
                            size_t count)
{
    struct cq_out *out;
    struct cq_err err = {0};
    *fd = memfd_create("out", MFD_CLOEXEC);
    assert_int_equal(cq_out_open(&out, *fd, format, names, count, &err), CQ_OK);
    return out;
}

static void end_row(struct cq_out *out)
{
    struct cq_err err = {0};
    assert_int_equal(cq_out_end(out, &err), CQ_OK);
}

static void finish(struct cq_out *out)
{
    struct cq_err err = {0};
    assert_int_equal(cq_out_close(out, &err), CQ_OK);
}

static void test_csv_quotes_where_needed(void **state)
{
    static const char *const cells[][2] = {
        {"plain", "with blank "}, {"a,b", "a;b"},     {"\"", "a\"\"b"},
        {"x\ny", "x\r"},          {"", "Әлия Қасым"}, {"=1+1", "'\t"},
    };
    int fd;
    struct cq_out *out = begin(&fd, CQ_FORMAT_CSV, two, 2);
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        cq_out_string(out, cells[i][0]);
        cq_out_text(out, cells[i][1], strlen(cells[i][1]));
        end_row(out);
    }
    finish(out);
    holds(fd, "a,\"b,\"\"c\"\nplain,with blank \n\"a,b\",a;b\n\"\"\"\",\"a\"\"\"\"b\"\n"
              "\"x\ny\",\"x\r\"\n,Әлия Қасым\n=1+1,'\t\n");
}

/* An empty line would be no row. */
static void test_csv_of_one_column(void **state)
{
    int fd;
    struct cq_out *out = begin(&fd, CQ_FORMAT_CSV, two, 1);
    (void)state;
    cq_out_string(out, "");
    end_row(out);
    cq_out_string(out, "x");
    end_row(out);
    finish(out);
    holds(fd, "a\n\"\"\nx\n");
}

static void test_numbers_days_and_prepared_cells(void **state)
{
    static const struct cq_text names[] = {{"n", 1}, {"d", 1}, {"x", 1}, {"y", 1}, {"z", 1}};
    struct cq_str tail = {0};
    int fd;
    struct cq_out *out = begin(&fd, CQ_FORMAT_CSV, names, 5);
    (void)state;
    cq_out_quote(&tail, "p\"q", 3);
    cq_str_puts(&tail, ",");
    cq_out_quote(&tail, "r", 1);
    cq_out_number(out, INT64_MIN);
    cq_out_day(out, cq_date_make(2024, 2, 29));
    cq_out_raw(out, tail.ptr, tail.len, 2);
    cq_out_number(out, 0);
    end_row(out);
    cq_out_number(out, -1);
    cq_out_day(out, CQ_DAY_MAX);
    cq_out_raw(out, ",", 1, 2);
    cq_out_string(out, "");
    end_row(out);
    finish(out);
    holds(fd, "n,d,x,y,z\n-9223372036854775808,2024-02-29,\"p\"\"q\",r,0\n-1,,,,\n");
    cq_str_free(&tail);
}

static void test_json_lines(void **state)
{
    int fd;
    struct cq_out *out = begin(&fd, CQ_FORMAT_JSON, two, 2);
    (void)state;
    cq_out_string(out, "q\"\\\n\r\t\x01\x7f");
    cq_out_number(out, 7);
    end_row(out);
    cq_out_string(out, "Қ");
    cq_out_string(out, "");
    end_row(out);
    finish(out);
    holds(fd, "{\"a\":\"q\\\"\\\\\\n\\u000d\\u0009\\u0001\x7f\",\"b,\\\"c\":7}\n"
              "{\"a\":\"Қ\",\"b,\\\"c\":null}\n");
}

/* A reader of JSON keeps one of two equal keys: no two are. */
static void test_json_keys_differ(void **state)
{
    static const struct cq_text names[] = {{"a", 1}, {"", 0}, {"a", 1},   {"a_2", 3},
                                           {"a", 1}, {"", 0}, {"a_2", 3}, {"b", 1}};
    enum { COUNT = sizeof names / sizeof *names };
    int fd;
    struct cq_out *out = begin(&fd, CQ_FORMAT_JSON, names, COUNT);
    (void)state;
    for (int i = 0; i < COUNT; i++)
        cq_out_number(out, i);
    end_row(out);
    finish(out);
    holds(fd, "{\"a\":0,\"\":1,\"a_3\":2,\"a_2\":3,\"a_4\":4,\"_2\":5,\"a_2_2\":6,\"b\":7}\n");
}

static void test_table_is_aligned(void **state)
{
    static const struct cq_text names[] = {{"name", 4}, {"n", 1}, {"last", 4}};
    int fd;
    struct cq_out *out = begin(&fd, CQ_FORMAT_TABLE, names, 3);
    (void)state;
    cq_out_string(out, "Әлия");
    cq_out_number(out, 5);
    cq_out_string(out, "x\ny");
    end_row(out);
    cq_out_string(out, "Қасымжан");
    cq_out_number(out, 1234);
    cq_out_string(out, "");
    end_row(out);
    finish(out);
    holds(fd, "name      n     last\n--------  ----  ----\nӘлия         5  x y\n"
              "Қасымжан  1234\n");
}

static void test_empty_results(void **state)
{
    int fd;
    (void)state;
    finish(begin(&fd, CQ_FORMAT_CSV, two, 2));
    holds(fd, "a,\"b,\"\"c\"\n");
    finish(begin(&fd, CQ_FORMAT_JSON, two, 2));
    holds(fd, "");
    finish(begin(&fd, CQ_FORMAT_TABLE, two, 2));
    holds(fd, "a  b,\"c\n-  ----\n");
}

/* Far more than the buffer holds, and one cell larger than it. */
static void test_large_outputs(void **state)
{
    enum { LARGE = 1 << 19, ROWS = 60000 };
    char *cell = test_malloc(LARGE), *got = test_malloc(2 * LARGE);
    int fd;
    struct cq_out *out = begin(&fd, CQ_FORMAT_CSV, two, 1);
    (void)state;
    memset(cell, '"', LARGE);
    cq_out_text(out, cell, LARGE / 2);
    end_row(out);
    for (int i = 0; i < ROWS; i++) {
        cq_out_number(out, 1000000 + i);
        end_row(out);
    }
    finish(out);
    size_t head = 2 + LARGE + 3;
    assert_int_equal(lseek(fd, 0, SEEK_END), head + (off_t)ROWS * 8);
    assert_int_equal(pread(fd, got, head, 0), head);
    assert_memory_equal(got, "a\n\"", 3);
    assert_memory_equal(got + 3, cell, LARGE);
    assert_memory_equal(got + 3 + LARGE, "\"\n", 2);
    assert_int_equal(pread(fd, got, 8, (off_t)head + (ROWS - 1) * 8), 8);
    assert_memory_equal(got, "1059999\n", 8);
    close(fd);
    test_free(cell);
    test_free(got);
}

/* A full disk is reported at the latest when the writer is closed, flushed or its buffer is full. */
static void test_failing_output(void **state)
{
    (void)state;
    for (int how = 0; how < 3; how++) {
        struct cq_out *out;
        struct cq_err err = {0};
        enum cq_code code = CQ_OK;
        int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
        assert_true(fd >= 0);
        assert_int_equal(cq_out_open(&out, fd, CQ_FORMAT_CSV, two, 2, &err), CQ_OK);
        for (int i = 0; i < (how == 2 ? 100000 : 1) && !code; i++) {
            cq_out_string(out, "x");
            cq_out_string(out, "yyyyyyyy");
            code = cq_out_end(out, &err);
        }
        assert_int_equal(code, how == 2 ? CQ_O_WRITE : CQ_OK);
        if (how == 1)
            assert_int_equal(cq_out_flush(out, &err), CQ_O_WRITE);
        assert_int_equal(cq_out_close(out, how == 0 ? &err : NULL), CQ_O_WRITE);
        assert_int_equal(err.code, CQ_O_WRITE);
        assert_true(err.detail[0] != '\0');
        close(fd);
    }
    cq_out_abandon(NULL);
    assert_int_equal(cq_out_close(NULL, NULL), CQ_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_quotes_where_needed),
        cmocka_unit_test(test_csv_of_one_column),
        cmocka_unit_test(test_numbers_days_and_prepared_cells),
        cmocka_unit_test(test_json_lines),
        cmocka_unit_test(test_json_keys_differ),
        cmocka_unit_test(test_table_is_aligned),
        cmocka_unit_test(test_empty_results),
        cmocka_unit_test(test_large_outputs),
        cmocka_unit_test(test_failing_output),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
