/* Reads paragraphs.csv, and writes a basis as it reads on a day. */
#include "engine/law_paragraphs.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"

enum {
    CITATION,
    EDITION,
    UNTIL,
    CITED_AS,
    CERTAINTY,
    SOURCE,
    HASH,
    SUMMARY,
    IMPLEMENTED_BY = SUMMARY + CQ_LANGUAGES,
    REASON
};
const char *const cq_law_paragraphs_columns[] = {
    "citation",       "edition", "until", "cited_as",
    "certainty",      "source",  "hash",  CQ_LAW_NAME_COLUMNS("summary"),
    "implemented_by", "reason",  NULL};

static const char *read_cited_as(struct cq_law_cells *r, const char *id)
{
    struct cq_text cell = cq_law_cells_text(r, CITED_AS);

    if (cq_text_is(cell, "-"))
        return "";
    if (cell.len == 0)
        return id;
    if (cq_text_is(cell, id))
        cq_law_cells_idle(r, CITED_AS);
    return cq_law_cells_citation(r, CITED_AS);
}

static void read_paragraph(struct cq_law_cells *r, struct cq_paragraph *p)
{
    p->id = cq_law_cells_citation(r, CITATION);
    p->cited_as = read_cited_as(r, p->id);
    p->edition = cq_law_cells_required(r, EDITION);
    p->since = cq_law_cells_day(r, EDITION, CQ_DAY_MIN);
    p->until = cq_law_cells_day(r, UNTIL, CQ_DAY_MAX);
    if (p->until <= p->since)
        cq_law_cells_bad(r, UNTIL, "%s", p->id);
    p->certainty = cq_law_cells_certainty(r, CERTAINTY);
    p->source = cq_law_cells_required(r, SOURCE);
    p->hash = cq_law_cells_string(r, HASH);
    cq_law_cells_names(r, SUMMARY, p->summary);
    p->implemented_by = cq_law_cells_required(r, IMPLEMENTED_BY);
    p->reason = cq_law_cells_string(r, REASON);
    if ((strcmp(p->implemented_by, "none") == 0) != (*p->reason != '\0'))
        cq_law_cells_bad(r, REASON, "%s", *p->reason == '\0' ? "-" : p->reason);
}

/* A wording ends where the next row of the same citation begins. */
static void end_previous(struct cq_law_cells *r, struct cq_paragraph *p, size_t index)
{
    for (size_t i = 0; i + 1 < index; i++)
        if (p[i].id == p[index].id && p[index - 1].id != p[index].id)
            cq_law_cells_bad(r, CITATION, "%s", p[index].id);
    if (index == 0 || p[index - 1].id != p[index].id)
        return;
    if (p[index].since <= p[index - 1].since) {
        cq_law_cells_bad(r, EDITION, "%s", p[index].edition);
        return;
    }
    if (p[index - 1].until != CQ_DAY_MAX && p[index - 1].until >= p[index].since &&
        cq_law_cells_row(r, index)) {
        cq_law_cells_idle(r, UNTIL); /* of the row before */
        cq_law_cells_row(r, index + 1);
    }
    if (p[index - 1].until > p[index].since)
        p[index - 1].until = p[index].since;
}

void cq_law_paragraphs_read(struct cq_law_cells *r, size_t rows)
{
    struct cq_paragraph *paragraphs = cq_law_cells_alloc(r, rows, sizeof *paragraphs);

    r->law->paragraphs = paragraphs;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        read_paragraph(r, &paragraphs[i]);
        end_previous(r, paragraphs, i);
        r->law->paragraph_count = i + 1;
    }
}

/* Whether the edition of the act on the day is confirmed, for all rules or for this one. */
static bool is_confirmed(const struct cq_law *law, const struct cq_rule *rule, struct cq_text act,
                         int32_t day)
{
    for (size_t i = 0; i < law->edition_count; i++) {
        const struct cq_edition *edition = &law->editions[i];

        if (cq_text_is(act, edition->act) && edition->since <= day && day < edition->until)
            return edition->confirmed || cq_text_has(cq_text_of(rule->confirmed), ';', edition->id);
    }
    return true;
}

static void weaken(enum cq_certainty *certainty, enum cq_certainty other)
{
    if (other > *certainty)
        *certainty = other;
}

/* Appends the citations of a basis that has no clause. */
static void add_citations(struct cq_law_cells *r, const struct cq_rule *rule, struct cq_text basis,
                          int32_t day, struct cq_str *out, enum cq_certainty *certainty)
{
    struct cq_text part;

    while (basis.len > 0 && cq_text_next(&basis, ';', &part)) {
        const struct cq_paragraph *p = cq_law_paragraph(r->law, part.ptr, part.len, day);
        const char *cited = p ? p->cited_as : cq_law_cells_intern(r, part.ptr, part.len);
        struct cq_text place = part, act;

        cq_text_next(&place, ':', &act);
        weaken(certainty, p ? p->certainty : CQ_CERTAINTY_INFERRED);
        if (!is_confirmed(r->law, rule, act, day))
            *certainty = CQ_CERTAINTY_INFERRED;
        if (*cited == '\0' || cq_text_has((struct cq_text){out->ptr, out->len}, ';', cited))
            continue;
        if (out->len > 0)
            cq_str_put(out, ";", 1);
        cq_str_puts(out, cited);
    }
}

const char *cq_law_paragraphs_basis(struct cq_law_cells *r, const struct cq_rule *rule,
                                    const struct cq_clause_row *clause, int32_t day,
                                    enum cq_certainty *certainty)
{
    struct cq_text rest = cq_text_of(rule->basis), part;
    struct cq_str out = {0};
    const char *basis = "";

    *certainty = CQ_CERTAINTY_NONE;
    while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
        bool is_clause = part.len > 0 && *part.ptr == '@';

        if (!is_clause || clause)
            add_citations(r, rule, is_clause ? cq_text_of(clause->basis) : part, day, &out,
                          certainty);
    }
    if (out.failed)
        cq_err_record(&r->err, out.failed, NULL);
    else if (out.len > 0)
        basis = cq_law_cells_intern(r, out.ptr, out.len);
    cq_str_free(&out);
    return basis;
}
