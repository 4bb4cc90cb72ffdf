/* Finds rows of documents.csv and presumptions.csv that are never used because no case or only
 * cases of an earlier row match them. Both tables have conditions on category and minority alone,
 * so every case is tried. */
#include "lawcheck/defaults.h"

#include "cq/date.h"
#include "engine/law_masks.h"

/* The values of the cases that reach a row and no earlier one, and the gaps that it adds to
 * rules. */
struct reach {
    uint64_t categories, minors, gaps;
};

static bool accepts(uint64_t facts, enum cq_fact fact, int value)
{
    return (facts & cq_fact_bit(fact, value)) != 0;
}

static void report_row(struct cq_lawcheck *check, enum cq_law_table table, size_t row,
                       uint64_t facts, const struct reach *reach)
{
    if (reach->categories == 0) {
        cq_lawcheck_row(check, CQ_FINDING_NEVER_DECIDES, table, row, "", "");
        return;
    }
    if ((facts & cq_fact_field(CQ_FACT_CATEGORY) & ~reach->categories) != 0)
        cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, table, row, cq_fact_name(CQ_FACT_CATEGORY),
                        "");
    if ((facts & cq_fact_field(CQ_FACT_MINOR) & ~reach->minors) != 0)
        cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, table, row, cq_fact_name(CQ_FACT_MINOR), "");
}

/* Records which rows a category and minority of a rule reach on the days of an interval. */
static void record_documents(const struct cq_law *law, const struct cq_interval *interval,
                             const struct cq_rule *rule, int category, int minor,
                             struct reach *reach)
{
    int32_t taken = interval->since; /* earlier days have their row */

    for (size_t d = 0; d < law->documents_count && taken < interval->until; d++) {
        const struct cq_documents *row = &law->documents[d];

        if (row->provider != rule->provider || !accepts(row->facts, CQ_FACT_CATEGORY, category) ||
            !accepts(row->facts, CQ_FACT_MINOR, minor) || row->since >= interval->until ||
            row->until <= taken)
            continue;
        reach[d].categories |= cq_fact_bit(CQ_FACT_CATEGORY, category);
        reach[d].minors |= cq_fact_bit(CQ_FACT_MINOR, minor);
        reach[d].gaps |= row->gaps & ~rule->gaps;
        if (row->since <= taken)
            taken = row->until;
    }
}

static void record_mask(const struct cq_law *law, const struct cq_interval *interval,
                        const struct cq_mask *mask, struct reach *reach)
{
    const struct cq_rule *rule = &law->rules[mask->rule];

    for (int c = 0; c < CQ_CATEGORIES && rule->entitled; c++)
        for (int minor = CQ_YES; minor <= CQ_NO; minor++)
            if (accepts(mask->facts, CQ_FACT_CATEGORY, c) &&
                accepts(mask->facts, CQ_FACT_MINOR, minor))
                record_documents(law, interval, rule, c, minor, reach);
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
        report_row(check, CQ_LAW_TABLE_DOCUMENTS, d, law->documents[d].facts, &reach[d]);
        if ((law->documents[d].gaps & ~reach[d].gaps) != 0)
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
            uint64_t category = bits_of(CQ_FACT_CATEGORY, c),
                     minors = bits_of(CQ_FACT_MINOR, minor);
            size_t row = 0;

            while (row < law->presumption_count &&
                   ((category | minors) & ~law->presumptions[row].facts) != 0)
                row++;
            if (row == law->presumption_count)
                continue;
            reach[row].categories |= category;
            reach[row].minors |= minors;
        }
    for (size_t i = 0; i < law->presumption_count; i++)
        report_row(check, CQ_LAW_TABLE_PRESUMPTIONS, i, law->presumptions[i].facts, &reach[i]);
}

void cq_lawcheck_defaults(struct cq_lawcheck *check)
{
    check_documents(check);
    check_presumptions(check);
}
