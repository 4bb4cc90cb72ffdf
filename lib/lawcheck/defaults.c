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
    check_presumptions(check);
}
