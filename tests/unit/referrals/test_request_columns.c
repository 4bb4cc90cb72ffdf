/* The cells of a request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/facts.h"
#include "cq/issue.h"

static enum cq_code parse(int column, const char *cell)
{
    struct cq_str scratch = {0};
    struct cq_value value;
    struct cq_text field = {cell, strlen(cell)};
    enum cq_code code = cq_request_parse(column, &field, &value, &scratch);
    cq_str_free(&scratch);
    return code;
}

static void test_cells_of_a_request(void **state)
{
    (void)state;
    static const char *const good[] = {"", "I10", "I10.0", "S72.01", " C50 "};
    static const char *const bad[] = {"I1",    "110", "I100", "I10.", "I10.012",
                                      "I10,0", "i10", "I1O",  "II0",  "І10"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(parse(CQ_REQUEST_DIAGNOSIS, good[i]), CQ_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse(CQ_REQUEST_DIAGNOSIS, bad[i]), CQ_R_ICD);
    assert_int_equal(parse(CQ_REQUEST_IIN, ""), CQ_OK);
    assert_int_equal(parse(CQ_REQUEST_IIN, "850315100007"), CQ_R_IIN_CONTROL);
    assert_int_equal(parse(CQ_REQUEST_SERVICE, "surgery"), CQ_R_VALUE);
    assert_int_equal(parse(CQ_REQUEST_PLANNED_ON, "2026-02-30"), CQ_R_DATE);
    assert_int_equal(parse(CQ_REQUEST_INDICATED, "perhaps"), CQ_R_BOOLEAN);
    assert_int_equal(parse(CQ_REQUEST_URGENCY, "шұғыл"), CQ_OK);
}

/* Choices are kept and compared as values of facts: their orders must be one. */
static void test_choices_are_the_values_of_facts(void **state)
{
    (void)state;
    static const struct {
        int column;
        enum cq_fact fact;
    } pairs[] = {{CQ_REQUEST_SERVICE, CQ_FACT_SERVICE},
                 {CQ_REQUEST_DESTINATION, CQ_FACT_DESTINATION},
                 {CQ_REQUEST_PACKAGE, CQ_FACT_PACKAGE}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *const *values = cq_request_columns[pairs[i].column].values;
        int n = 0;
        for (; values[n]; n++)
            assert_string_equal(values[n], cq_fact_value_name(pairs[i].fact, n));
        assert_int_equal(n, cq_fact_count(pairs[i].fact));
    }
    for (int i = 0; cq_urgency_names[i]; i++)
        assert_memory_equal(cq_request_columns[CQ_REQUEST_URGENCY].values[i], cq_urgency_names[i],
                            strlen(cq_urgency_names[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_of_a_request),
        cmocka_unit_test(test_choices_are_the_values_of_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
