/* Unicode: validity against an encoder in this file, the fast paths for Cyrillic against utf8proc
 * itself, folding, width, and distances computed by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include "cq/utf8.h"

#define NBSP "\xC2\xA0"

/* Encodes a code point by the table of RFC 3629, surrogates too. */
static size_t encode(uint32_t c, char *dst)
{
    if (c < 0x80) {
        dst[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        dst[0] = (char)(0xC0 | c >> 6);
        dst[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        dst[0] = (char)(0xE0 | c >> 12);
        dst[1] = (char)(0x80 | (c >> 6 & 0x3F));
        dst[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    dst[0] = (char)(0xF0 | c >> 18);
    dst[1] = (char)(0x80 | (c >> 12 & 0x3F));
    dst[2] = (char)(0x80 | (c >> 6 & 0x3F));
    dst[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

static void test_every_character_is_valid_and_no_surrogate(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x120000; c++) {
        char text[4];
        size_t len = encode(c, text);
        size_t want = (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF ? 0 : len;
        if (cq_utf8_valid(text, len) != want)
            fail_msg("U+%04X", (unsigned)c);
        if (cq_utf8_valid(text, len - 1) != 0)
            fail_msg("U+%04X cut off", (unsigned)c);
    }
}

static void test_invalid_bytes(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC2",
        "\xC2\x41",
        "\xC2\xC2",
        "\xD0\xD0",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xE2\x82",
        "\xE2\x82\x41",
        "\xED\xA0\x80",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xF0\x9F\x98",
        "\xF0\x9F\x98\x41",
    };
    static const char *const fronts[] = {"", "abc", "12345678", "Қазақ", "Қазақстан Республикасы"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (size_t j = 0; j < sizeof fronts / sizeof *fronts; j++) {
            char text[100];
            size_t front = strlen(fronts[j]);
            memcpy(text, fronts[j], front);
            memcpy(text + front, bad[i], strlen(bad[i]));
            memcpy(text + front + strlen(bad[i]), "tail of ASCII", 13);
            size_t len = front + strlen(bad[i]) + 13;
            assert_int_equal(cq_utf8_valid(text, len), front);
        }
    }
}

/* A bad byte is found at every place of a text long enough for the eight-byte steps. */
static void test_a_bad_byte_is_found_everywhere(void **state)
{
    (void)state;
    static const char *const texts[] = {"abcdefghijklmnopqrstuvwxyz", "ақпан айының жиырмасы",
                                        "Ә, ё: 1 € 😀 бір"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t len = strlen(texts[i]);
        assert_int_equal(cq_utf8_valid(texts[i], len), len);
        for (size_t at = 0; at < len; at++) {
            char copy[64];
            memcpy(copy, texts[i], len);
            copy[at] = '\xFF';
            size_t start = at;
            while (start > 0 && ((unsigned char)texts[i][start] & 0xC0) == 0x80)
                start--;
            assert_int_equal(cq_utf8_valid(copy, len), start);
        }
    }
}

static void test_ascii(void **state)
{
    (void)state;
    char text[20];
    memset(text, 'a', sizeof text);
    for (size_t len = 0; len <= sizeof text; len++) {
        assert_true(cq_utf8_ascii(text, len));
        for (size_t at = 0; at < len; at++) {
            text[at] = '\x80';
            assert_false(cq_utf8_ascii(text, len));
            text[at] = 'a';
        }
    }
    assert_true(cq_utf8_ascii("\x7F\x00", 2));
}

static void assert_nfc(const char *text, const char *want)
{
    struct cq_str out = {0};
    cq_str_puts(&out, "+");
    assert_int_equal(cq_utf8_nfc(&out, text, strlen(text)), CQ_OK);
    assert_string_equal(out.ptr + 1, want);
    assert_int_equal(out.len, strlen(want) + 1);
    cq_str_free(&out);
}

static void test_normal_form(void **state)
{
    (void)state;
    assert_nfc("", "");
    assert_nfc("plain", "plain");
    assert_nfc("Ермекқызы Әсем", "Ермекқызы Әсем");
    assert_nfc("\xD0\xB8\xCC\x86", "\xD0\xB9");                 /* и and breve: й */
    assert_nfc("\xD0\xB5\xCC\x88\xD1\x81", "\xD1\x91\xD1\x81"); /* е and diaeresis: ё */
    assert_nfc("e\xCC\x81", "\xC3\xA9");
    assert_nfc("\xE2\x84\xAB", "\xC3\x85"); /* Angstrom sign */
    assert_nfc("№ 7 – «а»", "№ 7 – «а»");
}

/* Text that the fast path does not change, utf8proc does not change either; both fold the same. */
static void test_short_ways_agree_with_utf8proc(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x600; c++) {
        char text[8] = "";
        size_t len = encode(c, text);
        len += encode(0x430, text + len);
        struct cq_str out = {0};

        assert_int_equal(cq_utf8_nfc(&out, text, len), CQ_OK);
        utf8proc_uint8_t *want = utf8proc_NFC((const utf8proc_uint8_t *)text);
        assert_string_equal(out.ptr, (const char *)want);
        free(want);

        /* Blanks are folded by other rules, tested below. */
        if (c > 0x20 && c != '_' && c != 0x85 && c != 0xA0) {
            cq_str_clear(&out);
            assert_int_equal(cq_utf8_fold(&out, text, len), CQ_OK);
            assert_true(utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &want,
                                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD) >= 0);
            assert_string_equal(out.ptr, (const char *)want);
            free(want);
        }
        cq_str_free(&out);
    }
}

static void assert_fold(const char *text, const char *want)
{
    struct cq_str out = {0};
    cq_str_puts(&out, "+ ");
    assert_int_equal(cq_utf8_fold(&out, text, strlen(text)), CQ_OK);
    assert_string_equal(out.ptr + 2, want);
    assert_int_equal(out.len, strlen(want) + 2);
    cq_str_free(&out);
}

static void test_folding_of_case(void **state)
{
    (void)state;
    assert_fold("", "");
    assert_fold("Last_Name", "last name");
    assert_fold("ЖСН", "жсн");
    assert_fold("ӘІҢҒҮҰҚӨҺЁЙ", "әіңғүұқөһёй");
    assert_fold("Фамилия", "фамилия");
    assert_fold("И\xCC\x86", "й");
    assert_fold("STRASSE ß", "strasse ss");
    assert_fold("№ П/П", "№ п/п");
}

static void test_folding_of_blanks(void **state)
{
    (void)state;
    assert_fold("  a  b\t\r\nc  ", "a b c");
    assert_fold("__a__b__", "a b");
    assert_fold(NBSP "а" NBSP " _ " NBSP "б" NBSP, "а б");
    assert_fold(" \t_" NBSP, "");
    assert_fold("а\xE2\x80\x83\xE3\x80\x80\xE2\x80\xA8"
                "б",
                "а б");
    assert_fold("\xC2\x85 x", "x");
}

/* Each white space of Unicode that may stand beside a value, from both ends, also cut off. */
static void test_blanks(void **state)
{
    static const char *const blanks[] = {" ",
                                         "\t",
                                         "\n",
                                         "\r",
                                         "\xE1\x9A\x80",
                                         "\xE2\x80\x80",
                                         NBSP,
                                         "\xE2\x80\x83",
                                         "\xE2\x80\x89",
                                         "\xE2\x80\x8A",
                                         "\xE2\x80\xAF",
                                         "\xE2\x81\x9F",
                                         "\xE3\x80\x80"};
    static const char *const others[] = {"",
                                         "x",
                                         "\v",
                                         "\f",
                                         "\xC2\xA1",
                                         "\xE2\x80\x8B",
                                         "Р",
                                         "\xE2\x80\x8F",
                                         "\xF0\xA0\x80\x80",
                                         "\xE3\x81\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        char text[16];
        size_t size = strlen(blanks[i]);
        assert_int_equal(cq_utf8_blank(blanks[i], size), size);
        assert_int_equal(cq_utf8_blank_last(blanks[i], size), size);
        assert_int_equal(cq_utf8_blank(blanks[i], size - 1), 0);
        snprintf(text, sizeof text, "а%s", blanks[i]);
        assert_int_equal(cq_utf8_blank_last(text, strlen(text)), size);
        assert_int_equal(cq_utf8_blank(text, strlen(text)), 0);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(cq_utf8_blank(others[i], strlen(others[i])), 0);
        assert_int_equal(cq_utf8_blank_last(others[i], strlen(others[i])), 0);
    }
}

static void test_invalid_text_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"\xFF", "a\xD0", "\xD0\x41", "\xE2\x82"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct cq_str out = {0};
        assert_int_equal(cq_utf8_nfc(&out, bad[i], strlen(bad[i])), CQ_B_BUG);
        assert_int_equal(cq_utf8_fold(&out, bad[i], strlen(bad[i])), CQ_B_BUG);
        cq_str_free(&out);
    }
}

static void test_width_and_count(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width, count;
    } cases[] = {
        {"", 0, 0},     {"abc", 3, 3},  {"Әсем", 4, 4}, {"е\xCC\x88", 1, 2},
        {"中文", 4, 2}, {"a\tb", 2, 3}, {"№", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = strlen(cases[i].text);
        assert_int_equal(cq_utf8_width(cases[i].text, len), cases[i].width);
        assert_int_equal(cq_utf8_count(cases[i].text, len), cases[i].count);
    }
}

static size_t distance(const char *a, const char *b, size_t limit)
{
    size_t there = cq_utf8_distance(a, strlen(a), b, strlen(b), limit);
    assert_int_equal(cq_utf8_distance(b, strlen(b), a, strlen(a), limit), there);
    return there;
}

static void test_distance(void **state)
{
    (void)state;
    assert_int_equal(distance("", "", 3), 0);
    assert_int_equal(distance("", "abc", 9), 3);
    assert_int_equal(distance("birth_date", "birth_date", 3), 0);
    assert_int_equal(distance("birth_date", "brith_date", 3), 1);
    assert_int_equal(distance("birth_date", "birthdate", 3), 1);
    assert_int_equal(distance("kitten", "sitting", 9), 3);
    assert_int_equal(distance("ab", "ba", 9), 1);
    assert_int_equal(distance("abcd", "badc", 9), 2);
    assert_int_equal(distance("xb", "bz", 9), 2);
    assert_int_equal(distance("Әсем", "Асем", 3), 1);
    assert_int_equal(distance("Әсем", "сӘем", 3), 1);
    assert_int_equal(distance("ЖСН", "ИИН", 9), 2);
}

static void test_distance_stops_at_the_limit(void **state)
{
    (void)state;
    assert_int_equal(distance("abcdef", "uvwxyz", 2), 3);
    assert_int_equal(distance("a", "abcdef", 2), 3);
    assert_int_equal(distance("abcdef", "uvwxyz", 6), 6);
    assert_int_equal(distance("abc", "abd", 0), 1);

    char full[65], more[66];
    memset(full, 'a', sizeof full);
    memset(more, 'a', sizeof more);
    full[64] = '\0';
    more[65] = '\0';
    assert_int_equal(distance(full, full, 3), 0);
    assert_int_equal(distance(more, more, 3), 4);
    assert_int_equal(distance(full, more, 3), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_character_is_valid_and_no_surrogate),
        cmocka_unit_test(test_invalid_bytes),
        cmocka_unit_test(test_a_bad_byte_is_found_everywhere),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_normal_form),
        cmocka_unit_test(test_short_ways_agree_with_utf8proc),
        cmocka_unit_test(test_folding_of_case),
        cmocka_unit_test(test_folding_of_blanks),
        cmocka_unit_test(test_blanks),
        cmocka_unit_test(test_invalid_text_is_refused),
        cmocka_unit_test(test_width_and_count),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_distance_stops_at_the_limit),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
