/* Encodings: detected in pieces of any size, from the words of a list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/encoding_detect.h"
#include "unit/text/recode.h"

static const char kazakh[] = "ЖСН;Тегі;Аты\r\n1;Қасымова;Әлия\r\n2;Ғалымұлы;Өмір\r\n";
static const char russian[] = "ИИН;Фамилия;Имя\n1;Иванов;Пётр\n2;Сидорова;Анна\n";

static const enum cq_encoding eight_bit[] = {
    CQ_ENCODING_RK1048, CQ_ENCODING_CP1251,      CQ_ENCODING_KOI8R, CQ_ENCODING_ISO8859_5,
    CQ_ENCODING_CP866,  CQ_ENCODING_MACCYRILLIC, CQ_ENCODING_CP855};
enum { EIGHT_BIT = sizeof eight_bit / sizeof *eight_bit };

/* Detects the encoding of bytes added in pieces. */
static enum cq_code detect(const char *bytes, size_t len, size_t piece, enum cq_encoding *encoding,
                           struct cq_err *err)
{
    struct cq_detector detector;
    cq_detector_init(&detector, 1, true);
    *err = (struct cq_err){0};
    for (size_t i = 0; i < len; i += piece)
        cq_detector_add(&detector, bytes + i, len - i < piece ? len - i : piece);
    enum cq_code code = cq_detector_end(&detector, err);
    assert_int_equal(detector.bytes, (int64_t)len);
    *encoding = detector.encoding;
    cq_detector_free(&detector);
    return code;
}

/* The result is the same for all sizes of pieces. */
static void assert_found(const char *bytes, size_t len, enum cq_encoding wanted)
{
    for (size_t piece = 1; piece <= len + 1; piece += 1 + piece / 3) {
        struct cq_err err;
        enum cq_encoding encoding = CQ_ENCODINGS;
        assert_int_equal(detect(bytes, len, piece, &encoding, &err), CQ_OK);
        assert_int_equal(encoding, wanted);
    }
}

static void assert_refused(const char *bytes, size_t len, enum cq_code wanted, long line,
                           const char *detail)
{
    for (size_t piece = 1; piece <= len + 1; piece += 1 + piece / 3) {
        struct cq_err err;
        enum cq_encoding encoding;
        assert_int_equal(detect(bytes, len, piece, &encoding, &err), wanted);
        assert_int_equal(err.line, line);
        assert_string_equal(err.detail, detail);
    }
}

static const char all[] = "UTF-8, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic, CP855";

static void test_found(void **state)
{
    (void)state;
    assert_found(kazakh, strlen(kazakh), CQ_ENCODING_UTF8);
    assert_found("iin\n", 4, CQ_ENCODING_UTF8);
    assert_found("", 0, CQ_ENCODING_UTF8);
    assert_found("a", 1, CQ_ENCODING_UTF8);
    assert_found("\xEF\xBB\xBFiin\n", 7, CQ_ENCODING_UTF8);
    assert_found("\xFF\xFEi\0", 4, CQ_ENCODING_UTF16LE);
    assert_found("\xFE\xFF\0i", 4, CQ_ENCODING_UTF16BE);
    assert_found("\xFF\xFE", 2, CQ_ENCODING_UTF16LE);
    struct cq_str bytes = recode(kazakh, "RK1048");
    assert_found(bytes.ptr, bytes.len, CQ_ENCODING_RK1048);
    cq_str_free(&bytes);
    for (int i = 0; i < EIGHT_BIT; i++) { /* without a Kazakh letter RK1048 is CP1251 */
        enum cq_encoding encoding = eight_bit[i];
        bytes = recode(russian, cq_encoding_charsets[encoding]);
        assert_found(bytes.ptr, bytes.len, i == 0 ? CQ_ENCODING_CP1251 : encoding);
        cq_str_free(&bytes);
    }
}

/* Each of the sixteen letters alone means RK1048. */
static void test_each_kazakh_letter(void **state)
{
    static const char *const words[] = {"Қанат", "Һасен", "ақ",    "Жаһан",     "Ұлан", "нұр",
                                        "Әлия",  "Өмір",  "Ғалым", "Үсен",      "көк",  "тағы",
                                        "кәрі",  "Еңлік", "таң",   "МАҢҒЫСТАУ", "күн"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct cq_str text = {0};
        cq_str_printf(&text, "%s3;%s;Анна\n", russian, words[i]);
        struct cq_str coded = recode(text.ptr, "RK1048");
        assert_found(coded.ptr, coded.len, CQ_ENCODING_RK1048);
        cq_str_free(&text);
        cq_str_free(&coded);
    }
}

/* A damaged UTF-8 list is refused with the line, not read as something else. */
static void test_damaged(void **state)
{
    char text[sizeof kazakh + 16];
    (void)state;
    for (size_t i = strlen("ЖСН;Т"); i < strlen(kazakh); i++) {
        if ((unsigned char)kazakh[i] < 0xC0)
            continue;
        long line = 1;
        for (size_t k = 0; k < i; k++)
            line += kazakh[k] == '\n';
        memcpy(text, kazakh, sizeof kazakh); /* the first byte of a letter is lost */
        memmove(text + i, text + i + 1, sizeof kazakh - i - 1);
        assert_refused(text, strlen(text), CQ_F_ENCODING, line, "UTF-8");
        memcpy(text, kazakh, sizeof kazakh); /* or its second */
        memmove(text + i + 1, text + i + 2, sizeof kazakh - i - 2);
        assert_refused(text, strlen(text), CQ_F_ENCODING, line, "UTF-8");
    }
    assert_refused(kazakh + 1, strlen(kazakh) - 1, CQ_F_ENCODING, 1,
                   all); /* so is its first byte */
    assert_refused(kazakh, strlen("ЖСН;Тегі;Аты\r\n1;Қ") - 1, CQ_F_ENCODING, 2, "UTF-8");
    assert_refused("a\n\xEF\xBB", 4, CQ_F_ENCODING_UNSURE, 2, "CP1251");
    assert_refused("\xEF\xBB\xBF"
                   "a\n\xC0\xC1\n",
                   8, CQ_F_ENCODING, 2, "UTF-8"); /* a byte order mark requires valid UTF-8 */
    assert_refused("a\nb\n\x80\x81\x86\x87\n", 9, CQ_F_ENCODING, 3, all); /* symbols, no letters */
    assert_refused("a\0\xC0\xC1\n", 5, CQ_F_BINARY, 1, "");
    assert_refused("a\xC0\xC1\n\0", 5, CQ_F_BINARY, 1, "");
}

/* Few letters are no evidence: the list is refused, and the encodings that may be it are named. */
static void test_unsure(void **state)
{
    struct cq_str bytes = recode("iin\n1,Ли\n", "CP1251");
    (void)state;
    assert_refused(bytes.ptr, bytes.len, CQ_F_ENCODING_UNSURE, 2, "CP1251, ISO-8859-5");
    cq_str_free(&bytes);
    /* The last capital letter has its own byte in both, all others are the same. */
    bytes = recode("iin\n1,алима,яков\n", "MAC-CYRILLIC");
    assert_refused(bytes.ptr, bytes.len, CQ_F_ENCODING_UNSURE, 2, "CP1251, MacCyrillic");
    cq_str_free(&bytes);
    /* Ukrainian letters in CP1251 have the bytes of Kazakh ones. */
    bytes = recode("iin\n1,Євген,Їжакевич\n1,Юлія,Мусієнко\n1,Єлизавета,Воїнова\n", "CP1251");
    assert_refused(bytes.ptr, bytes.len, CQ_F_ENCODING_UNSURE, 2, "RK1048, CP1251");
    cq_str_free(&bytes);
}

/* Capitals have the same bytes in CP866 and MacCyrillic, and some small letters in CP1251 and
 * MacCyrillic: where all are the same it does not matter which is found. */
static void test_alike(void **state)
{
    struct cq_str bytes = recode("ИИН,ФАМИЛИЯ\n1,ИВАНОВ\n", "MAC-CYRILLIC");
    (void)state;
    assert_found(bytes.ptr, bytes.len, CQ_ENCODING_CP866);
    cq_str_free(&bytes);
    bytes = recode("иин,отчество\n1,иванович\n", "MAC-CYRILLIC");
    assert_found(bytes.ptr, bytes.len, CQ_ENCODING_CP1251);
    cq_str_free(&bytes);
}

/* Adds rows of a list, of people with different names. */
static void add_rows(struct cq_str *out, int count, const char *encoding)
{
    static const char *const last[] = {"Сулейменов", "Ерёменко", "Журавлёв", "Абилов", "Цхай",
                                       "Шмелёва",    "Юнусов",   "Бектуров", "Гуляев", "Яшин"};
    static const char *const first[] = {"Нурлан", "Ксения",  "Богдан", "Жания", "Эмма",
                                        "Платон", "Айгерим", "Ержан",  "Фаина"};
    for (int i = 0; i < count; i++) {
        struct cq_str row = {0};
        cq_str_printf(&row, "850315100006,%s,%s\n", last[i % 10], first[i % 9]);
        struct cq_str coded = recode(row.ptr, encoding);
        cq_str_put(out, coded.ptr, coded.len);
        cq_str_free(&coded);
        cq_str_free(&row);
    }
}

/* Detection fails, whatever the size of pieces, and in a long list with the line. */
static void assert_mixed(const struct cq_str *text, long line)
{
    for (size_t piece = 7; piece < 400000; piece *= 30) {
        struct cq_err err;
        enum cq_encoding encoding;
        enum cq_code code = detect(text->ptr, text->len, piece, &encoding, &err);
        assert_int_not_equal(code, CQ_OK);
        if (line < 100)
            continue;
        assert_int_equal(code, CQ_F_ENCODING_MIXED);
        assert_int_equal(err.line, line);
    }
}

/* A list in two encodings is refused, also where it changes far from its start. */
static void test_mixed(void **state)
{
    (void)state;
    for (int before = 20; before <= 5000; before *= 250) {
        for (int i = 1; i < EIGHT_BIT; i++) {
            const char *own = cq_encoding_charsets[eight_bit[i]];
            const char *other = cq_encoding_charsets[eight_bit[i % (EIGHT_BIT - 1) + 1]];
            struct cq_str text = {0};
            add_rows(&text, before, own);
            size_t whole = text.len;
            add_rows(&text, 1, other);
            add_rows(&text, 5, own);
            assert_mixed(&text, before + 1);
            text.len = whole;
            add_rows(&text, 2, "UTF-8");
            assert_mixed(&text, before + 1);
            cq_str_free(&text);
        }
    }
}

/* A letter that CP1251 has not may come at the end of a long list. */
static void test_kazakh_late(void **state)
{
    struct cq_str text = {0};
    (void)state;
    struct cq_str letter = recode("850315100006,Қасымов,Нұрлан\n", "RK1048");
    add_rows(&text, 5000, "CP1251");
    assert_found(text.ptr, text.len, CQ_ENCODING_CP1251);
    cq_str_put(&text, letter.ptr, letter.len);
    assert_found(text.ptr, text.len, CQ_ENCODING_RK1048);
    cq_str_free(&letter);
    cq_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),       cmocka_unit_test(test_each_kazakh_letter),
        cmocka_unit_test(test_damaged),     cmocka_unit_test(test_unsure),
        cmocka_unit_test(test_alike),       cmocka_unit_test(test_mixed),
        cmocka_unit_test(test_kazakh_late),
    };
    return cmocka_run_group_tests_name("encoding_detect", tests, NULL, NULL);
}
