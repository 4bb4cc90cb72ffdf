/* Encodings: detected in pieces of any size, and decoded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>
#include <string.h>

#include "cq/encoding.h"
#include "cq/str.h"

static const char kazakh[] = "ЖСН;Тегі;Аты\r\n1;Қасымова;Әлия\r\n2;Ғалымұлы;Өмір\r\n";
static const char russian[] = "ИИН;Фамилия;Имя\n1;Иванов;Пётр\n2;Сидорова;Анна\n";

/* UTF-8 text in another encoding, by iconv itself. */
static struct cq_str recode(const char *text, const char *encoding)
{
    struct cq_str out = {0};
    size_t left = strlen(text), room = left * 4 + 8;
    iconv_t to = iconv_open(encoding, "UTF-8");
    assert_true(to != (iconv_t)-1);
    assert_int_equal(cq_str_reserve(&out, room), CQ_OK);
    char *from = (char *)(uintptr_t)text, *at = out.ptr;
    assert_true(iconv(to, &from, &left, &at, &room) != (size_t)-1);
    out.len = (size_t)(at - out.ptr);
    iconv_close(to);
    return out;
}

/* Detects the encoding of bytes added in pieces. */
static enum cq_code detect(const char *bytes, size_t len, size_t piece, enum cq_encoding *encoding,
                           struct cq_err *err)
{
    struct cq_encoding_detector detector = {0};
    for (size_t i = 0; i < len; i += piece)
        cq_encoding_detector_add(&detector, (const unsigned char *)bytes + i,
                                 len - i < piece ? len - i : piece);
    cq_encoding_detector_end(&detector);
    assert_int_equal(detector.bytes, (int64_t)len);
    *err = (struct cq_err){0};
    return cq_encoding_detect(&detector, encoding, err);
}

/* The result is the same for all sizes of pieces. */
static void assert_found(const char *bytes, size_t len, enum cq_encoding wanted)
{
    for (size_t piece = 1; piece <= len + 1; piece += 1 + piece / 7) {
        struct cq_err err;
        enum cq_encoding encoding = CQ_ENCODINGS;
        assert_int_equal(detect(bytes, len, piece, &encoding, &err), CQ_OK);
        assert_int_equal(encoding, wanted);
    }
}

static void assert_refused(const char *bytes, size_t len, enum cq_code wanted, long line)
{
    for (size_t piece = 1; piece <= len + 1; piece += 1 + piece / 7) {
        struct cq_err err;
        enum cq_encoding encoding;
        assert_int_equal(detect(bytes, len, piece, &encoding, &err), wanted);
        assert_int_equal(err.line, line);
    }
}

static void test_found(void **state)
{
    static const char *const names[] = {"RK1048", "CP1251"};
    (void)state;
    assert_found(kazakh, strlen(kazakh), CQ_ENCODING_UTF8);
    assert_found("iin\n", 4, CQ_ENCODING_UTF8);
    assert_found("\xEF\xBB\xBFiin\n", 7, CQ_ENCODING_UTF8);
    assert_found("\xFF\xFEi\0", 4, CQ_ENCODING_UTF16LE);
    assert_found("\xFE\xFF\0i", 4, CQ_ENCODING_UTF16BE);
    struct cq_str bytes = recode(kazakh, "RK1048");
    assert_found(bytes.ptr, bytes.len, CQ_ENCODING_RK1048);
    cq_str_free(&bytes);
    for (int i = 0; i < 2; i++) { /* without a Kazakh letter both give the same text */
        bytes = recode(russian, names[i]);
        assert_found(bytes.ptr, bytes.len, CQ_ENCODING_CP1251);
        cq_str_free(&bytes);
    }
}

/* Each of the sixteen letters alone means RK1048. */
static void test_each_kazakh_letter(void **state)
{
    static const char *const letters[] = {"Қ", "Һ", "қ", "һ", "Ұ", "ұ", "Ә", "Ө",
                                          "Ғ", "Ү", "ө", "ғ", "ә", "Ң", "ң", "ү"};
    static const char bytes[] = "\x8D\x8E\x9D\x9E\xA1\xA2\xA3\xA5\xAA\xAF\xB4\xBA\xBC\xBD\xBE\xBF";
    (void)state;
    for (int i = 0; i < 16; i++) {
        struct cq_str text = {0};
        cq_str_printf(&text, "%s\n%s\n", russian, letters[i]);
        struct cq_str coded = recode(text.ptr, "RK1048");
        assert_int_equal(coded.ptr[coded.len - 2], bytes[i]);
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
    for (size_t i = 0; i < strlen(kazakh); i++) {
        if ((unsigned char)kazakh[i] < 0xC0)
            continue;
        long line = 1;
        for (size_t k = 0; k < i; k++)
            line += kazakh[k] == '\n';
        memcpy(text, kazakh, sizeof kazakh); /* the first byte of a letter is lost */
        memmove(text + i, text + i + 1, sizeof kazakh - i - 1);
        assert_refused(text, strlen(text), CQ_F_ENCODING, line);
        memcpy(text, kazakh, sizeof kazakh); /* or its second */
        memmove(text + i + 1, text + i + 2, sizeof kazakh - i - 2);
        assert_refused(text, strlen(text), CQ_F_ENCODING, line);
    }
    assert_refused(kazakh, strlen("ЖСН;Тегі;Аты\r\n1;Қ") - 1, CQ_F_ENCODING, 2); /* cut off */
    assert_refused("a\n\xEF\xBB", 4, CQ_F_ENCODING, 2);
    assert_refused("\xEF\xBB\xBF"
                   "a\n\xC0\xC1\n",
                   8, CQ_F_ENCODING, 2); /* a byte order mark requires valid UTF-8 */
    assert_refused("a\nb\n\x80\x81\x86\x87\n", 9, CQ_F_ENCODING, 3); /* symbols, no letters */
    struct cq_err err;
    enum cq_encoding encoding;
    assert_int_equal(detect("a\0\xC0\xC1\n", 5, 5, &encoding, &err), CQ_F_BINARY);
}

/* Every way to cut the bytes gives the same text. */
static void assert_decoded(const char *bytes, size_t len, enum cq_encoding encoding,
                           const char *wanted)
{
    for (size_t piece = 1; piece <= len + 1; piece += 1 + piece / 7) {
        struct cq_decoder *decoder;
        struct cq_str text = {0};
        struct cq_err err = {0};
        assert_int_equal(cq_decoder_open(&decoder, encoding, &err), CQ_OK);
        for (size_t i = 0; i <= len; i += piece) {
            const char *out;
            size_t out_len, left = len - i < piece ? len - i : piece;
            bool last = i + piece > len;
            assert_int_equal(cq_decoder_next(decoder, bytes + i, left, last, &out, &out_len, &err),
                             CQ_OK);
            cq_str_put(&text, out, out_len);
        }
        cq_decoder_close(decoder);
        assert_string_equal(text.ptr, wanted);
        cq_str_free(&text);
    }
}

static void test_decoded(void **state)
{
    static const char *const marks[] = {"UTF-16LE", "UTF-16BE"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        char marked[sizeof kazakh + 8] = "\xEF\xBB\xBF";
        struct cq_str bytes = recode(strcat(marked, kazakh), marks[i]);
        assert_decoded(bytes.ptr, bytes.len, i ? CQ_ENCODING_UTF16BE : CQ_ENCODING_UTF16LE, kazakh);
        cq_str_free(&bytes);
    }
    struct cq_str bytes = recode(kazakh, "RK1048");
    assert_decoded(bytes.ptr, bytes.len, CQ_ENCODING_RK1048, kazakh);
    cq_str_free(&bytes);
    bytes = recode(russian, "CP1251");
    assert_decoded(bytes.ptr, bytes.len, CQ_ENCODING_CP1251, russian);
    assert_decoded(bytes.ptr, bytes.len, CQ_ENCODING_RK1048, russian);
    cq_str_free(&bytes);
}

/* An undefined byte is reported with its line. */
static void test_undecodable(void **state)
{
    static const struct {
        enum cq_encoding encoding;
        const char *bytes;
        size_t len;
        long line;
    } broken[] = {
        {CQ_ENCODING_RK1048, "a\r\nb\n\xC0\x98\n", 8, 3},
        {CQ_ENCODING_CP1251, "\xC0\n\n\x98", 4, 3},
        {CQ_ENCODING_UTF16LE, "a\0\n\0\x00\xDC", 6, 2}, /* half a pair */
        {CQ_ENCODING_UTF16BE, "\0a\0\n\0", 5, 2},       /* half a unit */
    };
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct cq_decoder *decoder;
        struct cq_err err = {0};
        const char *out;
        size_t out_len;
        assert_int_equal(cq_decoder_open(&decoder, broken[i].encoding, &err), CQ_OK);
        assert_int_equal(
            cq_decoder_next(decoder, broken[i].bytes, broken[i].len, true, &out, &out_len, &err),
            CQ_F_ENCODING);
        assert_int_equal(err.line, broken[i].line);
        cq_decoder_close(decoder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),       cmocka_unit_test(test_each_kazakh_letter),
        cmocka_unit_test(test_damaged),     cmocka_unit_test(test_decoded),
        cmocka_unit_test(test_undecodable),
    };
    return cmocka_run_group_tests_name("encoding", tests, NULL, NULL);
}
