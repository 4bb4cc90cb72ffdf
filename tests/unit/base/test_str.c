/* Growing strings: contents, the NUL at the end, growth, and sizes no memory can hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/str.h"

static void test_append(void **state)
{
    (void)state;
    struct cq_str s = {0};
    cq_str_put(&s, "ab\0c", 4);
    cq_str_puts(&s, "de");
    assert_int_equal(s.failed, CQ_OK);
    assert_int_equal(s.len, 6);
    assert_memory_equal(s.ptr, "ab\0cde", 7);
    cq_str_free(&s);
}

static void test_empty_appends_make_a_string(void **state)
{
    (void)state;
    struct cq_str s = {0};
    cq_str_put(&s, NULL, 0);
    assert_non_null(s.ptr);
    assert_string_equal(s.ptr, "");
    assert_int_equal(s.len, 0);
    cq_str_free(&s);

    struct cq_str t = {0};
    assert_int_equal(cq_str_reserve(&t, 0), CQ_OK);
    assert_string_equal(t.ptr, "");
    cq_str_free(&t);
}

static void test_growth_keeps_every_byte(void **state)
{
    (void)state;
    struct cq_str s = {0};
    for (int i = 0; i < 10000; i++) {
        char c = (char)('a' + i % 26);
        cq_str_put(&s, &c, 1);
        assert_true(s.len < s.cap);
        assert_int_equal(s.ptr[s.len], 0);
    }
    assert_int_equal(s.failed, CQ_OK);
    assert_int_equal(s.len, 10000);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(s.ptr[i], 'a' + i % 26);
    cq_str_free(&s);
}

static void test_reserve_makes_room_at_once(void **state)
{
    (void)state;
    struct cq_str s = {0};
    assert_int_equal(cq_str_reserve(&s, 5000), CQ_OK);
    const char *before = s.ptr;
    for (int i = 0; i < 5000; i++)
        cq_str_put(&s, "x", 1);
    assert_ptr_equal(s.ptr, before);
    cq_str_free(&s);
}

static void test_formatted_text_of_every_length(void **state)
{
    (void)state;
    struct cq_str s = {0};
    for (int width = 1; width < 300; width++) {
        cq_str_clear(&s);
        cq_str_puts(&s, "=");
        cq_str_printf(&s, "%0*d", width, 7);
        assert_int_equal(s.len, (size_t)width + 1);
        assert_int_equal(strlen(s.ptr), s.len);
        assert_int_equal(s.ptr[0], '=');
        assert_int_equal(s.ptr[width], '7');
        cq_str_free(&s);
    }
    cq_str_printf(&s, "%s", "");
    assert_string_equal(s.ptr, "");
    cq_str_free(&s);
}

static void test_clear_keeps_the_memory(void **state)
{
    (void)state;
    struct cq_str s = {0};
    cq_str_clear(&s);
    assert_null(s.ptr);
    cq_str_puts(&s, "abc");
    size_t cap = s.cap;
    cq_str_clear(&s);
    assert_int_equal(s.len, 0);
    assert_int_equal(s.cap, cap);
    assert_string_equal(s.ptr, "");
    cq_str_free(&s);
    assert_null(s.ptr);
    assert_int_equal(s.cap, 0);
    cq_str_free(&s);
}

static void test_impossible_sizes_fail_and_keep_the_text(void **state)
{
    (void)state;
    struct cq_str s = {0};
    cq_str_puts(&s, "abc");
    assert_int_equal(cq_str_reserve(&s, SIZE_MAX), CQ_B_NOMEM);
    assert_int_equal(cq_str_reserve(&s, SIZE_MAX - 3), CQ_B_NOMEM);
    assert_int_equal(s.len, 3);
    assert_string_equal(s.ptr, "abc");
    cq_str_free(&s);
}

/* After a failure nothing is appended, so one check before use is enough. */
static void test_a_failure_sticks(void **state)
{
    (void)state;
    struct cq_str s = {0};
    cq_str_puts(&s, "whole");
    assert_int_equal(s.failed, CQ_OK);
    assert_int_equal(cq_str_reserve(&s, SIZE_MAX - 5), CQ_B_NOMEM);
    assert_int_equal(s.failed, CQ_B_NOMEM);
    cq_str_puts(&s, ", and more");
    cq_str_printf(&s, "%d", 7);
    assert_int_equal(cq_str_reserve(&s, 1), CQ_B_NOMEM);
    assert_string_equal(s.ptr, "whole");
    assert_int_equal(s.len, 5);
    cq_str_clear(&s);
    cq_str_puts(&s, "again");
    assert_int_equal(s.failed, CQ_OK);
    assert_string_equal(s.ptr, "again");
    cq_str_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_empty_appends_make_a_string),
        cmocka_unit_test(test_growth_keeps_every_byte),
        cmocka_unit_test(test_reserve_makes_room_at_once),
        cmocka_unit_test(test_formatted_text_of_every_length),
        cmocka_unit_test(test_clear_keeps_the_memory),
        cmocka_unit_test(test_impossible_sizes_fail_and_keep_the_text),
        cmocka_unit_test(test_a_failure_sticks),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
