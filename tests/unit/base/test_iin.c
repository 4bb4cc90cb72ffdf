/* IINs: test vectors, the order of the checks, and numbers that spreadsheets damaged. Numbers here
 * have no living owner: births of the 1800s, of 1900, of 2099, or no date at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/date.h"
#include "cq/iin.h"

static enum cq_code parse(const char *text, int64_t *iin)
{
    return cq_iin_parse(text, strlen(text), iin);
}

/* Completes eleven digits with their control digit, computed by the text of the rule. */
static const char *complete(const char *eleven)
{
    static const int first[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    static const int second[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};
    static char text[13];
    assert_int_equal(strlen(eleven), 11);
    int sum = 0, again = 0;
    for (int i = 0; i < 11; i++) {
        sum += (eleven[i] - '0') * first[i];
        again += (eleven[i] - '0') * second[i];
    }
    int control = sum % 11 == 10 ? again % 11 : sum % 11;
    assert_in_range(control, 0, 9);
    memcpy(text, eleven, 11);
    text[11] = (char)('0' + control);
    text[12] = '\0';
    return text;
}

static void test_valid_numbers(void **state)
{
    (void)state;
    static const char *const valid[] = {"850315100006", "850315100016", "850315100704",
                                        "850315100716"};
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        int64_t iin = 0;
        assert_int_equal(parse(valid[i], &iin), CQ_OK);
        char back[13] = "";
        assert_int_equal(cq_iin_write(back, iin), 12);
        assert_string_equal(back, valid[i]);
        assert_int_equal(cq_iin_control(iin), valid[i][11] - '0');
    }
    assert_string_equal(complete("85031510000"), valid[0]);
    assert_string_equal(complete("85031510071"), valid[3]);
}

static void test_only_one_control_digit_passes(void **state)
{
    (void)state;
    static const char *const stems[] = {"85031510000", "85031510001", "85031510070", "85031510071"};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        int passed = 0;
        for (char c = '0'; c <= '9'; c++) {
            char text[13] = "";
            memcpy(text, stems[i], 11);
            text[11] = c;
            int64_t iin = 4711;
            enum cq_code code = parse(text, &iin);
            if (!code) {
                passed++;
            } else {
                assert_int_equal(code, CQ_R_IIN_CONTROL);
                assert_true(iin == 4711);
            }
        }
        assert_int_equal(passed, 1);
    }
}

static void test_numbers_that_do_not_exist(void **state)
{
    (void)state;
    static const char *const stems[] = {"85031510073", "85031510154"};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        for (char c = '0'; c <= '9'; c++) {
            char text[13] = "";
            memcpy(text, stems[i], 11);
            text[11] = c;
            int64_t iin;
            assert_int_equal(parse(text, &iin), CQ_R_IIN_CONTROL);
        }
    }
    assert_int_equal(cq_iin_control(INT64_C(850315100730)), -1);
    assert_int_equal(cq_iin_control(INT64_C(850315101549)), -1);
}

static void test_only_the_control_digit_is_checked(void **state)
{
    (void)state;
    static const struct {
        const char *eleven;
        enum cq_code code;
    } cases[] = {
        {"85031570000", CQ_OK}, {"85031580000", CQ_OK}, {"85031590000", CQ_OK},
        {"85131570000", CQ_OK}, {"85131510000", CQ_OK}, {"85023010000", CQ_OK},
        {"00022910000", CQ_OK}, {"00022930000", CQ_OK}, {"85030010000", CQ_OK},
        {"04022910000", CQ_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[13];
        int64_t iin;
        memcpy(text, complete(cases[i].eleven), sizeof text);
        assert_int_equal(parse(text, &iin), cases[i].code);
        text[11] = (char)(text[11] == '9' ? '0' : text[11] + 1);
        assert_int_equal(parse(text, &iin), CQ_R_IIN_CONTROL);
    }
}

static void test_shape(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "1",
        "850315100",
        "8503151000060",
        "85031510000 ",
        " 50315100006",
        "85031510000aa",
        "8503a",
        "850315-10000",
        "8503151000\xD9\xA1",
        "+50315100006",
        "850315100006 ",
        "000000000000",
        "00000000000",
        "iin",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t iin = 4711;
        assert_int_equal(parse(bad[i], &iin), CQ_R_IIN);
        assert_true(iin == 4711);
    }
}

static void test_a_letter_for_a_digit(void **state)
{
    (void)state;
    int64_t iin = 4711;
    assert_int_equal(parse("85031510000a", &iin), CQ_R_IIN_LETTER);
    assert_int_equal(parse("85O315100006", &iin), CQ_R_IIN_LETTER);
    assert_int_equal(parse("85\xD0\x9E\x33\x31\x35\x31\x30\x30\x30\x30\x36", &iin),
                     CQ_R_IIN_LETTER);
    assert_true(iin == 4711);
}

/* As spreadsheets write it; test_digits tells more of them. */
static void test_what_stands_around_a_number(void **state)
{
    static const char *const texts[] = {"850315100006.0", "=\"850315100006\"", "850315-100006",
                                        "8503 1510 0006"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t iin = 0;
        assert_int_equal(parse(texts[i], &iin), CQ_OK);
        assert_true(iin == 850315100006);
    }
}

static void test_a_lost_zero(void **state)
{
    (void)state;
    int64_t iin = 4711;
    assert_int_equal(parse(complete("05031510000"), &iin), CQ_OK);
    assert_int_equal(parse(complete("05031510000") + 1, &iin), CQ_R_IIN_ELEVEN);
    assert_int_equal(parse(complete("00010110000") + 1, &iin), CQ_R_IIN_ELEVEN);
    assert_int_equal(parse(complete("05131510000") + 1, &iin), CQ_R_IIN_ELEVEN);
    /* With a zero in front: a wrong control digit. */
    assert_int_equal(parse("50315100008", &iin), CQ_R_IIN);
    assert_int_equal(parse("85031510000", &iin), CQ_R_IIN);
    assert_int_equal(parse("5031510000a", &iin), CQ_R_IIN);
}

static void test_scientific_notation(void **state)
{
    (void)state;
    static const char *const exponents[] = {"8.5031E+11", "8,5031E+11",     "8.50315E+11",  "8E+11",
                                            "8.5031e11",  "8.50315100E+11", "8.5031510E+11"};
    int64_t iin;
    for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++)
        assert_int_equal(parse(exponents[i], &iin), CQ_R_IIN_EXPONENT);
    static const char *const others[] = {"E+11",  "8.E+11",     "8.5031E", "8.5031E+",  "8.5031",
                                         "8E+1x", "8.5031F+11", ".5E+11",  "8.5.1E+11", "-8.5E+11"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(parse(others[i], &iin), CQ_R_IIN);
}

static void test_birth_and_sex(void **state)
{
    (void)state;
    static const struct {
        const char *eleven;
        int year;
        char sex;
    } cases[] = {
        {"85031510000", 1885, 'm'}, {"85031520000", 1885, 'f'}, {"00010130000", 1900, 'm'},
        {"00010140000", 1900, 'f'}, {"99031550000", 2099, 'm'}, {"99031560000", 2099, 'f'},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t iin = 0;
        int year, month, mday;
        assert_int_equal(parse(complete(cases[i].eleven), &iin), CQ_OK);
        cq_date_split(cq_iin_birth(iin), &year, &month, &mday);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(month, (cases[i].eleven[2] - '0') * 10 + cases[i].eleven[3] - '0');
        assert_int_equal(mday, (cases[i].eleven[4] - '0') * 10 + cases[i].eleven[5] - '0');
        assert_int_equal(cq_iin_sex(iin), cases[i].sex);
    }
    assert_int_equal(cq_iin_birth(INT64_C(851315100000)), CQ_DAY_MIN);
    assert_int_equal(cq_iin_birth(INT64_C(850315700000)), CQ_DAY_MIN);
    assert_int_equal(cq_iin_sex(INT64_C(850315700000)), 0);
}

static void test_foreigners_have_no_date_to_check(void **state)
{
    (void)state;
    static const char *const stems[] = {"00000000001", "99999900000", "85139900000"};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        int64_t iin = 0;
        assert_int_equal(parse(complete(stems[i]), &iin), CQ_OK);
        assert_int_equal(cq_iin_birth(iin), CQ_DAY_MIN);
        assert_int_equal(cq_iin_sex(iin), 0);
    }
}

static void test_leading_zeros_are_written(void **state)
{
    (void)state;
    char text[13];
    memset(text, '#', sizeof text);
    assert_int_equal(cq_iin_write(text, 1), 12);
    assert_memory_equal(text, "000000000001#", 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid_numbers),
        cmocka_unit_test(test_only_one_control_digit_passes),
        cmocka_unit_test(test_numbers_that_do_not_exist),
        cmocka_unit_test(test_only_the_control_digit_is_checked),
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_a_letter_for_a_digit),
        cmocka_unit_test(test_what_stands_around_a_number),
        cmocka_unit_test(test_a_lost_zero),
        cmocka_unit_test(test_scientific_notation),
        cmocka_unit_test(test_birth_and_sex),
        cmocka_unit_test(test_foreigners_have_no_date_to_check),
        cmocka_unit_test(test_leading_zeros_are_written),
    };
    return cmocka_run_group_tests_name("iin", tests, NULL, NULL);
}
