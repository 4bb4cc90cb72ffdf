/* gen: rows of facts for cq-eligible --facts, with other columns around them that must pass
 * through. All values of a fact are equally likely; the days are in the editions that are in force
 * from 2025-10-04 on. */
#include "gen.h"

#include <stdio.h>
#include <string.h>
#include "cq/date.h"
#include "cq/facts.h"

enum { AS_OF = 300, NOTE, FACT, SEVERAL, HIDDEN = 400 };
#define COLUMNS (CQ_FACTS + 4)

/* A fact that is never left empty. */
static bool is_always_known(enum cq_fact fact)
{
    return fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
}

/* A fact that is one of two values: the one of its cell, and any other. */
static void add_value(enum cq_fact fact, uint64_t chance, const char **cell, char text[64])
{
    uint64_t others = (uint64_t)cq_fact_count(fact) - 1;
    int value = cq_fact_value_find(fact, *cell, strlen(*cell));
    int other = (value + 1 + (int)(chance % others)) % cq_fact_count(fact);
    snprintf(text, 64, "%s|%s", *cell, cq_fact_value_name(fact, other));
    *cell = text;
}

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
    char row[24], day[11], several[CQ_FACTS][64];

    cells[0] = "row";
    cells[1] = "as_of";
    for (int fact = 0; fact < CQ_FACTS; fact++)
        cells[2 + fact] = cq_fact_name((enum cq_fact)fact);
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
        for (int f = 0; f < CQ_FACTS; f++) {
            enum cq_fact fact = (enum cq_fact)f;
            uint64_t values = (uint64_t)cq_fact_count(fact);

            cells[2 + fact] = cq_fact_value_name(fact, (int)(chance % values));
            chance /= values;
            uint64_t two = gen_hash(gen, index * CQ_FACTS + (uint64_t)f, SEVERAL);
            if (!is_always_known(fact) && two % 100 < (uint64_t)gen->several)
                add_value(fact, two / 100, &cells[2 + fact], several[f]);
            if (!is_always_known(fact) && gen->unknown > 0) {
                if (hidden % 100 < (uint64_t)gen->unknown)
                    cells[2 + fact] = "";
                hidden = gen_hash(gen, hidden, HIDDEN);
            }
        }
        chance = gen_hash(gen, index, NOTE);
        cells[COLUMNS - 2] = clinics[chance % 4];
        cells[COLUMNS - 1] = notes[chance / 4 % 8];
        gen_row(cells, COLUMNS);
    }
}
