/* Digits as spreadsheets and people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/digits.h"

static void expect(const char *text, const char *want, bool want_grouped)
{
    char digits[13] = "";
    bool grouped;
    size_t count = cq_digits_read(text, strlen(text), digits, 12, &grouped);
    digits[count] = '\0';
    if (strcmp(digits, want) != 0)
        fail_msg("'%s' gives '%s', not '%s'", text, digits, want);
    if (count > 0)
        assert_int_equal(grouped, want_grouped);
}

static void test_what_stands_around_digits(void **state)
{
    (void)state;
    expect("850315100016", "850315100016", false);
    expect("850315100016.0", "850315100016", false);
    expect("71,00", "71", false);
    expect("=\"850315100016\"", "850315100016", false);
    expect("'850315100016", "850315100016", false);
    expect("850315 100016", "850315100016", true);
    expect("8503-1510-0016", "850315100016", true);
    expect("850 315\xC2\xA0\x31\x30\x30\xE2\x80\xAF\x30\x31\x36", "850315100016", true);
    expect("85\xE2\x80\x93\x30", "850", true);
    expect("=\"71 .0\"", "", false);
}

static void test_other_texts(void **state)
{
    static const char *const texts[] = {"",      "-",   "x",     "12x",   "1.5",   "1.",
                                        "-12",   "12-", " 12",   "12 ",   "+12",   "8.5E+11",
                                        "1.0.0", "=12", "=\"\"", "='12'", "12.0 ", "1234567890123",
                                        "1/2",   "1:2", ".0",    "12..0"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect(texts[i], "", false);
}

static void test_unwrapping(void **state)
{
    (void)state;
    struct cq_text text = cq_digits_unwrap((struct cq_text){"=\"a b\"", 6});
    assert_int_equal(text.len, 3);
    assert_memory_equal(text.ptr, "a b", 3);
    text = cq_digits_unwrap((struct cq_text){"=\"a", 3});
    assert_int_equal(text.len, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_stands_around_digits),
        cmocka_unit_test(test_other_texts),
        cmocka_unit_test(test_unwrapping),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
