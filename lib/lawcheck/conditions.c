/* Finds conditions of rules, groups and clauses without which every decision would stay the same: a
 * row that no case reaches, a group that adds nothing to a rule, a value that the rest excludes, a
 * day that excludes nothing. Each is an error or redundant.
 *
 * Rules and clauses say when they hold, and clauses whom they are about, even where a group says it
 * too: those cells are to be exactly what cases reach. */
#include "lawcheck/conditions.h"

#include "cq/date.h"
#include "engine/law_masks.h"

/* The parts of a row that have an effect. A value is used if some case of the row has it; a field
 * is needed if without it the row would accept other cases; a day, if without it the row would
 * accept more. The row decides something from `first` to `last`. */
struct effect {
    uint64_t used, needed;
    bool since, until;
    int32_t first, last;
};

/* What a rule needs of its group columns. */
struct rule_effect {
    struct effect own;
    uint64_t added[CQ_RULE_SETS]; /* groups that add something */
    bool narrows[CQ_RULE_SETS];   /* without the column the rule would accept more */
    bool speechless;              /* its clause has no row for some case */
};

/* A rule with one row of each of its group columns, in an interval; NULL where a column is "*". */
struct combination {
    const struct cq_rule_source *source;
    const struct cq_interval *interval;
    const struct cq_group_row *rows[CQ_RULE_SETS];
};

struct conditions {
    const struct cq_law_cells *reader;
    struct effect *groups, *clauses; /* by row */
    struct rule_effect rule;         /* that is looked at */
    struct combination at;
};

static uint64_t facts_of(const struct cq_group_row *row)
{
    return !row ? cq_facts_all : row->facts;
}

static bool holds(const struct cq_group_row *row, int32_t day)
{
    return !row || (row->since <= day && day < row->until);
}

/* The cases of a combination without one of its columns; CQ_RULE_SETS leaves out none. */
static uint64_t box_without(const struct combination *m, int without)
{
    uint64_t box = m->source->facts;

    for (int set = 0; set < CQ_RULE_SETS; set++)
        if (set != without)
            box &= facts_of(m->rows[set]);
    return box;
}

/* Iterates over the rows of a group column; "*" gives NULL once. */
static bool next_row(struct conditions *c, int set, size_t *at)
{
    const struct cq_law_cells *r = c->reader;
    const struct cq_group_row **row = &c->at.rows[set];
    uint64_t groups = c->at.source->groups[set];

    *row = NULL;
    if (groups == 0)
        return (*at)++ == 0;
    while (*at < r->group_row_count)
        if ((groups >> r->group_rows[(*at)++].group & 1) != 0) {
            *row = &r->group_rows[*at - 1];
            return true;
        }
    return false;
}

/* Records that a row accepts `own` where the others of the combination accept `rest`. */
static void record_effect(struct effect *effect, uint64_t own, uint64_t rest,
                          const struct cq_interval *interval)
{
    if (cq_facts_empty(own & rest) == 0) {
        if (effect->used == 0 || interval->since < effect->first)
            effect->first = interval->since;
        if (effect->used == 0 || interval->until > effect->last)
            effect->last = interval->until;
        effect->used |= own & rest;
    }
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);

        if (cq_facts_empty((own | field) & rest) == 0 && (rest & field & ~own) != 0)
            effect->needed |= field;
    }
}

/* Records that a row of a group would accept cases on days outside its own. */
static void record_days(struct conditions *c, int set)
{
    const struct cq_group_row *row = c->at.rows[set];
    struct effect *effect = &c->groups[row - c->reader->group_rows];

    if (cq_facts_empty(box_without(&c->at, CQ_RULE_SETS)) != 0)
        return;
    if (c->at.interval->since < row->since)
        effect->since = true;
    else
        effect->until = true;
}

/* Records which rows of the rule's clause a box reaches. */
static void record_clauses(struct conditions *c, uint64_t box)
{
    const struct cq_law_cells *r = c->reader;
    int32_t day = c->at.interval->since;

    for (size_t i = 0; i < r->clause_count; i++) {
        const struct cq_clause_row *row = &r->clauses[i];

        if (row->clause == c->at.source->clause && row->since <= day && day < row->until)
            record_effect(&c->clauses[i], row->facts, box, c->at.interval);
    }
}

/* Splits what a box has outside of other facts into disjoint boxes, one per field, and asks about
 * each. Returns whether all are covered; the rest of the box is inside. */
static bool each_outside(const struct conditions *c, uint64_t box, uint64_t facts, size_t next,
                         bool (*covered)(const struct conditions *c, size_t first, uint64_t box))
{
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        uint64_t field = cq_fact_field((enum cq_fact)fact);
        uint64_t outside = box & field & ~facts;

        if (outside != 0 && !covered(c, next, (box & ~field) | outside))
            return false;
        box &= ~field | facts;
    }
    return true;
}

/* Whether rows of the rule's clause, from the first-th on, are about every case of a box. */
static bool has_clause(const struct conditions *c, size_t first, uint64_t box)
{
    int32_t day = c->at.interval->since;

    for (size_t i = first; i < c->reader->clause_count; i++) {
        const struct cq_clause_row *row = &c->reader->clauses[i];

        if (row->clause == c->at.source->clause && row->since <= day && day < row->until &&
            cq_facts_empty(box & row->facts) == 0)
            return each_outside(c, box, row->facts, i + 1, has_clause);
    }
    return false;
}

/* Records what the rows of a combination are for where all of them hold. */
static void record_rows(struct conditions *c)
{
    uint64_t box = box_without(&c->at, CQ_RULE_SETS), groups = cq_facts_all;

    for (int set = 0; set < CQ_RULE_SETS; set++) {
        const struct cq_group_row *row = c->at.rows[set];

        groups &= facts_of(row);
        if (!row)
            continue;
        record_effect(&c->groups[row - c->reader->group_rows], row->facts, box_without(&c->at, set),
                      c->at.interval);
        if (cq_facts_empty(box) == 0)
            c->rule.added[set] |= UINT64_C(1) << row->group;
    }
    record_effect(&c->rule.own, c->at.source->facts, groups, c->at.interval);
    if (!c->at.source->clause)
        return;
    record_clauses(c, box);
    if (cq_facts_empty(box) == 0 && !has_clause(c, 0, box))
        c->rule.speechless = true;
}

/* Records every combination of rows of the columns from the given one on. Shape: outside is the one
 * column whose row does not hold in the interval, -1 for none. */
static void record_sets(struct conditions *c, int set, int outside)
{
    if (set == CQ_RULE_SETS) {
        if (outside < 0)
            record_rows(c);
        else
            record_days(c, outside);
        return;
    }
    for (size_t at = 0; next_row(c, set, &at);) {
        bool now = holds(c->at.rows[set], c->at.interval->since);

        if (now || outside < 0)
            record_sets(c, set + 1, now ? outside : set);
    }
    c->at.rows[set] = NULL;
}

/* Whether rows of a group column, from the first-th on, accept every case of a box. */
static bool is_covered(const struct conditions *c, int set, size_t first, uint64_t box)
{
    for (size_t i = first; i < c->reader->group_row_count; i++) {
        const struct cq_group_row *row = &c->reader->group_rows[i];

        if ((c->at.source->groups[set] >> row->group & 1) == 0 ||
            !holds(row, c->at.interval->since) || cq_facts_empty(box & row->facts) != 0)
            continue;
        /* The rest of the box is split into disjoint boxes, one per field. */
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            uint64_t field = cq_fact_field((enum cq_fact)fact);
            uint64_t outside = box & field & ~row->facts;

            if (outside != 0 && !is_covered(c, set, i + 1, (box & ~field) | outside))
                return false;
            box &= ~field | row->facts;
        }
        return true;
    }
    return false;
}

/* Whether the rule would accept more in the interval without a group column. Shape: rows of the
 * columns from the given one on are still to be chosen. */
static bool would_accept_more(struct conditions *c, int without, int set)
{
    bool more = false;

    if (set == CQ_RULE_SETS) {
        uint64_t box = box_without(&c->at, without);

        return cq_facts_empty(box) == 0 && !is_covered(c, without, 0, box);
    }
    if (set == without)
        return would_accept_more(c, without, set + 1);
    for (size_t at = 0; !more && next_row(c, set, &at);)
        more = holds(c->at.rows[set], c->at.interval->since) &&
               would_accept_more(c, without, set + 1);
    return more;
}

static void record_rule(struct conditions *c, size_t index)
{
    const struct cq_law *law = c->reader->law;
    const struct cq_rule *rule = &law->rules[index];

    c->rule = (struct rule_effect){0};
    c->at.source = &c->reader->sources[index];
    for (size_t i = 0; i < law->interval_count; i++) {
        c->at.interval = &law->intervals[i];
        if (c->at.interval->since < rule->since || c->at.interval->since >= rule->until)
            continue;
        record_sets(c, 0, -1);
        for (int set = 0; set < CQ_RULE_SETS; set++)
            if (c->at.source->groups[set] != 0 && !c->rule.narrows[set])
                c->rule.narrows[set] = would_accept_more(c, set, 0);
    }
}

/* Reports a row of rules, groups or clauses. */
static void report(struct cq_lawcheck *check, enum cq_law_table table, size_t row,
                   const char *column, const char *detail)
{
    if (table == CQ_LAW_TABLE_RULES)
        cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, row, column, detail);
    else
        cq_lawcheck_row(check, CQ_FINDING_NO_EFFECT, table, row, column, detail);
}

/* Reports facts: every value must be used, and the field needed. */
static void check_fields(struct cq_lawcheck *check, enum cq_law_table table, size_t row,
                         uint64_t facts, const struct effect *effect)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);
        uint64_t bits = facts & field;

        if (bits != field && ((effect->needed & field) == 0 || (bits & ~effect->used) != 0))
            report(check, table, row, cq_fact_name((enum cq_fact)i), "");
    }
}

/* Reports days at the start or the end on which a row decides nothing. */
static void check_idle(struct cq_lawcheck *check, enum cq_law_table table, size_t row,
                       int32_t since, int32_t until, const struct effect *effect)
{
    if (effect->first > since)
        report(check, table, row, "since", "");
    if (effect->last < until)
        report(check, table, row, "until", "");
}

static void check_rule(struct cq_lawcheck *check, const struct conditions *c, size_t index)
{
    static const char *const columns[CQ_RULE_SETS] = {"who", "where", "cover"};
    const struct cq_rule_source *source = &c->reader->sources[index];
    const struct cq_rule *rule = &c->reader->law->rules[index];

    if (c->rule.own.used == 0) {
        cq_lawcheck_rule(check, CQ_FINDING_NEVER_DECIDES, index, "", "");
        return;
    }
    if (c->rule.speechless)
        cq_lawcheck_rule(check, CQ_FINDING_NO_CLAUSE, index, "basis", source->clause);
    check_idle(check, CQ_LAW_TABLE_RULES, index, rule->since, rule->until, &c->rule.own);
    for (int set = 0; set < CQ_RULE_SETS; set++) {
        uint64_t idle = source->groups[set] & ~c->rule.added[set];

        for (; idle != 0; idle &= idle - 1)
            report(check, CQ_LAW_TABLE_RULES, index, columns[set],
                   c->reader->group_ids[__builtin_ctzll(idle)]);
        if (source->groups[set] != 0 && !c->rule.narrows[set])
            report(check, CQ_LAW_TABLE_RULES, index, columns[set], "");
    }
    check_fields(check, CQ_LAW_TABLE_RULES, index, source->facts, &c->rule.own);
}

static void check_group(struct cq_lawcheck *check, size_t index, const struct effect *effect)
{
    const struct cq_group_row *row = &check->reader.group_rows[index];
    const char *group = check->reader.group_ids[row->group];

    if (effect->used == 0) {
        cq_lawcheck_row(check, CQ_FINDING_NEVER_DECIDES, CQ_LAW_TABLE_GROUPS, index, "group",
                        group);
        return;
    }
    if (row->since != CQ_DAY_MIN && !effect->since)
        report(check, CQ_LAW_TABLE_GROUPS, index, "since", group);
    if (row->until != CQ_DAY_MAX && !effect->until)
        report(check, CQ_LAW_TABLE_GROUPS, index, "until", group);
    check_fields(check, CQ_LAW_TABLE_GROUPS, index, row->facts, effect);
}

static void check_clause(struct cq_lawcheck *check, size_t index, const struct effect *effect)
{
    static const enum cq_fact about[] = {CQ_FACT_CATEGORY, CQ_FACT_BODY};
    const struct cq_clause_row *row = &check->reader.clauses[index];

    if (effect->used == 0) {
        cq_lawcheck_row(check, CQ_FINDING_NEVER_DECIDES, CQ_LAW_TABLE_CLAUSES, index, "clause",
                        row->clause);
        return;
    }
    check_idle(check, CQ_LAW_TABLE_CLAUSES, index, row->since, row->until, effect);
    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if ((row->facts & cq_fact_field(about[i]) & ~effect->used) != 0)
            report(check, CQ_LAW_TABLE_CLAUSES, index, cq_fact_name(about[i]), "");
}

void cq_lawcheck_conditions(struct cq_lawcheck *check)
{
    struct cq_law_cells *r = &check->reader;
    struct conditions c = {.reader = r,
                           .groups = cq_law_cells_alloc(r, r->group_row_count, sizeof *c.groups),
                           .clauses = cq_law_cells_alloc(r, r->clause_count, sizeof *c.clauses)};

    if (r->err.code)
        return;
    for (size_t i = 0; i < r->law->rule_count; i++) {
        record_rule(&c, i);
        check_rule(check, &c, i);
    }
    for (size_t i = 0; i < r->group_row_count; i++)
        check_group(check, i, &c.groups[i]);
    for (size_t i = 0; i < r->clause_count; i++)
        check_clause(check, i, &c.clauses[i]);
}
