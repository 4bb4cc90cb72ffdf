/* A wrong cell of the law, a row too many or too few is found: by the reader, by the proof, by a case
 * computed by hand, by --check-law, or by the decisions that were reviewed. Mutations of mutate.h
 * are made, one at a time, and must be found.
 *
 * A part is tried, all of them with CQ_MUTANTS=all. Not mutated are texts for people, the words that
 * rules do not use among them: another test proves that nothing is decided by them. A clause and what
 * it cites for all cases of a rule may stand for each other: such a mutation is found to be none,
 * where the laws are compared and no answer differs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/law_compare.h"
#include "lawcheck/lawcheck.h"
#include "cases.h"
#include "golden.h"
#include "mutate.h"

/* One mutant in STRIDE is tried, fewer with sanitizers, which are slow. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 61
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STRIDE 61
#endif
#endif
#ifndef STRIDE
#define STRIDE 11
#endif

enum { BY_READER, BY_PROOF, BY_CASES, BY_CHECK, BY_GOLDEN, NO_MUTATION, BY_NOTHING, BYS };
static const char *const by_names[BYS] = {"cells not understood",
                                          "the proof",
                                          "cases",
                                          "checking",
                                          "reviewed decisions",
                                          "none, being the same law in other words",
                                          "nobody"};

struct mutation_test {
    struct cq_law *law;
    struct law_cases cases;
    struct cq_str golden;
    const struct cq_csvtable *words;
    long stride, made, tried, killed[BYS];
};

/* Whether a case that was computed by hand would be decided otherwise. */
static bool fails_a_case(const struct mutation_test *test, const struct cq_law *law)
{
    for (size_t i = 0; i < test->cases.count; i++)
        if (cases_check(law, &test->cases.cases[i], false) > 0)
            return true;
    return false;
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

/* Whether no known facts are answered otherwise on any day. */
static bool answers_alike(const struct mutation_test *test, const struct cq_law *law)
{
    struct cq_law_comparison comparison;
    bool alike;

    assert_int_equal(cq_law_compare(test->law, law, 0, &comparison, NULL), CQ_OK);
    alike = comparison.count == 0;
    cq_law_comparison_fini(&comparison);
    return alike;
}

/* Whether the basis of a rule has a clause in one form, and citations only in the other. */
static bool has_other_words(const struct mutation *mutation)
{
    return mutation->table == CQ_LAW_TABLE_RULES && strcmp(mutation->column, "basis") == 0 &&
           (strchr(mutation->from, '@') != NULL) != (strchr(mutation->to, '@') != NULL);
}

static int killer(const struct mutation_test *test, const struct mutation *mutation,
                  const struct cq_law_files *files)
{
    struct cq_law_checked checked;
    struct cq_law *law;
    int by = BY_NOTHING;

    if (cq_law_build(&law, files, NULL, NULL) != CQ_OK)
        return BY_READER;
    if (cq_law_prove(law, 1, NULL, NULL, NULL) != CQ_OK)
        by = BY_PROOF;
    else if (fails_a_case(test, law))
        by = BY_CASES;
    if (by == BY_NOTHING) {
        assert_int_equal(cq_lawcheck_files(files, NULL, 0, NULL, NULL, &checked, NULL), CQ_OK);
        by = checked.findings > 0                                    ? BY_CHECK
             : differs(test, law)                                    ? BY_GOLDEN
             : has_other_words(mutation) && answers_alike(test, law) ? NO_MUTATION
                                                                     : BY_NOTHING;
    }
    cq_law_free(law);
    return by;
}

/* Whether a row is of a word that no rule may use: a label. */
static bool is_label(const struct mutation_test *test, const struct mutation *mutation)
{
    const struct cq_text *cells;

    if (mutation->table != CQ_LAW_TABLE_WORDS)
        return false;
    cells = test->words->rows[mutation->row].cells;
    return !cq_law_word(test->law, cells[0].ptr, cells[1].ptr, cells[1].len)->in_rules;
}

static void test_mutant(const struct mutation *mutation, const struct cq_law_files *files,
                        void *context)
{
    struct mutation_test *test = context;
    int by;

    if (is_label(test, mutation) || test->made++ % test->stride != 0)
        return;
    by = killer(test, mutation, files);
    test->tried++;
    test->killed[by]++;
    if (by == BY_NOTHING)
        print_error("%s:%zu: %s: '%s' for '%s' is noticed by nobody\n",
                    cq_law_files_name(mutation->table), mutation->row + 1, mutation->column,
                    mutation->to, mutation->from);
}

static void test_no_wrong_cell_slips_through(void **state)
{
    const char *asked = getenv("CQ_MUTANTS");
    bool all = asked && strcmp(asked, "all") == 0;
    struct mutation_test test = {.stride = all ? 1 : STRIDE};
    struct mutate m = {.take = test_mutant, .context = &test, .dense = all};

    (void)state;
    assert_int_equal(cq_law_load(&test.law, NULL, NULL), CQ_OK);
    cases_read(&test.cases);
    golden_write(test.law, &test.golden);
    m.law = test.law;
    mutate_open(&m);
    test.words = &m.tables[CQ_LAW_TABLE_WORDS];
    for (int table = 0; table < CQ_LAW_TABLES; table++) {
        mutate_table(&m, (enum cq_law_table)table);
        mutate_rows(&m, (enum cq_law_table)table);
    }
    for (int by = 0; by < BYS; by++)
        print_message("%8ld mutants noticed by %s\n", test.killed[by], by_names[by]);
    print_message("%8ld of %ld mutants tried\n", test.tried, test.made);
    assert_true(test.made > 40000);
    for (int by = 0; by < NO_MUTATION; by++)
        assert_true(test.killed[by] > 0);
    assert_in_range(test.killed[NO_MUTATION], 0, 9);
    assert_int_equal(test.killed[BY_NOTHING], 0);
    mutate_close(&m);
    cases_free(&test.cases);
    cq_str_free(&test.golden);
    cq_law_free(test.law);
}

/* Whether a column is a text for people. */
static bool is_text(const char *column)
{
    size_t len = strlen(column);

    return strcmp(column, "note") == 0 || (len > 3 && strstr("_kk _ru _en", column + len - 3));
}

/* Puts another text in each cell of a table that is for people. */
static void replace_texts(struct cq_law_files *files, enum cq_law_table table)
{
    struct cq_csvtable t;
    struct cq_str text = {0};

    assert_int_equal(cq_csvtable_read(&t, files->bytes[table].ptr, files->bytes[table].len, NULL),
                     CQ_OK);
    for (size_t row = 0; row < t.count; row++)
        for (size_t i = 0; i < t.columns; i++) {
            bool replaced = row > 0 && is_text(t.rows[0].cells[i].ptr);

            mutate_join(&text, replaced ? "other" : t.rows[row].cells[i].ptr, i == 0);
            cq_str_puts(&text, i + 1 == t.columns ? "\n" : "");
        }
    law_splice(files, table, 0, files->bytes[table].len, text.ptr);
    cq_csvtable_fini(&t);
    cq_str_free(&text);
}

/* Texts for people are not mutated because nothing is decided by them. */
static void test_nothing_is_decided_by_texts(void **state)
{
    struct mutation_test test = {0};
    struct cq_law_files files;
    struct cq_law *other;

    (void)state;
    assert_int_equal(cq_law_load(&test.law, NULL, NULL), CQ_OK);
    golden_write(test.law, &test.golden);
    cq_law_files_embedded(&files);
    for (int table = 0; table < CQ_LAW_TABLES; table++)
        replace_texts(&files, (enum cq_law_table)table);
    assert_int_equal(cq_law_build(&other, &files, NULL, NULL), CQ_OK);
    assert_string_equal(other->gaps[0].open[CQ_EN], "other");
    assert_false(differs(&test, other));
    assert_true(answers_alike(&test, other));
    cq_law_free(other);
    cq_law_files_fini(&files);
    cq_str_free(&test.golden);
    cq_law_free(test.law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_wrong_cell_slips_through),
        cmocka_unit_test(test_nothing_is_decided_by_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
