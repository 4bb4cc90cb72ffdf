/* From rules to rulings and masks: days are split into intervals with the same rules, each basis is
 * written as it reads on those days, groups are expanded, and masks are sorted into buckets by
 * category and service. */
#include "engine/law_expand.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "engine/law_late.h"
#include "engine/law_masks.h"
#include "engine/law_paragraphs.h"

struct days {
    int32_t *list;
    size_t count;
};

static void add_days(struct days *days, int32_t since, int32_t until)
{
    days->list[days->count++] = since;
    days->list[days->count++] = until;
}

/* Finds the first days of the intervals, ascending. Returns how many. */
static size_t split_days(const struct cq_law_cells *r, int32_t *list)
{
    const struct cq_law *law = r->law;
    struct days days = {.list = list};
    size_t count;

    days.list[days.count++] = CQ_DAY_MIN;
    for (size_t i = 0; i < law->rule_count; i++)
        add_days(&days, law->rules[i].since, law->rules[i].until);
    for (size_t i = 0; i < r->group_row_count; i++)
        add_days(&days, r->group_rows[i].since, r->group_rows[i].until);
    for (size_t i = 0; i < r->clause_count; i++)
        add_days(&days, r->clauses[i].since, r->clauses[i].until);
    for (size_t i = 0; i < law->paragraph_count; i++)
        add_days(&days, law->paragraphs[i].since, law->paragraphs[i].until);
    for (size_t i = 0; i < law->edition_count; i++)
        add_days(&days, law->editions[i].since, law->editions[i].until);
    count = cq_days_sort(list, days.count);
    return list[count - 1] == CQ_DAY_MAX ? count - 1 : count;
}

/* The boxes of a group set on a day: the whole space where the set is empty. */
static size_t group_masks(const struct cq_law_cells *r, uint64_t set, int32_t day, uint64_t *masks)
{
    size_t count = 0;

    if (set == 0) {
        masks[0] = cq_facts_all;
        return 1;
    }
    for (size_t i = 0; i < r->group_row_count; i++) {
        const struct cq_group_row *row = &r->group_rows[i];

        if ((set >> row->group & 1) != 0 && row->since <= day && day < row->until)
            masks[count++] = row->facts;
    }
    return count;
}

/* What an interval is built of. */
struct building {
    struct cq_law_cells *r;
    struct cq_interval *interval;
    size_t mask_count, ruling_count;
    struct cq_mask masks[CQ_MASKS_MAX];
    struct cq_ruling rulings[CQ_RULINGS_MAX];
};

/* Adds the masks of a ruling: a box x the boxes of each group set from the given one on. False
 * where there is no room. */
static bool add_masks(struct building *b, const struct cq_rule_source *source, int set,
                      uint64_t box)
{
    uint64_t masks[CQ_LAW_GROUP_ROWS_MAX];
    size_t count;

    if (cq_facts_empty(box) != 0)
        return true;
    if (set == CQ_RULE_SETS) {
        if (b->mask_count == CQ_MASKS_MAX)
            return false;
        b->masks[b->mask_count++] = (struct cq_mask){box, (int)b->ruling_count - 1,
                                                     b->rulings[b->ruling_count - 1].verdict};
        return true;
    }
    count = group_masks(b->r, source->groups[set], b->interval->since, masks);
    for (size_t i = 0; i < count; i++)
        if (!add_masks(b, source, set + 1, box & masks[i]))
            return false;
    return true;
}

/* Strings are interned: equal addresses are equal texts, "" aside, which may be two. */
static bool same_text(const char *a, const char *b)
{
    return a == b || (*a == '\0' && *b == '\0');
}

static bool same_verdict(const struct cq_ruling *a, const struct cq_ruling *b)
{
    return a->gaps == b->gaps && same_text(a->basis, b->basis) &&
           same_text(a->rule->outcome, b->rule->outcome) &&
           same_text(a->rule->provider, b->rule->provider) &&
           same_text(a->rule->payer, b->rule->payer) &&
           same_text(a->rule->referral, b->rule->referral) &&
           same_text(a->rule->reasons, b->rule->reasons);
}

/* Adds the ruling of a rule, with a row of its clause or without one. */
static bool add_ruling(struct building *b, size_t rule, const struct cq_clause_row *clause)
{
    const struct cq_rule_source *source = &b->r->sources[rule];
    const struct cq_rule *row = &b->r->law->rules[rule];
    struct cq_ruling *ruling = &b->rulings[b->ruling_count];
    enum cq_certainty least = row->certainty;

    if (b->ruling_count == CQ_RULINGS_MAX)
        return false;
    *ruling = (struct cq_ruling){.rule = row, .gaps = row->gaps, .verdict = (int)b->ruling_count};
    ruling->basis =
        cq_law_paragraphs_basis(b->r, row, clause, b->interval->since, &ruling->certainty);
    if (clause) {
        ruling->gaps |= clause->gaps;
        least = clause->certainty > least ? clause->certainty : least;
    }
    ruling->least = least;
    ruling->certainty = least > ruling->certainty ? least : ruling->certainty;
    if (*ruling->basis == '\0' || strcmp(row->outcome, "undetermined") == 0)
        ruling->certainty = CQ_CERTAINTY_NONE;
    ruling->late = cq_law_late_of(b->r->law, b->interval, ruling, source->facts);
    for (size_t i = b->ruling_count; i-- > 0;)
        if (same_verdict(&b->rulings[i], ruling))
            ruling->verdict = b->rulings[i].verdict;
    b->ruling_count++;
    return add_masks(b, source, 0, source->facts & (clause ? clause->facts : cq_facts_all));
}

/* Adds the rulings of a rule that holds in the interval. */
static bool add_rule(struct building *b, size_t rule)
{
    const char *clause = b->r->sources[rule].clause;

    if (!clause)
        return add_ruling(b, rule, NULL);
    for (size_t i = 0; i < b->r->clause_count; i++) {
        const struct cq_clause_row *row = &b->r->clauses[i];

        if (row->clause == clause && row->since <= b->interval->since &&
            b->interval->since < row->until && !add_ruling(b, rule, row))
            return false;
    }
    return true;
}

/* Sorts the masks of an interval into its buckets; a mask is in each that it accepts. */
static void fill_buckets(struct cq_law_cells *r, struct cq_interval *interval)
{
    size_t total = 0;
    struct cq_mask *next;

    for (size_t i = 0; i < interval->count; i++) {
        uint64_t facts = interval->masks[i].facts;
        total += (size_t)(__builtin_popcountll(facts & cq_fact_field(CQ_FACT_CATEGORY)) *
                          __builtin_popcountll(facts & cq_fact_field(CQ_FACT_SERVICE)));
    }
    next = cq_law_cells_alloc(r, total, sizeof *next);
    if (!next)
        return;
    for (int category = 0; category < CQ_CATEGORIES; category++)
        for (int service = 0; service < CQ_SERVICES; service++) {
            uint64_t wanted = cq_fact_bit(CQ_FACT_CATEGORY, category) |
                              cq_fact_bit(CQ_FACT_SERVICE, service);
            struct cq_mask *first = next;

            for (size_t i = 0; i < interval->count; i++)
                if ((wanted & ~interval->masks[i].facts) == 0)
                    *next++ = interval->masks[i];
            interval->bucket[category][service] = first;
            interval->bucket_count[category][service] = (uint16_t)(next - first);
        }
}

/* Copies what was built into the law's memory. */
static void keep(struct building *b)
{
    struct cq_mask *masks = cq_law_cells_alloc(b->r, b->mask_count, sizeof *masks);
    struct cq_ruling *rulings = cq_law_cells_alloc(b->r, b->ruling_count, sizeof *rulings);

    if (!masks || !rulings)
        return;
    memcpy(masks, b->masks, b->mask_count * sizeof *masks);
    memcpy(rulings, b->rulings, b->ruling_count * sizeof *rulings);
    b->interval->masks = masks;
    b->interval->count = b->mask_count;
    b->interval->rulings = rulings;
    b->interval->ruling_count = b->ruling_count;
    fill_buckets(b->r, b->interval);
}

static void fill_interval(struct building *b)
{
    struct cq_law_cells *r = b->r;

    b->mask_count = 0;
    b->ruling_count = 0;
    for (size_t i = 0; i < r->law->rule_count; i++) {
        const struct cq_rule *rule = &r->law->rules[i];

        if (rule->since <= b->interval->since && b->interval->since < rule->until &&
            !add_rule(b, i)) {
            cq_law_cells_file(r, CQ_LAW_TABLE_RULES, r->file);
            cq_err_record(&r->err, CQ_L_CELL, "> %d", CQ_MASKS_MAX);
            cq_err_at(&r->err, r->file, rule->line, "rule");
            return;
        }
    }
    keep(b);
}

void cq_law_expand(struct cq_law_cells *r)
{
    const struct cq_law *law = r->law;
    size_t room = 1 + 2 * (law->rule_count + r->group_row_count + r->clause_count +
                           law->paragraph_count + law->edition_count);
    int32_t *days = cq_law_cells_alloc(r, room, sizeof *days);
    struct building *building = malloc(sizeof *building);
    struct cq_interval *intervals;
    size_t count;

    if (!days || !building) {
        free(building);
        cq_err_record(&r->err, CQ_B_NOMEM, NULL);
        return;
    }
    count = split_days(r, days);
    intervals = cq_law_cells_alloc(r, count, sizeof *intervals);
    building->r = r;
    for (size_t i = 0; i < count && !r->err.code; i++) {
        intervals[i].since = days[i];
        intervals[i].until = i + 1 < count ? days[i + 1] : CQ_DAY_MAX;
        building->interval = &intervals[i];
        fill_interval(building);
    }
    free(building);
    r->law->intervals = intervals;
    r->law->interval_count = count;
}
