/* The values of options: dimensions, and since when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/date.h"
#include "cq/report.h"

static void test_dimensions(void **state)
{
    (void)state;
    enum cq_dimension by[CQ_DIMENSIONS];
    size_t count = 0;
    static const char *const wrong[] = {"",        ",",       "region,",     "regio",
                                        "regions", "sex,sex", "region, age", "Region"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(cq_report_parse_by(wrong[i], by, &count));
    assert_true(cq_report_parse_by("age,region,sex,body,category,agency", by, &count));
    assert_int_equal(count, 6);
    assert_int_equal(by[0], CQ_BY_AGE);
    assert_int_equal(by[5], CQ_BY_AGENCY);
}

static void test_since(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "Last", "-1", "1x", "2026-02-30", "2026-1-1"};
    struct cq_report_request r = {0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(cq_report_parse_since(wrong[i], &r));
    assert_int_equal(r.since, CQ_SINCE_NONE);
    assert_true(cq_report_parse_since("last", &r));
    assert_int_equal(r.since, CQ_SINCE_LAST);
    assert_true(cq_report_parse_since("12", &r));
    assert_int_equal(r.since, CQ_SINCE_RUN);
    assert_int_equal(r.since_run, 12);
    assert_true(cq_report_parse_since("2026-02-28", &r));
    assert_int_equal(r.since, CQ_SINCE_DAY);
    assert_int_equal(r.since_day, cq_date_make(2026, 2, 28));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dimensions),
        cmocka_unit_test(test_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
