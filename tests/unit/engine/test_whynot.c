/* --why-not: every set that is returned changes the answer of the second reading of the acts, no
 * subset of it does, and none is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "engine/law_masks.h"
#include "cq/whynot.h"
#include "oracle_unknown.h"

enum { SAMPLES = 2500 }; /* points of each interval */

static struct cq_law *law;
static struct cq_whynot *whynot;
static enum cq_fact fact_of[ORACLE_FACTS]; /* of the second reading */
static int value_of[ORACLE_FACTS][8];
static uint64_t seed = 7;

static uint64_t random_below(uint64_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % below;
}

static int load(void **state)
{
    (void)state;
    for (int i = 0; i < ORACLE_FACTS; i++) {
        const struct oracle_fact_words *words = &oracle_words[i];
        fact_of[i] = (enum cq_fact)cq_fact_find(words->name, strlen(words->name));
        for (int value = 0; value < words->count; value++)
            value_of[i][value] =
                cq_fact_value_find(fact_of[i], words->values[value], strlen(words->values[value]));
    }
    return !cq_law_load(&law, NULL, NULL) && !cq_whynot_new(&whynot, law, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    cq_whynot_free(whynot);
    cq_law_free(law);
    return 0;
}

static uint64_t word_of(const int facts[CQ_FACTS])
{
    uint64_t word = 0;
    for (int fact = 0; fact < CQ_FACTS; fact++)
        word |= cq_fact_bit((enum cq_fact)fact, facts[fact]);
    return word;
}

/* What the second reading says of known facts. */
static bool is_entitled(int32_t day, const int facts[CQ_FACTS])
{
    int own[ORACLE_FACTS];
    struct oracle_facts of;
    struct oracle_answer answer;
    for (int i = 0; i < ORACLE_FACTS; i++)
        for (own[i] = 0; value_of[i][own[i]] != facts[fact_of[i]];)
            own[i]++;
    memcpy(&of, own, sizeof of);
    oracle_decide(day, &of, &answer);
    return oracle_promises(&answer);
}

/* Whether any values of these facts change the answer at the point. */
static bool can_turn(int32_t day, const int point[CQ_FACTS], uint32_t facts)
{
    int other[CQ_FACTS];
    if (facts == 0)
        return is_entitled(day, point);
    int fact = __builtin_ctz(facts), count = cq_fact_count((enum cq_fact)fact);
    memcpy(other, point, sizeof other);
    for (other[fact] = 0; other[fact] < count; other[fact]++)
        if (can_turn(day, other, facts & (facts - 1)))
            return true;
    return false;
}

static void check_need(int32_t day, const int point[CQ_FACTS], const struct cq_need *need)
{
    int turned[CQ_FACTS];
    memcpy(turned, point, sizeof turned);
    for (uint32_t left = need->facts; left; left &= left - 1) {
        enum cq_fact fact = (enum cq_fact)__builtin_ctz(left);
        int value = cq_facts_get(need->values, fact);
        assert_in_range(value, 0, cq_fact_count(fact) - 1);
        assert_int_not_equal(value, point[fact]);
        turned[fact] = value;
    }
    assert_true(is_entitled(day, turned));
    for (uint32_t left = need->facts; left; left &= left - 1) /* no subset does */
        assert_false(can_turn(day, point, need->facts & ~(left & -left)));
}

/* Every point that entitles lies in a mask of a rule; to reach it, the facts that stick out of
 * that mask must change, and some set must be a part of those. */
static void check_complete(const struct cq_interval *interval, uint64_t word, uint64_t fixed,
                           const struct cq_need *needs, size_t count)
{
    for (size_t i = 0; i < interval->count; i++) {
        if (!interval->rulings[interval->masks[i].ruling].rule->entitled)
            continue;
        uint64_t empty = cq_facts_empty(word & interval->masks[i].facts);
        uint32_t facts = cq_facts_numbers(empty);
        bool named = false;
        for (size_t k = 0; k < count && !named; k++)
            named = (needs[k].facts & ~facts) == 0;
        assert_true(named || (empty & cq_facts_filled(fixed)) != 0);
    }
}

/* Points drawn at random; values that end the matter at once less often. */
static void random_point(int facts[CQ_FACTS])
{
    for (int fact = 0; fact < CQ_FACTS; fact++)
        facts[fact] = (int)random_below((uint64_t)cq_fact_count((enum cq_fact)fact));
    if (random_below(3) > 0) {
        facts[CQ_FACT_CORESIDENT] = CQ_YES;
        facts[CQ_FACT_SPONSOR] = CQ_SPONSOR_EMPLOYEE;
        facts[CQ_FACT_KIN] = CQ_KIN_SPOUSE;
    }
}

static void check_space(bool all)
{
    long turned = 0;
    for (size_t i = 1; i < law->interval_count; i++) { /* before the first edition nothing helps */
        int32_t day = law->intervals[i].since;
        for (int sample = 0; sample < SAMPLES; sample++) {
            int facts[CQ_FACTS];
            const struct cq_need *needs;
            size_t count;
            random_point(facts);
            uint64_t word = word_of(facts);
            uint64_t fixed = cq_whynot_fixed(word, all);
            assert_int_equal(cq_whynot_find(whynot, day, word, fixed, &needs, &count, NULL), CQ_OK);
            if (is_entitled(day, facts)) {
                assert_int_equal(count, 0);
                continue;
            }
            turned += count > 0;
            for (size_t k = 0; k < count; k++) {
                assert_int_equal(needs[k].values & fixed, 0);
                if (k < 40)
                    check_need(day, facts, &needs[k]);
            }
            check_complete(&law->intervals[i], word, fixed, needs, count);
        }
    }
    assert_true(turned > 5000);
}

static void test_sets_of_points(void **state)
{
    (void)state;
    check_space(false);
}

static void test_sets_of_points_with_all_facts(void **state)
{
    (void)state;
    check_space(true);
}

static void test_nothing_turns_a_day_without_edition(void **state)
{
    const struct cq_need *needs;
    size_t count = 1;
    int facts[CQ_FACTS] = {0};
    (void)state;
    assert_int_equal(
        cq_whynot_find(whynot, cq_date_make(2019, 12, 31), word_of(facts), 0, &needs, &count, NULL),
        CQ_OK);
    assert_int_equal(count, 0);
}

static bool decides(int32_t day, uint64_t word)
{
    struct cq_decision d;
    cq_decide(law, day, word, &d);
    return d.entitled;
}

/* Whether any values of these facts, but for some, change the answer to a word with unknown facts. */
static bool word_turns(int32_t day, uint64_t word, uint32_t facts, uint64_t without)
{
    if (facts == 0)
        return decides(day, word);
    enum cq_fact fact = (enum cq_fact)__builtin_ctz(facts);
    for (int value = 0; value < cq_fact_count(fact); value++) {
        if ((without & cq_fact_bit(fact, value)) != 0)
            continue;
        cq_facts_set(&word, fact, value);
        if (word_turns(day, word, facts & (facts - 1), without))
            return true;
    }
    return false;
}

static bool is_named(const struct cq_need *needs, size_t count, uint32_t facts)
{
    for (size_t k = 0; k < count; k++)
        if ((needs[k].facts & ~facts) == 0)
            return true;
    return false;
}

/* Words with unknown facts: exactly the sets of up to three facts that a search by size finds. In half
 * of them no set may name one destination and one package. */
static void test_unknown_facts_against_a_search(void **state)
{
    int found = 0;
    (void)state;
    for (int sample = 0; sample < 150; sample++) {
        int32_t day = cq_date_make(sample % 2 ? 2026 : 2022, 4, 1);
        uint64_t word = 0;
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            bool asked = fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
            int value = (int)random_below((uint64_t)cq_fact_count((enum cq_fact)fact));
            cq_facts_set(&word, (enum cq_fact)fact,
                         !asked && random_below(3) == 0 ? CQ_UNKNOWN : value);
        }
        uint64_t fixed = cq_whynot_fixed(word, false);
        const struct cq_need *needs;
        size_t count;
        if (sample % 4 < 2)
            fixed |= cq_fact_bit(CQ_FACT_DESTINATION, (int)random_below(3)) |
                     cq_fact_bit(CQ_FACT_PACKAGE, (int)random_below(3));
        assert_int_equal(cq_whynot_find(whynot, day, word, fixed, &needs, &count, NULL), CQ_OK);
        found += count > 0;
        for (size_t k = 0; k < count; k++) {
            uint64_t turned = word;
            for (uint32_t left = needs[k].facts; left; left &= left - 1) {
                enum cq_fact fact = (enum cq_fact)__builtin_ctz(left);
                cq_facts_set(&turned, fact, cq_facts_get(needs[k].values, fact));
                assert_false(word_turns(day, word, needs[k].facts & ~(left & -left), fixed));
            }
            assert_true(decides(day, turned));
            assert_int_equal(needs[k].values & fixed, 0);
        }
        if (decides(day, word)) {
            assert_int_equal(count, 0);
            continue;
        }
        for (uint32_t facts = 1; facts < 1u << CQ_FACTS; facts++)
            if (__builtin_popcount(facts) <= 3 && !is_named(needs, count, facts))
                assert_false(word_turns(day, word, facts, fixed));
    }
    assert_true(found > 50);
}

static void test_cell(void **state)
{
    int facts[CQ_FACTS] = {0};
    struct cq_str cell = {0};
    const struct cq_need *needs;
    size_t count;
    (void)state;
    facts[CQ_FACT_CATEGORY] = CQ_CATEGORY_FAMILY;
    facts[CQ_FACT_PLACE] = CQ_PLACE_AVAILABLE;
    facts[CQ_FACT_PACKAGE] = CQ_PACKAGE_OSMS;
    facts[CQ_FACT_INSURED] = CQ_NO;
    facts[CQ_FACT_CORESIDENT] = CQ_NO;
    uint64_t word = word_of(facts);
    uint64_t fixed = cq_whynot_fixed(word, false) | cq_fact_field(CQ_FACT_CATEGORY) |
                     cq_fact_field(CQ_FACT_URGENCY);
    assert_int_equal(
        cq_whynot_find(whynot, cq_date_make(2026, 1, 1), word, fixed, &needs, &count, NULL), CQ_OK);
    assert_int_equal(cq_needs_write(needs, count, &cell), CQ_OK);
    assert_string_equal(cell.ptr, "coresident=yes+package=gobmp;coresident=yes+insured=yes");
    cq_str_free(&cell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets_of_points),
        cmocka_unit_test(test_sets_of_points_with_all_facts),
        cmocka_unit_test(test_nothing_turns_a_day_without_edition),
        cmocka_unit_test(test_unknown_facts_against_a_search),
        cmocka_unit_test(test_cell),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
