/* Two laws: which differences count, and as what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/answer_diff.h"

static const struct cq_gap gaps[] = {{.id = "A-01"}, {.id = "A-07"}};
static const struct cq_gap more_gaps[] = {{.id = "A-00"}, {.id = "A-01"}, {.id = "A-07"}};
static const struct cq_law first = {.gaps = gaps, .gap_count = 2};
static const struct cq_law second = {.gaps = more_gaps, .gap_count = 3};

static struct cq_answer entitled(void)
{
    return (struct cq_answer){.category = CQ_CATEGORY_EMPLOYEE,
                              .facility = "MVD-1",
                              .decision = {.outcome = "eligible",
                                           .provider = "mvd",
                                           .payer = "budget",
                                           .referral = "",
                                           .reasons = "",
                                           .basis = "R78:4.1",
                                           .certainty = "text",
                                           .documents = "id_card",
                                           .gaps = 3,
                                           .entitled = true}};
}

static unsigned effect(struct cq_answer a, struct cq_answer b)
{
    return cq_answer_diff(&first, &a, &second, &b);
}

static void test_effects(void **state)
{
    struct cq_answer a = entitled(), same = a, b;
    (void)state;
    same.decision.gaps = 6; /* the same gaps, elsewhere in the other table */
    assert_int_equal(effect(a, same), 0);
    b = same;
    b.decision.certainty = "inferred";
    assert_int_equal(effect(a, b), 0);
    b = same;
    b.decision.outcome = "ineligible";
    b.decision.entitled = false;
    assert_int_equal(effect(a, b), CQ_EFFECT_LOSES);
    assert_int_equal(cq_answer_diff(&second, &b, &first, &a), CQ_EFFECT_GAINS);
    b = same;
    b.decision.provider = "health_subject";
    b.decision.payer = "fund_osms";
    assert_int_equal(effect(a, b), CQ_EFFECT_PROVIDER | CQ_EFFECT_PAYER);
    b = same;
    b.facility = "MVD-2";
    assert_int_equal(effect(a, b), CQ_EFFECT_PROVIDER);
    b = same;
    b.decision.outcome = "conditional";
    assert_int_equal(effect(a, b), CQ_EFFECT_OUTCOME);
    b = same;
    b.decision.basis = "R78:4.2";
    assert_int_equal(effect(a, b), CQ_EFFECT_OTHER);
    b = same;
    b.decision.documents = "";
    assert_int_equal(effect(a, b), CQ_EFFECT_OTHER);
    b = same;
    b.decision.gaps = 3; /* other gaps under the same bits */
    assert_int_equal(effect(a, b), CQ_EFFECT_OTHER);
    b.decision.gaps = 2;
    assert_int_equal(effect(a, b), CQ_EFFECT_OTHER);
    b = same;
    b.category = CQ_CATEGORY_PENSIONER;
    b.decision.basis = "R78:6.1";
    assert_int_equal(effect(a, b), CQ_EFFECT_ROLE);
    b.decision.entitled = false;
    b.decision.outcome = "ineligible";
    assert_int_equal(effect(a, b), CQ_EFFECT_ROLE | CQ_EFFECT_LOSES);
    b = same;
    b.agency = 2;
    assert_int_equal(effect(a, b), CQ_EFFECT_ROLE);
    a.decision.entitled = b.decision.entitled = false;
    a.decision.outcome = "not_regulated";
    b.decision.outcome = "undetermined";
    b.decision.provider = "";
    assert_int_equal(effect(a, b), CQ_EFFECT_ROLE | CQ_EFFECT_OUTCOME);
}

static void test_counts(void **state)
{
    struct cq_answer_diff_counts counts = {0};
    struct cq_answer a = entitled();
    (void)state;
    cq_answer_diff_count(&counts, &a, CQ_EFFECT_PROVIDER | CQ_EFFECT_PAYER);
    cq_answer_diff_count(&counts, &a, CQ_EFFECT_LOSES);
    a.category = CQ_UNKNOWN;
    cq_answer_diff_count(&counts, &a, CQ_EFFECT_GAINS);
    assert_int_equal(counts.rows[CQ_CATEGORY_EMPLOYEE], 2);
    assert_int_equal(counts.effects[CQ_CATEGORY_EMPLOYEE][1], 1);
    assert_int_equal(counts.effects[CQ_CATEGORY_EMPLOYEE][3], 1);
    assert_int_equal(counts.effects[CQ_CATEGORY_EMPLOYEE][4], 1);
    assert_int_equal(counts.rows[CQ_CATEGORIES], 1);
    assert_int_equal(counts.effects[CQ_CATEGORIES][0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
