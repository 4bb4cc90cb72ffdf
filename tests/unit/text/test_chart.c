/* Charts: bars in proportion from zero, words for who does not see them, long labels in lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "cq/chart.h"

/* Draws; the text stays until the next call. */
static const char *draw(const struct cq_chart_bar *bars, size_t count)
{
    static char text[8192];
    struct cq_html html = {0};
    const struct cq_chart chart = {"c", "Title <", "Desc", bars, count};
    cq_chart_bars(&html, &chart);
    assert_int_equal(cq_html_done(&html, NULL), CQ_OK);
    assert_true(html.out.len < sizeof text);
    memcpy(text, html.out.ptr, html.out.len + 1);
    cq_html_fini(&html);
    return text;
}

/* The width of the bar with an index. */
static int width_of(const char *svg, int index)
{
    for (int i = 0; i <= index; i++) {
        svg = strstr(svg, "<rect");
        assert_non_null(svg);
        svg++;
    }
    const char *width = strstr(svg, " width=\"");
    assert_non_null(width);
    return atoi(width + 8);
}

static int count_of(const char *text, const char *part)
{
    int n = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        n++;
    return n;
}

static void test_bars_are_in_proportion(void **state)
{
    (void)state;
    const struct cq_chart_bar bars[] = {{"a", 1000}, {"b", 500}, {"c", 0}, {"d", 1}};
    const char *svg = draw(bars, 4);
    int most = width_of(svg, 0);
    assert_true(most > 100);
    assert_int_equal(width_of(svg, 1), most / 2);
    assert_int_equal(width_of(svg, 2), 0);
    assert_int_equal(width_of(svg, 3), 1); /* somebody is not nobody */
}

static void test_all_zero_is_no_division(void **state)
{
    (void)state;
    const struct cq_chart_bar bars[] = {{"a", 0}, {"b", 0}};
    assert_int_equal(width_of(draw(bars, 2), 1), 0);
}

static void test_words_stand_for_the_picture(void **state)
{
    (void)state;
    const struct cq_chart_bar bars[] = {{"Қала & өңір", 7}};
    const char *svg = draw(bars, 1);
    assert_non_null(strstr(svg, "role=\"img\" aria-labelledby=\"c-title c-desc\""));
    assert_non_null(strstr(svg, "<title id=\"c-title\">Title &lt;</title>"));
    assert_non_null(strstr(svg, "<desc id=\"c-desc\">Desc</desc>"));
    assert_non_null(strstr(svg, ">Қала &amp; өңір</text>"));
    assert_non_null(strstr(svg, ">7</text>"));
}

static void test_long_labels_take_lines(void **state)
{
    (void)state;
    const struct cq_chart_bar two[] = {{"мемлекеттік фельдъегерлік қызмет", 1}};
    const char *svg = draw(two, 1);
    assert_int_equal(count_of(svg, "class=\"label\""), 2);
    assert_non_null(strstr(svg, ">мемлекеттік</text>"));
    assert_non_null(strstr(svg, ">фельдъегерлік қызмет</text>"));

    const struct cq_chart_bar many[] = {
        {"aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc dddd", 1}};
    svg = draw(many, 1);
    assert_int_equal(count_of(svg, "class=\"label\""), 3);
    assert_non_null(strstr(svg, ">cccccccccccccccccccc…</text>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars_are_in_proportion),
        cmocka_unit_test(test_all_zero_is_no_division),
        cmocka_unit_test(test_words_stand_for_the_picture),
        cmocka_unit_test(test_long_labels_take_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
