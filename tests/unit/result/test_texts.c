/* Translated texts and what fills their gaps: a catalogue is no format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "result/texts.h"

static void assert_text(const char *text, const char *const *details, size_t count,
                        const char *expected)
{
    struct cq_str out = {0};
    cq_report_format(&out, text, details, count);
    assert_int_equal(out.failed, CQ_OK);
    assert_string_equal(out.ptr, expected);
    cq_str_free(&out);
}

static void test_details_fill_the_gaps_in_turn(void **state)
{
    static const char *const details[] = {"one", "%s two"};
    (void)state;
    assert_text("a %s b %s c", details, 2, "a one b %s two c");
    assert_text("%s%s", details, 2, "one%s two");
    assert_text("no gap", details, 2, "no gap");
    assert_text("one gap: %s.", details, 2, "one gap: one.");
    assert_text("%s %s %s", details, 1, "one %s %s");
    assert_text("%d %n %s", details, 1, "%d %n one");
    assert_text("", details, 2, "");
}

static const char *translate(const char *text)
{
    (void)text;
    return "translated";
}

static void test_a_request_without_catalogue_is_english(void **state)
{
    struct cq_report_request r = {0};
    (void)state;
    assert_string_equal(cq_report_translate(&r, "text"), "text");
    r.translate = translate;
    assert_string_equal(cq_report_translate(&r, "text"), "translated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_details_fill_the_gaps_in_turn),
        cmocka_unit_test(test_a_request_without_catalogue_is_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
