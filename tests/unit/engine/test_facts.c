/* Facts in one word: fields, tops, names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/facts.h"

static void test_fields_are_apart(void **state)
{
    uint64_t seen = 0;
    int values = 0;

    (void)state;
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        uint64_t field = cq_fact_field(fact), top = cq_fact_top(fact), bits = 0;

        for (int value = 0; value < cq_fact_count(fact); value++) {
            assert_true((bits & cq_fact_bit(fact, value)) == 0);
            bits |= cq_fact_bit(fact, value);
            values++;
        }
        assert_true(bits == field);
        /* The top is the highest bit of the field, the low the lowest. */
        assert_true((top & field) != 0 && (top & (top - 1)) == 0 && top << 1 > field);
        assert_true((CQ_FACTS_TOPS & field) == top);
        assert_true((CQ_FACTS_LOWS & field) == (field & -field));
        assert_true((CQ_FACTS_BELOW & field) == (field & ~top));
        assert_true((seen & field) == 0);
        seen |= field;
    }
    assert_int_equal(values, 55);
    assert_true(cq_facts_all == seen);
    assert_true(cq_fact_field(CQ_FACT_CATEGORY) >> CQ_CATEGORY_SHIFT == 0x1f);
    assert_true(cq_fact_field(CQ_FACT_SERVICE) >> CQ_SERVICE_SHIFT == 0xff);
}

/* The addition trick against looking at each field, over words full of empty fields. */
static void test_empty_names_the_empty_fields(void **state)
{
    uint64_t seed = UINT64_C(88172645463325252);

    (void)state;
    assert_true(cq_facts_empty(cq_facts_all) == 0);
    assert_true(cq_facts_empty(0) == CQ_FACTS_TOPS);
    assert_true(cq_facts_open(cq_facts_all) == CQ_FACTS_TOPS);
    for (int round = 0; round < 100000; round++) {
        uint64_t word = cq_facts_all, empty = 0, open = 0;

        for (int i = 0; i < 2; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            word &= seed;
        }
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            uint64_t bits = word & cq_fact_field((enum cq_fact)fact);

            if (bits == 0)
                empty |= cq_fact_top((enum cq_fact)fact);
            if ((bits & (bits - 1)) != 0)
                open |= cq_fact_top((enum cq_fact)fact);
        }
        assert_true(cq_facts_empty(word) == empty);
        assert_true(cq_facts_filled(word) == (CQ_FACTS_TOPS & ~empty));
        if (empty == 0)
            assert_true(cq_facts_open(word) == open);
        for (int fact = 0; fact < CQ_FACTS; fact++)
            assert_int_equal(cq_facts_numbers(empty) >> fact & 1,
                             (empty & cq_fact_top((enum cq_fact)fact)) != 0);
    }
}

static void test_set_and_get(void **state)
{
    uint64_t word = 0;

    (void)state;
    for (int i = 0; i < CQ_FACTS; i++)
        cq_facts_set(&word, (enum cq_fact)i, CQ_UNKNOWN);
    assert_true(word == cq_facts_all);
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;

        assert_int_equal(cq_facts_get(word, fact), CQ_UNKNOWN);
        for (int value = 0; value < cq_fact_count(fact); value++) {
            cq_facts_set(&word, fact, value);
            assert_int_equal(cq_facts_get(word, fact), value);
            assert_true((word & ~cq_fact_field(fact)) == (cq_facts_all & ~cq_fact_field(fact)));
        }
        cq_facts_set(&word, fact, CQ_UNKNOWN);
    }
    assert_int_equal(cq_facts_get(0, CQ_FACT_BODY), CQ_UNKNOWN);
    /* Two of three values are not known either. */
    word = cq_fact_bit(CQ_FACT_HOME, CQ_HOME_ASTANA) | cq_fact_bit(CQ_FACT_HOME, CQ_HOME_ALMATY);
    assert_int_equal(cq_facts_get(word, CQ_FACT_HOME), CQ_UNKNOWN);
}

static void test_names(void **state)
{
    (void)state;
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        const char *name = cq_fact_name(fact);
        const char *const *values = cq_fact_values(fact);

        assert_int_equal(cq_fact_find(name, strlen(name)), i);
        assert_int_equal(cq_fact_find(name, strlen(name) - 1), -1);
        for (int value = 0; value < cq_fact_count(fact); value++) {
            const char *text = cq_fact_value_name(fact, value);

            assert_ptr_equal(values[value], text);
            assert_int_equal(cq_fact_value_find(fact, text, strlen(text)), value);
        }
        assert_null(values[cq_fact_count(fact)]);
        assert_int_equal(cq_fact_value_find(fact, "", 0), -1);
        assert_int_equal(cq_fact_value_find(fact, "Yes", 3), -1);
    }
    assert_string_equal(cq_fact_name(CQ_FACT_DUTY_INJURY), "duty_injury");
    assert_int_equal(cq_fact_value_find(CQ_FACT_PACKAGE, "none", 4), CQ_PACKAGE_NONE);
    assert_int_equal(cq_fact_value_find(CQ_FACT_CATEGORY, "none", 4), CQ_CATEGORY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields_are_apart),
        cmocka_unit_test(test_empty_names_the_empty_fields),
        cmocka_unit_test(test_set_and_get),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
