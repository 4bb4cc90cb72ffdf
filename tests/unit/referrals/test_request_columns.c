/* The cells of a request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/facts.h"
#include "cq/issue.h"
#include "cq/law.h"

static struct cq_law *law;

static int load_law(void **state)
{
    (void)state;
    return cq_law_load(&law, NULL, NULL) != CQ_OK;
}

static int free_law(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

static enum cq_code parse(int column, const char *cell)
{
    struct cq_str scratch = {0};
    struct cq_value value;
    struct cq_text field = {cell, strlen(cell)};
    enum cq_code code = cq_request_parse(law, column, &field, &value, &scratch);
    cq_str_free(&scratch);
    return code;
}

static void test_cells_of_a_request(void **state)
{
    (void)state;
    static const char *const good[] = {"", "I10", "I10.0", "S72.01", " C50 "};
    static const char *const bad[] = {"I1",  "110", "I100", "I10.", "I10.012", "I1O",
                                      "II0", "А",   "А1",   "-10",  "I10;0",   "ААА"};
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

/* Reads a diagnosis; "" where it is none. */
static void expect_icd(const char *cell, const char *want, enum cq_code code)
{
    struct cq_str scratch = {0};
    struct cq_value value;
    struct cq_text field = {cell, strlen(cell)};
    assert_int_equal(cq_request_parse(law, CQ_REQUEST_DIAGNOSIS, &field, &value, &scratch), code);
    if (!code) {
        assert_int_equal(value.text.len, strlen(want));
        assert_memory_equal(value.text.ptr, want, value.text.len);
    }
    cq_str_free(&scratch);
}

/* A Cyrillic letter that looks like a Latin one is meant to be it; one that does not is not. */
static void test_letters_of_a_diagnosis(void **state)
{
    (void)state;
    expect_icd("А00.0", "A00.0", CQ_OK);
    expect_icd("С50", "C50", CQ_OK);
    expect_icd("с50,1", "C50.1", CQ_OK);
    expect_icd("І10", "I10", CQ_OK);
    expect_icd("i10", "I10", CQ_OK);
    expect_icd("У83.12", "Y83.12", CQ_OK);
    expect_icd("=\"J18.9\"", "J18.9", CQ_OK);
    expect_icd("Ф32.0", "", CQ_R_ICD_LETTER);
    expect_icd("Г20", "", CQ_R_ICD_LETTER);
    expect_icd("Ф3", "", CQ_R_ICD);
}

/* Words for codes, as they stand in the law tables. */
static void test_words_of_a_request(void **state)
{
    (void)state;
    assert_int_equal(parse(CQ_REQUEST_SERVICE, "Стационар"), CQ_OK);
    assert_int_equal(parse(CQ_REQUEST_DESTINATION, "г. Астана"), CQ_OK);
    assert_int_equal(parse(CQ_REQUEST_URGENCY, "ЭКСТРЕННО"), CQ_OK);
    assert_int_equal(parse(CQ_REQUEST_MEASURE, "беседа"), CQ_OK);
    assert_int_equal(parse(CQ_REQUEST_PACKAGE, "ОСМС"), CQ_OK);
    assert_int_equal(parse(CQ_REQUEST_CONSENT, "Бар"), CQ_OK);
    assert_int_equal(parse(CQ_REQUEST_PACKAGE, "стационар"), CQ_R_VALUE);
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
        cmocka_unit_test(test_letters_of_a_diagnosis),
        cmocka_unit_test(test_words_of_a_request),
        cmocka_unit_test(test_choices_are_the_values_of_facts),
    };
    return cmocka_run_group_tests(tests, load_law, free_law);
}
