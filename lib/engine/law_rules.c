/* Reads groups.csv, clauses.csv and rules.csv, the tables that decide. law_expand.c expands them;
 * law_prove.c proves that they are complete and do not contradict each other. */
#include "engine/law_rules.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"

enum { GROUP_ID, GROUP_SINCE, GROUP_UNTIL, GROUP_FACTS };
const char *const cq_law_rules_group_columns[] = {"group", "since", "until", CQ_LAW_FACT_COLUMNS,
                                                  NULL};

enum {
    CLAUSE_ID,
    CLAUSE_SINCE,
    CLAUSE_UNTIL,
    CLAUSE_CATEGORY,
    CLAUSE_BODY,
    CLAUSE_BASIS,
    CLAUSE_CERTAINTY,
    CLAUSE_GAPS
};
const char *const cq_law_rules_clause_columns[] = {
    "clause", "since", "until", "category", "body", "basis", "certainty", "gaps", NULL};

enum {
    RULE_ID,
    RULE_SINCE,
    RULE_UNTIL,
    RULE_SETS,
    RULE_FACTS = RULE_SETS + CQ_RULE_SETS,
    RULE_OUTCOME = RULE_FACTS + CQ_FACTS,
    RULE_PROVIDER,
    RULE_PAYER,
    RULE_REFERRAL,
    RULE_REASONS,
    RULE_BASIS,
    RULE_CERTAINTY,
    RULE_GAPS,
    RULE_CONFIRMED
};
const char *const cq_law_rules_rule_columns[] = {
    "rule",    "since",     "until", "who",      "where",   "cover", CQ_LAW_FACT_COLUMNS,
    "outcome", "provider",  "payer", "referral", "reasons", "basis", "certainty",
    "gaps",    "confirmed", NULL};

static uint64_t read_facts(struct cq_law_cells *r, int first)
{
    uint64_t facts = 0;

    for (int fact = 0; fact < CQ_FACTS; fact++)
        facts |= cq_law_cells_fact(r, first + fact, (enum cq_fact)fact);
    return facts;
}

static int find_group(const struct cq_law_cells *r, struct cq_text id)
{
    for (int group = 0; group < r->group_count; group++)
        if (cq_text_is(id, r->group_ids[group]))
            return group;
    return -1;
}

void cq_law_rules_read_groups(struct cq_law_cells *r, size_t rows)
{
    if (rows > CQ_LAW_GROUP_ROWS_MAX && cq_law_cells_row(r, CQ_LAW_GROUP_ROWS_MAX + 1)) {
        cq_law_cells_bad(r, GROUP_ID, "> %d", CQ_LAW_GROUP_ROWS_MAX);
        return;
    }
    r->group_rows = cq_law_cells_alloc(r, rows, sizeof *r->group_rows);
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_group_row *row = &r->group_rows[i];
        int group = find_group(r, cq_law_cells_text(r, GROUP_ID));

        if (group < 0) {
            group = r->group_count;
            if (group == CQ_LAW_GROUPS_MAX) {
                cq_law_cells_bad(r, GROUP_ID, "> %d", CQ_LAW_GROUPS_MAX);
                return;
            }
            r->group_ids[r->group_count++] = cq_law_cells_required(r, GROUP_ID);
        }
        row->group = group;
        row->since = cq_law_cells_day(r, GROUP_SINCE, CQ_DAY_MIN);
        row->until = cq_law_cells_day(r, GROUP_UNTIL, CQ_DAY_MAX);
        if (row->until <= row->since)
            cq_law_cells_bad(r, GROUP_UNTIL, "%s", r->group_ids[group]);
        row->facts = read_facts(r, GROUP_FACTS);
        r->group_row_count = i + 1;
    }
}

void cq_law_rules_read_clauses(struct cq_law_cells *r, size_t rows)
{
    r->clauses = cq_law_cells_alloc(r, rows, sizeof *r->clauses);
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_clause_row *row = &r->clauses[i];

        row->clause = cq_law_cells_required(r, CLAUSE_ID);
        if (*row->clause != '@')
            cq_law_cells_bad(r, CLAUSE_ID, "%s", row->clause);
        row->since = cq_law_cells_day(r, CLAUSE_SINCE, CQ_DAY_MIN);
        row->until = cq_law_cells_day(r, CLAUSE_UNTIL, CQ_DAY_MAX);
        if (row->until <= row->since)
            cq_law_cells_bad(r, CLAUSE_UNTIL, "%s", row->clause);
        row->facts =
            (cq_facts_all & ~cq_fact_field(CQ_FACT_CATEGORY) & ~cq_fact_field(CQ_FACT_BODY)) |
            cq_law_cells_fact(r, CLAUSE_CATEGORY, CQ_FACT_CATEGORY) |
            cq_law_cells_fact(r, CLAUSE_BODY, CQ_FACT_BODY);
        row->basis = cq_law_cells_basis(r, CLAUSE_BASIS);
        row->certainty = cq_law_cells_certainty(r, CLAUSE_CERTAINTY);
        row->gaps = cq_law_cells_gaps(r, CLAUSE_GAPS);
        r->clause_count = i + 1;
    }
}

/* Groups joined by '|', as a set; 0 for every case. */
static uint64_t read_group_set(struct cq_law_cells *r, int column)
{
    struct cq_text rest = cq_law_cells_text(r, column), part;
    uint64_t set = 0;

    if (cq_text_is(rest, "*"))
        return 0;
    while (cq_text_next(&rest, '|', &part)) {
        int group = find_group(r, part);

        if (group < 0 || (set >> group & 1) != 0) {
            cq_law_cells_unknown(r, CQ_FINDING_CELL, column, part);
            return 0;
        }
        set |= UINT64_C(1) << group;
    }
    return set;
}

static const char *read_choice(struct cq_law_cells *r, int column, const char *const *choices)
{
    const char *text = cq_law_cells_string(r, column);

    while (*choices && strcmp(*choices, text) != 0)
        choices++;
    if (!*choices)
        cq_law_cells_bad(r, column, "%s", text);
    return text;
}

/* Words of one kind joined by ';', each in words.csv. May be empty. */
static const char *read_words(struct cq_law_cells *r, int column, const char *kind)
{
    struct cq_text rest = cq_law_cells_text(r, column), part;

    if (rest.len == 0)
        return "";
    while (cq_text_next(&rest, ';', &part)) {
        const struct cq_word *word = cq_law_word(r->law, kind, part.ptr, part.len);

        if (!word || !word->in_rules)
            cq_law_cells_unknown(r, CQ_FINDING_CELL, column, part);
    }
    return cq_law_cells_string(r, column);
}

/* Checks that the cells of a rule's answer are consistent. */
static void check_answer(struct cq_law_cells *r, const struct cq_rule *rule)
{
    if (!rule->entitled && *rule->provider != '\0')
        cq_law_cells_bad(r, RULE_PROVIDER, "%s", rule->provider);
    if (!rule->entitled && *rule->payer != '\0')
        cq_law_cells_bad(r, RULE_PAYER, "%s", rule->payer);
    if (!rule->entitled && *rule->referral != '\0')
        cq_law_cells_bad(r, RULE_REFERRAL, "%s", rule->referral);
    if (*rule->reasons == '\0' && strcmp(rule->outcome, "eligible") != 0)
        cq_law_cells_bad(r, RULE_REASONS, "-");
}

/* Ids of editions joined by ';'. May be empty. */
static const char *read_editions(struct cq_law_cells *r, int column)
{
    struct cq_text rest = cq_law_cells_text(r, column), part;

    while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
        size_t i = 0;

        while (i < r->law->edition_count && !cq_text_is(part, r->law->editions[i].id))
            i++;
        if (i == r->law->edition_count)
            cq_law_cells_unknown(r, CQ_FINDING_CELL, column, part);
    }
    return cq_law_cells_string(r, column);
}

/* The clause that a basis has; NULL for none. */
static const char *find_clause(struct cq_law_cells *r, const char *basis)
{
    struct cq_text rest = cq_text_of(basis), part;
    const char *clause = NULL;

    while (cq_text_next(&rest, ';', &part)) {
        if (part.len == 0 || *part.ptr != '@')
            continue;
        if (clause)
            cq_law_cells_unknown(r, CQ_FINDING_CELL, RULE_BASIS, part);
        clause = cq_law_cells_intern(r, part.ptr, part.len);
    }
    return clause;
}

static void read_rule(struct cq_law_cells *r, struct cq_rule *rule)
{
    static const char *const outcomes[] = {
        "eligible",      "conditional",  "ineligible", "not_contingent",
        "not_regulated", "undetermined", NULL};

    rule->id = cq_law_cells_required(r, RULE_ID);
    if (strchr(rule->id, ';'))
        cq_law_cells_bad(r, RULE_ID, "%s", rule->id);
    rule->since = cq_law_cells_day(r, RULE_SINCE, CQ_DAY_MIN);
    rule->until = cq_law_cells_day(r, RULE_UNTIL, CQ_DAY_MAX);
    if (rule->until <= rule->since)
        cq_law_cells_bad(r, RULE_UNTIL, "%s", rule->id);
    rule->outcome = read_choice(r, RULE_OUTCOME, outcomes);
    rule->entitled = strcmp(rule->outcome, "eligible") == 0 ||
                     strcmp(rule->outcome, "conditional") == 0;
    rule->provider = cq_law_cells_string(r, RULE_PROVIDER);
    if (*rule->provider != '\0' && !cq_law_owner(r->law, rule->provider))
        cq_law_cells_bad(r, RULE_PROVIDER, "%s", rule->provider);
    rule->payer = read_words(r, RULE_PAYER, "payer");
    rule->referral = read_words(r, RULE_REFERRAL, "referral");
    rule->reasons = read_words(r, RULE_REASONS, "reason");
    rule->basis = cq_law_cells_basis(r, RULE_BASIS);
    rule->certainty = cq_law_cells_certainty(r, RULE_CERTAINTY);
    rule->gaps = cq_law_cells_gaps(r, RULE_GAPS);
    rule->confirmed = read_editions(r, RULE_CONFIRMED);
    rule->line = (int)r->row->line;
    check_answer(r, rule);
}

void cq_law_rules_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_rule *rules = cq_law_cells_alloc(r, rows, sizeof *rules);

    r->sources = cq_law_cells_alloc(r, rows, sizeof *r->sources);
    r->law->rules = rules;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_rule_source *source = &r->sources[i];

        read_rule(r, &rules[i]);
        source->facts = read_facts(r, RULE_FACTS);
        for (int set = 0; set < CQ_RULE_SETS; set++)
            source->groups[set] = read_group_set(r, RULE_SETS + set);
        source->clause = find_clause(r, rules[i].basis);
        for (size_t j = 0; j < i; j++)
            if (rules[j].id == rules[i].id)
                cq_law_cells_bad(r, RULE_ID, "%s", rules[i].id);
        r->law->rule_count = i + 1;
    }
}
