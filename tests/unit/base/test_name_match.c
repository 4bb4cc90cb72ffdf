/* Names in one spelling: what is the same person written twice, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "base/name_match.h"

static int64_t key(const char *last, const char *first)
{
    return cq_name_match_key(last, strlen(last), first, strlen(first));
}

static void test_kazakh_and_russian_spellings_are_one(void **state)
{
    static const char *const pairs[][2] = {
        {"Қанат", "Канат"},     {"Әсел", "Асель"},      {"Ғалия", "Галия"},
        {"Гүлнәр", "Гульнар"},  {"Өмірбек", "Омирбек"}, {"Ұлан", "Улан"},
        {"Меңсұлу", "Менсулу"}, {"Һашим", "Хашим"},     {"Іңкәр", "Инкар"},
        {"АЙГҮЛ", "айгуль"},    {"Пётр", "Петр"},       {"Нұр-Сұлтан", "Нурсултан"},
        {"Ёлкин", "елкин"},     {"Smith", "SMITH"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_int_equal(key("Ахметов", pairs[i][0]), key("Ахметов", pairs[i][1]));
        assert_int_equal(key(pairs[i][0], "Ерлан"), key(pairs[i][1], "Ерлан"));
    }
}

static void test_others_stay_others(void **state)
{
    (void)state;
    int64_t one = key("Ахметов", "Қанат");
    assert_int_not_equal(one, key("Ахметова", "Қанат"));
    assert_int_not_equal(one, key("Ахметов", "Қайрат"));
    assert_int_not_equal(key("Ким", "Ир"), key("Ки", "мИр"));
    assert_int_not_equal(key("Ыбырай", "А"), key("Ибирай", "А"));
}

/* Longer than any key: cut, not overrun. */
static void test_long_names(void **state)
{
    char name[2001];
    (void)state;
    for (size_t i = 0; i + 2 <= 2000; i += 2)
        memcpy(name + i, "қ", 3);
    assert_int_equal(key(name, name), key(name, name));
    assert_int_not_equal(key(name, "а"), key("а", name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kazakh_and_russian_spellings_are_one),
        cmocka_unit_test(test_others_stay_others),
        cmocka_unit_test(test_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
