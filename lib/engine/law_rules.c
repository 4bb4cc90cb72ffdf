/* Reads groups.csv and rules.csv, the two tables that decide. law_expand.c expands them;
 * law_prove.c proves that they are complete and do not contradict each other. */
#include "engine/law_rules.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"

/* One column a fact, in the order of enum cq_fact. */
#define FACT_COLUMNS                                                                               \
    "category", "body", "special_rank", "coresident", "minor", "service", "destination", "home",   \
        "place", "indicated", "package", "insured", "presidential", "duty_injury"

enum { GROUP_ID, GROUP_SINCE, GROUP_UNTIL, GROUP_FACTS };
const char *const cq_law_rules_group_columns[] = {"group", "since", "until", FACT_COLUMNS, NULL};

enum {
    RULE_ID,
    RULE_SINCE,
    RULE_UNTIL,
    RULE_WHO,
    RULE_WHERE,
    RULE_FACTS,
    RULE_OUTCOME = RULE_FACTS + CQ_FACTS,
    RULE_PROVIDER,
    RULE_PAYER,
    RULE_REFERRAL,
    RULE_REASONS,
    RULE_BASIS,
    RULE_CERTAINTY,
    RULE_GAPS
};
const char *const cq_law_rules_rule_columns[] = {
    "rule",  "since",    "until",   "who",   "where",     FACT_COLUMNS, "outcome", "provider",
    "payer", "referral", "reasons", "basis", "certainty", "gaps",       NULL};

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

/* Gaps that apply to a rule automatically: those of every decision and those of acts in its
 * basis. */
static uint64_t dated_gaps(const struct cq_law *law, const char *basis)
{
    uint64_t gaps = law->common_gaps;
    struct cq_text rest = {basis, strlen(basis)}, part;

    while (cq_text_next(&rest, ';', &part)) {
        struct cq_text place = part, act;

        cq_text_next(&place, ':', &act);
        for (size_t i = 0; i < law->gap_count; i++)
            if (act.len > 0 && cq_text_is(act, law->gaps[i].applies))
                gaps |= UINT64_C(1) << i;
    }
    return gaps;
}

/* Checks that the cells of a rule's answer are consistent. */
static void check_answer(struct cq_law_cells *r, const struct cq_rule *rule)
{
    bool undetermined = strcmp(rule->outcome, "undetermined") == 0;

    if (!rule->entitled && *rule->provider != '\0')
        cq_law_cells_bad(r, RULE_PROVIDER, "%s", rule->provider);
    if (!rule->entitled && *rule->payer != '\0')
        cq_law_cells_bad(r, RULE_PAYER, "%s", rule->payer);
    if (!rule->entitled && *rule->referral != '\0')
        cq_law_cells_bad(r, RULE_REFERRAL, "%s", rule->referral);
    if ((*rule->certainty == '\0') != (undetermined || *rule->basis == '\0'))
        cq_law_cells_bad(r, RULE_CERTAINTY, "%s", *rule->certainty == '\0' ? "-" : rule->certainty);
    if (*rule->reasons == '\0' && strcmp(rule->outcome, "eligible") != 0)
        cq_law_cells_bad(r, RULE_REASONS, "-");
}

static void read_rule(struct cq_law_cells *r, struct cq_rule *rule)
{
    static const char *const outcomes[] = {
        "eligible",      "conditional",  "ineligible", "not_contingent",
        "not_regulated", "undetermined", NULL};
    static const char *const certainties[] = {"", "text", "read", "inferred", "superseded", NULL};

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
    rule->certainty = read_choice(r, RULE_CERTAINTY, certainties);
    rule->gaps = cq_law_cells_gaps(r, RULE_GAPS);
    rule->dated_gaps = dated_gaps(r->law, rule->basis);
    rule->line = (int)r->row->line;
    check_answer(r, rule);
}

/* Strings are interned: equal addresses are equal texts, "" aside, which may be two. */
static bool same_text(const char *a, const char *b)
{
    return a == b || (*a == '\0' && *b == '\0');
}

static bool same_verdict(const struct cq_rule *a, const struct cq_rule *b)
{
    return a->gaps == b->gaps && same_text(a->outcome, b->outcome) &&
           same_text(a->provider, b->provider) && same_text(a->payer, b->payer) &&
           same_text(a->referral, b->referral) && same_text(a->reasons, b->reasons) &&
           same_text(a->basis, b->basis);
}

void cq_law_rules_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_rule *rules = cq_law_cells_alloc(r, rows, sizeof *rules);
    int verdicts = 0;

    r->sources = cq_law_cells_alloc(r, rows, sizeof *r->sources);
    r->law->rules = rules;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        read_rule(r, &rules[i]);
        r->sources[i].facts = read_facts(r, RULE_FACTS);
        r->sources[i].who = read_group_set(r, RULE_WHO);
        r->sources[i].where = read_group_set(r, RULE_WHERE);
        rules[i].verdict = -1;
        for (size_t j = 0; j < i; j++) {
            if (rules[j].id == rules[i].id)
                cq_law_cells_bad(r, RULE_ID, "%s", rules[i].id);
            if (rules[i].verdict < 0 && same_verdict(&rules[j], &rules[i]))
                rules[i].verdict = rules[j].verdict;
        }
        if (rules[i].verdict < 0)
            rules[i].verdict = verdicts++;
        r->law->rule_count = i + 1;
    }
}
