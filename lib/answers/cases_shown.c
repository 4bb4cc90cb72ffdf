/* What a case shows of rules, groups and papers; of bases: cases_basis.c, of late rows: cases_late.c. */
#include "answers/cases_shown.h"

#include "answers/cases_basis.h"
#include "answers/cases_late.h"

enum { FIRST = 1, LAST = 2 };

void cq_case_shown_init(struct cq_case_features *f, const struct cq_law *law)
{
    *f = (struct cq_case_features){.law = law};
    for (size_t i = 0; i < law->late_count; i++)
        f->late_days[i] = cq_late_days(law, i);
}

static uint64_t fields(const enum cq_fact *facts, size_t count)
{
    uint64_t all = 0;

    for (size_t i = 0; i < count; i++)
        all |= cq_fact_field(facts[i]);
    return all;
}

/* The parts of a mask that groups are about: to whom what kind of answer is given, where, and who
 * has which cover. */
static void show_groups(struct cq_case_features *f, uint64_t mask, const struct cq_ruling *ruling)
{
    static const enum cq_fact who[] = {CQ_FACT_CATEGORY, CQ_FACT_BODY, CQ_FACT_SPECIAL_RANK,
                                       CQ_FACT_SPONSOR,  CQ_FACT_KIN,  CQ_FACT_CORESIDENT,
                                       CQ_FACT_MINOR};
    static const enum cq_fact where[] = {CQ_FACT_SERVICE, CQ_FACT_URGENCY, CQ_FACT_DESTINATION,
                                         CQ_FACT_HOME};
    static const enum cq_fact cover[] = {CQ_FACT_SERVICE, CQ_FACT_URGENCY, CQ_FACT_PACKAGE,
                                         CQ_FACT_INSURED};

    cq_case_features_add(f, CQ_FEATURE_WHO, ruling->gaps,
                         mask & fields(who, sizeof who / sizeof *who), ruling->rule->outcome,
                         ruling->rule->reasons);
    cq_case_features_add(f, CQ_FEATURE_WHERE, 0, mask & fields(where, sizeof where / sizeof *where),
                         NULL, NULL);
    cq_case_features_add(f, CQ_FEATURE_COVER, 0, mask & fields(cover, sizeof cover / sizeof *cover),
                         NULL, NULL);
}

/* The row of papers of one category and body; that there is none for an answer that promises
 * something. */
static void show_papers(struct cq_case_features *f, const struct cq_law *law, int32_t day,
                        uint64_t word)
{
    static const enum cq_fact facts[] = {CQ_FACT_CATEGORY, CQ_FACT_BODY, CQ_FACT_MINOR};
    uint64_t asked = word & fields(facts, sizeof facts / sizeof *facts);

    for (size_t i = 0; i < law->documents_count; i++) {
        const struct cq_documents *row = &law->documents[i];

        if (day < row->since || day >= row->until || cq_facts_empty(row->facts & word) != 0 ||
            (asked & ~row->facts & ~cq_fact_field(CQ_FACT_MINOR)) != 0)
            continue;
        cq_case_features_add(f, CQ_FEATURE_PAPERS, i,
                             (day == row->since ? FIRST : 0u) | (day + 1 == row->until ? LAST : 0u),
                             NULL, NULL);
        for (size_t k = 0; k < sizeof facts / sizeof *facts; k++)
            cq_case_features_add(f, CQ_FEATURE_PAPERS_OF, i, word & cq_fact_field(facts[k]), NULL,
                                 NULL);
        return;
    }
    cq_case_features_add(f, CQ_FEATURE_NO_PAPERS, 0, asked, NULL, NULL);
}

/* The mask that decides a word, where one alone does; NULL else. */
static const struct cq_mask *find_mask(const struct cq_interval *interval, uint64_t word)
{
    int category = __builtin_ctzll(word) - CQ_CATEGORY_SHIFT;
    int service = cq_facts_get(word, CQ_FACT_SERVICE);
    const struct cq_mask *mask = interval->bucket[category][service];
    const struct cq_mask *end = mask + interval->bucket_count[category][service];

    while (mask < end && (word & ~mask->facts) != 0)
        mask++;
    return mask < end ? mask : NULL;
}

const struct cq_rule *cq_case_shown(struct cq_case_features *f, int32_t day, uint64_t word)
{
    const struct cq_law *law = f->law;
    const struct cq_interval *interval = cq_law_interval(law, day);
    const struct cq_mask *mask = find_mask(interval, word);
    const struct cq_ruling *ruling;
    struct cq_decision d;

    f->count = 0;
    if (!mask)
        return NULL;
    ruling = &interval->rulings[mask->ruling];
    cq_decide(law, day, word, &d);
    cq_case_features_add(f, CQ_FEATURE_ANSWER, (uint64_t)d.certainty[0], 0, ruling->rule,
                         ruling->basis);
    cq_case_features_add(f, CQ_FEATURE_RULE,
                         (day == ruling->rule->since ? FIRST : 0u) |
                             (cq_case_is_last(interval, day, ruling->rule->until) ? LAST : 0u),
                         0, ruling->rule, NULL);
    show_groups(f, mask->facts, ruling);
    cq_case_features_basis(f, interval, mask, day, word, d.certainty);
    if (d.entitled)
        show_papers(f, law, day, word);
    for (size_t i = 0; i < law->late_count; i++)
        cq_case_features_late(f, i, interval, mask, day, word);
    return ruling->rule;
}
