/* Encodings: bytes are decoded, in pieces of any size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/encoding.h"
#include "cq/str.h"
#include "unit/text/recode.h"

static const char kazakh[] = "ЖСН;Тегі;Аты\r\n1;Қасымова;Әлия\r\n2;Ғалымұлы;Өмір\r\n";
static const char russian[] = "ИИН;Фамилия;Имя\n1;Иванов;Пётр\n2;Сидорова;Анна\n";

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
        cmocka_unit_test(test_decoded),
        cmocka_unit_test(test_undecodable),
    };
    return cmocka_run_group_tests_name("encoding", tests, NULL, NULL);
}
