/* A wrong cell of the law is found: by --check-law, by a case worked out by
 * hand, or by the decisions that were reviewed. Every cell is changed in every way of mutate.h,
 * one at a time, and none may slip through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lawcheck/lawcheck.h"
#include "cases.h"
#include "golden.h"
#include "mutate.h"

/* Sanitizers are slow: they try one mutant in so many. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 16
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STRIDE 16
#endif
#endif
#ifndef STRIDE
#define STRIDE 1
#endif

enum { BY_READER, BY_PROOF, BY_LOOK, BY_CASES, BY_GOLDEN, BY_NOBODY, BYS };
static const char *const by_names[BYS] = {"cells not understood", "the proof", "checking", "cases",
                                          "reviewed decisions",   "nobody"};

/* A decision of the law as it is, to compare with; word and day represent a mask and its days. */
struct sample {
    int32_t day;
    uint64_t word;
    struct cq_decision decision;
};

struct hunt {
    struct cq_law *law;
    struct law_cases cases;
    struct sample *samples;
    size_t sample_count;
    struct cq_str defaults, golden;
    long made, killed[BYS];
};

static void keep_first(const struct cq_law_finding *finding, void *context)
{
    *(int *)context = (int)finding->kind;
}

static bool same_decision(const struct cq_decision *a, const struct cq_decision *b)
{
    return a->gaps == b->gaps && strcmp(a->outcome, b->outcome) == 0 &&
           strcmp(a->provider, b->provider) == 0 && strcmp(a->payer, b->payer) == 0 &&
           strcmp(a->referral, b->referral) == 0 && strcmp(a->reasons, b->reasons) == 0 &&
           strcmp(a->basis, b->basis) == 0 && strcmp(a->certainty, b->certainty) == 0 &&
           strcmp(a->documents, b->documents) == 0 && strcmp(a->rules[0]->id, b->rules[0]->id) == 0;
}

/* Whether what was reviewed would differ. Samples are among the combinations of the text, so a
 * sample that differs is a text that differs; only where none does is it written out. */
static bool differs(const struct hunt *hunt, const struct cq_law *law)
{
    struct cq_str text = {0};
    bool other;

    golden_defaults(law, &text);
    other = strcmp(text.ptr, hunt->defaults.ptr) != 0;
    for (size_t i = 0; i < hunt->sample_count && !other; i++) {
        struct cq_decision d;

        cq_decide(law, hunt->samples[i].day, hunt->samples[i].word, &d);
        other = !same_decision(&d, &hunt->samples[i].decision);
    }
    if (!other) {
        cq_str_clear(&text);
        golden_write(law, &text);
        other = strcmp(text.ptr, hunt->golden.ptr) != 0;
    }
    cq_str_free(&text);
    return other;
}

static int killer(const struct hunt *hunt, const struct cq_law_files *files)
{
    struct cq_law_checked checked;
    struct cq_law *law;
    int kind = -1, by;

    assert_int_equal(cq_lawcheck_files(files, NULL, 1, keep_first, &kind, &checked, NULL), CQ_OK);
    if (checked.findings > 0)
        return kind == CQ_FINDING_CELL                                 ? BY_READER
               : kind == CQ_FINDING_HOLE || kind == CQ_FINDING_OVERLAP ? BY_PROOF
                                                                       : BY_LOOK;
    assert_int_equal(cq_law_build(&law, files, NULL, NULL), CQ_OK);
    by = BY_NOBODY;
    for (size_t i = 0; i < hunt->cases.count && by == BY_NOBODY; i++)
        if (cases_check(law, &hunt->cases.cases[i], false) > 0)
            by = BY_CASES;
    if (by == BY_NOBODY && differs(hunt, law))
        by = BY_GOLDEN;
    cq_law_free(law);
    return by;
}

static void take(const struct mutation *mutation, const struct cq_law_files *files, void *context)
{
    struct hunt *hunt = context;
    int by;

    if (hunt->made++ % STRIDE != 0)
        return;
    by = killer(hunt, files);
    hunt->killed[by]++;
    if (by == BY_NOBODY)
        print_error("%s:%zu: %s: '%s' for '%s' is noticed by nobody\n",
                    cq_law_files_name(mutation->table), mutation->row + 1, mutation->column,
                    mutation->to, mutation->from);
}

/* The first and the last combination of every mask, on the first day of each stretch of days. */
static void take_samples(struct hunt *hunt)
{
    int32_t *edges;
    size_t count = golden_edges(hunt->law, &edges), room = 0;

    for (size_t i = 0; i < count; i++)
        room += 2 * cq_law_interval(hunt->law, edges[i])->count;
    hunt->samples = calloc(room, sizeof *hunt->samples);
    assert_non_null(hunt->samples);
    for (size_t i = 0; i < count; i++) {
        const struct cq_interval *interval = cq_law_interval(hunt->law, edges[i]);

        for (size_t mask = 0; mask < interval->count; mask++)
            for (int last = 0; last < 2; last++) {
                struct sample *s = &hunt->samples[hunt->sample_count++];

                s->day = edges[i];
                for (int fact = 0; fact < CQ_FACTS; fact++) {
                    uint64_t bits = interval->masks[mask].facts & cq_fact_field((enum cq_fact)fact);

                    s->word |= last ? UINT64_C(1) << (63 - __builtin_clzll(bits)) : bits & -bits;
                }
                cq_decide(hunt->law, s->day, s->word, &s->decision);
            }
    }
    free(edges);
}

static void test_no_wrong_cell_slips_through(void **state)
{
    static const enum cq_law_table tables[] = {
        CQ_LAW_TABLE_RULES,      CQ_LAW_TABLE_GROUPS,    CQ_LAW_TABLE_EDITIONS,
        CQ_LAW_TABLE_GAPS,       CQ_LAW_TABLE_DOCUMENTS, CQ_LAW_TABLE_PRESUMPTIONS,
        CQ_LAW_TABLE_PARAMETERS, CQ_LAW_TABLE_ROLES,     CQ_LAW_TABLE_SERVICES,
        CQ_LAW_TABLE_PROVIDERS,  CQ_LAW_TABLE_AGENCIES,  CQ_LAW_TABLE_REGIONS,
        CQ_LAW_TABLE_CITATIONS,  CQ_LAW_TABLE_ACTS,      CQ_LAW_TABLE_REFERRERS,
    };
    struct hunt hunt = {0};
    struct mutate m = {.take = take, .context = &hunt};
    long killed = 0;

    (void)state;
    assert_int_equal(cq_law_load(&hunt.law, NULL, NULL), CQ_OK);
    cases_read(&hunt.cases);
    golden_defaults(hunt.law, &hunt.defaults);
    golden_write(hunt.law, &hunt.golden);
    take_samples(&hunt);
    m.law = hunt.law;
    mutate_open(&m);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        mutate_table(&m, tables[i]);
    for (int by = 0; by < BYS; by++) {
        print_message("%8ld mutants noticed by %s\n", hunt.killed[by], by_names[by]);
        killed += hunt.killed[by];
    }
    print_message("%8ld of %ld mutants tried\n", killed, hunt.made);
    assert_true(hunt.made > 10000);
    for (int by = 0; by < BY_NOBODY; by++)
        assert_true(hunt.killed[by] > 0);
    assert_int_equal(hunt.killed[BY_NOBODY], 0);
    mutate_close(&m);
    free(hunt.samples);
    cases_free(&hunt.cases);
    cq_str_free(&hunt.defaults);
    cq_str_free(&hunt.golden);
    cq_law_free(hunt.law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_wrong_cell_slips_through),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
