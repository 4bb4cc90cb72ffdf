/* Lists inside one cell: parts, empty parts, and words that only look like a part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/list.h"

static void test_parts_in_order(void **state)
{
    (void)state;
    struct cq_text rest = cq_text_of("a|bc||d|"), part;
    const char *want[] = {"a", "bc", "", "d", ""};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_true(cq_text_next(&rest, '|', &part));
        assert_true(cq_text_is(part, want[i]));
    }
    assert_false(cq_text_next(&rest, '|', &part));
    assert_false(cq_text_next(&rest, '|', &part));
}

static void test_an_empty_list_has_one_empty_part(void **state)
{
    (void)state;
    struct cq_text rest = cq_text_of(""), part;
    assert_true(cq_text_next(&rest, ';', &part));
    assert_int_equal(part.len, 0);
    assert_false(cq_text_next(&rest, ';', &part));
}

static void test_whole_parts_only(void **state)
{
    (void)state;
    struct cq_text list = cq_text_of("of_age;paid;no");
    assert_true(cq_text_has(list, ';', "of_age"));
    assert_true(cq_text_has(list, ';', "no"));
    assert_false(cq_text_has(list, ';', "age"));
    assert_false(cq_text_has(list, ';', "of_age;paid"));
    assert_false(cq_text_has(list, ';', ""));
    assert_false(cq_text_has(cq_text_of(""), ';', "no"));
    assert_false(cq_text_has((struct cq_text){"none", 2}, ';', "none"));
    assert_true(cq_text_has((struct cq_text){"none", 2}, ';', "no"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_in_order),
        cmocka_unit_test(test_an_empty_list_has_one_empty_part),
        cmocka_unit_test(test_whole_parts_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
