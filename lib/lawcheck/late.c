/* Finds rows of late.csv that never add anything, and cells of them without effect. A cell has an
 * effect if the row without it, or with only the cases that it excludes, would add something
 * more; a part of a cell, if the row with that part alone adds something. */
#include "lawcheck/late.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "engine/law_late.h"
#include "engine/law_masks.h"

/* Whether a row can apply to a ruling in an interval. */
static bool matches(const struct cq_law_cells *r, const struct cq_late *row,
                    const struct cq_interval *interval, const struct cq_ruling *ruling)
{
    const struct cq_law one = {.late = row, .late_count = 1};
    uint64_t facts = r->sources[ruling->rule - r->law->rules].facts;

    return cq_law_late_of(&one, interval, ruling, facts) != 0;
}

/* Whether a row changes the answer of a ruling. */
static bool changes(const struct cq_late *row, const struct cq_ruling *ruling)
{
    return (row->gap & ~ruling->gaps) != 0 ||
           (ruling->certainty != CQ_CERTAINTY_NONE && row->certainty > ruling->certainty);
}

/* Whether a row adds something to some case. Shape: unless, if not NULL, is a row to whose rulings
 * it adds nothing new. */
static bool adds(const struct cq_law_cells *r, const struct cq_late *row,
                 const struct cq_late *unless)
{
    for (size_t i = 0; i < r->law->interval_count; i++) {
        const struct cq_interval *interval = &r->law->intervals[i];
        int matched = -1; /* the ruling that was tried last, if it matches */

        for (size_t m = 0, last = SIZE_MAX; m < interval->count; m++) {
            size_t index = (size_t)interval->masks[m].ruling;
            const struct cq_ruling *ruling = &interval->rulings[index];

            if (cq_facts_empty(interval->masks[m].facts & row->facts) != 0)
                continue;
            if (index != last)
                matched = changes(row, ruling) && matches(r, row, interval, ruling) &&
                          !(unless && matches(r, unless, interval, ruling));
            last = index;
            if (matched > 0)
                return true;
        }
    }
    return false;
}

static void report(struct cq_lawcheck *check, size_t index, const char *column, const char *detail)
{
    cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_LATE, index, column, detail);
}

static void check_days(struct cq_lawcheck *check, size_t index)
{
    struct cq_late before = check->reader.law->late[index], after = before;

    before.until = before.since;
    before.since = CQ_DAY_MIN;
    after.since = after.until;
    after.until = CQ_DAY_MAX;
    if (before.until != CQ_DAY_MIN && !adds(&check->reader, &before, NULL))
        report(check, index, "since", "");
    if (after.since != CQ_DAY_MAX && !adds(&check->reader, &after, NULL))
        report(check, index, "until", "");
}

/* Checks a cell of texts joined by '|'; "*" is no condition. */
static void check_parts(struct cq_lawcheck *check, size_t index, const char *column, size_t offset)
{
    const struct cq_late *row = &check->reader.law->late[index];
    struct cq_late other = *row;
    const char **cell = (const char **)((char *)&other + offset);
    struct cq_text rest = cq_text_of(*cell), part;

    if (strcmp(*cell, "*") == 0)
        return;
    *cell = "*";
    if (!adds(&check->reader, &other, row))
        report(check, index, column, "");
    while (cq_text_next(&rest, '|', &part)) {
        *cell = cq_law_cells_intern(&check->reader, part.ptr, part.len);
        if (!adds(&check->reader, &other, NULL))
            report(check, index, column, *cell);
    }
}

static void check_rests_on(struct cq_lawcheck *check, size_t index)
{
    const struct cq_late *row = &check->reader.law->late[index];
    struct cq_late other = *row;

    other.rests_on = -1;
    if (row->rests_on >= 0 && !adds(&check->reader, &other, row))
        report(check, index, "rests_on", "");
}

static bool field_has_effect(const struct cq_lawcheck *check, const struct cq_late *row,
                             uint64_t field)
{
    struct cq_late other = *row;

    other.facts = (row->facts & ~field) | (~row->facts & field);
    if (!adds(&check->reader, &other, NULL))
        return false;
    for (uint64_t left = row->facts & field; left != 0; left &= left - 1) {
        other.facts = (row->facts & ~field) | (left & -left);
        if (!adds(&check->reader, &other, NULL))
            return false;
    }
    return true;
}

static void check_facts(struct cq_lawcheck *check, size_t index)
{
    const struct cq_late *row = &check->reader.law->late[index];

    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);
        const char *name = cq_fact_name((enum cq_fact)i);
        bool restricted = (row->facts & field) != field;

        if (restricted && !field_has_effect(check, row, field))
            report(check, index, name, "");
        if (!restricted && (row->possible & field) != 0 && row->possible != cq_facts_all)
            report(check, index, "possible", name);
    }
}

/* Whether a row adds what an earlier one adds already, in every case. */
static bool is_repeated(const struct cq_law *law, size_t index)
{
    const struct cq_late *row = &law->late[index];

    for (size_t i = 0; i < index; i++) {
        const struct cq_late *other = &law->late[i];

        if (row->gap == other->gap && row->certainty == other->certainty &&
            strcmp(row->basis, other->basis) == 0 && strcmp(row->outcomes, other->outcomes) == 0 &&
            row->rests_on == other->rests_on && row->possible == other->possible &&
            other->since <= row->since && row->until <= other->until &&
            (row->facts & ~other->facts) == 0)
            return true;
    }
    return false;
}

void cq_lawcheck_late(struct cq_lawcheck *check)
{
    const struct cq_law *law = check->reader.law;

    for (size_t i = 0; i < law->late_count; i++) {
        if (is_repeated(law, i) || !adds(&check->reader, &law->late[i], NULL)) {
            cq_lawcheck_row(check, CQ_FINDING_NEVER_DECIDES, CQ_LAW_TABLE_LATE, i, "", "");
            continue;
        }
        check_days(check, i);
        check_parts(check, i, "basis", offsetof(struct cq_late, basis));
        check_parts(check, i, "outcome", offsetof(struct cq_late, outcomes));
        check_rests_on(check, i);
        check_facts(check, i);
    }
}
