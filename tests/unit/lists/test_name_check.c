/* Names of people, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "lists/name_check.h"

static void assert_all(const char *const *names, enum cq_code wanted)
{
    for (; *names; names++) {
        enum cq_code code = cq_name_check((struct cq_text){*names, strlen(*names)});
        if (code != wanted)
            fail_msg("%s: %s, not %s", *names, cq_code_id(code), cq_code_id(wanted));
    }
}

static void test_names(void **state)
{
    static const char *const names[] = {"Иванов",
                                        "ИВАНОВ",
                                        "иванов",
                                        "Қасымова",
                                        "қАСЫМОВА",
                                        "ӘЛіМБЕК",
                                        "іЛИЯС",
                                        "О'Коннор",
                                        "О’Коннор",
                                        "Д`Артаньян",
                                        "Ким",
                                        "Ли",
                                        "Ю",
                                        "И.И.",
                                        "Мамин-Сибиряк",
                                        "Салтыков – Щедрин",
                                        "аль-РАШИД",
                                        "де ЛА КРУЗ",
                                        "МакДональд",
                                        "МакДОНАЛЬД",
                                        "Нет-Ким",
                                        "Нетребко",
                                        "Нонна",
                                        "Nan",
                                        "No",
                                        "Smith",
                                        "McDonald",
                                        "José",
                                        "Müller",
                                        "Öztürk",
                                        "Ågåård",
                                        "Ö",
                                        "Иванова (Петрова)",
                                        "Ыбырай",
                                        "Һасен",
                                        "Җәмилә",
                                        "王芳",
                                        "მარიამ",
                                        "Пётр",
                                        "Серік ұлы",
                                        "Оглы",
                                        "Жоқабай",
                                        "Нулл",
                                        NULL};
    (void)state;
    assert_all(names, CQ_OK);
}

static void test_no_letter(void **state)
{
    static const char *const names[] = {"-", "--",  "—", "0", "12345", ".",  "©",  "()",
                                        "№", "1.0", "*", "_", "'",     "+7", "··", NULL};
    (void)state;
    assert_all(names, CQ_R_NAME_EMPTY);
}

static void test_placeholders(void **state)
{
    static const char *const names[] = {
        "N/A",        "n/a",        "нет",         "Нет",      "НЕТ",           "жоқ",
        "ЖОҚ",        "None",       "NULL",        "Н/Д",      "б/о",           "Б/О",
        "не указано", "Не Указана", "Отсутствует", "Белгісіз", "КӨРСЕТІЛМЕГЕН", "Б/Н",
        "ХХХ",        "xxx",        "Неизвестный", "прочерк",  "Нет сведений",  NULL};
    (void)state;
    assert_all(names, CQ_R_NAME_PLACEHOLDER);
}

static void test_spreadsheets(void **state)
{
    static const char *const names[] = {"#REF!", "#N/A",    "#Н/Д", "#ССЫЛКА!", "#ЗНАЧ!",
                                        "#####", "#DIV/0!", "#ИМЯ", NULL};
    (void)state;
    assert_all(names, CQ_R_NAME_ERROR);
}

static void test_signs(void **state)
{
    static const char *const names[] = {"Иванов1", "1Иванов", "Ив4нов", "Иван②",  "Иванов*",
                                        "Э©жвЧм",  "Ив│нов",  "Ив±нов", "Ив=нов", "Ив@нов",
                                        "Иван٣",   "Ив_нов",  "Ив€нов", "Иван👍",  "Ив#нов",
                                        "=Иванов", NULL};
    (void)state;
    assert_all(names, CQ_R_NAME_SIGN);
}

/* Characters that nobody sees, each of the ranges that have them. */
static void test_unseen(void **state)
{
    static const struct {
        unsigned first, last;
    } ranges[] = {{0x200B, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
                  {0xAD, 0xAD},     {0x2060, 0x2064}, {0x2028, 0x2029}};
    (void)state;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (unsigned c = ranges[i].first; c <= ranges[i].last; c++) {
            char unseen[4] = {0}, name[40];
            const char *names[] = {name, NULL};
            if (c < 0x800)
                snprintf(unseen, sizeof unseen, "%c%c", 0xC0 | c >> 6, 0x80 | (c & 0x3F));
            else
                snprintf(unseen, sizeof unseen, "%c%c%c", 0xE0 | c >> 12, 0x80 | (c >> 6 & 0x3F),
                         0x80 | (c & 0x3F));
            snprintf(name, sizeof name, "Ива%sнов", unseen);
            assert_all(names, CQ_R_CONTROL_CHARACTER);
            snprintf(name, sizeof name, "%sИванов", unseen);
            assert_all(names, CQ_R_CONTROL_CHARACTER);
            snprintf(name, sizeof name, "Иванов%s", unseen);
            assert_all(names, CQ_R_CONTROL_CHARACTER);
        }
}

/* What a wrong encoding leaves. */
static void test_wrong_encodings(void **state)
{
    /* The letters that RK1048's become, others of their rows, and signs of loss. */
    static const char *const letters[] = {
        "Ќ",        "Ћ",        "ќ",          "ћ", "Ў", "ў", "Ј", "Ґ", "Є",
        "Ї",        "ґ",        "є",          "ј", "Ѕ", "ѕ", "ї", "Ђ", "Ѓ",
        "Љ",        "Њ",        "Џ",          "ђ", "ѓ", "љ", "њ", "џ", "\xEF\xBF\xBD",
        "\xC2\x80", "\xC2\x9F", "ТљР°СЃС‹Рј", "ԠԲ"};
    static const char *const cases[] = {"рЕФТПЧБ", "Иван йЧБОПЧ", "Анна-мАРИЯ",
                                        "iVANOV",  "сІЗДЫҚ",      NULL};
    /* Cyrillic letters of CP1251, KOI8-R and ISO-8859-5 read as Latin-1 */
    static const char *const accented[] = {"Èâàíîâ", "ÈÂÀÍÎÂ", "Ïåòðîâà", "Öîé",
                                           "Àðò¸ì",  "é×ÁÎÏ×", "Ëè",      NULL};
    (void)state;
    assert_all(accented, CQ_R_NAME_LETTER);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        char word[40];
        const char *names[] = {letters[i], word, NULL};
        snprintf(word, sizeof word, "Аса%sна", letters[i]);
        assert_all(names, CQ_R_NAME_LETTER);
    }
    assert_all(cases, CQ_R_NAME_CASE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),           cmocka_unit_test(test_no_letter),
        cmocka_unit_test(test_placeholders),    cmocka_unit_test(test_spreadsheets),
        cmocka_unit_test(test_signs),           cmocka_unit_test(test_unseen),
        cmocka_unit_test(test_wrong_encodings),
    };
    return cmocka_run_group_tests_name("name_check", tests, NULL, NULL);
}
