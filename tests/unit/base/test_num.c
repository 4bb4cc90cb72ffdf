/* Whole numbers: what passes, what does not, and both ends of the range. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/num.h"

static enum cq_code parse(const char *text, int64_t min, int64_t max, int64_t *out)
{
    return cq_num_parse(text, strlen(text), min, max, out);
}

static void test_numbers(void **state)
{
    (void)state;
    int64_t n = -1;
    assert_int_equal(parse("0", 0, 10, &n), CQ_OK);
    assert_int_equal(n, 0);
    assert_int_equal(parse("0042", 0, 100, &n), CQ_OK);
    assert_int_equal(n, 42);
    assert_int_equal(parse("999999999999999999", 0, INT64_MAX, &n), CQ_OK);
    assert_true(n == INT64_C(999999999999999999));
}

static void test_the_range_is_closed(void **state)
{
    (void)state;
    int64_t n;
    assert_int_equal(parse("5", 5, 7, &n), CQ_OK);
    assert_int_equal(parse("7", 5, 7, &n), CQ_OK);
    assert_int_equal(parse("4", 5, 7, &n), CQ_R_NUMBER);
    assert_int_equal(parse("8", 5, 7, &n), CQ_R_NUMBER);
}

static void test_everything_else_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",  " ", "+1",      "-1", " 1", "1 ", "1.0", "1e3", "0x1", "a", "1000000000000000000",
        "/", ":", "\xD9\xA1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t n = 77;
        assert_int_equal(parse(bad[i], 0, INT64_MAX, &n), CQ_R_NUMBER);
        assert_int_equal(n, 77);
    }
}

static void test_write(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {10, "10"},
        {-10, "-10"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char dst[21];
        memset(dst, '#', sizeof dst);
        size_t len = cq_num_write(dst, cases[i].value);
        assert_int_equal(len, strlen(cases[i].text));
        assert_memory_equal(dst, cases[i].text, len);
        assert_int_equal(dst[len], '#');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_the_range_is_closed),
        cmocka_unit_test(test_everything_else_is_refused),
        cmocka_unit_test(test_write),
    };
    return cmocka_run_group_tests_name("num", tests, NULL, NULL);
}
