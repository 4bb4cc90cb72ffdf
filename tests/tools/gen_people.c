/* gen: the person of each row. A person is a pure function of the seed and the row's index, so
 * a family member can name a sponsor, and another list the same people, without any table. */
#include "gen.h"

#include <stdlib.h>
#include <string.h>
#include "cq/date.h"
#include "cq/iin.h"

/* One purpose of chance each; the permutations use four. */
enum {
    FEISTEL = 0,
    AGENCY = 100,
    REGION,
    NAME,
    FATHER,
    SPONSOR,
    HOME,
    RELATION,
    CORESIDENT,
    OTHERS
};

const char *const gen_regions[GEN_REGIONS] = {
    "71", "75", "79", "10", "11", "15", "19", "23", "27", "31",
    "33", "35", "39", "43", "47", "55", "59", "61", "62", "63",
};

static const char *const agencies[] = {
    "internal_affairs",
    "internal_affairs",
    "internal_affairs",
    "internal_affairs",
    "penal",
    "fire_service",
    "fire_service",
    "civil_protection",
    "civil_protection",
    "prosecution",
    "anticorruption",
    "economic_investigation",
    "courier",
};

/* Every twenty rows hold nine employees, six of family, four pensioners and one child of a
 * fallen employee, in this order. */
#define BLOCK 20
static const char block[BLOCK + 1] = "EFEPEFEFEPEFPEFEPEFC";

/* Room for distinct IINs: the years of birth, and for each day the first serial number (its
 * first three digits) and how many men and women it may hold. Serials do not overlap. */
static const struct {
    int first_year, last_year, serial, men, women;
} room[] = {
    [GEN_EMPLOYEE] = {1966, 2004, 0, 450, 190},
    [GEN_FAMILY] = {1958, 2024, 450, 130, 300},
    [GEN_PENSIONER] = {1950, 1975, 750, 200, 90},
    [GEN_CHILD_OF_FALLEN] = {2006, 2024, 950, 50, 50},
};

static const char *const last_men[] = {
    "Әуезов",    "Ғабитов",    "Қасымов", "Меңдібаев", "Өтегенов", "Ұлықпанов", "Үсенов",
    "Ілиясов",   "Жаһангиров", "Ахметов", "Сейітов",   "Нұрланов", "Тілеуов",   "Байжанов",
    "Құсайынов", "Ким",        "Иванов",  "Петренко",  "Шерхан",   "Көшербай",
};
static const char *const last_women[] = {
    "Әуезова",    "Ғабитова",    "Қасымова", "Меңдібаева", "Өтегенова", "Ұлықпанова", "Үсенова",
    "Ілиясова",   "Жаһангирова", "Ахметова", "Сейітова",   "Нұрланова", "Тілеуова",   "Байжанова",
    "Құсайынова", "Ким",         "Иванова",  "Петренко",   "Шерхан",    "Көшербай",
};
#define LAST_NAMES (sizeof last_men / sizeof *last_men)
_Static_assert(sizeof last_men == sizeof last_women, "a surname has two forms");

static const char *const first_men[] = {
    "Әділ",  "Ғалым", "Қанат",    "Әнуар",  "Өмірбек", "Ұлан",   "Үкібай", "Ілияс",  "Жаһан",
    "Серік", "Ерлан", "Бауыржан", "Нұрлан", "Тимур",   "Данияр", "Сергей", "Мағжан", "Асқар",
};
static const char *const first_women[] = {
    "Әсел",  "Ғалия",  "Қарлығаш", "Меңсұлу", "Өрзия",  "Ұлдана", "Үміт", "Іңкәр",  "Гүлжаһан",
    "Айгүл", "Динара", "Жанар",    "Сәуле",   "Мәдина", "Ольга",  "Баян", "Раушан", "Кәмшат",
};
#define FIRST_MEN (sizeof first_men / sizeof *first_men)
#define FIRST_WOMEN (sizeof first_women / sizeof *first_women)

/* The father's name as a man and a woman carry it; some people have none. */
static const char *const middle_men[] = {
    "Әділұлы",   "Қанатұлы",  "Өмірбекұлы", "Серікұлы",  "Нұрланұлы",
    "Болатович", "Ерланович", "Ғалымұлы",   "Сергеевич", "",
};
static const char *const middle_women[] = {
    "Әділқызы",  "Қанатқызы", "Өмірбекқызы", "Серікқызы", "Нұрланқызы",
    "Болатовна", "Ерлановна", "Ғалымқызы",   "Сергеевна", "",
};
#define MIDDLE_NAMES (sizeof middle_men / sizeof *middle_men)
_Static_assert(sizeof middle_men == sizeof middle_women, "a patronymic has two forms");

static enum gen_category category_of(int64_t index)
{
    switch (block[index % BLOCK]) {
    case 'E': return GEN_EMPLOYEE;
    case 'F': return GEN_FAMILY;
    case 'P': return GEN_PENSIONER;
    default: return GEN_CHILD_OF_FALLEN;
    }
}

/* The number of rows before this one with the same category. */
static int64_t ordinal(int64_t index)
{
    int before = 0, all = 0;
    for (int i = 0; i < BLOCK; i++) {
        bool same = block[i] == block[index % BLOCK];
        all += same;
        before += same && i < index % BLOCK;
    }
    return index / BLOCK * all + before;
}

/* Fills IIN, birth date and sex from a place in the category's room. */
static void set_identity(const struct gen *gen, int64_t index, struct gen_person *person)
{
    enum gen_category category = person->category;
    int32_t first = cq_date_make(room[category].first_year, 1, 1);
    int32_t days = cq_date_make(room[category].last_year + 1, 1, 1) - first;
    int people = room[category].men + room[category].women;
    int64_t slot =
        gen_permute(gen, ordinal(index), (int64_t)days * people, FEISTEL + 4 * (unsigned)category);
    int year, month, mday;
    int serial = (int)(slot % people);

    person->birth = first + (int32_t)(slot / people);
    person->male = serial < room[category].men;
    if (!person->male)
        serial -= room[category].men;
    cq_date_split(person->birth, &year, &month, &mday);
    int64_t iin = (year % 100 * 10000 + month * 100 + mday) * INT64_C(1000000) +
                  (person->male ? 100000 : 200000) + (room[category].serial + serial) * 100;
    /* The eleventh digit has weight 2 in the second pass only, so 0 or 1 makes a valid number. */
    if (cq_iin_control(iin) < 0)
        iin += 10;
    iin += cq_iin_control(iin);
    person->iin[cq_iin_write(person->iin, iin)] = '\0';
}

/* The number of an employee who is in no list: ordinals at the end of the range are not used
 * otherwise. */
static void set_unlisted_sponsor(const struct gen *gen, int64_t index, struct gen_person *person)
{
    struct gen_person sponsor = {.category = GEN_EMPLOYEE};
    int64_t row = (GEN_COUNT_MAX + index) / BLOCK * BLOCK;
    set_identity(gen, row, &sponsor);
    memcpy(person->sponsor, sponsor.iin, sizeof person->sponsor);
}

/* The row of an employee of the list that could be the sponsor: of age to be a parent, or a
 * spouse of the other sex, where a few tries find one. Row 0 is always an employee. */
static int64_t sponsor_of(const struct gen *gen, int64_t index, const struct gen_person *person)
{
    int64_t row = 0;
    for (unsigned attempt = 0; attempt < 8; attempt++) {
        struct gen_person employee = {.category = GEN_EMPLOYEE};
        uint64_t chance = gen_hash(gen, (uint64_t)index * 8 + attempt, SPONSOR);
        row = (int64_t)(chance % (uint64_t)gen->count);
        while (category_of(row) != GEN_EMPLOYEE)
            row--;
        set_identity(gen, row, &employee);
        int32_t older = (person->birth - employee.birth) / 365;
        if (person->relation[0] == 'c'   ? older >= 19 && older <= 45
            : person->relation[0] == 'p' ? older <= -19
                                         : employee.male != person->male && abs(older) < 12)
            break;
    }
    return row;
}

/* In the long form, too: sponsors who are pensioners or in no list, wards, and family of whom the
 * list states no relation. */
static void set_others(const struct gen *gen, int64_t index, struct gen_person *person)
{
    uint64_t chance = gen_hash(gen, (uint64_t)index, OTHERS);
    struct gen_person pensioner = {.category = GEN_PENSIONER};
    if (chance % 40 == 0) {
        set_identity(gen, index / BLOCK * BLOCK + 3, &pensioner); /* of the same block */
        memcpy(person->sponsor, pensioner.iin, sizeof person->sponsor);
    } else if (chance % 40 == 1) {
        set_unlisted_sponsor(gen, index, person);
    }
    if (chance / 40 % 25 == 0)
        person->relation = "";
    else if (person->relation[0] == 'c' && chance / 40 % 25 < 3)
        person->relation = "ward";
}

/* A family member: relation by age, and what comes from the sponsor. In the long form some children
 * are grown up. */
static void set_family(const struct gen *gen, int64_t index, struct gen_person *person)
{
    uint64_t chance = gen_hash(gen, (uint64_t)index, RELATION);
    int32_t child = cq_date_make(gen->full && chance % 3 == 0 ? 1998 : 2003, 1, 1);
    struct gen_person sponsor;

    if (person->birth >= child)
        person->relation = "child";
    else if (person->birth < cq_date_make(1966, 1, 1))
        person->relation = "parent";
    else
        person->relation = chance % 50 == 0 ? "other" : "spouse";
    gen_person(gen, sponsor_of(gen, index, person), &sponsor);
    memcpy(person->sponsor, sponsor.iin, sizeof person->sponsor);
    person->agency = sponsor.agency;
    chance = gen_hash(gen, (uint64_t)index, CORESIDENT) % 100;
    person->coresident = chance < 92 ? "yes" : chance < 98 ? "no" : "";
    if (chance < 92) {
        person->region = sponsor.region;
        person->home = sponsor.home;
    }
    if (gen->full)
        set_others(gen, index, person);
}

void gen_person(const struct gen *gen, int64_t index, struct gen_person *person)
{
    uint64_t name = gen_hash(gen, (uint64_t)index, NAME);
    uint64_t father = gen_hash(gen, (uint64_t)index, FATHER);
    uint64_t region = gen_hash(gen, (uint64_t)index, REGION);

    memset(person, 0, sizeof *person);
    person->category = category_of(index);
    person->relation = person->coresident = "";
    /* A quarter lives in Astana or Almaty. */
    person->region = (int)(region % 4 == 0 ? region / 4 % 2 : region / 4 % GEN_REGIONS);
    person->home = gen_hash(gen, (uint64_t)index, HOME);
    person->agency =
        agencies[gen_hash(gen, (uint64_t)index, AGENCY) % (sizeof agencies / sizeof *agencies)];
    set_identity(gen, index, person);
    person->last_name = (person->male ? last_men : last_women)[name % LAST_NAMES];
    name /= LAST_NAMES;
    person->first_name = person->male ? first_men[name % FIRST_MEN]
                                      : first_women[name % FIRST_WOMEN];
    person->middle_name = (person->male ? middle_men : middle_women)[father % MIDDLE_NAMES];
    /* The short form has no column for the day of death, so there they are family. */
    if (person->category == GEN_CHILD_OF_FALLEN && !gen->full)
        person->category = GEN_FAMILY;
    if (person->category == GEN_FAMILY)
        set_family(gen, index, person);
    if (person->category == GEN_CHILD_OF_FALLEN) {
        set_unlisted_sponsor(gen, index, person);
        person->relation = "child";
    }
}

void gen_kato(char *dst, int region, uint64_t chance)
{
    static const char *const city[] = {"", "0000000", "1110000", "1210000", "1310000"};
    static const char *const land[] = {"",        "1010000", "1010000", "1010000", "1010000",
                                       "1610000", "32",      "3247100", "3630100", "4430000"};
    const char *rest = region <= 2 ? city[chance % (sizeof city / sizeof *city)]
                                   : land[chance % (sizeof land / sizeof *land)];
    size_t len = strlen(rest);
    memcpy(dst, gen_regions[region], 2);
    memcpy(dst + 2, rest, len + 1);
}
