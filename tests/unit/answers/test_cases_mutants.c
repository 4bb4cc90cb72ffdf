/* The cases that are proposed where no file has any: with the answers of the law they find every
 * mutation of it by which some known facts would be answered otherwise on some day. They are
 * hundreds, and show nothing twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "answers/cases_columns.h"
#include "answers/cases_propose.h"
#include "cq/law_compare.h"
#include "unit/engine/mutate.h"

/* One mutant in STRIDE is tried, fewer with sanitizers; all of them with CQ_MUTANTS=all. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 101
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STRIDE 101
#endif
#endif
#ifndef STRIDE
#define STRIDE 23
#endif

enum { CASES_MAX = 4096 };

struct proposed {
    int32_t day;
    uint64_t facts;
    char *cells; /* of the answer */
};

struct cases_test {
    struct cq_law *law;
    struct proposed cases[CASES_MAX];
    size_t count;
    long stride, made, killed, equal, alive;
    struct cq_str lists[2], text;
};

/* The cells of an answer, as a case has them. */
static const char *answer(struct cases_test *t, const struct cq_law *law, int32_t day,
                          uint64_t facts)
{
    const char *cells[CQ_WANTS];
    struct cq_decision d;

    cq_decide(law, day, facts, &d);
    assert_int_equal(cq_case_cells(law, &d, t->lists, cells), CQ_OK);
    cq_str_clear(&t->text);
    for (int i = 0; i < CQ_WANTS; i++)
        cq_str_printf(&t->text, "%s,", cells[i]);
    return t->text.ptr;
}

static enum cq_code keep(const struct cq_proposal *proposal, void *context, struct cq_err *err)
{
    struct cases_test *t = context;

    (void)err;
    assert_true(t->count < CASES_MAX);
    t->cases[t->count++] = (struct proposed){
        proposal->day, proposal->facts, strdup(answer(t, t->law, proposal->day, proposal->facts))};
    return CQ_OK;
}

static bool is_found(struct cases_test *t, const struct cq_law *law)
{
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(answer(t, law, t->cases[i].day, t->cases[i].facts), t->cases[i].cells) != 0)
            return true;
    return false;
}

/* Whether the law answers known facts otherwise. */
static bool differs(const struct cases_test *t, const struct cq_law *law)
{
    struct cq_law_comparison comparison;
    bool differ;

    assert_int_equal(cq_law_compare(t->law, law, 0, &comparison, NULL), CQ_OK);
    differ = comparison.count > 0;
    cq_law_comparison_fini(&comparison);
    return differ;
}

static void try_mutant(const struct mutation *mutation, const struct cq_law_files *files,
                       void *context)
{
    struct cases_test *t = context;
    struct cq_law *law;

    if (t->made++ % t->stride != 0 || cq_law_build(&law, files, NULL, NULL) != CQ_OK)
        return;
    if (cq_law_prove(law, 1, NULL, NULL, NULL) == CQ_OK) {
        if (is_found(t, law))
            t->killed++;
        else if (!differs(t, law))
            t->equal++;
        else {
            t->alive++;
            print_error("%s:%zu: %s: '%s' for '%s' is found by no case\n",
                        cq_law_files_name(mutation->table), mutation->row + 1, mutation->column,
                        mutation->to, mutation->from);
        }
    }
    cq_law_free(law);
}

static void propose(struct cases_test *t)
{
    struct cq_coverage none;

    assert_int_equal(cq_coverage_init(&none, t->law, NULL), CQ_OK);
    assert_int_equal(cq_cases_propose(&none, keep, t, NULL), CQ_OK);
    cq_coverage_fini(&none);
}

static void free_test(struct cases_test *t)
{
    for (size_t i = 0; i < t->count; i++)
        free(t->cases[i].cells);
    cq_str_free(&t->lists[0]);
    cq_str_free(&t->lists[1]);
    cq_str_free(&t->text);
    cq_law_free(t->law);
    free(t);
}

static void test_proposed_cases_find_every_mutation(void **state)
{
    static const enum cq_law_table tables[] = {
        CQ_LAW_TABLE_RULES, CQ_LAW_TABLE_GROUPS,    CQ_LAW_TABLE_CLAUSES,    CQ_LAW_TABLE_LATE,
        CQ_LAW_TABLE_GAPS,  CQ_LAW_TABLE_DOCUMENTS, CQ_LAW_TABLE_PARAGRAPHS, CQ_LAW_TABLE_EDITIONS,
    };
    const char *asked = getenv("CQ_MUTANTS");
    bool all = asked && strcmp(asked, "all") == 0;
    struct cases_test *t = calloc(1, sizeof *t);
    struct mutate m = {.take = try_mutant, .context = t, .dense = all};

    (void)state;
    assert_non_null(t);
    t->stride = all ? 1 : STRIDE;
    assert_int_equal(cq_law_load(&t->law, NULL, NULL), CQ_OK);
    propose(t);
    m.law = t->law;
    mutate_open(&m);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        mutate_table(&m, tables[i]);
        mutate_rows(&m, tables[i]);
    }
    print_message("%zu cases find %ld mutations; %ld answer alike\n", t->count, t->killed,
                  t->equal);
    assert_in_range(t->count, 100, 999);
    assert_true(t->killed > 100);
    assert_int_equal(t->alive, 0);
    mutate_close(&m);
    free_test(t);
}

/* With the answers of the proposed cases nothing is left to propose. */
static void test_nothing_is_proposed_twice(void **state)
{
    struct cases_test *t = calloc(1, sizeof *t);
    struct cq_coverage all;
    struct cq_decision d;
    size_t count;

    (void)state;
    assert_non_null(t);
    assert_int_equal(cq_law_load(&t->law, NULL, NULL), CQ_OK);
    propose(t);
    count = t->count;
    assert_int_equal(cq_coverage_init(&all, t->law, NULL), CQ_OK);
    for (size_t i = 0; i < count; i++) {
        cq_decide(t->law, t->cases[i].day, t->cases[i].facts, &d);
        cq_coverage_add(&all, t->cases[i].day, t->cases[i].facts, &d);
    }
    for (size_t i = 0; i < t->law->rule_count; i++)
        assert_true(all.rules[i] > 0);
    assert_int_equal(cq_cases_propose(&all, keep, t, NULL), CQ_OK);
    assert_int_equal(t->count, count);
    cq_coverage_fini(&all);
    free_test(t);
}

/* Leaves the header of a table, and a text below it. */
static void replace_rows(struct cq_law_files *files, enum cq_law_table table, const char *rows)
{
    size_t offset = 0, len = 0;

    assert_true(law_line(files, table, 0, &offset, &len));
    law_splice(files, table, len, files->bytes[table].len - len, rows);
}

/* A law of one rule, for all facts and days, with nothing to add: one case is enough. */
static void test_one_rule(void **state)
{
    static const enum cq_law_table empty[] = {CQ_LAW_TABLE_GROUPS,       CQ_LAW_TABLE_CLAUSES,
                                              CQ_LAW_TABLE_LATE,         CQ_LAW_TABLE_DOCUMENTS,
                                              CQ_LAW_TABLE_PARAGRAPHS,   CQ_LAW_TABLE_EDITIONS,
                                              CQ_LAW_TABLE_GAP_READINGS, CQ_LAW_TABLE_BINDINGS,
                                              CQ_LAW_TABLE_BEARERS,      CQ_LAW_TABLE_HOLIDAYS};
    struct cases_test *t = calloc(1, sizeof *t);
    struct cq_law_files files;

    (void)state;
    assert_non_null(t);
    cq_law_files_embedded(&files);
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        replace_rows(&files, empty[i], "");
    replace_rows(&files, CQ_LAW_TABLE_RULES,
                 "one,,,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,undetermined,,,,no_edition,,,,\n");
    replace_rows(&files, CQ_LAW_TABLE_PARAMETERS,
                 "majority_years,,,18,\nstudent_years,,,23,\n"
                 "insurance_tail_months,,,3,\nreferral_days,,,30,\nanswer_days,,,5,\n"
                 "week_working_days,,,5,\n");
    assert_int_equal(cq_law_build(&t->law, &files, NULL, NULL), CQ_OK);
    assert_int_equal(cq_law_prove(t->law, 1, NULL, NULL, NULL), CQ_OK);
    propose(t);
    assert_in_range(t->count, 1, CQ_SERVICES * 3);
    cq_law_files_fini(&files);
    free_test(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_proposed_cases_find_every_mutation),
        cmocka_unit_test(test_nothing_is_proposed_twice),
        cmocka_unit_test(test_one_rule),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
