/* Receipts: written, read, replayed; damage and difference are distinguished. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/date.h"
#include "engine/receipt.h"

static struct cq_law *law;
static uint64_t seed = 11;

static uint64_t random_below(uint64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % below;
}

static uint64_t random_word(void)
{
    uint64_t word = 0;
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        bool asked = fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
        int value = (int)random_below((uint64_t)cq_fact_count(fact));
        cq_facts_set(&word, fact, !asked && random_below(4) == 0 ? CQ_UNKNOWN : value);
    }
    return word;
}

static void write_one(struct cq_str *text, int32_t day, uint64_t word)
{
    struct cq_decision d;
    cq_decide(law, day, word, &d);
    cq_str_clear(text);
    assert_int_equal(cq_receipt_write(law, day, 42, word, &d, text), CQ_OK);
}

static void test_what_is_written_is_read(void **state)
{
    struct cq_str text = {0};
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int32_t day = cq_date_make(2019, 1, 1) + (int32_t)random_below(3650);
        uint64_t word = random_word();
        struct cq_receipt receipt;
        struct cq_str differs = {0};
        unsigned found = 0;
        write_one(&text, day, word);
        assert_true(cq_receipt_read(text.ptr, text.len, &receipt));
        assert_true(receipt.facts == word);
        assert_int_equal(receipt.day, day);
        assert_int_equal(receipt.run, 42);
        assert_int_equal(cq_receipt_replay(law, &receipt, &found, &differs), CQ_OK);
        assert_int_equal(found, 0);
        assert_int_equal(differs.len, 0);
        cq_str_free(&differs);
    }
    cq_str_free(&text);
}

static void test_every_changed_byte_shows(void **state)
{
    struct cq_str text = {0};
    struct cq_receipt receipt;
    (void)state;
    write_one(&text, cq_date_make(2026, 3, 2), random_word());
    for (size_t i = 0; i < text.len; i++) {
        char kept = text.ptr[i];
        for (int c = 1; c < 256; c++) {
            text.ptr[i] = (char)c;
            assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), text.ptr[i] == kept);
        }
        text.ptr[i] = kept;
    }
    for (size_t len = 0; len < text.len; len++)
        assert_false(cq_receipt_read(text.ptr, len, &receipt));
    cq_str_free(&text);
}

static void test_another_decision_of_the_same_law_is_the_engine(void **state)
{
    struct cq_str text = {0}, differs = {0};
    struct cq_decision d;
    struct cq_receipt receipt;
    uint64_t word = cq_facts_all;
    unsigned found = 0;
    (void)state;
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_NONE);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_OUTPATIENT);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_decide(law, cq_date_make(2026, 3, 2), word, &d);
    d.outcome = "eligible";
    d.payer = "budget";
    assert_int_equal(cq_receipt_write(law, cq_date_make(2026, 3, 2), 0, word, &d, &text), CQ_OK);
    assert_true(cq_receipt_read(text.ptr, text.len, &receipt));
    assert_int_equal(cq_receipt_replay(law, &receipt, &found, &differs), CQ_OK);
    assert_int_equal(found, CQ_REPLAY_ENGINE);
    assert_non_null(strstr(differs.ptr, "outcome:eligible>not_contingent;cells:"));
    cq_str_free(&text);
    cq_str_free(&differs);
}

static void test_facts_are_compared_one_by_one(void **state)
{
    struct cq_str differs = {0};
    uint64_t then = random_word(), now;
    unsigned found = 0;
    (void)state;
    cq_facts_set(&then, CQ_FACT_PLACE, CQ_PLACE_ABSENT);
    cq_facts_set(&then, CQ_FACT_INSURED, CQ_YES);
    now = then;
    assert_int_equal(cq_receipt_compare(then, now, &found, &differs), CQ_OK);
    assert_int_equal(found, 0);
    cq_facts_set(&now, CQ_FACT_PLACE, CQ_PLACE_AVAILABLE);
    cq_facts_set(&now, CQ_FACT_INSURED, CQ_UNKNOWN);
    assert_int_equal(cq_receipt_compare(then, now, &found, &differs), CQ_OK);
    assert_int_equal(found, CQ_REPLAY_DATA);
    assert_string_equal(differs.ptr, "place:absent>available;insured:yes>");
    cq_str_free(&differs);
}

static int load(void **state)
{
    (void)state;
    return !cq_law_load(&law, NULL, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_every_changed_byte_shows),
        cmocka_unit_test(test_another_decision_of_the_same_law_is_the_engine),
        cmocka_unit_test(test_facts_are_compared_one_by_one),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
