/* Finds rows of the law that nothing refers to, and rules whose days are outside the editions of
 * the acts that they cite. */
#include "lawcheck/references.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"

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

static bool gap_used(const struct cq_law *law, size_t gap)
{
    uint64_t named = 0;

    for (size_t i = 0; i < law->rule_count; i++)
        named |= law->rules[i].gaps;
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

static void find_unused(struct cq_lawcheck *check)
{
    const struct cq_law_cells *r = &check->reader;
    const struct cq_law *law = r->law;

    for (size_t i = 0; i < law->edition_count; i++)
        if (!r->edition_used[i])
            cq_lawcheck_row(check, CQ_FINDING_UNUSED, CQ_LAW_TABLE_EDITIONS, i, "id",
                            law->editions[i].id);
    for (size_t i = 0; i < law->gap_count; i++)
        if (!gap_used(law, i))
            cq_lawcheck_row(check, CQ_FINDING_UNUSED, CQ_LAW_TABLE_GAPS, i, "id", law->gaps[i].id);
    for (size_t i = 0; i < law->provider_count; i++)
        if (!provider_used(law, law->providers[i].id))
            cq_lawcheck_row(check, CQ_FINDING_UNUSED, CQ_LAW_TABLE_PROVIDERS, i, "id",
                            law->providers[i].id);
    for (size_t i = 0; i < r->word_count; i++)
        if (r->words[i].in_rules && !word_used(law, &r->words[i]))
            cq_lawcheck_row(check, CQ_FINDING_UNUSED, CQ_LAW_TABLE_WORDS, i, "word",
                            r->words[i].code);
    for (size_t i = 0; i < r->group_row_count; i++)
        if (!group_used(r, r->group_rows[i].group))
            cq_lawcheck_row(check, CQ_FINDING_UNUSED, CQ_LAW_TABLE_GROUPS, i, "group",
                            r->group_ids[r->group_rows[i].group]);
}

/* Checks that editions of an act cover all days of a rule. */
static void check_days(struct cq_lawcheck *check, size_t index, struct cq_text act)
{
    const struct cq_law *law = check->reader.law;
    const struct cq_rule *rule = &law->rules[index];
    int32_t day = rule->since, next;
    bool known = false;

    for (size_t i = 0; i < law->edition_count; i++)
        known |= cq_text_is(act, law->editions[i].act);
    if (!known) /* the act has no editions in the table */
        return;
    do {
        next = day;
        for (size_t i = 0; i < law->edition_count; i++) {
            const struct cq_edition *edition = &law->editions[i];

            if (cq_text_is(act, edition->act) && edition->since <= day && day < edition->until)
                next = edition->until;
        }
        if (next == day) {
            cq_lawcheck_rule(check, CQ_FINDING_OUTSIDE_EDITION, index, "basis", rule->basis);
            return;
        }
        day = next;
    } while (day < rule->until);
}

static void check_editions(struct cq_lawcheck *check)
{
    const struct cq_law *law = check->reader.law;

    for (size_t i = 0; i < law->edition_count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct cq_edition *a = &law->editions[i], *b = &law->editions[j];

            if (a->act == b->act && a->since < b->until && b->since < a->until)
                cq_lawcheck_row(check, CQ_FINDING_TWO_EDITIONS, CQ_LAW_TABLE_EDITIONS, i, "id",
                                b->id);
        }
    for (size_t i = 0; i < law->rule_count; i++) {
        const char *basis = law->rules[i].basis;
        struct cq_text rest = cq_text_of(basis), part, last = {"", 0};

        while (*basis != '\0' && cq_text_next(&rest, ';', &part)) {
            struct cq_text place = part, act;

            cq_text_next(&place, ':', &act);
            if (act.len != last.len || memcmp(act.ptr, last.ptr, act.len) != 0)
                check_days(check, i, act);
            last = act;
        }
    }
}

void cq_lawcheck_references(struct cq_lawcheck *check)
{
    find_unused(check);
    check_editions(check);
}
