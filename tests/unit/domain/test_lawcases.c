/* Decides every row of law-cases.csv: facts and day on the left, what law.md says on the right.
 * An empty fact is unknown; `?` on the right is not asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/csvtable.h"
#include "cq/date.h"
#include "cq/decide.h"

static char *read_all(size_t *len)
{
    const char *dir = getenv("CQ_TESTDATA");
    char path[512];
    char *bytes = malloc(1 << 20);
    FILE *file;

    snprintf(path, sizeof path, "%s/law-cases.csv", dir == NULL ? "tests/data" : dir);
    file = fopen(path, "rb");
    assert_non_null(bytes);
    assert_non_null(file);
    *len = fread(bytes, 1, 1 << 20, file);
    assert_true(*len > 0 && *len < 1 << 20);
    fclose(file);
    return bytes;
}

static struct cq_text cell(const struct cq_csvtable *table, size_t row, const char *column)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->rows[0].cells[i].ptr, column) == 0)
            return table->rows[row].cells[i];
    fail_msg("no column %s", column);
    return (struct cq_text){NULL, 0};
}

static uint64_t read_word(const struct cq_csvtable *table, size_t row)
{
    uint64_t word = cq_facts_all;

    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        struct cq_text text = cell(table, row, cq_fact_name(fact));

        if (text.len > 0) {
            int value = cq_fact_value_find(fact, text.ptr, text.len);
            assert_true(value >= 0);
            cq_facts_set(&word, fact, value);
        }
    }
    return word;
}

static int check(const struct cq_csvtable *table, size_t row, const char *column,
                 const char *answer)
{
    const char *want = cell(table, row, column).ptr;

    if (strcmp(want, "?") == 0 || strcmp(want, answer) == 0)
        return 0;
    print_error("case %s: %s: want '%s', is '%s'\n", cell(table, row, "case").ptr, column, want,
                answer);
    return 1;
}

static void test_every_case(void **state)
{
    struct cq_csvtable table;
    struct cq_law *law;
    struct cq_err err = {0};
    size_t len;
    char *bytes = read_all(&len);
    int wrong = 0;

    (void)state;
    assert_int_equal(cq_csvtable_read(&table, bytes, len, &err), CQ_OK);
    assert_int_equal(cq_law_load(&law, NULL, &err), CQ_OK);
    assert_true(table.count > 170);
    for (size_t row = 1; row < table.count; row++) {
        struct cq_text as_of = cell(&table, row, "as_of");
        struct cq_str gaps = {0}, missing = {0};
        struct cq_decision d;
        int32_t day;

        assert_int_equal(cq_date_parse_iso(as_of.ptr, as_of.len, &day), CQ_OK);
        cq_decide(law, day, read_word(&table, row), &d);
        assert_int_equal(cq_str_adds(&gaps, ""), CQ_OK);
        assert_int_equal(cq_str_adds(&missing, ""), CQ_OK);
        assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
        assert_int_equal(cq_decision_missing(d.missing, &missing), CQ_OK);
        wrong += check(&table, row, "want_outcome", d.outcome);
        wrong += check(&table, row, "want_provider", d.provider);
        wrong += check(&table, row, "want_payer", d.payer);
        wrong += check(&table, row, "want_referral", d.referral);
        wrong += check(&table, row, "want_reasons", d.reasons);
        wrong += check(&table, row, "want_basis", d.basis);
        wrong += check(&table, row, "want_missing", missing.ptr);
        wrong += check(&table, row, "want_gaps", gaps.ptr);
        wrong += check(&table, row, "want_certainty", d.certainty);
        wrong += check(&table, row, "want_documents", d.documents);
        cq_str_free(&gaps);
        cq_str_free(&missing);
    }
    assert_int_equal(wrong, 0);
    cq_law_free(law);
    cq_csvtable_fini(&table);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
