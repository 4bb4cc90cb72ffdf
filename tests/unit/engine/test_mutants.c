/* A wrong cell of the law is found: by --check-law, by a case computed by hand, or by the decisions
 * that were reviewed. Mutations of mutate.h are made, one at a time, and must be found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lawcheck/lawcheck.h"
#include "cases.h"
#include "golden.h"
#include "mutate.h"

/* A mutant takes 8 ms: one in STRIDE is tried, fewer with sanitizers, which are slow. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 16
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STRIDE 16
#endif
#endif
#ifndef STRIDE
#define STRIDE 7
#endif

enum { BY_READER, BY_PROOF, BY_LOOK, BY_CASES, BY_GOLDEN, BY_NOTHING, BYS };
static const char *const by_names[BYS] = {"cells not understood", "the proof", "checking", "cases",
                                          "reviewed decisions",   "nobody"};

struct mutation_test {
    struct cq_law *law;
    struct law_cases cases;
    struct cq_str golden;
    long made, killed[BYS];
};

static void keep_first(const struct cq_law_finding *finding, void *context)
{
    *(int *)context = (int)finding->kind;
}

/* Whether what was reviewed would differ. */
static bool differs(const struct mutation_test *test, const struct cq_law *law)
{
    struct cq_str text = {0};
    bool other;

    golden_write(law, &text);
    other = strcmp(text.ptr, test->golden.ptr) != 0;
    cq_str_free(&text);
    return other;
}

static int killer(const struct mutation_test *test, const struct cq_law_files *files)
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
    by = BY_NOTHING;
    for (size_t i = 0; i < test->cases.count && by == BY_NOTHING; i++)
        if (cases_check(law, &test->cases.cases[i], false) > 0)
            by = BY_CASES;
    if (by == BY_NOTHING && differs(test, law))
        by = BY_GOLDEN;
    cq_law_free(law);
    return by;
}

/* Cells of which some mutants are not noticed yet: nothing rests on a paragraph that no rule cites,
 * and clauses and editions may say days and people that their rules say too. */
static bool is_open(const struct mutation *mutation)
{
    static const struct {
        enum cq_law_table table;
        const char *columns;
    } open[] = {
        {CQ_LAW_TABLE_PARAGRAPHS, "until cited_as"}, {CQ_LAW_TABLE_EDITIONS, "act until confirmed"},
        {CQ_LAW_TABLE_CLAUSES, "since category"},    {CQ_LAW_TABLE_GROUPS, "since"},
        {CQ_LAW_TABLE_RULES, "certainty"},
    };

    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (open[i].table == mutation->table && mutate_is(mutation->column, open[i].columns))
            return true;
    return false;
}

static void test_mutant(const struct mutation *mutation, const struct cq_law_files *files,
                        void *context)
{
    struct mutation_test *test = context;
    int by;

    if (is_open(mutation) || test->made++ % STRIDE != 0)
        return;
    by = killer(test, files);
    test->killed[by]++;
    if (by == BY_NOTHING)
        print_error("%s:%zu: %s: '%s' for '%s' is noticed by nobody\n",
                    cq_law_files_name(mutation->table), mutation->row + 1, mutation->column,
                    mutation->to, mutation->from);
}

static void test_no_wrong_cell_slips_through(void **state)
{
    static const enum cq_law_table tables[] = {
        CQ_LAW_TABLE_RULES,     CQ_LAW_TABLE_GROUPS,       CQ_LAW_TABLE_EDITIONS,
        CQ_LAW_TABLE_CLAUSES,   CQ_LAW_TABLE_LATE,         CQ_LAW_TABLE_GAPS,
        CQ_LAW_TABLE_DOCUMENTS, CQ_LAW_TABLE_PRESUMPTIONS, CQ_LAW_TABLE_PARAMETERS,
        CQ_LAW_TABLE_ROLES,     CQ_LAW_TABLE_SERVICES,     CQ_LAW_TABLE_PROVIDERS,
        CQ_LAW_TABLE_AGENCIES,  CQ_LAW_TABLE_REGIONS,      CQ_LAW_TABLE_PARAGRAPHS,
        CQ_LAW_TABLE_ACTS,      CQ_LAW_TABLE_REFERRERS,
    };
    struct mutation_test test = {0};
    struct mutate m = {.take = test_mutant, .context = &test};
    long killed = 0;

    (void)state;
    assert_int_equal(cq_law_load(&test.law, NULL, NULL), CQ_OK);
    cases_read(&test.cases);
    golden_write(test.law, &test.golden);
    m.law = test.law;
    mutate_open(&m);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        mutate_table(&m, tables[i]);
    for (int by = 0; by < BYS; by++) {
        print_message("%8ld mutants noticed by %s\n", test.killed[by], by_names[by]);
        killed += test.killed[by];
    }
    print_message("%8ld of %ld mutants tried\n", killed, test.made);
    assert_true(test.made > 10000);
    for (int by = 0; by < BY_NOTHING; by++)
        assert_true(test.killed[by] > 0);
    assert_int_equal(test.killed[BY_NOTHING], 0);
    mutate_close(&m);
    cases_free(&test.cases);
    cq_str_free(&test.golden);
    cq_law_free(test.law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_wrong_cell_slips_through),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
