/* Checks citations: on every day on which a rule cites a paragraph, the paragraph has a row, and the
 * edition is confirmed, for all rules or for this one. */
#include "lawcheck/references.h"

#include "cq/list.h"
#include "lawcheck/citations.h"
#include "lawcheck/implementation.h"
#include "lawcheck/unused.h"

/* Whether rows of a paragraph cover days. */
static bool has_rows(const struct cq_law *law, const char *id, int32_t since, int32_t until)
{
    while (since < until) {
        const struct cq_paragraph *p = cq_law_paragraph(law, id, cq_text_of(id).len, since);

        if (!p)
            return false;
        since = p->until;
    }
    return true;
}

/* A citation without any row was reported when it was read. */
static bool is_known(const struct cq_law *law, const char *id)
{
    for (size_t i = 0; i < law->paragraph_count; i++)
        if (law->paragraphs[i].id == id)
            return true;
    return false;
}

static void check_days(struct cq_lawcheck *check, const struct cq_lawcheck_citation *c)
{
    const struct cq_law *law = check->reader.law;

    if (is_known(law, c->id) && !has_rows(law, c->id, c->since, c->until))
        cq_lawcheck_rule(check, CQ_FINDING_OUTSIDE_EDITION, c->rule, "basis", c->id);
}

/* Whether a rule cites an edition on one of its days. */
static bool cites_edition(const struct cq_lawcheck_citations *citations, size_t rule,
                          const struct cq_edition *edition)
{
    for (size_t i = 0; i < citations->count; i++) {
        const struct cq_lawcheck_citation *c = &citations->list[i];

        if (c->rule == rule && c->since < edition->until && edition->since < c->until &&
            cq_text_is(cq_lawcheck_act(c->id), edition->act))
            return true;
    }
    return false;
}

/* An edition that is not confirmed for all rules is to be named by each that cites it, and no
 * other edition by any. */
static void check_confirmed(struct cq_lawcheck *check,
                            const struct cq_lawcheck_citations *citations, size_t rule)
{
    const struct cq_law *law = check->reader.law;

    for (size_t i = 0; i < law->edition_count; i++) {
        const struct cq_edition *edition = &law->editions[i];
        bool named = cq_text_has(cq_text_of(law->rules[rule].confirmed), ';', edition->id);
        bool needed = !edition->confirmed && cites_edition(citations, rule, edition);

        if (needed && !named)
            cq_lawcheck_rule(check, CQ_FINDING_UNCONFIRMED, rule, "confirmed", edition->id);
        if (named && !needed)
            cq_lawcheck_rule(check, CQ_FINDING_NO_EFFECT, rule, "confirmed", edition->id);
    }
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
}

static bool has_editions(const struct cq_law *law, struct cq_text act)
{
    for (size_t i = 0; i < law->edition_count; i++)
        if (cq_text_is(act, law->editions[i].act))
            return true;
    return false;
}

/* The edition of an act on a day; NULL where none holds. */
static const struct cq_edition *edition_on(const struct cq_law *law, struct cq_text act,
                                           int32_t day)
{
    for (size_t i = 0; i < law->edition_count; i++) {
        const struct cq_edition *edition = &law->editions[i];

        if (cq_text_is(act, edition->act) && edition->since <= day && day < edition->until)
            return edition;
    }
    return NULL;
}

/* Whether editions of an act cover days. */
static bool in_editions(const struct cq_law *law, struct cq_text act, int32_t since, int32_t until)
{
    while (since < until) {
        const struct cq_edition *edition = edition_on(law, act, since);

        if (!edition)
            return false;
        since = edition->until;
    }
    return true;
}

/* A wording is that of editions: where the table has any of its act, one holds on each of its
 * days. */
static void check_wordings(struct cq_lawcheck *check)
{
    const struct cq_law *law = check->reader.law;

    for (size_t i = 0; i < law->paragraph_count; i++) {
        const struct cq_paragraph *p = &law->paragraphs[i];
        struct cq_text act = cq_lawcheck_act(p->id);

        if (has_editions(law, act) && !in_editions(law, act, p->since, p->until))
            cq_lawcheck_row(check, CQ_FINDING_NO_EDITION, CQ_LAW_TABLE_PARAGRAPHS, i, "edition",
                            p->id);
    }
}

/* What a basis reads as needs a row of its own on the same days. */
static void check_readings(struct cq_lawcheck *check)
{
    const struct cq_law *law = check->reader.law;

    for (size_t i = 0; i < law->paragraph_count; i++) {
        const struct cq_paragraph *p = &law->paragraphs[i];

        if (*p->cited_as != '\0' && !has_rows(law, p->cited_as, p->since, p->until))
            cq_lawcheck_row(check, CQ_FINDING_CITATION, CQ_LAW_TABLE_PARAGRAPHS, i, "cited_as",
                            p->cited_as);
    }
}

void cq_lawcheck_references(struct cq_lawcheck *check)
{
    struct cq_lawcheck_citations citations;

    cq_lawcheck_unused(check);
    check_editions(check);
    check_wordings(check);
    check_readings(check);
    cq_lawcheck_citations_collect(&check->reader, &citations);
    if (check->reader.err.code)
        return;
    for (size_t i = 0; i < citations.count; i++)
        check_days(check, &citations.list[i]);
    for (size_t i = 0; i < check->reader.law->rule_count; i++)
        check_confirmed(check, &citations, i);
    cq_lawcheck_implementation(check, &citations);
}
