/* gen: facilities. The first ones are a frame with a case for every rule: MVD-MOs in some regions
 * only, with departments missing in some of those, and each other kind of owner. Facilities beyond
 * the frame are health-care subjects and PHC organisations, region by region. */
#include "gen.h"

#include <stdio.h>

enum { CAPACITY = 500 };

static const char *const columns[] = {
    "facility",   "name_kk",   "name_ru",  "name_en",    "owner",
    "kato",       "serves",    "service",  "profile",    "department",
    "specialist", "equipment", "capacity", "valid_from", "valid_to",
};
#define COLUMNS (sizeof columns / sizeof *columns)

/* A service of a facility: what it offers and what it lacks, in the order of the columns. */
struct service {
    const char *service, *profile, *department, *specialist, *equipment;
};

struct kind {
    const char *code, *owner, *name_kk, *name_ru, *name_en;
    struct service services[6];
};

static const struct kind mvd = {
    "MVD",
    "mvd",
    "ІІО ауруханасы",
    "Госпиталь ОВД",
    "Hospital of internal affairs",
    {{"outpatient", "", "yes", "yes", "yes"},
     {"inpatient", "therapy", "yes", "yes", "yes"},
     {"inpatient", "surgery", "yes", "yes", "yes"},
     {"day_hospital", "", "yes", "yes", "yes"},
     {"medical_rehabilitation", "", "yes", "yes", "yes"}},
};
/* A smaller one: no surgery, no day hospital, and rehabilitation without the equipment. */
static const struct kind mvd_small = {
    "MVD",
    "mvd",
    "ІІО емханасы",
    "Поликлиника ОВД",
    "Polyclinic of internal affairs",
    {{"outpatient", "", "yes", "yes", "yes"},
     {"inpatient", "therapy", "yes", "yes", "yes"},
     {"inpatient", "surgery", "no", "no", "yes"},
     {"medical_rehabilitation", "", "yes", "yes", "no"}},
};
static const struct kind subject = {
    "HOS",
    "health_subject",
    "Көпбейінді аурухана",
    "Многопрофильная больница",
    "Multi-profile hospital",
    {{"outpatient", "", "yes", "yes", "yes"},
     {"inpatient", "therapy", "yes", "yes", "yes"},
     {"inpatient", "surgery", "yes", "yes", "yes"},
     {"day_hospital", "", "yes", "yes", "yes"},
     {"medical_rehabilitation", "", "yes", "yes", "yes"}},
};
static const struct kind phc = {
    "PHC", "phc", "Емхана", "Поликлиника", "Polyclinic", {{"outpatient", "", "yes", "yes", "yes"}},
};
static const struct kind presidential = {
    "UDP",
    "presidential",
    "ҚР ПІБ ауруханасы",
    "Больница УДП РК",
    "Hospital of the UDP",
    {{"outpatient", "", "yes", "yes", "yes"},
     {"inpatient", "", "yes", "yes", "yes"},
     {"day_hospital", "", "yes", "yes", "yes"},
     {"medical_rehabilitation", "", "yes", "yes", "yes"}},
};
static const struct kind psychologist = {
    "PSY",
    "civil_protection",
    "АҚ психологтары",
    "Психологи ГЗ",
    "Psychologists of civil protection",
    {{"psychological_rehabilitation", "", "yes", "yes", "yes"}},
};
static const struct kind sanatorium = {
    "SAN",       "sanatorium", "Шипажай",
    "Санаторий", "Sanatorium", {{"sanatorium", "", "yes", "yes", "yes"}},
};
static const struct kind mental = {
    "MEN",
    "mental_health",
    "Психикалық денсаулық орталығы",
    "Центр психического здоровья",
    "Mental health centre",
    {{"mental_health", "", "yes", "yes", "yes"}},
};

/* Region, as an index in gen_regions (0 Astana, 1 Almaty), -1 for one in every region. */
static const struct {
    const struct kind *kind;
    int region;
    const char *serves; /* "" its region */
} frame[] = {
    {&mvd, 0, ""},
    {&mvd, 1, ""},
    {&mvd, 2, ""},
    {&mvd, 11, ""},
    {&mvd_small, 5, ""},
    {&mvd_small, 12, ""},
    {&mvd_small, 15, "55 59"},
    {&mvd_small, 19, "63 10"},
    {&presidential, 0, "71"},
    {&presidential, 0, "11 35"},
    {&psychologist, 0, "71 11 59 55"},
    {&psychologist, 1, "75 19 33 31"},
    {&sanatorium, 4, "10 11 15 39 55 59 62 63 71"},
    {&sanatorium, 18, "19 31 33 35 43 61 75 79"},
    {&sanatorium, 13, "23 27 43 47"},
    {&subject, -1, ""},
    {&phc, -1, ""},
    {&mental, -1, ""},
};
#define FRAME (sizeof frame / sizeof *frame)

static void write_facility(const struct gen *gen, int64_t number, const struct kind *kind,
                           int region, const char *serves)
{
    char code[24], kato[12], kk[96], ru[96], en[96], capacity[8];

    snprintf(code, sizeof code, "%s-%s-%04d", kind->code, gen_regions[region], (int)number + 1);
    snprintf(kato, sizeof kato, "%s%s", gen_regions[region], region <= 2 ? "1110000" : "1010000");
    snprintf(kk, sizeof kk, "%s № %d", kind->name_kk, (int)number + 1);
    snprintf(ru, sizeof ru, "%s № %d", kind->name_ru, (int)number + 1);
    snprintf(en, sizeof en, "%s No. %d", kind->name_en, (int)number + 1);
    for (size_t i = 0;
         i < sizeof kind->services / sizeof *kind->services && kind->services[i].service; i++) {
        const struct service *s = &kind->services[i];
        snprintf(capacity, sizeof capacity, "%u",
                 (unsigned)(gen_hash(gen, (uint64_t)number * 8 + i, CAPACITY) % 200 + 20));
        gen_row((const char *[]){code, kk, ru, en, kind->owner, kato, serves, s->service,
                                 s->profile, s->department, s->specialist, s->equipment, capacity,
                                 "2022-07-01", ""},
                COLUMNS);
    }
}

void gen_facilities(const struct gen *gen)
{
    int64_t number = 0;

    gen_row(columns, COLUMNS);
    for (size_t i = 0; i < FRAME; i++) {
        int first = frame[i].region < 0 ? 0 : frame[i].region;
        int last = frame[i].region < 0 ? GEN_REGIONS - 1 : frame[i].region;
        for (int region = first; region <= last && number < gen->count; region++)
            write_facility(gen, number++, frame[i].kind, region, frame[i].serves);
    }
    for (; number < gen->count; number++)
        write_facility(gen, number, number % 3 == 0 ? &subject : &phc,
                       (int)(number / 3 % GEN_REGIONS), "");
}
