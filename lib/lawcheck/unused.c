/* Finds rows of the law that nothing refers to. */
#include "lawcheck/unused.h"

#include <string.h>

#include "cq/list.h"
#include "lawcheck/citations.h"

static bool act_used(const struct cq_law *law, const char *act)
{
    for (size_t i = 0; i < law->paragraph_count; i++)
        if (cq_text_is(cq_lawcheck_act(law->paragraphs[i].id), act))
            return true;
    return false;
}

/* An edition is of use where a paragraph of its act has its wording from it. */
static bool edition_used(const struct cq_law *law, const struct cq_edition *edition)
{
    for (size_t i = 0; i < law->paragraph_count; i++)
        if (law->paragraphs[i].edition == edition->id &&
            cq_text_is(cq_lawcheck_act(law->paragraphs[i].id), edition->act))
            return true;
    return false;
}

static bool word_used(const struct cq_law *law, const struct cq_word *word)
{
    for (size_t i = 0; i < law->rule_count; i++) {
        const struct cq_rule *rule = &law->rules[i];

        const char *list = strcmp(word->kind, "payer") == 0      ? rule->payer
                           : strcmp(word->kind, "referral") == 0 ? rule->referral
                                                                 : rule->reasons;

        if (cq_text_has(cq_text_of(list), ';', word->code))
            return true;
    }
    return false;
}

static bool provider_used(const struct cq_law *law, const char *provider)
{
    for (size_t i = 0; i < law->rule_count; i++)
        if (strcmp(law->rules[i].provider, provider) == 0)
            return true;
    return false;
}

/* A gap is named by a row, or is about how a fact is found. */
static bool gap_used(const struct cq_law_cells *r, size_t gap)
{
    const struct cq_law *law = r->law;
    uint64_t named = 0;

    for (size_t i = 0; i < law->rule_count; i++)
        named |= law->rules[i].gaps;
    for (size_t i = 0; i < r->clause_count; i++)
        named |= r->clauses[i].gaps;
    for (size_t i = 0; i < law->late_count; i++)
        named |= law->late[i].gap;
    for (size_t i = 0; i < law->documents_count; i++)
        named |= law->documents[i].gaps;
    return (named >> gap & 1) != 0 || *law->gaps[gap].fact != '\0';
}

static bool group_used(const struct cq_law_cells *r, int group)
{
    for (size_t i = 0; i < r->law->rule_count; i++)
        for (int set = 0; set < CQ_RULE_SETS; set++)
            if ((r->sources[i].groups[set] >> group & 1) != 0)
                return true;
    return false;
}

static bool clause_used(const struct cq_law_cells *r, const char *clause)
{
    for (size_t i = 0; i < r->law->rule_count; i++)
        if (r->sources[i].clause == clause)
            return true;
    return false;
}

static void report(struct cq_lawcheck *check, bool used, enum cq_law_table table, size_t row,
                   const char *column, const char *id)
{
    if (!used)
        cq_lawcheck_row(check, CQ_FINDING_UNUSED, table, row, column, id);
}

void cq_lawcheck_unused(struct cq_lawcheck *check)
{
    const struct cq_law_cells *r = &check->reader;
    const struct cq_law *law = r->law;

    for (size_t i = 0; i < law->act_count; i++)
        report(check, act_used(law, law->acts[i].id), CQ_LAW_TABLE_ACTS, i, "id", law->acts[i].id);
    for (size_t i = 0; i < law->edition_count; i++)
        report(check, edition_used(law, &law->editions[i]), CQ_LAW_TABLE_EDITIONS, i, "id",
               law->editions[i].id);
    for (size_t i = 0; i < law->gap_count; i++)
        report(check, gap_used(r, i), CQ_LAW_TABLE_GAPS, i, "id", law->gaps[i].id);
    for (size_t i = 0; i < law->provider_count; i++)
        report(check, provider_used(law, law->providers[i].id), CQ_LAW_TABLE_PROVIDERS, i, "id",
               law->providers[i].id);
    for (size_t i = 0; i < r->word_count; i++)
        report(check, !r->words[i].in_rules || word_used(law, &r->words[i]), CQ_LAW_TABLE_WORDS, i,
               "word", r->words[i].code);
    for (size_t i = 0; i < r->group_row_count; i++)
        report(check, group_used(r, r->group_rows[i].group), CQ_LAW_TABLE_GROUPS, i, "group",
               r->group_ids[r->group_rows[i].group]);
    for (size_t i = 0; i < r->clause_count; i++)
        report(check, clause_used(r, r->clauses[i].clause), CQ_LAW_TABLE_CLAUSES, i, "clause",
               r->clauses[i].clause);
}
