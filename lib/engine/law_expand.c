/* From rules to masks: groups are expanded, days are split into intervals with the same rules, and
 * masks are sorted into buckets by category and service. */
#include "engine/law_expand.h"

#include <stdlib.h>

#include "cq/date.h"
#include "engine/law_masks.h"

static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* Finds the first days of the intervals, ascending. Returns how many. */
static size_t split_days(const struct cq_law_cells *r, int32_t *days)
{
    size_t count = 0, kept = 0;

    days[count++] = CQ_DAY_MIN;
    for (size_t i = 0; i < r->law->rule_count; i++) {
        days[count++] = r->law->rules[i].since;
        days[count++] = r->law->rules[i].until;
    }
    for (size_t i = 0; i < r->group_row_count; i++) {
        days[count++] = r->group_rows[i].since;
        days[count++] = r->group_rows[i].until;
    }
    qsort(days, count, sizeof *days, by_day);
    for (size_t i = 0; i < count; i++)
        if (days[i] != CQ_DAY_MAX && (kept == 0 || days[i] != days[kept - 1]))
            days[kept++] = days[i];
    return kept;
}

/* The masks of a group set on a day: the whole space where the set is empty. */
static size_t group_masks(const struct cq_law_cells *r, uint64_t set, int32_t day,
                          uint64_t masks[CQ_MASKS_MAX])
{
    size_t count = 0;

    if (set == 0) {
        masks[0] = cq_facts_all;
        return 1;
    }
    for (size_t i = 0; i < r->group_row_count && count < CQ_MASKS_MAX; i++) {
        const struct cq_group_row *row = &r->group_rows[i];

        if ((set >> row->group & 1) != 0 && row->since <= day && day < row->until)
            masks[count++] = row->facts;
    }
    return count;
}

/* Expands one rule: its own facts x who x where. False where there is no room. */
static bool expand_rule(const struct cq_law_cells *r, size_t rule, int32_t day,
                        struct cq_mask masks[CQ_MASKS_MAX], size_t *count)
{
    const struct cq_rule_source *source = &r->sources[rule];
    uint64_t who[CQ_MASKS_MAX], where[CQ_MASKS_MAX];
    size_t who_count = group_masks(r, source->who, day, who);
    size_t where_count = group_masks(r, source->where, day, where);

    for (size_t i = 0; i < who_count; i++)
        for (size_t j = 0; j < where_count; j++) {
            uint64_t facts = source->facts & who[i] & where[j];

            if (cq_facts_empty(facts) != 0)
                continue;
            if (*count == CQ_MASKS_MAX)
                return false;
            masks[(*count)++] = (struct cq_mask){facts, (int)rule};
        }
    return true;
}

/* Sorts the masks of an interval into its buckets; a mask is in each that it accepts. */
static void fill_buckets(struct cq_law_cells *r, struct cq_interval *interval)
{
    size_t total = 0;
    uint16_t *next;

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
            uint16_t *first = next;

            for (size_t i = 0; i < interval->count; i++)
                if ((wanted & ~interval->masks[i].facts) == 0)
                    *next++ = (uint16_t)i;
            interval->bucket[category][service] = first;
            interval->bucket_count[category][service] = (uint16_t)(next - first);
        }
}

static void fill_interval(struct cq_law_cells *r, struct cq_interval *interval)
{
    struct cq_mask found[CQ_MASKS_MAX];
    struct cq_mask *masks;
    size_t count = 0;

    for (size_t i = 0; i < r->law->rule_count; i++) {
        const struct cq_rule *rule = &r->law->rules[i];

        if (rule->since <= interval->since && interval->since < rule->until &&
            !expand_rule(r, i, interval->since, found, &count)) {
            cq_err_record(&r->err, CQ_L_CELL, "> %d", CQ_MASKS_MAX);
            cq_err_at(&r->err, r->file, rule->line, "rule");
            return;
        }
    }
    masks = cq_law_cells_alloc(r, count, sizeof *masks);
    if (!masks)
        return;
    for (size_t i = 0; i < count; i++)
        masks[i] = found[i];
    interval->masks = masks;
    interval->count = count;
    fill_buckets(r, interval);
}

void cq_law_expand(struct cq_law_cells *r)
{
    size_t room = 1 + 2 * (r->law->rule_count + r->group_row_count);
    int32_t *days = cq_law_cells_alloc(r, room, sizeof *days);
    struct cq_interval *intervals;
    size_t count;

    if (!days)
        return;
    count = split_days(r, days);
    intervals = cq_law_cells_alloc(r, count, sizeof *intervals);
    for (size_t i = 0; i < count && !r->err.code; i++) {
        intervals[i].since = days[i];
        intervals[i].until = i + 1 < count ? days[i + 1] : CQ_DAY_MAX;
        fill_interval(r, &intervals[i]);
    }
    r->law->intervals = intervals;
    r->law->interval_count = count;
}
