/* Collects the citations of rules, with the days on which they are cited. */
#include "lawcheck/citations.h"

#include "cq/list.h"

struct collection {
    struct cq_law_cells *r;
    struct cq_lawcheck_citation *list; /* NULL while they are counted */
    size_t count;
};

static void add(struct collection *c, struct cq_text basis, int32_t since, int32_t until,
                size_t rule)
{
    struct cq_text part;

    while (basis.len > 0 && cq_text_next(&basis, ';', &part)) {
        if (part.len == 0 || *part.ptr == '@')
            continue;
        if (c->list)
            c->list[c->count] = (struct cq_lawcheck_citation){
                cq_law_cells_intern(c->r, part.ptr, part.len), since, until, rule};
        c->count++;
    }
}

/* All values of facts that a group column accepts on some day, field by field. */
static uint64_t facts_of_set(const struct cq_law_cells *r, uint64_t groups)
{
    uint64_t facts = groups == 0 ? cq_facts_all : 0;

    for (size_t i = 0; i < r->group_row_count; i++)
        if ((groups >> r->group_rows[i].group & 1) != 0)
            facts |= r->group_rows[i].facts;
    return facts;
}

bool cq_lawcheck_is_about(const struct cq_law_cells *r, size_t rule,
                          const struct cq_clause_row *clause)
{
    const struct cq_rule_source *source = &r->sources[rule];
    uint64_t facts = source->facts & clause->facts;

    if (clause->clause != source->clause)
        return false;
    for (int set = 0; set < CQ_RULE_SETS; set++)
        facts &= facts_of_set(r, source->groups[set]);
    return cq_facts_empty(facts) == 0;
}

static void add_clauses(struct collection *c, size_t index)
{
    const struct cq_rule *rule = &c->r->law->rules[index];

    for (size_t i = 0; i < c->r->clause_count; i++) {
        const struct cq_clause_row *row = &c->r->clauses[i];
        int32_t since = row->since > rule->since ? row->since : rule->since;
        int32_t until = row->until < rule->until ? row->until : rule->until;

        if (since < until && cq_lawcheck_is_about(c->r, index, row))
            add(c, cq_text_of(row->basis), since, until, index);
    }
}

static void add_rules(struct collection *c)
{
    const struct cq_law *law = c->r->law;

    c->count = 0;
    for (size_t i = 0; i < law->rule_count; i++) {
        const struct cq_rule *rule = &law->rules[i];

        add(c, cq_text_of(rule->basis), rule->since, rule->until, i);
        if (c->r->sources[i].clause)
            add_clauses(c, i);
    }
}

void cq_lawcheck_citations_collect(struct cq_law_cells *r, struct cq_lawcheck_citations *citations)
{
    struct collection c = {.r = r};

    *citations = (struct cq_lawcheck_citations){0};
    add_rules(&c);
    c.list = cq_law_cells_alloc(r, c.count, sizeof *c.list);
    if (!c.list)
        return;
    add_rules(&c);
    *citations = (struct cq_lawcheck_citations){c.list, c.count};
}

bool cq_lawcheck_is_cited(const struct cq_law *law, const struct cq_lawcheck_citations *citations,
                          const struct cq_paragraph *paragraph)
{
    for (size_t i = 0; i < citations->count; i++) {
        const struct cq_lawcheck_citation *c = &citations->list[i];

        if (c->since >= paragraph->until || paragraph->since >= c->until)
            continue;
        if (c->id == paragraph->id)
            return true;
        for (size_t j = 0; j < law->paragraph_count; j++) {
            const struct cq_paragraph *cited = &law->paragraphs[j];

            if (cited->id == c->id && cited->cited_as == paragraph->id &&
                cited->since < paragraph->until && paragraph->since < cited->until &&
                cited->since < c->until && c->since < cited->until)
                return true;
        }
    }
    return false;
}

struct cq_text cq_lawcheck_act(const char *citation)
{
    struct cq_text place = cq_text_of(citation), act;

    cq_text_next(&place, ':', &act);
    return act;
}
