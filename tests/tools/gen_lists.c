/* gen: the lists of people: the contingent, the Fund's insurance list, the UDP list. */
#include "gen.h"

#include <stdio.h>
#include <string.h>
#include "cq/date.h"

enum {
    RANK = 200,
    SERVES,
    PAPER,
    SINCE,
    KILLED,
    ORDER,
    INJURY,
    UNTIL,
    INSURED,
    PAID,
    LISTED,
    TITLE,
    STUDENT,
    DISABLED,
    DEPENDENT_ON
};

/* The columns; the first SHORT of `order` make the short form. */
enum column {
    IIN,
    LAST_NAME,
    FIRST_NAME,
    MIDDLE_NAME,
    BIRTH_DATE,
    SEX,
    CATEGORY,
    AGENCY,
    SPECIAL_RANK,
    SPONSOR_IIN,
    RELATION,
    CORESIDENT,
    RESIDENCE,
    SERVICE_PLACE,
    SERVICE_ID,
    VALID_FROM,
    PENSION_CERTIFICATE,
    DOCUMENT,
    DOCUMENT_NO,
    KILLED_ON,
    KILLED_ORDER,
    PRESIDENTIAL,
    DUTY_INJURY,
    VALID_TO,
    TITLE_OF_RANK,
    STUDENT_UNTIL,
    DISABLED_BEFORE_18,
    DEPENDENT,
    COLUMNS
};
#define SHORT (VALID_FROM + 1)

static const char *const headers[COLUMNS] = {
    "iin",
    "last_name",
    "first_name",
    "middle_name",
    "birth_date",
    "sex",
    "category",
    "agency",
    "special_rank",
    "sponsor_iin",
    "relation",
    "coresident",
    "residence",
    "service_place",
    "service_id",
    "valid_from",
    "pension_certificate",
    "document",
    "document_no",
    "killed_on",
    "killed_order",
    "presidential",
    "duty_injury",
    "valid_to",
    "rank",
    "student_until",
    "disabled_before_18",
    "dependent",
};

static const char *const categories[] = {
    [GEN_EMPLOYEE] = "employee",
    [GEN_FAMILY] = "family",
    [GEN_PENSIONER] = "pensioner",
    [GEN_CHILD_OF_FALLEN] = "child_of_fallen",
};

/* The texts of one row that are made for it. */
struct texts {
    char birth[11], since[11], until[11], killed[11], student[11];
    char residence[10], service_place[10], number[16], paper[16], order[16], iin[13];
};

/* Makes a row wrong in one of seven ways. Returns how many cells it still has. */
static size_t corrupt_row(const char **cells, size_t count, struct texts *texts, int64_t way)
{
    switch (way % 7) {
    case 0: /* wrong control digit */
        memcpy(texts->iin, cells[IIN], sizeof texts->iin);
        texts->iin[11] = (char)('0' + (texts->iin[11] - '0' + 1) % 10);
        cells[IIN] = texts->iin;
        return count;
    case 1: /* eleven digits */ cells[IIN]++; return count;
    case 2: cells[BIRTH_DATE] = "1980-02-30"; return count;
    case 3: cells[CATEGORY] = "volunteer"; return count;
    case 4: /* a required cell is empty */ cells[LAST_NAME] = ""; return count;
    case 5: /* too few fields */ return BIRTH_DATE + 1;
    default: /* no region has this number */ cells[RESIDENCE] = "051010000"; return count;
    }
}

/* Yes, no or nothing, with these parts of a hundred. */
static const char *choose(uint64_t chance, unsigned yes, unsigned no)
{
    unsigned part = (unsigned)(chance % 100);
    return part < yes ? "yes" : part < yes + no ? "no" : "";
}

/* What makes grown children and parents family (R78:3.1), and what leaves it open. */
static void fill_kin(const struct gen *gen, int64_t index, const struct gen_person *person,
                     struct texts *texts, const char **cells)
{
    uint64_t row = (uint64_t)index, study = gen_hash(gen, row, STUDENT);
    bool child = person->relation[0] == 'c' || person->relation[0] == 'w';
    if (person->category == GEN_FAMILY && person->relation[0] == 'p')
        cells[DEPENDENT] = choose(gen_hash(gen, row, DEPENDENT_ON), 75, 12);
    if (!child || person->birth >= cq_date_make(2009, 1, 1))
        return;
    cells[DISABLED_BEFORE_18] = choose(gen_hash(gen, row, DISABLED), 15, 50);
    if (study % 10 < 7) {
        gen_day(texts->student, cq_date_make(2025 + (int)(study / 10 % 4), 7, 1) - 1);
        cells[STUDENT_UNTIL] = texts->student;
    }
}

/* The rank as it is written; with it, whether it is a special one is not always stated. */
static void fill_rank(const struct gen *gen, int64_t index, const char **cells)
{
    static const char *const ranks[] = {
        "сержант", "старшина",  "лейтенант",        "капитан",
        "майор",   "полковник", "полиция капитаны", "азаматтық қорғау майоры"};
    uint64_t chance = gen_hash(gen, (uint64_t)index, TITLE);
    if (cells[SPECIAL_RANK][0] == 'n' || chance % 10 == 0)
        return;
    cells[TITLE_OF_RANK] = ranks[chance / 10 % (sizeof ranks / sizeof *ranks)];
    if (chance / 100 % 10 == 0)
        cells[SPECIAL_RANK] = "";
}

/* The columns that only the long form has. */
static void fill_long(const struct gen *gen, int64_t index, const struct gen_person *person,
                      struct texts *texts, const char **cells)
{
    uint64_t row = (uint64_t)index;
    uint64_t paper = gen_hash(gen, row, PAPER);
    bool employee = person->category == GEN_EMPLOYEE;

    if (person->category == GEN_PENSIONER)
        cells[PENSION_CERTIFICATE] = texts->number;
    cells[DOCUMENT] = person->birth >= cq_date_make(2010, 1, 1) ? "birth_certificate"
                      : paper % 50 == 0                         ? "passport"
                                                                : "id_card";
    snprintf(texts->paper, sizeof texts->paper, "%09u", (unsigned)(paper / 50 % 1000000000));
    cells[DOCUMENT_NO] = texts->paper;
    if (employee && gen_hash(gen, row, LISTED) % 500 == 0)
        cells[PRESIDENTIAL] = "yes";
    if (employee && gen_hash(gen, row, INJURY) % 100 == 0)
        cells[DUTY_INJURY] = "yes";
    if (employee || person->category == GEN_PENSIONER)
        fill_rank(gen, index, cells);
    fill_kin(gen, index, person, texts, cells);
    if (gen_hash(gen, row, UNTIL) % 100 == 0) {
        gen_day(texts->until, cq_date_make(2027, 1, 1) + (int32_t)(row % 365));
        cells[VALID_TO] = texts->until;
    }
}

/* The day from which the row is true: never before the birth, nor before the newest regions. */
static int32_t since_of(const struct gen *gen, int64_t index, const struct gen_person *person)
{
    int32_t first = cq_date_make(2022, 7, 1);
    int32_t last = cq_date_make(2026, 6, 30);
    if (first < person->birth)
        first = person->birth;
    return first + (int32_t)(gen_hash(gen, (uint64_t)index, SINCE) % (uint64_t)(last - first));
}

static size_t fill(const struct gen *gen, int64_t index, const struct gen_person *person,
                   struct texts *texts, const char **cells)
{
    uint64_t row = (uint64_t)index;
    uint64_t rank = gen_hash(gen, row, RANK);
    bool employee = person->category == GEN_EMPLOYEE;
    bool pensioner = person->category == GEN_PENSIONER;
    int32_t since = since_of(gen, index, person);
    int region = person->region;

    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = "";
    cells[IIN] = person->iin;
    cells[LAST_NAME] = person->last_name;
    cells[FIRST_NAME] = person->first_name;
    cells[MIDDLE_NAME] = person->middle_name;
    gen_day(texts->birth, person->birth);
    cells[BIRTH_DATE] = texts->birth;
    cells[SEX] = person->male ? "m" : "f";
    cells[CATEGORY] = categories[person->category];
    cells[AGENCY] = person->agency;
    if (employee || pensioner)
        cells[SPECIAL_RANK] = rank % 100 < 94 ? "yes" : rank % 100 < 99 ? "no" : "";
    cells[SPONSOR_IIN] = person->sponsor;
    cells[RELATION] = person->relation;
    cells[CORESIDENT] = person->coresident;
    if (gen_spread(gen, index, gen->changed))
        region = (region + 1) % GEN_REGIONS;
    gen_kato(texts->residence, region, person->home);
    cells[RESIDENCE] = texts->residence;
    snprintf(texts->number, sizeof texts->number, "%c%c%07d", 'A' + (int)(rank / 100 % 26),
             'A' + (int)(rank / 2600 % 26), (int)index);
    if (employee) {
        uint64_t serves = gen_hash(gen, row, SERVES);
        gen_kato(texts->service_place,
                 serves % 20 == 0 ? (int)(serves / 20 % GEN_REGIONS) : person->region, serves / 20);
        cells[SERVICE_PLACE] = texts->service_place;
        cells[SERVICE_ID] = texts->number;
    }
    if (gen->full)
        fill_long(gen, index, person, texts, cells);
    if (person->category == GEN_CHILD_OF_FALLEN) {
        /* Killed between the child's birth and the day of the row. */
        uint64_t span = (uint64_t)(since - person->birth) + 1;
        gen_day(texts->killed, since - (int32_t)(gen_hash(gen, row, KILLED) % span));
        snprintf(texts->order, sizeof texts->order, "№ %u-қ",
                 (unsigned)(gen_hash(gen, row, ORDER) % 900 + 1));
        cells[KILLED_ON] = texts->killed;
        cells[KILLED_ORDER] = texts->order;
    }
    gen_day(texts->since, since);
    cells[VALID_FROM] = texts->since;
    return gen->full ? COLUMNS : SHORT;
}

void gen_contingent(const struct gen *gen)
{
    int64_t bad = 0;

    gen_row(headers, gen->full ? COLUMNS : SHORT);
    for (int64_t i = 0; i < gen->count; i++) {
        struct gen_person person;
        struct texts texts;
        const char *cells[COLUMNS];

        gen_person(gen, i, &person);
        size_t count = fill(gen, i, &person, &texts, cells);
        if (gen_spread(gen, i, gen->bad))
            count = corrupt_row(cells, count, &texts, bad++);
        gen_row(cells, count);
    }
}

void gen_insurance(const struct gen *gen)
{
    static const char *const header[] = {"iin", "insured", "paid_until", "checked_on"};

    gen_row(header, 4);
    for (int64_t i = 0; i < gen->count; i++) {
        struct gen_person person;
        char paid[11], checked[11];
        uint64_t chance = gen_hash(gen, (uint64_t)i, INSURED);
        uint64_t when = gen_hash(gen, (uint64_t)i, PAID);
        bool insured = chance / 10 % 10 != 0;

        /* Four fifths of the people are in the Fund's list. */
        if (chance % 10 >= 8)
            continue;
        gen_person(gen, i, &person);
        /* Paid to the end of a month: of 2026 where insured, of 2025 where not. */
        gen_day(paid,
                cq_date_make(insured ? 2026 : 2025, (int)(when % 9) + (insured ? 4 : 1), 1) - 1);
        gen_day(checked, cq_date_make(2026, 10, (int)(when / 9 % 31) + 1));
        gen_row((const char *[]){person.iin, insured ? "yes" : "no", paid, checked}, 4);
    }
}

void gen_presidential(const struct gen *gen)
{
    static const char *const header[] = {"iin", "valid_from", "valid_to"};

    gen_row(header, 3);
    for (int64_t i = 0; i < gen->count; i++) {
        struct gen_person person;
        char since[11], until[11] = "";
        uint64_t chance = gen_hash(gen, (uint64_t)i, LISTED);

        if (chance % 50 != 0)
            continue;
        gen_person(gen, i, &person);
        if (person.category != GEN_EMPLOYEE)
            continue;
        gen_day(since, cq_date_make(2023, 1, 1) + (int32_t)(chance / 50 % 1000));
        if (chance / 50000 % 4 == 0)
            gen_day(until, cq_date_make(2026, 12, 31) + (int32_t)(chance / 200000 % 300));
        gen_row((const char *[]){person.iin, since, until}, 3);
    }
}
