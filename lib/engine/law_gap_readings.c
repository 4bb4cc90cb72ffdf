/* Reads readings.csv. A reading changes facts, on which the law then decides; or it is the answer
 * itself, where no change of facts would give it. */
#include "engine/law_gap_readings.h"

#include <string.h>

#include "cq/gap_readings.h"
#include "engine/law_rules.h"

enum { GAP, WORDS, OUTCOME = WORDS + CQ_LANGUAGES, REASONS, BASIS, CERTAINTY, FACTS };
const char *const cq_law_gap_readings_columns[] = {"gap",
                                                   CQ_LAW_NAME_COLUMNS("reading"),
                                                   "outcome",
                                                   "reasons",
                                                   "basis",
                                                   "certainty",
                                                   CQ_LAW_FACT_COLUMNS,
                                                   NULL};

/* An answer that names no provider and no payer: one that entitles follows from facts. */
static const char *read_outcome(struct cq_law_cells *r)
{
    static const char *const outcomes[] = {"", "ineligible", "not_contingent", "not_regulated"};
    const char *text = cq_law_cells_string(r, OUTCOME);

    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
        if (strcmp(text, outcomes[i]) == 0)
            return text;
    cq_law_cells_bad(r, OUTCOME, "%s", text);
    return "";
}

static const char *read_reasons(struct cq_law_cells *r)
{
    struct cq_text cell = cq_law_cells_text(r, REASONS);

    if (cell.len > 0 && !cq_law_word(r->law, "reason", cell.ptr, cell.len))
        cq_law_cells_unknown(r, CQ_FINDING_CELL, REASONS, cell);
    return cq_law_cells_string(r, REASONS);
}

/* A fact that the reading changes has one value; an empty cell leaves it as it is. */
static void read_fact(struct cq_law_cells *r, enum cq_fact fact, struct cq_gap_reading *reading)
{
    int column = FACTS + (int)fact;

    if (cq_law_cells_text(r, column).len == 0)
        return;
    reading->changed |= cq_fact_field(fact);
    reading->values |= cq_fact_bit(fact, cq_law_cells_value(r, column, fact));
}

void cq_law_gap_readings_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_gap_reading *readings = cq_law_cells_alloc(r, rows, sizeof *readings);

    r->law->gap_readings = readings;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_gap_reading *reading = &readings[i];

        if (i == CQ_READINGS_MAX) {
            cq_law_cells_bad(r, GAP, "> %d", CQ_READINGS_MAX);
            return;
        }
        reading->gap = cq_law_cells_gaps(r, GAP);
        if (cq_law_cells_text(r, GAP).len == 0 || (reading->gap & (reading->gap - 1)) != 0 ||
            (i > 0 && reading->gap != 0 && reading->gap < readings[i - 1].gap))
            cq_law_cells_bad(r, GAP, "%s", cq_law_cells_string(r, GAP));
        cq_law_cells_names(r, WORDS, reading->words);
        reading->outcome = read_outcome(r);
        reading->reasons = read_reasons(r);
        reading->basis = cq_law_cells_basis(r, BASIS);
        reading->certainty = cq_law_cells_certainty(r, CERTAINTY);
        for (int fact = 0; fact < CQ_FACTS; fact++)
            read_fact(r, (enum cq_fact)fact, reading);
        if ((*reading->outcome != '\0') == (reading->changed != 0))
            cq_law_cells_bad(r, OUTCOME, "%s", *reading->outcome == '\0' ? "-" : reading->outcome);
        if (*reading->outcome == '\0' && *reading->reasons != '\0')
            cq_law_cells_bad(r, REASONS, "%s", reading->reasons);
        r->law->gap_reading_count = i + 1;
    }
}

uint64_t cq_law_gap_reading_facts(const struct cq_gap_reading *reading, uint64_t word)
{
    return (word & ~reading->changed) | reading->values;
}
