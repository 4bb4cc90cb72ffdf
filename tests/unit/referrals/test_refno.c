/* Referral numbers: form, check digit, and that no single error or neighbour swap passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/refno.h"

static enum cq_code parse(const char *text)
{
    int64_t number = 0;
    return cq_refno_parse(text, strlen(text), &number);
}

static void test_known_numbers(void **state)
{
    (void)state;
    static const struct {
        int region, year, serial;
        const char *text;
    } known[] = {
        /* Damm's own example: the check digit of 572 is 4. */
        {0, 0, 572, "CQ-00-0000-000572-4"},
        {71, 2026, 1, "CQ-71-2026-000001-"},
        {0, 2026, 999999, "CQ-00-2026-999999-"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[CQ_REFNO_LENGTH];
        int64_t number = cq_refno_make(known[i].region, known[i].year, known[i].serial), read = 0;
        assert_int_equal(cq_refno_write(text, number), CQ_REFNO_LENGTH);
        assert_memory_equal(text, known[i].text, strlen(known[i].text));
        assert_int_equal(cq_refno_parse(text, sizeof text, &read), CQ_OK);
        assert_int_equal(read, number);
    }
}

static void test_order_of_numbers_is_order_of_texts(void **state)
{
    (void)state;
    static const int parts[][3] = {{0, 2026, 9},  {0, 2026, 10}, {0, 2027, 1},
                                   {10, 2025, 7}, {71, 2026, 1}, {71, 2026, CQ_SERIAL_MAX}};
    for (size_t i = 1; i < sizeof parts / sizeof *parts; i++) {
        char a[CQ_REFNO_LENGTH], b[CQ_REFNO_LENGTH];
        int64_t x = cq_refno_make(parts[i - 1][0], parts[i - 1][1], parts[i - 1][2]);
        int64_t y = cq_refno_make(parts[i][0], parts[i][1], parts[i][2]);
        cq_refno_write(a, x);
        cq_refno_write(b, y);
        assert_true(x < y);
        assert_true(memcmp(a, b, sizeof a) < 0);
    }
}

static void test_form(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "CQ",
        "CQ-00-0000-000572-",
        "CQ-00-0000-000572-44",
        " CQ-00-0000-000572-4",
        "cq-00-0000-000572-4",
        "CQ 00 0000 000572 4",
        "CQ-00-0000-0005724-",
        "CQ-0A-0000-000572-4",
        "CQ-00-0000-000572-X",
        "CQ-00-0000-000000-0", /* serials begin with 1 */
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse(bad[i]), CQ_R_NUMBER_FORM);
    assert_int_equal(parse("CQ-00-0000-000572-4"), CQ_OK);
    assert_int_equal(parse("CQ-00-0000-000572-5"), CQ_R_NUMBER_CHECK);
}

static void test_a_bad_number_leaves_the_result_alone(void **state)
{
    (void)state;
    int64_t number = 4711;
    assert_int_equal(cq_refno_parse("CQ-00-0000-000572-3", 19, &number), CQ_R_NUMBER_CHECK);
    assert_int_equal(number, 4711);
}

/* Numbers spread over the whole space, by a fixed linear congruence. */
static int64_t nth_number(uint64_t n)
{
    uint64_t x = n * 6364136223846793005u + 1442695040888963407u;
    return cq_refno_make((int)(x >> 33) % 100, 1900 + (int)(x >> 20 & 0xff),
                         1 + (int)((x >> 40) % CQ_SERIAL_MAX));
}

enum { SAMPLES = 3000 };

static void test_every_single_wrong_character_is_caught(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    for (uint64_t n = 0; n < SAMPLES; n++) {
        char text[CQ_REFNO_LENGTH];
        int64_t read;
        cq_refno_write(text, nth_number(n));
        for (size_t i = 0; i < sizeof text; i++) {
            char right = text[i];
            for (const char *wrong = alphabet; *wrong != '\0'; wrong++) {
                text[i] = *wrong;
                enum cq_code code = cq_refno_parse(text, sizeof text, &read);
                if ((!code) != (*wrong == right))
                    fail_msg("%.19s at %zu", text, i);
            }
            text[i] = right;
        }
    }
}

static void swap(char *text, size_t i, size_t k)
{
    char c = text[i];
    text[i] = text[k];
    text[k] = c;
}

/* Neighbours are characters side by side, and digits with only a hyphen between them. */
static void test_every_neighbour_swap_is_caught(void **state)
{
    (void)state;
    long tried = 0;
    for (uint64_t n = 0; n < SAMPLES; n++) {
        char text[CQ_REFNO_LENGTH];
        int64_t read;
        cq_refno_write(text, nth_number(n));
        for (size_t step = 1; step <= 2; step++) {
            for (size_t i = 0; i + step < sizeof text; i++) {
                if (text[i] == text[i + step] || (step == 2 && text[i + 1] != '-'))
                    continue;
                swap(text, i, i + step);
                if (!cq_refno_parse(text, sizeof text, &read))
                    fail_msg("%.19s", text);
                swap(text, i, i + step);
                tried++;
            }
        }
    }
    assert_true(tried > SAMPLES * 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_numbers),
        cmocka_unit_test(test_order_of_numbers_is_order_of_texts),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_a_bad_number_leaves_the_result_alone),
        cmocka_unit_test(test_every_single_wrong_character_is_caught),
        cmocka_unit_test(test_every_neighbour_swap_is_caught),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
