/* Labelled questions, from seeds: of each it is known who is meant. The names are those of
 * twin_pairs.h, in the spellings that are written there by hand; the Latin letters of 2021 are put
 * in place of the Kazakh ones here. */
#ifndef TESTS_UNIT_PEOPLE_FIND_QUESTIONS_H
#define TESTS_UNIT_PEOPLE_FIND_QUESTIONS_H

#include "twin_pairs.h"

enum question_kind {
    ASK_SAME,
    ASK_RUSSIAN,
    ASK_PASSPORT,
    ASK_NEW_LATIN,
    ASK_BEGINNINGS,
    ASK_DROPPED,
    ASK_NEIGHBOURS,
    ASK_DAY_MONTH,
    ASK_YEAR,
    ASK_MARRIED,    /* the last name is another */
    ASK_NO_SURNAME, /* first and middle name */
    ASK_TWO_NAMES,  /* one of two last names with a hyphen */
    ASK_PATRONYMIC, /* -ұлы for -ович */
    ASK_BIRTH_YEAR, /* all names, and of the birth the year */
    ASK_INITIALS,   /* the last name, and one or two initials */
    ASK_JOINED,     /* married, with a new last name of two halves */
    ASK_ABSENT,     /* somebody who is not in the registry: nobody should stand first alone */
    ASK_KINDS
};

static const char *const question_kinds[ASK_KINDS] = {
    "same",          "Russian letters", "Latin of passports", "Latin of 2021",
    "beginnings",    "dropped letter",  "swapped neighbours", "day and month",
    "year or digit", "married",         "no last name",       "one of two",
    "patronymic",    "year alone",      "initials",           "hyphen after a marriage",
    "absent"};

/* A person of the registry, and the second last name of some. */
struct asked_person {
    struct pair_traits traits;
    int second; /* -1 for none */
};

struct question {
    char name[256], born[16];
};

static struct asked_person draw_person(void)
{
    struct asked_person p = {.traits = {.last = pair_draw(PAIR_LASTS),
                                        .father = pair_draw(PAIR_FATHERS),
                                        .sex = (int)pair_draw(2),
                                        .birth = draw_birth()},
                             .second = pair_draw(8) ? -1 : (int)pair_draw(PAIR_LASTS)};
    p.traits.first = draw_first(p.traits.sex);
    return p;
}

/* As lists write the person: in Kazakh, some in Russian letters. */
static struct pair_person write_asked(const struct asked_person *p, int language)
{
    struct pair_person written = write_person(&p->traits, language);
    struct pair_traits other = p->traits;
    if (p->second >= 0) {
        other.last = (uint32_t)p->second;
        struct pair_person second = write_person(&other, language);
        size_t len = strlen(written.last);
        snprintf(written.last + len, sizeof written.last - len, "-%s", second.last);
    }
    return written;
}

/* The letters of 2021 for Kazakh ones, small and capital alike. */
static void write_new_latin(const char *from, char *to)
{
    static const char *const letters[][2] = {
        {"Ә", "Ä"}, {"ә", "ä"},  {"Б", "B"},  {"б", "b"},  {"А", "A"}, {"а", "a"}, {"В", "V"},
        {"в", "v"}, {"Г", "G"},  {"г", "g"},  {"Ғ", "Ğ"},  {"ғ", "ğ"}, {"Д", "D"}, {"д", "d"},
        {"Е", "E"}, {"е", "e"},  {"Ж", "J"},  {"ж", "j"},  {"З", "Z"}, {"з", "z"}, {"И", "İ"},
        {"и", "i"}, {"й", "i"},  {"К", "K"},  {"к", "k"},  {"Қ", "Q"}, {"қ", "q"}, {"Л", "L"},
        {"л", "l"}, {"М", "M"},  {"м", "m"},  {"Н", "N"},  {"н", "n"}, {"ң", "ñ"}, {"О", "O"},
        {"о", "o"}, {"Ө", "Ö"},  {"ө", "ö"},  {"П", "P"},  {"п", "p"}, {"Р", "R"}, {"р", "r"},
        {"С", "S"}, {"с", "s"},  {"Т", "T"},  {"т", "t"},  {"У", "U"}, {"у", "u"}, {"ұ", "ū"},
        {"Ұ", "Ū"}, {"ү", "ü"},  {"Ү", "Ü"},  {"ф", "f"},  {"Х", "H"}, {"х", "h"}, {"ц", "ts"},
        {"Ш", "Ş"}, {"ш", "ş"},  {"Щ", "Şş"}, {"Ы", "Y"},  {"ы", "y"}, {"І", "I"}, {"і", "ı"},
        {"ь", ""},  {"Ю", "İu"}, {"ю", "iu"}, {"Я", "İa"}, {"я", "ia"}};
    for (*to = '\0'; *from; from += letter_size(from)) {
        size_t i = 0, size = letter_size(from);
        while (i < sizeof letters / sizeof *letters && strncmp(letters[i][0], from, size) != 0)
            i++;
        if (i < sizeof letters / sizeof *letters)
            strcat(to, letters[i][1]);
        else
            strncat(to, from, size);
    }
}

/* Cuts a name after some letters, three at least. */
static void cut(char *name)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; name[i]; i += letter_size(name + i))
        count++;
    size_t keep = count > 4 ? 4 + pair_draw((uint32_t)count - 4) : 3;
    for (size_t i = 0; i < keep && name[at]; i++)
        at += letter_size(name + at);
    name[at] = '\0';
}

/* The first letter of a name, or the two that Latin letters have for one. */
static size_t initial_of(const char *name)
{
    static const char *const two[] = {"Zh", "Sh", "Kh", "Yu", "Ye"};
    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (strncmp(name, two[i], 2) == 0)
            return 1 + pair_draw(2);
    return letter_size(name);
}

/* Writes "Akhmetov S.B.", "S. B. Akhmetov", "Akhmetov S" and the like. */
static void write_initials(const struct pair_person *w, char *out, size_t room)
{
    static const char *const marks[][2] = {{".", "."}, {". ", "."}, {" ", ""}, {"", ""}};
    const char *const *mark = marks[pair_draw(4)];
    char initials[32] = "";
    bool two = pair_draw(2) || mark == marks[3];
    int first = (int)initial_of(w->first), middle = two ? (int)initial_of(w->middle) : 0;
    if (mark == marks[3]) { /* two capitals, which Latin pairs are not */
        first = (int)letter_size(w->first);
        middle = (int)letter_size(w->middle);
    }
    snprintf(initials, sizeof initials, "%.*s%s%.*s%s", first, w->first, mark[0], middle, w->middle,
             two ? mark[1] : "");
    if (pair_draw(2))
        snprintf(out, room, "%s %s", w->last, initials);
    else
        snprintf(out, room, "%s %s", initials, w->last);
}

static void write_born(char *out, int32_t day)
{
    int year, month, mday;
    cq_date_split(day, &year, &month, &mday);
    if (pair_draw(2))
        snprintf(out, 16, "%04d-%02d-%02d", year, month, mday);
    else
        snprintf(out, 16, "%02d.%02d.%04d", mday, month, year);
}

/* Whether a question of the kind can be asked about a person. */
static bool can_ask(enum question_kind kind, const struct asked_person *p)
{
    int year, month, mday;
    cq_date_split(p->traits.birth, &year, &month, &mday);
    if (kind == ASK_TWO_NAMES)
        return p->second >= 0 && (uint32_t)p->second != p->traits.last;
    if (kind == ASK_DAY_MONTH)
        return mday <= 12 && mday != month;
    return p->second < 0;
}

static int32_t mistaken_birth(enum question_kind kind, int32_t birth)
{
    int year, month, mday;
    cq_date_split(birth, &year, &month, &mday);
    if (kind == ASK_DAY_MONTH)
        return cq_date_make(year, mday, month);
    if (pair_draw(2))
        return cq_date_make(year + (pair_draw(2) ? 1 : -1), month, mday);
    return cq_date_make(year, month, mday % 10 == 9 ? mday - 1 : mday + 1);
}

static struct question draw_question(enum question_kind kind, const struct asked_person *p)
{
    struct question q = {.name = ""};
    int language = kind == ASK_RUSSIAN ? 1 : kind == ASK_PASSPORT ? 2 : 0;
    if (kind == ASK_INITIALS)
        language = (int)pair_draw(3);
    struct pair_person w = kind == ASK_TWO_NAMES ? write_person(&p->traits, language)
                                                 : write_asked(p, language);
    int32_t birth = p->traits.birth;
    if (kind == ASK_PATRONYMIC) {
        struct pair_person russian = write_asked(p, 1);
        snprintf(w.middle, sizeof w.middle, "%s", russian.middle);
    }
    if (kind == ASK_MARRIED) {
        struct pair_traits other = p->traits;
        other.last = (other.last + 7) % PAIR_LASTS;
        w = write_person(&other, language);
    }
    if (kind == ASK_JOINED) {
        struct asked_person other = *p;
        other.second = (int)((other.traits.last + 11) % PAIR_LASTS);
        other.traits.last = (other.traits.last + 7) % PAIR_LASTS;
        w = write_asked(&other, language);
    }
    if (kind == ASK_NO_SURNAME)
        w.last[0] = '\0';
    if (kind == ASK_NEW_LATIN) {
        struct pair_person from = w;
        write_new_latin(from.last, w.last);
        write_new_latin(from.first, w.first);
        write_new_latin(from.middle, w.middle);
    }
    if (kind == ASK_BEGINNINGS) {
        cut(w.last);
        cut(w.first);
    }
    if (kind == ASK_DROPPED || kind == ASK_NEIGHBOURS)
        mistype(pair_draw(2) ? w.last : w.first, kind == ASK_DROPPED);
    if (kind == ASK_DAY_MONTH || kind == ASK_YEAR)
        birth = mistaken_birth(kind, birth);
    const char *orders[][3] = {
        {w.last, w.first, w.middle}, {w.first, w.last, w.middle}, {w.first, w.middle, w.last}};
    const char **order = orders[pair_draw(3)];
    bool middle = pair_draw(3) > 0 || kind == ASK_NO_SURNAME || kind == ASK_MARRIED ||
                  kind == ASK_JOINED || kind == ASK_PATRONYMIC || kind == ASK_BIRTH_YEAR;
    for (int i = 0; i < 3; i++)
        if (order[i][0] != '\0' && (middle || order[i] != w.middle)) {
            strcat(q.name, q.name[0] ? " " : "");
            strcat(q.name, order[i]);
        }
    if (kind == ASK_INITIALS)
        write_initials(&w, q.name, sizeof q.name);
    write_born(q.born, birth);
    if (kind == ASK_BIRTH_YEAR) {
        int year, month, mday;
        cq_date_split(birth, &year, &month, &mday);
        snprintf(q.born, sizeof q.born, "%04d", year);
    }
    return q;
}

#endif
