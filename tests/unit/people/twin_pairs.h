/* Labelled pairs of people, from seeds: 12 kinds, of which the first nine are one person. Names are
 * given in the three spellings that lists have, each written by hand: no table of letters is used. */
#ifndef TESTS_UNIT_PEOPLE_TWIN_PAIRS_H
#define TESTS_UNIT_PEOPLE_TWIN_PAIRS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "cq/date.h"

enum pair_kind {
    PAIR_SAME,
    PAIR_RUSSIAN,
    PAIR_LATIN,
    PAIR_DROPPED,
    PAIR_NEIGHBOURS,
    PAIR_NAMES,
    PAIR_PATRONYMIC,
    PAIR_DAY_MONTH,
    PAIR_YEAR,
    PAIR_RELATIVES, /* here the different ones begin: brothers and sisters, father and son */
    PAIR_NAMESAKES,
    PAIR_BORN_TOGETHER, /* twins of birth */
    PAIR_KINDS
};

static const char *const pair_kinds[PAIR_KINDS] = {
    "same",          "Russian letters", "Latin letters", "dropped letter", "swapped neighbours",
    "swapped names", "patronymic",      "day and month", "year or month",  "relatives",
    "namesakes",     "born together"};

struct pair_person {
    char last[64], first[64], middle[64];
    int32_t birth;
    int sex;
};

/* Kazakh, Russian and Latin spellings. */
static const char *const pair_lasts[][3] = {
    {"Әбдіқадыров", "Абдыкадыров", "Abdykadyrov"},
    {"Ыбыраев", "Ибраев", "Ibrayev"},
    {"Жүнісов", "Жунусов", "Zhunussov"},
    {"Сүлейменов", "Сулейменов", "Suleimenov"},
    {"Мұқанов", "Муканов", "Mukanov"},
    {"Қожахметов", "Кожахметов", "Kozhakhmetov"},
    {"Есенғұлов", "Есенгулов", "Yessengulov"},
    {"Өтегенов", "Утегенов", "Utegenov"},
    {"Ахметов", "Ахметов", "Akhmetov"},
    {"Омаров", "Омаров", "Omarov"},
    {"Смағұлов", "Смагулов", "Smagulov"},
    {"Нұрланов", "Нурланов", "Nurlanov"},
    {"Қасымов", "Касымов", "Kasymov"},
    {"Тілеубаев", "Тлеубаев", "Tleubayev"},
    {"Байжанов", "Байжанов", "Baizhanov"},
    {"Шәріпов", "Шарипов", "Sharipov"},
    {"Ғабдуллин", "Габдуллин", "Gabdullin"},
    {"Жақсыбеков", "Джаксыбеков", "Jaksybekov"},
    {"Құрманғалиев", "Курмангалиев", "Kurmangaliyev"},
    {"Сейітов", "Сейтов", "Seitov"},
    {"Бекмұхамбетов", "Бекмухамбетов", "Bekmukhambetov"},
    {"Иванов", "Иванов", "Ivanov"},
    {"Петров", "Петров", "Petrov"},
    {"Кузнецов", "Кузнецов", "Kuznetsov"},
    {"Щербаков", "Щербаков", "Shcherbakov"},
    {"Юсупов", "Юсупов", "Yusupov"},
    {"Яковлев", "Яковлев", "Yakovlev"},
    {"Тоқтаров", "Токтаров", "Toktarov"},
    {"Әлімжанов", "Алимжанов", "Alimzhanov"},
    {"Хасенов", "Хасенов", "Khassenov"},
};
enum { PAIR_LASTS = sizeof pair_lasts / sizeof *pair_lasts };

/* Those of men, then those of women. */
static const char *const pair_firsts[][3] = {
    {"Ыбырай", "Ибрай", "Ybyrai"},     {"Қанат", "Канат", "Kanat"},
    {"Нұрлан", "Нурлан", "Nurlan"},    {"Жәнібек", "Жанибек", "Zhanibek"},
    {"Әлихан", "Алихан", "Alikhan"},   {"Ерғали", "Ергали", "Yergali"},
    {"Мұхтар", "Мухтар", "Mukhtar"},   {"Асқар", "Аскар", "Askar"},
    {"Дәурен", "Даурен", "Dauren"},    {"Тұрар", "Турар", "Turar"},
    {"Ғалым", "Галым", "Galym"},       {"Айдос", "Айдос", "Aidos"},
    {"Болат", "Булат", "Bolat"},       {"Ілияс", "Ильяс", "Ilyas"},
    {"Азамат", "Азамат", "Azamat"},    {"Сергей", "Сергей", "Sergey"},
    {"Дмитрий", "Дмитрий", "Dmitriy"}, {"Юрий", "Юрий", "Yuriy"},
    {"Серік", "Серик", "Serik"},       {"Берік", "Берик", "Berik"},
    {"Әсел", "Асель", "Assel"},        {"Гүлнәр", "Гульнар", "Gulnar"},
    {"Жұлдыз", "Жулдыз", "Zhuldyz"},   {"Қарлығаш", "Карлыгаш", "Karlygash"},
    {"Айгүл", "Айгуль", "Aigul"},      {"Динара", "Динара", "Dinara"},
    {"Мәдина", "Мадина", "Madina"},    {"Марина", "Марина", "Marina"},
    {"Алина", "Алина", "Alina"},       {"Арина", "Арина", "Arina"},
    {"Шолпан", "Шолпан", "Sholpan"},   {"Рәбиға", "Рабига", "Rabiga"},
    {"Зульфия", "Зульфия", "Zulfiya"}, {"Наталья", "Наталья", "Natalya"},
    {"Үміт", "Умит", "Umit"},          {"Сәуле", "Сауле", "Saule"},
    {"Лаура", "Лаура", "Laura"},       {"Ботагөз", "Ботагоз", "Botagoz"},
    {"Камила", "Камила", "Kamila"},    {"Самал", "Самал", "Samal"},
};
enum { PAIR_MEN = 20, PAIR_FIRSTS = sizeof pair_firsts / sizeof *pair_firsts };

/* The name of a father, as a middle name has it before its ending in Kazakh, Russian and Latin. */
static const char *const pair_fathers[][3] = {
    {"Серік", "Серик", "Serik"},        {"Болат", "Булат", "Bolat"},
    {"Нұрлан", "Нурлан", "Nurlan"},     {"Қайрат", "Кайрат", "Kairat"},
    {"Мұрат", "Мурат", "Murat"},        {"Әмір", "Амир", "Amir"},
    {"Жұмабек", "Жумабек", "Zhumabek"}, {"Ғабит", "Габит", "Gabit"},
    {"Ыбырай", "Ибрай", "Ybyray"},      {"Асқар", "Аскар", "Askar"},
    {"Ерлан", "Ерлан", "Yerlan"},       {"Тоқтар", "Токтар", "Toktar"},
};
enum { PAIR_FATHERS = sizeof pair_fathers / sizeof *pair_fathers };

static uint64_t pair_state;

static uint32_t pair_draw(uint32_t below)
{
    pair_state = pair_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(pair_state >> 33) % below;
}

struct pair_traits {
    uint32_t last, first, father;
    int sex;
    int32_t birth;
};

static int32_t draw_birth(void)
{
    return cq_date_make(1950 + (int)pair_draw(60), 1 + (int)pair_draw(12), 1 + (int)pair_draw(28));
}

static uint32_t draw_first(int sex)
{
    return sex ? PAIR_MEN + pair_draw(PAIR_FIRSTS - PAIR_MEN) : pair_draw(PAIR_MEN);
}

/* Writes a person in a language: 0 Kazakh, 1 Russian, 2 Latin. */
static struct pair_person write_person(const struct pair_traits *t, int language)
{
    static const char *const endings[2][3] = {{"ұлы", "ович", "uly"}, {"қызы", "овна", "kyzy"}};
    static const char *const feminine[3] = {"а", "а", "a"};
    struct pair_person p = {.birth = t->birth, .sex = t->sex};
    snprintf(p.last, sizeof p.last, "%s%s", pair_lasts[t->last][language],
             t->sex ? feminine[language] : "");
    snprintf(p.first, sizeof p.first, "%s", pair_firsts[t->first][language]);
    snprintf(p.middle, sizeof p.middle, "%s%s", pair_fathers[t->father][language],
             endings[t->sex][language]);
    return p;
}

static size_t letter_size(const char *at)
{
    return (unsigned char)*at < 0x80 ? 1 : 2; /* of Latin and Cyrillic */
}

/* Drops a letter of a name, or swaps it with the next. */
static void mistype(char *name, bool drop)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; name[i]; i += letter_size(name + i))
        count++;
    for (uint32_t skip = pair_draw((uint32_t)count - 1); skip > 0; skip--)
        at += letter_size(name + at);
    size_t own = letter_size(name + at);
    if (drop) {
        memmove(name + at, name + at + own, strlen(name + at + own) + 1);
        return;
    }
    size_t next = letter_size(name + at + own);
    char kept[2];
    memcpy(kept, name + at, own);
    memmove(name + at, name + at + own, next);
    memcpy(name + at + next, kept, own);
}

/* One pair of a kind. */
static inline void draw_pair(enum pair_kind kind, struct pair_person *a, struct pair_person *b)
{
    struct pair_traits t = {.last = pair_draw(PAIR_LASTS),
                            .father = pair_draw(PAIR_FATHERS),
                            .sex = (int)pair_draw(2),
                            .birth = draw_birth()};
    int year, month, day;
    t.first = draw_first(t.sex);
    cq_date_split(t.birth, &year, &month, &day);
    if (kind == PAIR_DAY_MONTH && (day > 12 || day == month))
        t.birth = cq_date_make(year, month, day = month == 12 ? 3 : month + 1);
    struct pair_traits u = t;
    int language = kind == PAIR_RUSSIAN ? 1 : kind == PAIR_LATIN ? 2 : 0;
    switch (kind) {
    case PAIR_DAY_MONTH: u.birth = cq_date_make(year, day, month); break;
    case PAIR_YEAR: /* or a digit of the month */
        if (month < 9 && pair_draw(2))
            u.birth = cq_date_make(year, month + 1, day);
        else
            u.birth = cq_date_make(year + (pair_draw(2) ? 1 : -1), month, day);
        break;
    case PAIR_RELATIVES:
        u.birth = cq_date_make(year + (pair_draw(2) ? 25 : 2), 13 - month, day);
        while (u.first == t.first)
            u.first = draw_first(u.sex);
        break;
    case PAIR_NAMESAKES: u.birth = draw_birth(); break;
    case PAIR_BORN_TOGETHER:
        u.sex = (int)pair_draw(2);
        while (u.first == t.first)
            u.first = draw_first(u.sex);
        break;
    default: break;
    }
    *a = write_person(&t, 0);
    *b = write_person(&u, language);
    if (kind == PAIR_DROPPED || kind == PAIR_NEIGHBOURS)
        mistype(pair_draw(2) ? b->last : b->first, kind == PAIR_DROPPED);
    if (kind == PAIR_NAMES) {
        struct pair_person kept = *b;
        memcpy(b->last, kept.first, sizeof b->last);
        memcpy(b->first, kept.last, sizeof b->first);
    }
    if (kind == PAIR_PATRONYMIC) {
        struct pair_person russian = write_person(&u, 1);
        snprintf(b->middle, sizeof b->middle, "%s", pair_draw(3) ? russian.middle : "");
    }
}

#endif
