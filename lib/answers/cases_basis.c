/* What a case shows of paragraphs and clauses. A wording shows the day where that is an end of its
 * days, and whether the certainty of the answer is its own: one that another paragraph has as well
 * would not change with it. */
#include "answers/cases_basis.h"

#include <stdio.h>

#include "answers/cases_late.h"
#include "cq/date.h"
#include "cq/list.h"

enum { FIRST = 1, LAST = 2, WORDINGS_MAX = 32 };

struct wordings {
    const struct cq_paragraph *list[WORDINGS_MAX];
    size_t count;
};

bool cq_case_is_last(const struct cq_interval *interval, int32_t day, int32_t until)
{
    return until == CQ_DAY_MAX ? interval->until == CQ_DAY_MAX : day + 1 == until;
}

/* Adds the wordings of citations on a day, each once; clauses have none. */
static void collect(struct wordings *w, const struct cq_law *law, const char *basis, int32_t day)
{
    struct cq_text rest = cq_text_of(basis), part;

    while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
        const struct cq_paragraph *p = cq_law_paragraph(law, part.ptr, part.len, day);
        size_t i = 0;

        while (i < w->count && w->list[i] != p)
            i++;
        if (p && i == w->count && i < WORDINGS_MAX)
            w->list[w->count++] = p;
    }
}

/* Whether a wording is less certain than all else that the answer rests on. */
static bool is_decisive(const struct wordings *w, size_t index, enum cq_certainty rest)
{
    const struct cq_paragraph *p = w->list[index];

    for (size_t i = 0; i < w->count; i++)
        if (i != index && w->list[i]->certainty >= p->certainty)
            return false;
    return rest < p->certainty;
}

static void show_clauses(struct cq_case_features *f, const struct cq_ruling *ruling, uint64_t facts)
{
    uint64_t about = facts & (cq_fact_field(CQ_FACT_CATEGORY) | cq_fact_field(CQ_FACT_BODY));
    struct cq_text rest = cq_text_of(ruling->rule->basis), part;

    while (rest.len > 0 && cq_text_next(&rest, ';', &part)) {
        char record[160];
        int len = snprintf(record, sizeof record, "clause %.*s %llx %s",
                           part.len > 40 ? 40 : (int)part.len, part.ptr, (unsigned long long)about,
                           ruling->basis);

        if (part.len > 0 && *part.ptr == '@')
            cq_case_features_add_bytes(f, record,
                                       len < (int)sizeof record ? (size_t)len : sizeof record - 1);
    }
}

void cq_case_features_basis(struct cq_case_features *f, const struct cq_interval *interval,
                            const struct cq_mask *mask, int32_t day, uint64_t word,
                            const char *certainty)
{
    const struct cq_ruling *ruling = &interval->rulings[mask->ruling];
    struct wordings w = {0};
    uint64_t gaps;
    enum cq_certainty rest = cq_late_certainty(f->law, ruling->late, day, word, &gaps);

    rest = ruling->least > rest ? ruling->least : rest;
    collect(&w, f->law, ruling->rule->basis, day);
    collect(&w, f->law, ruling->basis, day);
    for (size_t i = 0; i < w.count; i++) {
        const struct cq_paragraph *p = w.list[i];
        uint64_t edges = (day == p->since ? FIRST : 0u) |
                         (cq_case_is_last(interval, day, p->until) ? LAST : 0u);

        cq_case_features_add(f, CQ_FEATURE_WORDING, edges, is_decisive(&w, i, rest), p, certainty);
    }
    show_clauses(f, ruling, mask->facts);
}
