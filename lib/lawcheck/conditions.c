/* Finds conditions of rules and groups without which every decision would stay the same: a row that
 * no case reaches, a group that adds nothing to a rule, a value that the rest of the row excludes,
 * a day that excludes nothing. Each is an error or redundant. */
#include "lawcheck/conditions.h"

#include "cq/date.h"
#include "engine/law_masks.h"

/* A rule with one row of each of its group sets; NULL where the set is empty. */
struct combination {
    size_t rule;
    const struct cq_group_row *who, *where;
};

/* The parts of a row that have an effect. A value is used if some case of the row has it; a field
 * is needed if without it the row would accept other cases; a day, if without it the row would
 * accept more. */
struct effect {
    uint64_t used, needed;
    bool since, until;
};

struct effects {
    struct effect *rules, *rows;
    uint64_t *groups; /* of each rule: groups that add something */
};

static uint64_t facts_of(const struct cq_group_row *row)
{
    return !row ? cq_facts_all : row->facts;
}

/* Records the effect of a row that accepts `own` where the others of the combination accept
 * `rest`. */
static void record_effect(struct effect *effect, uint64_t own, uint64_t rest)
{
    uint64_t box = own & rest;

    if (cq_facts_empty(box) == 0)
        effect->used |= box;
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);

        if (cq_facts_empty((own | field) & rest) == 0 && (rest & field & ~own) != 0)
            effect->needed |= field;
    }
}

static bool holds(const struct cq_group_row *row, int32_t day)
{
    return !row || (row->since <= day && day < row->until);
}

/* Records whether a row of a group could accept cases on a day outside its own days. */
static void record_days(struct effect *effect, const struct cq_group_row *row,
                        const struct cq_rule *rule, const struct cq_group_row *other)
{
    if (row->since != CQ_DAY_MIN && rule->since < row->since && row->since <= rule->until &&
        holds(other, row->since - 1))
        effect->since = true;
    if (row->until != CQ_DAY_MAX && rule->since <= row->until && row->until < rule->until &&
        holds(other, row->until))
        effect->until = true;
}

/* Whether all of a combination are valid on some day. */
static bool share_days(const struct cq_rule *rule, const struct cq_group_row *who,
                       const struct cq_group_row *where)
{
    int32_t since = rule->since, until = rule->until;

    for (int i = 0; i < 2; i++) {
        const struct cq_group_row *row = i == 0 ? who : where;

        if (row && row->since > since)
            since = row->since;
        if (row && row->until < until)
            until = row->until;
    }
    return since < until;
}

static void record_combination(const struct cq_law_cells *r, const struct combination *m,
                               struct effects *effects)
{
    const struct cq_rule *rule = &r->law->rules[m->rule];
    uint64_t own = r->sources[m->rule].facts;
    uint64_t who = facts_of(m->who), where = facts_of(m->where);
    bool any = cq_facts_empty(own & who & where) == 0;

    for (int i = 0; i < 2; i++) {
        const struct cq_group_row *row = i == 0 ? m->who : m->where;
        const struct cq_group_row *other = i == 0 ? m->where : m->who;
        struct effect *effect;

        if (!row)
            continue;
        effect = &effects->rows[row - r->group_rows];
        if (any)
            record_days(effect, row, rule, other);
        if (!share_days(rule, m->who, m->where))
            continue;
        record_effect(effect, row->facts, own & facts_of(other));
        if (any)
            effects->groups[m->rule] |= UINT64_C(1) << row->group;
    }
    if (share_days(rule, m->who, m->where))
        record_effect(&effects->rules[m->rule], own, who & where);
}

/* Iterates over the rows of a group set; an empty set, which is every case, gives NULL once. */
static bool next_row(const struct cq_law_cells *r, uint64_t set, size_t *at,
                     const struct cq_group_row **row)
{
    *row = NULL;
    if (set == 0)
        return (*at)++ == 0;
    while (*at < r->group_row_count)
        if ((set >> r->group_rows[(*at)++].group & 1) != 0) {
            *row = &r->group_rows[*at - 1];
            return true;
        }
    return false;
}

static void check_fields(struct cq_lawcheck *check, enum cq_law_table table, size_t row,
                         uint64_t facts, const struct effect *effect)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);
        uint64_t bits = facts & field;

        /* A full field is no condition; in any other, every value must have an effect. */
        if (bits == field || ((effect->needed & field) != 0 && (bits & ~effect->used) == 0))
            continue;
        if (table == CQ_LAW_TABLE_RULES)
            cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, row, cq_fact_name((enum cq_fact)i), "");
        else
            cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, table, row, cq_fact_name((enum cq_fact)i),
                            "");
    }
}

/* Whether rows of a group set, from the first-th on, accept every case of a box on a day. */
static bool covered(const struct cq_law_cells *r, uint64_t set, int32_t day, size_t first,
                    uint64_t box)
{
    for (size_t i = first; i < r->group_row_count; i++) {
        const struct cq_group_row *row = &r->group_rows[i];

        if ((set >> row->group & 1) == 0 || !holds(row, day) ||
            cq_facts_empty(box & row->facts) != 0)
            continue;
        /* The rest of the box is split into disjoint boxes, one per field. */
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            uint64_t field = cq_fact_field((enum cq_fact)fact);
            uint64_t outside = box & field & ~row->facts;

            if (outside != 0 && !covered(r, set, day, i + 1, (box & ~field) | outside))
                return false;
            box &= ~field | row->facts;
        }
        return true;
    }
    return false;
}

/* Whether a rule would accept more cases without one of its group sets. */
static bool set_needed(const struct cq_law_cells *r, size_t rule, uint64_t set, uint64_t other)
{
    const struct cq_rule *row = &r->law->rules[rule];

    for (size_t i = 0; i < r->law->interval_count; i++) {
        const struct cq_interval *interval = &r->law->intervals[i];
        const struct cq_group_row *group;

        if (interval->since < row->since || interval->since >= row->until)
            continue;
        for (size_t j = 0; next_row(r, other, &j, &group);) {
            uint64_t box = r->sources[rule].facts & facts_of(group);

            if (holds(group, interval->since) && cq_facts_empty(box) == 0 &&
                !covered(r, set, interval->since, 0, box))
                return true;
        }
    }
    return false;
}

static void check_sets(struct cq_lawcheck *check, size_t rule)
{
    const struct cq_law_cells *r = &check->reader;
    uint64_t who = r->sources[rule].who, where = r->sources[rule].where;

    if (who != 0 && !set_needed(r, rule, who, where))
        cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, rule, "who", "");
    if (where != 0 && !set_needed(r, rule, where, who))
        cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, rule, "where", "");
}

/* A gap that applies to a rule automatically on all its days need not be named. */
static void check_gaps(struct cq_lawcheck *check, size_t rule)
{
    const struct cq_law *law = check->reader.law;
    const struct cq_rule *row = &law->rules[rule];

    for (uint64_t gaps = row->gaps & row->dated_gaps; gaps != 0; gaps &= gaps - 1) {
        const struct cq_gap *gap = &law->gaps[__builtin_ctzll(gaps)];

        if (gap->since <= row->since && row->until <= gap->until)
            cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, rule, "gaps", gap->id);
    }
}

static void check_rule(struct cq_lawcheck *check, size_t rule, const struct effects *effects)
{
    const struct cq_law_cells *r = &check->reader;
    const struct cq_rule_source *source = &r->sources[rule];
    uint64_t idle = (source->who | source->where) & ~effects->groups[rule];

    if (effects->rules[rule].used == 0) {
        cq_lawcheck_rule(check, CQ_FINDING_NEVER_DECIDES, rule, "", "");
        return;
    }
    for (; idle != 0; idle &= idle - 1) {
        int group = __builtin_ctzll(idle);

        cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, rule,
                         (source->who >> group & 1) != 0 ? "who" : "where", r->group_ids[group]);
    }
    check_sets(check, rule);
    check_fields(check, CQ_LAW_TABLE_RULES, rule, source->facts, &effects->rules[rule]);
    check_gaps(check, rule);
}

static void check_row(struct cq_lawcheck *check, size_t index, const struct effect *effect)
{
    const struct cq_group_row *row = &check->reader.group_rows[index];
    const char *group = check->reader.group_ids[row->group];

    if (effect->used == 0) {
        cq_lawcheck_row(check, CQ_FINDING_NEVER_DECIDES, CQ_LAW_TABLE_GROUPS, index, "group",
                        group);
        return;
    }
    if (row->since != CQ_DAY_MIN && !effect->since)
        cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_GROUPS, index, "since", group);
    if (row->until != CQ_DAY_MAX && !effect->until)
        cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, CQ_LAW_TABLE_GROUPS, index, "until", group);
    check_fields(check, CQ_LAW_TABLE_GROUPS, index, row->facts, effect);
}

void cq_lawcheck_conditions(struct cq_lawcheck *check)
{
    struct cq_law_cells *r = &check->reader;
    struct effects effects = {
        .rules = cq_law_cells_alloc(r, r->law->rule_count, sizeof *effects.rules),
        .rows = cq_law_cells_alloc(r, r->group_row_count, sizeof *effects.rows),
        .groups = cq_law_cells_alloc(r, r->law->rule_count, sizeof *effects.groups)};

    if (r->err.code)
        return;
    for (size_t rule = 0; rule < r->law->rule_count; rule++) {
        struct combination m = {.rule = rule};

        for (size_t i = 0; next_row(r, r->sources[rule].who, &i, &m.who);)
            for (size_t j = 0; next_row(r, r->sources[rule].where, &j, &m.where);)
                record_combination(r, &m, &effects);
    }
    for (size_t rule = 0; rule < r->law->rule_count; rule++)
        check_rule(check, rule, &effects);
    for (size_t row = 0; row < r->group_row_count; row++)
        check_row(check, row, &effects.rows[row]);
}
