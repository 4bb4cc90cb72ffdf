/* Finds rows of documents.csv and presumptions.csv that are never used because no case or only
 * cases of an earlier row match them. Both tables have conditions on a few facts, so every case is
 * tried. */
#include "lawcheck/defaults.h"

#include "cq/date.h"
#include "engine/law_masks.h"

/* The values of the cases that reach a row and no earlier one, the gaps that it adds to rulings, and
 * the days on which it is reached. */
struct reach {
    uint64_t facts, gaps;
    int32_t since, until;
};

static const enum cq_fact document_facts[] = {CQ_FACT_CATEGORY, CQ_FACT_BODY, CQ_FACT_MINOR};
static const enum cq_fact presumption_facts[] = {CQ_FACT_CATEGORY, CQ_FACT_MINOR};

/* Reports each fact of a row of which a value is not reached. */
static void report_row(struct cq_lawcheck *check, enum cq_law_table table, size_t row,
                       uint64_t facts, const struct reach *reach, const enum cq_fact *of,
                       size_t count)
{
    if (reach->facts == 0) {
        cq_lawcheck_row(check, CQ_FINDING_NEVER_DECIDES, table, row, "", "");
        return;
    }
    for (size_t i = 0; i < count; i++)
        if ((facts & cq_fact_field(of[i]) & ~reach->facts) != 0)
            cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, table, row, cq_fact_name(of[i]), "");
}

/* Records which rows a case of a ruling reaches on the days of an interval. */
static void record_case(const struct cq_law *law, const struct cq_interval *interval,
                        const struct cq_ruling *ruling, uint64_t values, struct reach *reach)
{
    int32_t taken = interval->since; /* earlier days have their row */

    for (size_t d = 0; d < law->documents_count && taken < interval->until; d++) {
        const struct cq_documents *row = &law->documents[d];
        int32_t since = row->since > taken ? row->since : taken;
        int32_t until = row->until < interval->until ? row->until : interval->until;

        if ((values & ~row->facts) != 0 || since >= until)
            continue;
        if (reach[d].facts == 0 || since < reach[d].since)
            reach[d].since = since;
        if (reach[d].facts == 0 || until > reach[d].until)
            reach[d].until = until;
        reach[d].facts |= values;
        reach[d].gaps |= row->gaps & ~ruling->gaps;
        if (since == taken)
            taken = until;
    }
}

/* Records every category, body and minority of a mask. */
static void record_mask(const struct cq_law *law, const struct cq_interval *interval,
                        const struct cq_mask *mask, struct reach *reach)
{
    const struct cq_ruling *ruling = &interval->rulings[mask->ruling];
    uint64_t categories = mask->facts & cq_fact_field(CQ_FACT_CATEGORY);

    for (; ruling->rule->entitled && categories != 0; categories &= categories - 1)
        for (int body = 0; body < CQ_BODIES; body++)
            for (int minor = CQ_YES; minor <= CQ_NO; minor++) {
                uint64_t rest = cq_fact_bit(CQ_FACT_BODY, body) | cq_fact_bit(CQ_FACT_MINOR, minor);

                if ((rest & ~mask->facts) == 0)
                    record_case(law, interval, ruling, rest | (categories & -categories), reach);
            }
}

static void check_documents(struct cq_lawcheck *check)
{
    struct cq_law_cells *r = &check->reader;
    const struct cq_law *law = r->law;
    struct reach *reach = cq_law_cells_alloc(r, law->documents_count, sizeof *reach);

    if (!reach)
        return;
    for (size_t i = 0; i < law->interval_count; i++)
        for (size_t m = 0; m < law->intervals[i].count; m++)
            record_mask(law, &law->intervals[i], &law->intervals[i].masks[m], reach);
    for (size_t d = 0; d < law->documents_count; d++) {
        const struct cq_documents *row = &law->documents[d];

        report_row(check, CQ_LAW_TABLE_DOCUMENTS, d, row->facts, &reach[d], document_facts,
                   sizeof document_facts / sizeof *document_facts);
        if (reach[d].facts == 0)
            continue;
        if (row->since != CQ_DAY_MIN && row->since < reach[d].since)
            cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_DOCUMENTS, d, "since", "");
        if (row->until != CQ_DAY_MAX && row->until > reach[d].until)
            cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_DOCUMENTS, d, "until", "");
        if ((row->gaps & ~reach[d].gaps) != 0)
            cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_DOCUMENTS, d, "gaps", "");
    }
}

/* The bits of a value; one past the last is unknown: all bits. */
static uint64_t bits_of(enum cq_fact fact, int value)
{
    return value == cq_fact_count(fact) ? cq_fact_field(fact) : cq_fact_bit(fact, value);
}

static void check_presumptions(struct cq_lawcheck *check)
{
    struct cq_law_cells *r = &check->reader;
    const struct cq_law *law = r->law;
    struct reach *reach = cq_law_cells_alloc(r, law->presumption_count, sizeof *reach);

    if (!reach)
        return;
    for (int c = 0; c <= cq_fact_count(CQ_FACT_CATEGORY); c++)
        for (int minor = 0; minor <= cq_fact_count(CQ_FACT_MINOR); minor++) {
            uint64_t values = bits_of(CQ_FACT_CATEGORY, c) | bits_of(CQ_FACT_MINOR, minor);
            size_t row = 0;

            while (row < law->presumption_count && (values & ~law->presumptions[row].facts) != 0)
                row++;
            if (row < law->presumption_count)
                reach[row].facts |= values;
        }
    for (size_t i = 0; i < law->presumption_count; i++)
        report_row(check, CQ_LAW_TABLE_PRESUMPTIONS, i, law->presumptions[i].facts, &reach[i],
                   presumption_facts, sizeof presumption_facts / sizeof *presumption_facts);
}

void cq_lawcheck_defaults(struct cq_lawcheck *check)
{
    check_documents(check);
    check_presumptions(check);
}
