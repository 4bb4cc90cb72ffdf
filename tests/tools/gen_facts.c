/* gen: rows of facts for cq-eligible --facts, with other columns around them that must pass
 * through. All values of a fact are equally likely; the days are in the editions that are in force
 * from 2025-10-04 on. */
#include "gen.h"

#include <stdio.h>
#include "cq/date.h"

#define VALUES_MAX 6
enum { AS_OF = 300, NOTE, FACT, HIDDEN = 400 };

static const struct {
    const char *name;
    bool always; /* never left empty */
    unsigned count;
    const char *values[VALUES_MAX];
} facts[] = {
    {"category", false, 5, {"none", "employee", "family", "pensioner", "child_of_fallen"}},
    {"body", false, 3, {"law_enforcement", "civil_protection", "courier"}},
    {"special_rank", false, 2, {"yes", "no"}},
    {"coresident", false, 2, {"yes", "no"}},
    {"minor", false, 2, {"yes", "no"}},
    {"service",
     true,
     6,
     {"outpatient", "inpatient", "medical_rehabilitation", "psychological_rehabilitation",
      "sanatorium", "mental_health"}},
    {"destination", true, 3, {"local", "astana", "almaty"}},
    {"home", false, 3, {"astana", "almaty", "elsewhere"}},
    {"place", false, 2, {"available", "absent"}},
    {"indicated", false, 2, {"yes", "no"}},
    {"package", false, 3, {"gobmp", "osms", "none"}},
    {"insured", false, 2, {"yes", "no"}},
    {"presidential", false, 2, {"yes", "no"}},
    {"duty_injury", false, 2, {"yes", "no"}},
};
#define FACTS (sizeof facts / sizeof *facts)
#define COLUMNS (FACTS + 4)

void gen_facts(const struct gen *gen)
{
    static const char *const clinics[] = {"Астана ОА", "Алматы ОА", "Қарағанды ОА", "Орал ОА"};
    static const char *const notes[] = {
        "",
        "жоспарлы",
        "\"қайта қабылдау, 2-кезең\"",
        "плановый",
        "\"айтқаны: \"\"ауырмайды\"\"\"",
        "",
        "осмотр",
        "",
    };
    const char *cells[COLUMNS];
    char row[24], day[11];

    cells[0] = "row";
    cells[1] = "as_of";
    for (size_t f = 0; f < FACTS; f++)
        cells[2 + f] = facts[f].name;
    cells[COLUMNS - 2] = "clinic";
    cells[COLUMNS - 1] = "note";
    gen_row(cells, COLUMNS);

    for (int64_t i = 0; i < gen->count; i++) {
        uint64_t index = (uint64_t)i;
        uint64_t chance = gen_hash(gen, index, FACT);
        uint64_t hidden = gen_hash(gen, index, HIDDEN);

        snprintf(row, sizeof row, "%lld", (long long)(i + 1));
        gen_day(day, cq_date_make(2025, 10, 4) + (int32_t)(gen_hash(gen, index, AS_OF) % 450));
        cells[0] = row;
        cells[1] = day;
        for (size_t f = 0; f < FACTS; f++) {
            cells[2 + f] = facts[f].values[chance % facts[f].count];
            chance /= facts[f].count;
            if (!facts[f].always && gen->unknown > 0) {
                if (hidden % 100 < (uint64_t)gen->unknown)
                    cells[2 + f] = "";
                hidden = gen_hash(gen, hidden, HIDDEN);
            }
        }
        chance = gen_hash(gen, index, NOTE);
        cells[COLUMNS - 2] = clinics[chance % 4];
        cells[COLUMNS - 1] = notes[chance / 4 % 8];
        gen_row(cells, COLUMNS);
    }
}
