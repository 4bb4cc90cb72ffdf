/* Names by their sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/name_sound.h"

static void sound_of(const char *name, char sound[CQ_SOUND_MAX])
{
    assert_int_equal(cq_name_sound(name, strlen(name), sound, NULL), CQ_OK);
}

/* Names of a row sound alike. */
static void test_alike(void **state)
{
    static const char *const rows[][4] = {
        {"Әбдіқадыров", "Абдыкадыров", "Abdykadyrov", "ABDIQADYROV"},
        {"Ыбырай", "Ибрай", "Ybyrai", "Ibray"},
        {"Жақсыбеков", "Джаксыбеков", "Zhaksybekov", "Jaqsybekov"},
        {"Қожахмет", "Кожахмет", "Kozhakhmet", "Qojahmet"},
        {"Ғабит", "Габит", "Gabit", "Ğabit"},
        {"Щербаков", "Щербакова", "Shcherbakov", "Shcherbakova"},
        {"Юлия", "Юлія", "Yuliya", "Iuliia"},
        {"Сергей", "сергей", "Sergey", "Sergei"},
        {"Ермек", "Эрмек", "Yermek", "Ermek"},
        {"Фёдоров", "Федоров", "Fedorov", "Fedorova"},
        {"Серікұлы", "Серикович", "Serikuly", "Серікқызы"},
        {"Шәріп", "Шарип", "Sharip", "Şärip"},
        {"Үміт", "Умит", "Umit", "Ümit"},
        {"Құрманғали", "Курмангали", "Kurmangali", "Құрман Ғали"},
        {"Кузнецов", "Кузнецова", "Kuznetsov", "Kuznecov"},
        {"Анна-Мария", "Анна Мария", "Anna Maria", "Annamariya"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int k = 1; k < 4; k++) {
            char one[CQ_SOUND_MAX], other[CQ_SOUND_MAX];
            sound_of(rows[i][0], one);
            sound_of(rows[i][k], other);
            if (strcmp(one, other) != 0)
                print_error("%s: %s, %s: %s\n", rows[i][0], one, rows[i][k], other);
            assert_string_equal(one, other);
            assert_int_equal(cq_sound_skeleton(one), cq_sound_skeleton(other));
        }
}

static void test_different(void **state)
{
    static const char *const rows[][2] = {
        {"Айнұр", "Айнар"},     {"Алина", "Арина"},   {"Асан", "Үсен"},   {"Болат", "Қанат"},
        {"Сериков", "Беріков"}, {"Шолпан", "Чолпан"}, {"Жанар", "Занар"}, {"Ұлы", "Қызы"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char one[CQ_SOUND_MAX], other[CQ_SOUND_MAX];
        sound_of(rows[i][0], one);
        sound_of(rows[i][1], other);
        assert_string_not_equal(one, other);
    }
}

/* What has no sound, and what has more than there is room for. */
static void test_ends(void **state)
{
    char sound[CQ_SOUND_MAX], name[400] = "";
    (void)state;
    sound_of("", sound);
    assert_string_equal(sound, "");
    sound_of("王 小-明 ʼ ь", sound);
    assert_string_equal(sound, "");
    sound_of("Ов", sound);
    assert_string_equal(sound, "ov");
    for (int i = 0; i < 50; i++)
        strcat(name, "Бк");
    sound_of(name, sound);
    assert_int_equal(strlen(sound), CQ_SOUND_MAX - 1);
}

static void test_endings(void **state)
{
    char sound[CQ_SOUND_MAX], whole[CQ_SOUND_MAX];
    (void)state;
    assert_int_equal(cq_name_sound("Омарова", strlen("Омарова"), sound, whole), CQ_OK);
    assert_string_equal(sound, "omar");
    assert_string_equal(whole, "omarova");
    assert_int_equal(cq_name_sound("Омарвоа", strlen("Омарвоа"), sound, whole), CQ_OK);
    assert_string_equal(sound, whole);
}

static void test_distance(void **state)
{
    static const struct {
        const char *a, *b;
        int distance;
    } rows[] = {{"", "", 0},           {"askar", "askar", 0}, {"askar", "askr", 1},
                {"askr", "askar", 1},  {"askar", "asnar", 1}, {"askar", "aksar", 1},
                {"askar", "sakar", 1}, {"askar", "aksra", 2}, {"a", "", 1},
                {"ab", "", 2},         {"aab", "ab", 1},      {"askar", "bolat", 2}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(cq_sound_distance(rows[i].a, rows[i].b), rows[i].distance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alike),    cmocka_unit_test(test_different),
        cmocka_unit_test(test_ends),     cmocka_unit_test(test_endings),
        cmocka_unit_test(test_distance),
    };
    return cmocka_run_group_tests_name("name_sound", tests, NULL, NULL);
}
