/* Which word is near enough to be meant, and which is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "cq/nearest.h"

static const char *const kinds[] = {"contingent",   "facilities", "insurance",
                                    "presidential", "cards",      NULL};
static const char *const services[] = {"outpatient|амбулаторная|амбулаториялық",
                                       "inpatient|стационарная|стационар", "ab", NULL};

static void expect(const char *const *values, const char *wanted, const char *name)
{
    char out[48];
    assert_string_equal(cq_nearest_of(values, wanted, out, sizeof out), name);
}

static void test_a_letter_more_less_other_or_swapped(void **state)
{
    (void)state;
    expect(kinds, "contingentt", "contingent");
    expect(kinds, "contingnt", "contingent");
    expect(kinds, "facilitiez", "facilities");
    expect(kinds, "insurnace", "insurance");
    expect(kinds, "CARDS", "cards");
    expect(kinds, "isnurnace", "insurance"); /* two swaps are two changes */
}

static void test_three_changes_or_half_of_the_letters_are_too_many(void **state)
{
    (void)state;
    expect(kinds, "insuXXXce", "");
    expect(kinds, "xyz", "");
    expect(kinds, "", "");
    expect(services, "ac", ""); /* one of two letters */
    expect(kinds, "cxxds", "cards");
}

static void test_a_word_of_any_language_gives_the_name(void **state)
{
    (void)state;
    expect(services, "стационар", "inpatient");
    expect(services, "стацоинар", "inpatient");
    expect(services, "Амбулаторная", "outpatient");
}

static void test_the_nearest_is_taken_and_of_equals_the_first(void **state)
{
    (void)state;
    static const char *const words[] = {"rejected", "reject", "eject", NULL};
    static const char *const equals[] = {"month", "mouth", NULL};
    expect(words, "rejct", "reject");
    expect(words, "ejecd", "eject");
    expect(equals, "moxth", "month");
}

static void test_what_is_no_text_or_too_long_has_none(void **state)
{
    (void)state;
    char small[6];
    expect(kinds, "cards\xff", "");
    assert_string_equal(cq_nearest_of(kinds, "insuranc", small, sizeof small), "");
    assert_string_equal(cq_nearest_of(kinds, "card", small, sizeof small), "cards");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_letter_more_less_other_or_swapped),
        cmocka_unit_test(test_three_changes_or_half_of_the_letters_are_too_many),
        cmocka_unit_test(test_a_word_of_any_language_gives_the_name),
        cmocka_unit_test(test_the_nearest_is_taken_and_of_equals_the_first),
        cmocka_unit_test(test_what_is_no_text_or_too_long_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
