/* Charts: bars in proportion from zero, descriptions, long labels in lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include "text/chart.h"

/* Draws; the text stays until the next call. */
static const char *draw(const struct cq_chart_bar *bars, size_t count)
{
    static char text[8192];
    struct cq_html html = {0};
    const struct cq_chart chart = {
        .id = "c", .title = "Title <", .describe = "Desc", .bars = bars, .count = count};
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
    for (; (text = strstr(text, part)); text++)
        n++;
    return n;
}

static void test_bars_are_in_proportion(void **state)
{
    (void)state;
    const struct cq_chart_bar bars[] = {{.label = "a", .number = 1000},
                                        {.label = "b", .number = 500},
                                        {.label = "c", .number = 0},
                                        {.label = "d", .number = 1}};
    const char *svg = draw(bars, 4);
    int most = width_of(svg, 0);
    assert_true(most > 100);
    assert_int_equal(width_of(svg, 1), most / 2);
    assert_int_equal(width_of(svg, 2), 0);
    assert_int_equal(width_of(svg, 3), 1); /* a small count still has a bar */
}

static void test_all_zero_is_no_division(void **state)
{
    (void)state;
    const struct cq_chart_bar bars[] = {{.label = "a", .number = 0}, {.label = "b", .number = 0}};
    assert_int_equal(width_of(draw(bars, 2), 1), 0);
}

static void test_words_describe_the_chart(void **state)
{
    (void)state;
    const struct cq_chart_bar bars[] = {{.label = "Қала & өңір", .number = 7}};
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
    const struct cq_chart_bar two[] = {{.label = "мемлекеттік фельдъегерлік қызмет", .number = 1}};
    const char *svg = draw(two, 1);
    assert_int_equal(count_of(svg, "class=\"label\""), 2);
    assert_non_null(strstr(svg, ">мемлекеттік</text>"));
    assert_non_null(strstr(svg, ">фельдъегерлік қызмет</text>"));

    const struct cq_chart_bar many[] = {
        {.label = "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccccccccccccc dddd",
         .number = 1}};
    svg = draw(many, 1);
    assert_int_equal(count_of(svg, "class=\"label\""), 3);
    assert_non_null(strstr(svg, ">cccccccccccccccccccc…</text>"));
}

/* Another chart of the same rows. */
static const char *draw_as(void (*chart)(struct cq_html *, const struct cq_chart *),
                           const struct cq_chart_bar *bars, size_t count)
{
    static struct cq_html html;
    const struct cq_chart c = {
        .id = "c", .title = "T", .describe = "D", .bars = bars, .count = count};
    struct cq_err err = {0};
    cq_html_fini(&html);
    html = (struct cq_html){0};
    chart(&html, &c);
    assert_int_equal(cq_html_done(&html, &err), CQ_OK);
    return html.out.ptr;
}

static void test_hidden_numbers_are_not_shown(void **state)
{
    const struct cq_chart_bar bars[] = {
        {.label = "x", .part = "p", .number = 4711, .region = 71, .hidden = true},
        {.label = "y", .part = "p", .number = 12, .region = 75},
    };
    void (*charts[])(struct cq_html *, const struct cq_chart *) = {cq_chart_bars, cq_chart_stacks,
                                                                   cq_chart_line, cq_chart_map};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const char *svg = draw_as(charts[i], bars, 2);
        assert_null(strstr(svg, "711"));
        assert_non_null(strstr(svg, ">12</text>"));
    }
}

static void test_stacks_have_a_key_of_letters(void **state)
{
    const struct cq_chart_bar bars[] = {
        {.label = "2026-01", .part = "budget", .number = 60},
        {.label = "2026-01", .part = "Fund", .number = 40},
        {.label = "2026-02", .part = "Fund", .number = 50},
    };
    (void)state;
    const char *svg = draw_as(cq_chart_stacks, bars, 3);
    assert_non_null(strstr(svg, ">100</text>")); /* the sum of a bar */
    assert_int_equal(count_of(svg, ">budget</text>"), 1);
    assert_int_equal(count_of(svg, ">Fund</text>"), 1);
    assert_int_equal(count_of(svg, ">A</text>"), 2); /* on the part, and in the key */
    assert_int_equal(count_of(svg, ">B</text>"), 3);
}

static void test_a_line_writes_its_ends_and_its_top(void **state)
{
    const struct cq_chart_bar bars[] = {{.label = "1", .number = 3},
                                        {.label = "2", .number = 9},
                                        {.label = "3", .number = 4},
                                        {.label = "4", .number = 5}};
    (void)state;
    const char *svg = draw_as(cq_chart_line, bars, 4);
    assert_int_equal(count_of(svg, "class=\"dot\""), 4);
    assert_int_equal(count_of(svg, "class=\"line\""), 3);
    assert_int_equal(count_of(svg, "class=\"number\""), 3);
    assert_non_null(strstr(svg, ">9</text>"));
    assert_int_equal(count_of(draw_as(cq_chart_line, bars, 1), "class=\"dot\""), 1);
}

static void test_the_map_has_twenty_regions(void **state)
{
    const struct cq_chart_bar bars[] = {
        {.label = "Солтүстік Қазақстан облысы", .number = 70, .region = 59},
        {.label = "г. Астана", .number = 7, .region = 71},
        {.label = "не указано", .number = 1, .region = 0},
    };
    (void)state;
    const char *svg = draw_as(cq_chart_map, bars, 3);
    assert_int_equal(count_of(svg, "<rect"), 20);
    assert_int_equal(count_of(svg, "class=\"m0\""), 18);
    assert_int_equal(count_of(svg, "class=\"m5\""), 1);
    assert_non_null(strstr(svg, ">Астана</text>"));
    assert_non_null(strstr(svg, ">Солтүстік</text>"));
    assert_non_null(strstr(svg, ">не указано: 1</text>")); /* below the tiles */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars_are_in_proportion),
        cmocka_unit_test(test_all_zero_is_no_division),
        cmocka_unit_test(test_words_describe_the_chart),
        cmocka_unit_test(test_long_labels_take_lines),
        cmocka_unit_test(test_hidden_numbers_are_not_shown),
        cmocka_unit_test(test_stacks_have_a_key_of_letters),
        cmocka_unit_test(test_a_line_writes_its_ends_and_its_top),
        cmocka_unit_test(test_the_map_has_twenty_regions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
