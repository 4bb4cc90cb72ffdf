/* Latin letters inside Cyrillic words, and letters that result from a wrong encoding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/utf8.h"

static void assert_replaced(const char *text, const char *wanted)
{
    struct cq_str out = {0};
    bool replaced = cq_utf8_replace_confusables(&out, text, strlen(text));
    assert_int_equal(out.failed, CQ_OK);
    assert_string_equal(out.ptr ? out.ptr : "", wanted);
    assert_int_equal(replaced, strcmp(text, wanted) != 0);
    cq_str_free(&out);
}

/* Each confusable letter, between two Cyrillic ones. */
static void test_every_confusable_letter(void **state)
{
    static const char *const pairs[][2] = {
        {"a", "а"}, {"c", "с"}, {"e", "е"}, {"h", "һ"}, {"i", "і"}, {"k", "к"}, {"o", "о"},
        {"p", "р"}, {"x", "х"}, {"y", "у"}, {"A", "А"}, {"B", "В"}, {"C", "С"}, {"E", "Е"},
        {"H", "Н"}, {"I", "І"}, {"K", "К"}, {"M", "М"}, {"O", "О"}, {"P", "Р"}, {"T", "Т"},
        {"X", "Х"}, {"Y", "У"}, {"ə", "ә"}, {"Ə", "Ә"}, {"ɵ", "ө"}, {"Ɵ", "Ө"}};
    char before[16], after[16];
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_string_not_equal(pairs[i][0], pairs[i][1]);
        strcat(strcat(strcpy(before, "Ж"), pairs[i][0]), "ж");
        strcat(strcat(strcpy(after, "Ж"), pairs[i][1]), "ж");
        assert_replaced(before, after);
        assert_replaced(pairs[i][0], pairs[i][0]); /* a single letter may be intended */
    }
}

static void test_words(void **state)
{
    (void)state;
    assert_replaced("", "");
    assert_replaced("Ахметов", "Ахметов");
    assert_replaced("Axмeтoв", "Ахметов");
    assert_replaced("Smith", "Smith");               /* Latin throughout */
    assert_replaced("OCEHOB", "OCEHOB");             /* confusable letters only: undecided */
    assert_replaced("Иbанов", "Иbанов");             /* b is not confusable */
    assert_replaced("Smith-Иванoв", "Smith-Иванов"); /* word by word */
    assert_replaced("Aйгүл Ann", "Айгүл Ann");
    assert_replaced("Aнна  -Oля", "Анна  -Оля");
    assert_replaced("Д'Aрк", "Д'Арк");
    assert_replaced("Жан\xC2\xA0Oл", "Жан\xC2\xA0Ол"); /* a no-break space is in the word */
}

/* No letter of either language is replaced. */
static void test_all_letters(void **state)
{
    static const char letters[] = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
                                  "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІ";
    (void)state;
    assert_int_equal(cq_utf8_count(letters, strlen(letters)), 84);
    assert_replaced(letters, letters);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_confusable_letter),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_all_letters),
    };
    return cmocka_run_group_tests_name("confusable", tests, NULL, NULL);
}
