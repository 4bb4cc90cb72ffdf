/* HTML: data stays text, elements close in order, numbers for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "text/html.h"

static void test_text_and_attributes_cannot_become_markup(void **state)
{
    (void)state;
    struct cq_html html = {0};
    struct cq_err err = {0};
    cq_html_open(&html, "b", "title", "\"><script>'", "class", NULL, "id", "x", CQ_HTML_END);
    cq_html_text(&html, "a<b & \"c\"'\x01\x1f\x7fҚ\n\t>");
    cq_html_close(&html);
    assert_int_equal(cq_html_done(&html, &err), CQ_OK);
    assert_string_equal(html.out.ptr, "<b title=\"&quot;&gt;&lt;script&gt;&#39;\" id=\"x\">"
                                      "a&lt;b &amp; &quot;c&quot;&#39;   Қ\n\t&gt;</b>");
    cq_html_fini(&html);
}

static void test_part_stops_at_its_length(void **state)
{
    (void)state;
    struct cq_html html = {0};
    struct cq_err err = {0};
    cq_html_part(&html, "<ab", 2);
    assert_int_equal(cq_html_done(&html, &err), CQ_OK);
    assert_string_equal(html.out.ptr, "&lt;a");
    cq_html_fini(&html);
}

static void test_elements_close_innermost_first(void **state)
{
    (void)state;
    struct cq_html html = {0};
    struct cq_err err = {0};
    cq_html_open(&html, "table", CQ_HTML_END);
    cq_html_open(&html, "tr", CQ_HTML_END);
    cq_html_leaf(&html, "td", "1", "class", "n", CQ_HTML_END);
    cq_html_void(&html, "meta", "name", "x", CQ_HTML_END);
    cq_html_close(&html);
    cq_html_close(&html);
    assert_int_equal(cq_html_done(&html, &err), CQ_OK);
    assert_string_equal(html.out.ptr,
                        "<table><tr><td class=\"n\">1</td><meta name=\"x\">\n</tr>\n</table>\n");
    cq_html_fini(&html);
}

static void test_wrong_nesting_is_a_bug(void **state)
{
    (void)state;
    struct cq_html open = {0}, closed = {0}, deep = {0};
    struct cq_err err = {0};
    cq_html_open(&open, "p", CQ_HTML_END);
    assert_int_equal(cq_html_done(&open, &err), CQ_B_BUG);
    assert_int_equal(err.code, CQ_B_BUG);
    cq_html_fini(&open);

    cq_html_close(&closed);
    assert_int_equal(cq_html_done(&closed, NULL), CQ_B_BUG);
    cq_html_fini(&closed);

    for (int i = 0; i <= CQ_HTML_DEPTH; i++)
        cq_html_open(&deep, "i", CQ_HTML_END);
    for (int i = 0; i < CQ_HTML_DEPTH; i++)
        cq_html_close(&deep);
    assert_int_equal(cq_html_done(&deep, NULL), CQ_B_BUG);
    cq_html_fini(&deep);
}

#define GAP "\xe2\x80\xaf"

static void test_numbers_are_grouped_in_threes(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {
        {0, "0"},
        {999, "999"},
        {1000, "1" GAP "000"},
        {123456, "123" GAP "456"},
        {1234567, "1" GAP "234" GAP "567"},
        {-123456, "-123" GAP "456"},
        {INT64_MAX, "9" GAP "223" GAP "372" GAP "036" GAP "854" GAP "775" GAP "807"},
        {INT64_MIN, "-9" GAP "223" GAP "372" GAP "036" GAP "854" GAP "775" GAP "808"},
    };
    char text[CQ_HTML_NUMBER];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(cq_html_number(text, cases[i].number), cases[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_and_attributes_cannot_become_markup),
        cmocka_unit_test(test_part_stops_at_its_length),
        cmocka_unit_test(test_elements_close_innermost_first),
        cmocka_unit_test(test_wrong_nesting_is_a_bug),
        cmocka_unit_test(test_numbers_are_grouped_in_threes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
