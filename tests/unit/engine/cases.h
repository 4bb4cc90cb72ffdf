/* The cases of tests/data/law-cases.csv, read once: facts and day, and the expected answer. */
#ifndef CQ_TEST_CASES_H
#define CQ_TEST_CASES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/csvtable.h"
#include "cq/date.h"
#include "cq/decide.h"
#include "cq/list.h"

enum { CASES_WANTS = 10 };

struct law_case {
    const char *id;
    int32_t day;
    uint64_t word;
    const char *want[CASES_WANTS]; /* in the order of cases_wants; "?" where it is not compared */
};

static const char *const cases_wants[CASES_WANTS] = {
    "want_outcome", "want_provider", "want_payer", "want_referral",  "want_reasons",
    "want_basis",   "want_missing",  "want_gaps",  "want_certainty", "want_documents"};

struct law_cases {
    struct cq_csvtable table;
    struct law_case *cases;
    size_t count;
};

static inline struct cq_text cases_cell(const struct cq_csvtable *table, size_t row,
                                        const char *column)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->rows[0].cells[i].ptr, column) == 0)
            return table->rows[row].cells[i];
    fail_msg("no column %s", column);
    return (struct cq_text){NULL, 0};
}

/* An empty fact is unknown, a|b is one of these. */
static inline uint64_t cases_word(const struct cq_csvtable *table, size_t row)
{
    uint64_t word = cq_facts_all;

    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        struct cq_text rest = cases_cell(table, row, cq_fact_name(fact)), part;

        if (rest.len == 0)
            continue;
        word &= ~cq_fact_field(fact);
        while (cq_text_next(&rest, '|', &part)) {
            int value = cq_fact_value_find(fact, part.ptr, part.len);
            assert_true(value >= 0);
            word |= cq_fact_bit(fact, value);
        }
    }
    return word;
}

static inline void cases_read(struct law_cases *cases)
{
    const char *dir = getenv("CQ_TESTDATA");
    char path[512];
    char *bytes = malloc(1 << 20);
    FILE *file;
    size_t len;

    snprintf(path, sizeof path, "%s/law-cases.csv", !dir ? "tests/data" : dir);
    file = fopen(path, "rb");
    assert_non_null(bytes);
    assert_non_null(file);
    len = fread(bytes, 1, 1 << 20, file);
    assert_true(len > 0 && len < 1 << 20);
    fclose(file);
    assert_int_equal(cq_csvtable_read(&cases->table, bytes, len, NULL), CQ_OK);
    free(bytes);
    cases->count = cases->table.count - 1;
    cases->cases = calloc(cases->count, sizeof *cases->cases);
    assert_non_null(cases->cases);
    for (size_t i = 0; i < cases->count; i++) {
        struct law_case *c = &cases->cases[i];
        struct cq_text as_of = cases_cell(&cases->table, i + 1, "as_of");

        c->id = cases_cell(&cases->table, i + 1, "case").ptr;
        c->word = cases_word(&cases->table, i + 1);
        assert_int_equal(cq_date_parse_iso(as_of.ptr, as_of.len, &c->day), CQ_OK);
        for (int want = 0; want < CASES_WANTS; want++)
            c->want[want] = cases_cell(&cases->table, i + 1, cases_wants[want]).ptr;
    }
}

static inline void cases_free(struct law_cases *cases)
{
    cq_csvtable_fini(&cases->table);
    free(cases->cases);
}

/* Decides a case; returns how many cells differ, and prints them on request. */
static inline int cases_check(const struct cq_law *law, const struct law_case *c, bool aloud)
{
    struct cq_str gaps = {0}, missing = {0};
    struct cq_decision d;
    int wrong = 0;

    cq_decide(law, c->day, c->word, &d);
    cq_str_puts(&gaps, "");
    cq_str_puts(&missing, "");
    assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
    assert_int_equal(cq_decision_missing(d.missing, &missing), CQ_OK);
    const char *const is[CASES_WANTS] = {d.outcome,   d.provider, d.payer,     d.referral,
                                         d.reasons,   d.basis,    missing.ptr, gaps.ptr,
                                         d.certainty, d.documents};
    for (int want = 0; want < CASES_WANTS; want++) {
        if (strcmp(c->want[want], "?") == 0 || strcmp(c->want[want], is[want]) == 0)
            continue;
        wrong++;
        if (aloud)
            print_error("case %s: %s: want '%s', is '%s'\n", c->id, cases_wants[want],
                        c->want[want], is[want]);
    }
    cq_str_free(&gaps);
    cq_str_free(&missing);
    return wrong;
}

#endif
