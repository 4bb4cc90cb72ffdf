/* Decisions under the readings of a gap. */
#include "cq/gap_readings.h"

#include <string.h>

#include "cq/list.h"
#include "engine/law_gap_readings.h"

size_t cq_gap_readings(const struct cq_law *law, uint64_t gaps, struct cq_reading_answer *answers)
{
    size_t count = 0;

    for (size_t i = 0; i < law->gap_reading_count; i++)
        if ((law->gap_readings[i].gap & gaps) != 0)
            answers[count++] =
                (struct cq_reading_answer){.reading = &law->gap_readings[i], .facility = ""};
    return count;
}

/* The weakest of a certainty, that of a reading, and those of the paragraphs that it rests on. */
static enum cq_certainty weakest(const struct cq_law *law, int32_t day,
                                 const struct cq_gap_reading *reading, enum cq_certainty certainty)
{
    struct cq_text rest = cq_text_of(reading->basis), part;

    certainty = reading->certainty > certainty ? reading->certainty : certainty;
    while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
        const struct cq_paragraph *p = cq_law_paragraph(law, part.ptr, part.len, day);
        enum cq_certainty other = p ? p->certainty : CQ_CERTAINTY_INFERRED;

        certainty = other > certainty ? other : certainty;
    }
    return certainty;
}

/* The certainty of a name; a decision without basis, or none, has none. */
static enum cq_certainty certainty_of(const char *name)
{
    int i = 0;

    while (strcmp(cq_certainty_names[i], name) != 0)
        i++;
    return (enum cq_certainty)i;
}

static void decide(const struct cq_law *law, int32_t day, struct cq_reading_answer *answer)
{
    const struct cq_gap_reading *reading = answer->reading;
    struct cq_decision *d = &answer->decision;
    bool certain = true;

    if (*reading->outcome != '\0') {
        *d = (struct cq_decision){.outcome = reading->outcome,
                                  .provider = "",
                                  .payer = "",
                                  .referral = "",
                                  .reasons = reading->reasons,
                                  .basis = "",
                                  .certainty = "",
                                  .documents = ""};
        certain = *reading->basis != '\0';
    } else {
        answer->facts = cq_law_gap_reading_facts(reading, answer->facts);
        cq_decide(law, day, answer->facts, d);
        certain = *d->certainty != '\0';
    }
    if (certain)
        d->certainty = cq_certainty_names[weakest(law, day, reading, certainty_of(d->certainty))];
}

/* Strings of decisions are interned, or static; one cell of each. */
static const char *cell_of(const struct cq_decision *d, enum cq_reading_cell cell)
{
    switch (cell) {
    case CQ_READING_OUTCOME: return d->outcome;
    case CQ_READING_PROVIDER: return d->provider;
    case CQ_READING_PAYER: return d->payer;
    case CQ_READING_REFERRAL: return d->referral;
    case CQ_READING_DOCUMENTS: return d->documents;
    case CQ_READING_REASONS: return d->reasons;
    default: return d->basis;
    }
}

static bool differ_in(const struct cq_reading_answer *a, const struct cq_reading_answer *b,
                      enum cq_reading_cell cell)
{
    return strcmp(cell_of(&a->decision, cell), cell_of(&b->decision, cell)) != 0 ||
           (cell == CQ_READING_REASONS && a->decision.missing != b->decision.missing) ||
           (cell == CQ_READING_BASIS && strcmp(a->reading->basis, b->reading->basis) != 0);
}

unsigned cq_gap_readings_differ(const struct cq_reading_answer *answers, size_t count)
{
    unsigned cells = 0;

    for (size_t i = 1; i < count; i++)
        for (int cell = 0; cell < CQ_READING_CELLS; cell++)
            if (differ_in(&answers[0], &answers[i], (enum cq_reading_cell)cell))
                cells |= 1u << cell;
    return cells;
}

size_t cq_gap_readings_decide(const struct cq_law *law, int32_t day,
                              struct cq_reading_answer *answers, size_t count)
{
    size_t kept = 0, end;

    for (size_t i = 0; i < count; i++)
        decide(law, day, &answers[i]);
    for (size_t i = 0; i < count; i = end) {
        for (end = i + 1; end < count && answers[end].reading->gap == answers[i].reading->gap;)
            end++;
        if (cq_gap_readings_differ(answers + i, end - i) == 0)
            continue;
        memmove(answers + kept, answers + i, (end - i) * sizeof *answers);
        kept += end - i;
    }
    return kept;
}
