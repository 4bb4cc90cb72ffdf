/* Deciding with unknown facts, against the definition: all completions are decided one by one, and
 * a fact matters if two that differ in it alone decide differently. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "lawedit.h"

#define UNKNOWN_MAX 6
#define COMPLETIONS_MAX 16384

static struct cq_law *law;

static int load(void **state)
{
    (void)state;
    return !cq_law_load(&law, NULL, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed >> 11;
}

/* A word with up to UNKNOWN_MAX unknown facts, which are listed. */
static uint64_t random_word(uint64_t *seed, enum cq_fact unknown[UNKNOWN_MAX], int *count)
{
    uint64_t word = cq_facts_all;
    int wanted = 1 + (int)(random_next(seed) % UNKNOWN_MAX);

    for (int fact = 0; fact < CQ_FACTS; fact++) {
        uint64_t values = (uint64_t)cq_fact_count((enum cq_fact)fact);

        cq_facts_set(&word, (enum cq_fact)fact, (int)(random_next(seed) % values));
    }
    for (*count = 0; *count < wanted;) {
        enum cq_fact fact = (enum cq_fact)(random_next(seed) % CQ_FACTS);

        if (fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION ||
            cq_facts_get(word, fact) == CQ_UNKNOWN)
            continue;
        cq_facts_set(&word, fact, CQ_UNKNOWN);
        unknown[(*count)++] = fact;
    }
    return word;
}

/* The number-th completion: the unknown facts are its digits, the first the least. */
static uint64_t complete(uint64_t word, const enum cq_fact *unknown, int count, int number)
{
    for (int i = 0; i < count; i++) {
        int values = cq_fact_count(unknown[i]);

        cq_facts_set(&word, unknown[i], number % values);
        number /= values;
    }
    return word;
}

/* The ruling of a completion, by looking at every mask. */
static const struct cq_ruling *ruling_of(int32_t day, uint64_t word)
{
    const struct cq_interval *interval = cq_law_interval(law, day);

    for (size_t i = 0; i < interval->count; i++)
        if ((word & ~interval->masks[i].facts) == 0)
            return &interval->rulings[interval->masks[i].ruling];
    fail_msg("no ruling");
    return NULL;
}

/* Facts in which some two neighbouring completions differ; all is whether none does at all. */
static uint32_t facts_that_matter(const struct cq_ruling *const *of, int total,
                                  const enum cq_fact *unknown, int count)
{
    uint32_t matter = 0;

    for (int number = 0; number < total; number++) {
        int weight = 1;

        for (int i = 0; i < count; i++) {
            int values = cq_fact_count(unknown[i]);

            for (int value = number / weight % values + 1; value < values; value++) {
                int other = number + (value - number / weight % values) * weight;

                if (of[number]->verdict != of[other]->verdict)
                    matter |= 1u << unknown[i];
            }
            weight *= values;
        }
    }
    return matter;
}

static void check_agreement(const struct cq_decision *d, const struct cq_ruling *const *of,
                            int total)
{
    int seen = 0, weakest = CQ_CERTAINTY_NONE;

    assert_string_equal(d->basis, of[0]->basis);
    assert_string_equal(d->outcome, of[0]->rule->outcome);
    assert_string_equal(d->payer, of[0]->rule->payer);
    assert_int_equal(d->missing, 0);
    assert_true((of[0]->gaps & ~d->gaps) == 0);
    /* Rules: each that decides some completion, in the table's order, once. */
    for (const struct cq_rule *rule = law->rules; rule < law->rules + law->rule_count; rule++)
        for (int i = 0; i < total; i++)
            if (of[i]->rule == rule) {
                if (seen < CQ_RULES_MAX)
                    assert_ptr_equal(d->rules[seen], rule);
                seen++;
                break;
            }
    assert_int_equal(d->rule_count, seen < CQ_RULES_MAX ? seen : CQ_RULES_MAX);
    for (int i = 0; i < total; i++)
        weakest = (int)of[i]->certainty > weakest ? (int)of[i]->certainty : weakest;
    if (strcmp(d->certainty, "inferred") != 0) /* late.csv may make it weaker */
        assert_string_equal(d->certainty, cq_certainty_names[weakest]);
}

static void test_unknown_facts_by_brute_force(void **state)
{
    static const struct cq_ruling *of[COMPLETIONS_MAX];
    const int32_t days[] = {cq_date_make(2019, 6, 1),  cq_date_make(2021, 6, 1),
                            cq_date_make(2024, 6, 1),  cq_date_make(2025, 9, 15),
                            cq_date_make(2025, 9, 28), cq_date_make(2026, 6, 1)};
    uint64_t seed = UINT64_C(0x1d872b41c0ffee11);
    int agreed = 0, differed = 0;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        int32_t day = days[round % 6];
        enum cq_fact unknown[UNKNOWN_MAX];
        int count, total = 1;
        uint64_t word = random_word(&seed, unknown, &count);
        struct cq_decision d;
        uint32_t matter;

        for (int i = 0; i < count; i++)
            total *= cq_fact_count(unknown[i]);
        assert_true(total <= COMPLETIONS_MAX);
        for (int number = 0; number < total; number++)
            of[number] = ruling_of(day, complete(word, unknown, count, number));
        matter = facts_that_matter(of, total, unknown, count);
        cq_decide(law, day, word, &d);
        /* Neighbours that all agree lead from any completion to any other. */
        if (matter == 0) {
            check_agreement(&d, of, total);
            agreed++;
        } else {
            assert_string_equal(d.outcome, "undetermined");
            assert_string_equal(d.reasons, "missing_facts");
            assert_int_equal(d.missing, matter);
            assert_int_equal(d.rule_count, 0);
            assert_false(d.entitled);
            assert_string_equal(d.provider, "");
            assert_string_equal(d.basis, "");
            assert_string_equal(d.certainty, "");
            differed++;
        }
    }
    assert_true(agreed > 300 && differed > 300);
}

static uint64_t word_of(int category, int service)
{
    uint64_t word = cq_facts_all;

    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_facts_set(&word, CQ_FACT_SERVICE, service);
    cq_facts_set(&word, CQ_FACT_CATEGORY, category);
    return word;
}

static void expect_list(enum cq_code code, struct cq_str *list, const char *want)
{
    assert_int_equal(code, CQ_OK);
    assert_string_equal(list->ptr == NULL ? "" : list->ptr, want);
    cq_str_free(list);
}

static void test_lists(void **state)
{
    struct cq_decision d;
    struct cq_str list = {0};

    (void)state;
    cq_decide(law, cq_date_make(2025, 9, 15),
              word_of(CQ_CATEGORY_EMPLOYEE, CQ_SERVICE_MEDICAL_REHABILITATION), &d);
    expect_list(cq_decision_missing(d.missing, &list), &list,
                "body;indicated;insured;package;place;presidential");
    expect_list(cq_decision_gaps(law, d.gaps, &list), &list, "");
    expect_list(cq_decision_rules(&d, &list), &list, "");
    /* A-01 applies to undetermined answers too, but not to those for want of facts. */
    uint64_t word = word_of(CQ_CATEGORY_EMPLOYEE, CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION);
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_CIVIL_PROTECTION);
    cq_decide(law, cq_date_make(2025, 9, 15), word, &d);
    expect_list(cq_decision_gaps(law, d.gaps, &list), &list, "A-01;A-21");

    /* A list is appended to the text before it. */
    cq_str_puts(&list, "x,");
    expect_list(cq_decision_missing(1u << CQ_FACT_BODY | 1u << CQ_FACT_HOME, &list), &list,
                "x,body;home");
}

/* Rules are listed by id where the table has another order. */
static void test_rules_in_order_of_id(void **state)
{
    const struct cq_rule rules[] = {{.id = "c"}, {.id = "a"}, {.id = "b"}};
    const struct cq_decision d = {.rule_count = 3, .rules = {&rules[0], &rules[1], &rules[2]}};
    struct cq_str list = {0};

    (void)state;
    expect_list(cq_decision_rules(&d, &list), &list, "a;b;c");
}

/* Two rules with the same verdict: both are named. */
static void test_rules_that_agree(void **state)
{
    uint64_t word = word_of(CQ_CATEGORY_EMPLOYEE, CQ_SERVICE_OUTPATIENT);
    struct cq_decision d;

    (void)state;
    cq_decide(law, CQ_DAY_MIN, cq_facts_all & word, &d);
    assert_string_equal(d.reasons, "no_edition");
    assert_int_equal(d.rule_count, 1);

    word = word_of(CQ_CATEGORY_PENSIONER, CQ_SERVICE_SANATORIUM);
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_COURIER);
    cq_facts_set(&word, CQ_FACT_DUTY_INJURY, CQ_NO);
    word |= cq_fact_bit(CQ_FACT_CATEGORY, CQ_CATEGORY_EMPLOYEE);
    cq_decide(law, cq_date_make(2026, 1, 1), word, &d);
    assert_string_equal(d.reasons, "general_law");
    assert_int_equal(d.rule_count, 2);
    assert_string_equal(d.rules[0]->id, "sanatorium-employee");
    assert_string_equal(d.rules[1]->id, "sanatorium-family-pensioner");
    assert_string_equal(d.certainty, "read");
}

/* Where possible rulings differ in certainty alone, the weakest is shown: before No. 718 a courier's
 * answer is inferred. */
static void test_weakest_certainty(void **state)
{
    uint64_t word = word_of(CQ_CATEGORY_EMPLOYEE, CQ_SERVICE_OUTPATIENT);
    struct cq_decision d;

    (void)state;
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_LAW_ENFORCEMENT);
    cq_facts_set(&word, CQ_FACT_PLACE, CQ_PLACE_AVAILABLE);
    cq_facts_set(&word, CQ_FACT_PRESIDENTIAL, CQ_NO);
    cq_decide(law, cq_date_make(2024, 1, 1), word, &d);
    assert_string_equal(d.certainty, "read");
    word |= cq_fact_bit(CQ_FACT_BODY, CQ_BODY_COURIER);
    cq_decide(law, cq_date_make(2024, 1, 1), word, &d);
    assert_string_equal(d.basis, "R78:4.1");
    assert_string_equal(d.certainty, "inferred");
}

/* Papers that part are none; those of one who may be a minor are a minor's. */
static void test_documents_of_unknown_minor(void **state)
{
    uint64_t word = word_of(CQ_CATEGORY_FAMILY, CQ_SERVICE_OUTPATIENT);
    struct cq_str gaps = {0};
    struct cq_decision d;

    (void)state;
    cq_facts_set(&word, CQ_FACT_CORESIDENT, CQ_YES);
    cq_facts_set(&word, CQ_FACT_SPONSOR, CQ_SPONSOR_EMPLOYEE);
    cq_facts_set(&word, CQ_FACT_KIN, CQ_KIN_SPOUSE);
    cq_facts_set(&word, CQ_FACT_PLACE, CQ_PLACE_ABSENT);
    cq_facts_set(&word, CQ_FACT_PACKAGE, CQ_PACKAGE_GOBMP);
    cq_decide(law, cq_date_make(2026, 1, 1), word, &d);
    assert_true(d.entitled);
    assert_string_equal(d.documents, "id_card/birth_certificate");
    expect_list(cq_decision_gaps(law, d.gaps, &gaps), &gaps, "A-07;A-09");
    word |= cq_fact_bit(CQ_FACT_CATEGORY, CQ_CATEGORY_PENSIONER);
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_COURIER);
    cq_decide(law, cq_date_make(2026, 1, 1), word, &d);
    assert_true(d.entitled);
    assert_string_equal(d.documents, "");
    expect_list(cq_decision_gaps(law, d.gaps, &gaps), &gaps, "A-07");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown_facts_by_brute_force),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_rules_in_order_of_id),
        cmocka_unit_test(test_rules_that_agree),
        cmocka_unit_test(test_weakest_certainty),
        cmocka_unit_test(test_documents_of_unknown_minor),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
