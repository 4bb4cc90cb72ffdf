/* Hashes: published and independently computed values; pieces and whole agree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/hash.h"

static void assert_hash(const void *bytes, size_t len, const char *hex)
{
    unsigned char hash[CQ_HASH_BYTES];
    char text[CQ_HASH_HEX + 1];
    cq_hash_bytes(bytes, len, hash);
    cq_hash_hex(text, hash, sizeof hash);
    assert_string_equal(text, hex);
}

static void test_known_values(void **state)
{
    (void)state;
    char many[1000];
    memset(many, 'x', sizeof many);
    assert_hash("", 0, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_hash(NULL, 0, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_hash("abc", 3, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_hash(many, 1000, "ab75119ede14ef06ebf31f745fb655ed006cccfe8054c635308a557f7c9beaba");
}

static void test_pieces_make_the_whole(void **state)
{
    (void)state;
    unsigned char bytes[500], whole[CQ_HASH_BYTES], pieced[CQ_HASH_BYTES];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 7);
    cq_hash_bytes(bytes, sizeof bytes, whole);
    for (size_t step = 1; step < sizeof bytes; step += 37) {
        struct cq_hash h;
        cq_hash_init(&h);
        for (size_t at = 0; at < sizeof bytes; at += step) {
            cq_hash_add(&h, bytes + at, at + step > sizeof bytes ? sizeof bytes - at : step);
            cq_hash_add(&h, NULL, 0);
        }
        cq_hash_done(&h, pieced);
        assert_memory_equal(pieced, whole, sizeof whole);
    }
}

static void test_hex(void **state)
{
    (void)state;
    const unsigned char bytes[] = {0x00, 0x0F, 0xF0, 0xAB, 0xFF};
    char text[12];
    memset(text, '#', sizeof text);
    cq_hash_hex(text, bytes, sizeof bytes);
    assert_string_equal(text, "000ff0abff");
    assert_int_equal(text[11], '#');
}

/* Rows in registries carry these values: they may never change. */
static void test_row_values_are_fixed(void **state)
{
    (void)state;
    assert_true(cq_hash_row("", 0) == INT64_C(896859599722272471));
    assert_true(cq_hash_row("abc", 3) == INT64_C(2962984954545509844));
    assert_true(cq_hash_row("850315100006,row", 16) == INT64_C(7807887563846448780));
}

static void test_rows_are_positive_and_differ(void **state)
{
    (void)state;
    int64_t before = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        int64_t hash = cq_hash_row(&i, sizeof i);
        assert_true(hash > 0);
        assert_true(hash != before);
        before = hash;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_values),
        cmocka_unit_test(test_pieces_make_the_whole),
        cmocka_unit_test(test_hex),
        cmocka_unit_test(test_row_values_are_fixed),
        cmocka_unit_test(test_rows_are_positive_and_differ),
    };
    return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
