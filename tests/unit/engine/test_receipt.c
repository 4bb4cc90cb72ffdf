/* Receipts: written, read, replayed; damage, alteration and difference are distinguished. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include "cq/date.h"
#include "cq/hash.h"
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

/* Facts with one, several or all of their values. */
static uint64_t random_word(void)
{
    uint64_t word = 0;
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        bool asked = fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
        int count = cq_fact_count(fact);
        uint64_t kind = asked ? 0 : random_below(4);
        word |= kind == 1 ? cq_fact_field(fact)
                          : cq_fact_bit(fact, (int)random_below((uint64_t)count));
        for (int value = 0; value < count && kind == 2; value++)
            word |= random_below(2) ? cq_fact_bit(fact, value) : 0;
    }
    return word;
}

static void write_one(struct cq_str *text, int32_t day, uint64_t word, const int *asked)
{
    struct cq_decision d;
    const struct cq_receipt_source source = {law, day, 42, word, &d, asked, NULL, 0};
    cq_decide(law, day, word, &d);
    cq_str_clear(text);
    assert_int_equal(cq_receipt_write(&source, text), CQ_OK);
}

static const struct cq_text no_row[CQ_RECEIPT_DECIDED];

static void test_what_is_written_is_read(void **state)
{
    struct cq_str text = {0};
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int32_t day = cq_date_make(2019, 1, 1) + (int32_t)random_below(3650);
        uint64_t word = random_word();
        int asked[CQ_RECEIPT_ASKED];
        struct cq_receipt receipt;
        struct cq_str differs = {0};
        unsigned found = 0;
        for (int k = 0; k < CQ_RECEIPT_ASKED; k++)
            asked[k] = (int)random_below((uint64_t)cq_fact_count(cq_receipt_asked[k]) + 1) - 1;
        write_one(&text, day, word, i % 2 ? asked : NULL);
        assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), CQ_RECEIPT_GOOD);
        assert_true(receipt.facts == word);
        assert_int_equal(receipt.of_person, i % 2);
        if (i % 2)
            assert_memory_equal(receipt.asked, asked, sizeof asked);
        assert_int_equal(receipt.day, day);
        assert_int_equal(receipt.run, 42);
        assert_int_equal(cq_receipt_more(&receipt), 0);
        assert_int_equal(cq_receipt_replay(law, &receipt, no_row, &found, &differs), CQ_OK);
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
    write_one(&text, cq_date_make(2026, 3, 2), random_word(), NULL);
    for (size_t i = 0; i < text.len; i++) {
        char kept = text.ptr[i];
        for (int c = 1; c < 256; c++) {
            text.ptr[i] = (char)c;
            assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt),
                             text.ptr[i] == kept ? CQ_RECEIPT_GOOD : CQ_RECEIPT_DAMAGED);
        }
        text.ptr[i] = kept;
    }
    for (size_t len = 0; len < text.len; len++)
        assert_int_equal(cq_receipt_read(text.ptr, len, &receipt), CQ_RECEIPT_DAMAGED);
    cq_str_free(&text);
}

/* Adds the check of a text of another version. */
static void seal(struct cq_str *text)
{
    unsigned char hash[CQ_HASH_BYTES];
    char hex[9];
    cq_hash_bytes(text->ptr, text->len, hash);
    cq_hash_hex(hex, hash, 4);
    cq_str_printf(text, ":%s", hex);
}

static void test_other_versions_are_no_damage(void **state)
{
    /* As cq wrote it under the first law contract. */
    static const char first[] = "1:000d1264440b6442:2026-03-02:0:9d7c72becd7f:R"
                                "78.718-employee-mvd:eligible:0b56e3dd7ccf:2f1c5129";
    struct cq_receipt receipt;
    struct cq_str text = {0};
    (void)state;
    assert_int_equal(cq_receipt_read(first, strlen(first), &receipt), CQ_RECEIPT_FIRST);
    assert_int_equal(cq_receipt_read(first, strlen(first) - 1, &receipt), CQ_RECEIPT_DAMAGED);
    cq_str_puts(&text, "3:whatever it holds");
    seal(&text);
    assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), CQ_RECEIPT_NEWER);
    assert_int_equal(receipt.version.len, 1);
    cq_str_clear(&text);
    cq_str_puts(&text, "0:2:3");
    seal(&text);
    assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), CQ_RECEIPT_DAMAGED);
    cq_str_free(&text);
}

/* Whole, but not what is ever written: facts without a service, a value that a fact has not. */
static void test_nonsense_with_a_good_check_is_damage(void **state)
{
    static const char *const texts[] = {
        "2:0000000000000000::2026-03-02:0:0123456789ab:r:eligible:"
        "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIII",
        "2:0052b252057ffa22:9----:2026-03-02:0:0123456789ab:r:eligible:"
        "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIII",
        "2:0052b252057ffa22::2026-03-02:0:0123456789ab:r:eligible:AAAA",
        "2:0052b252057ffa22::2026-03-02:0:0123456789ab:eligible",
        "2:",
        "2"};
    struct cq_str text = {0};
    struct cq_receipt receipt;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cq_str_clear(&text);
        cq_str_puts(&text, texts[i]);
        seal(&text);
        assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), CQ_RECEIPT_DAMAGED);
    }
    cq_str_free(&text);
}

/* A person who is in no list, on a day of the edition in force. */
static uint64_t stranger(struct cq_decision *d, int32_t *day)
{
    uint64_t word = cq_facts_all;
    *day = cq_date_make(2026, 3, 2);
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_NONE);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_OUTPATIENT);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_decide(law, *day, word, d);
    return word;
}

static void test_another_decision_of_the_same_law_is_the_engine(void **state)
{
    struct cq_str text = {0}, differs = {0};
    struct cq_decision d;
    struct cq_receipt receipt;
    unsigned found = 0;
    int32_t day;
    uint64_t word = stranger(&d, &day);
    const struct cq_receipt_source source = {law, day, 0, word, &d, NULL, NULL, 0};
    (void)state;
    d.outcome = "eligible";
    d.payer = "budget";
    assert_int_equal(cq_receipt_write(&source, &text), CQ_OK);
    assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), CQ_RECEIPT_GOOD);
    assert_int_equal(cq_receipt_replay(law, &receipt, no_row, &found, &differs), CQ_OK);
    assert_int_equal(found, CQ_REPLAY_ENGINE);
    assert_string_equal(differs.ptr, "outcome:eligible>not_contingent;payer:?>");
    cq_str_free(&text);
    cq_str_free(&differs);
}

/* Each decided cell of the row is held against its digest. */
static void test_an_altered_cell_is_named(void **state)
{
    struct cq_str text = {0}, differs = {0};
    struct cq_decision d;
    struct cq_receipt receipt;
    int32_t day;
    uint64_t word = stranger(&d, &day);
    (void)state;
    write_one(&text, day, word, NULL);
    assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), CQ_RECEIPT_GOOD);
    for (int i = 0; i < CQ_RECEIPT_DECIDED; i++) {
        struct cq_text row[CQ_RECEIPT_DECIDED] = {{NULL, 0}};
        char name[40];
        unsigned found = 0;
        row[i] = (struct cq_text){"a;b", 3};
        cq_str_clear(&differs);
        assert_int_equal(cq_receipt_replay(law, &receipt, row, &found, &differs), CQ_OK);
        assert_int_equal(found, CQ_REPLAY_ALTERED);
        snprintf(name, sizeof name, "%s:", cq_receipt_decided[i]);
        assert_ptr_equal(strstr(differs.ptr, name), differs.ptr);
        assert_non_null(strstr(differs.ptr, ">a+b"));
        assert_null(strchr(differs.ptr, ';'));
        assert_null(strchr(differs.ptr, '?')); /* what was decided is known */
    }
    cq_str_free(&text);
    cq_str_free(&differs);
}

/* Other cells are kept in the order of the caller; one that is not stated is like any. */
static void test_other_cells_have_digests(void **state)
{
    const struct cq_text more[3] = {{"MVD-71", 6}, {NULL, 0}, {"", 0}};
    struct cq_str text = {0};
    struct cq_decision d;
    struct cq_receipt receipt;
    int32_t day;
    uint64_t word = stranger(&d, &day);
    const struct cq_receipt_source source = {law, day, 0, word, &d, NULL, more, 3};
    (void)state;
    assert_int_equal(cq_receipt_write(&source, &text), CQ_OK);
    assert_int_equal(cq_receipt_read(text.ptr, text.len, &receipt), CQ_RECEIPT_GOOD);
    assert_int_equal(cq_receipt_more(&receipt), 3);
    assert_true(cq_receipt_agrees(&receipt, CQ_RECEIPT_DECIDED, more[0]));
    assert_false(cq_receipt_agrees(&receipt, CQ_RECEIPT_DECIDED, more[2]));
    assert_true(cq_receipt_agrees(&receipt, CQ_RECEIPT_DECIDED + 1, more[0]));
    assert_true(cq_receipt_agrees(&receipt, CQ_RECEIPT_DECIDED + 2, more[2]));
    assert_false(cq_receipt_agrees(&receipt, CQ_RECEIPT_DECIDED + 2, more[0]));
    assert_null(strpbrk(text.ptr, ",;\t\" "));
    cq_str_free(&text);
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
    now |= cq_fact_bit(CQ_FACT_PLACE, CQ_PLACE_AVAILABLE);
    cq_facts_set(&now, CQ_FACT_INSURED, CQ_UNKNOWN);
    assert_int_equal(cq_receipt_compare(then, now, &found, &differs), CQ_OK);
    assert_int_equal(found, CQ_REPLAY_DATA);
    assert_string_equal(differs.ptr, "place:absent>available|absent;insured:yes>");
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
        cmocka_unit_test(test_other_versions_are_no_damage),
        cmocka_unit_test(test_nonsense_with_a_good_check_is_damage),
        cmocka_unit_test(test_an_altered_cell_is_named),
        cmocka_unit_test(test_other_cells_have_digests),
        cmocka_unit_test(test_another_decision_of_the_same_law_is_the_engine),
        cmocka_unit_test(test_facts_are_compared_one_by_one),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
