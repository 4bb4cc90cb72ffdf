/* --why-not over the whole fact space: every set that is returned changes the answer of the second
 * implementation, no subset of it does, and none is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cq/decide.h"
#include "engine/law_masks.h"
#include "cq/whynot.h"
#include "oracle.h"

enum { POINTS = 622080 };

static struct cq_law *law;
static struct cq_whynot *whynot;
static unsigned char entitled[POINTS]; /* of the day, by the second implementation */
static int step[CQ_FACTS];             /* how far apart two values of a fact lie */
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
    int at = 1;
    (void)state;
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        step[fact] = at;
        at *= cq_fact_count((enum cq_fact)fact);
    }
    return at == POINTS && !cq_law_load(&law, NULL, NULL) && !cq_whynot_new(&whynot, law, NULL)
               ? 0
               : -1;
}

static int unload(void **state)
{
    (void)state;
    cq_whynot_free(whynot);
    cq_law_free(law);
    return 0;
}

static void facts_of(int point, int facts[CQ_FACTS])
{
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        int count = cq_fact_count((enum cq_fact)fact);
        facts[fact] = point % count;
        point /= count;
    }
}

static uint64_t word_of(const int facts[CQ_FACTS])
{
    uint64_t word = 0;
    for (int fact = 0; fact < CQ_FACTS; fact++)
        word |= cq_fact_bit((enum cq_fact)fact, facts[fact]);
    return word;
}

static void ask_oracle(int32_t day)
{
    for (int point = 0; point < POINTS; point++) {
        int facts[CQ_FACTS];
        facts_of(point, facts);
        struct oracle answer = oracle_decide(day, facts);
        entitled[point] = strcmp(answer.outcome, "eligible") == 0 ||
                          strcmp(answer.outcome, "conditional") == 0;
    }
}

/* Whether any values of these facts change the answer at the point. */
static bool can_turn(int point, uint32_t facts)
{
    if (facts == 0)
        return entitled[point];
    int fact = __builtin_ctz(facts), count = cq_fact_count((enum cq_fact)fact);
    int base = point - point / step[fact] % count * step[fact];
    for (int value = 0; value < count; value++)
        if (can_turn(base + value * step[fact], facts & (facts - 1)))
            return true;
    return false;
}

static void check_need(int point, const struct cq_need *need)
{
    int turned = point;
    for (uint32_t left = need->facts; left; left &= left - 1) {
        enum cq_fact fact = (enum cq_fact)__builtin_ctz(left);
        int now = point / step[fact] % cq_fact_count(fact);
        int value = cq_facts_get(need->values, fact);
        assert_in_range(value, 0, cq_fact_count(fact) - 1);
        assert_int_not_equal(value, now);
        turned += (value - now) * step[fact];
    }
    assert_true(entitled[turned]);
    for (uint32_t left = need->facts; left; left &= left - 1) /* no subset does */
        assert_false(can_turn(point, need->facts & ~(left & -left)));
}

/* Every point that entitles lies in a mask of a rule; to reach it, the facts that stick out of
 * that mask must change, and some set must be a part of those. */
static void check_complete(const struct cq_interval *interval, uint64_t word, uint32_t fixed,
                           const struct cq_need *needs, size_t count)
{
    for (size_t i = 0; i < interval->count; i++) {
        if (!law->rules[interval->masks[i].rule].entitled)
            continue;
        uint64_t empty = cq_facts_empty(word & interval->masks[i].facts);
        uint32_t facts = 0;
        bool named = false;
        for (int fact = 0; fact < CQ_FACTS; fact++)
            if (empty & cq_fact_guard((enum cq_fact)fact))
                facts |= 1u << fact;
        for (size_t k = 0; k < count && !named; k++)
            named = (needs[k].facts & ~facts) == 0;
        assert_true(named || (facts & fixed) != 0);
    }
}

/* The same without any mask: every entitled point against the sets. */
static void check_complete_by_points(int point, uint32_t fixed, const struct cq_need *needs,
                                     size_t count)
{
    int from[CQ_FACTS], to[CQ_FACTS];
    facts_of(point, from);
    for (int other = 0; other < POINTS; other++) {
        uint32_t facts = 0;
        bool named = false, listed = false;
        if (!entitled[other])
            continue;
        facts_of(other, to);
        for (int fact = 0; fact < CQ_FACTS; fact++)
            facts |= (uint32_t)(from[fact] != to[fact]) << fact;
        if (facts & fixed)
            continue;
        for (size_t k = 0; k < count; k++) {
            named = named || (needs[k].facts & ~facts) == 0;
            listed = listed || (needs[k].facts == facts &&
                                (word_of(to) & needs[k].values) == needs[k].values);
        }
        assert_true(named);
        /* Where the facts are just those of a set, these very values are named, too. */
        for (size_t k = 0; k < count && !listed; k++)
            assert_int_not_equal(needs[k].facts, facts);
    }
}

static void check_space(bool all)
{
    long turned = 0;
    for (size_t i = 1; i < law->interval_count; i++) { /* before the first edition nothing helps */
        int32_t day = law->intervals[i].since;
        ask_oracle(day);
        for (int point = 0; point < POINTS; point++) {
            int facts[CQ_FACTS];
            const struct cq_need *needs;
            size_t count;
            facts_of(point, facts);
            uint64_t word = word_of(facts);
            uint32_t fixed = cq_whynot_fixed(word, all);
            assert_int_equal(cq_whynot_find(whynot, day, word, fixed, &needs, &count, NULL), CQ_OK);
            if (entitled[point]) {
                assert_int_equal(count, 0);
                continue;
            }
            turned += count > 0;
            for (size_t k = 0; k < count; k++) {
                assert_int_equal(needs[k].facts & fixed, 0);
                check_need(point, &needs[k]);
            }
            check_complete(&law->intervals[i], word, fixed, needs, count);
            if (random_below(30000) == 0)
                check_complete_by_points(point, fixed, needs, count);
        }
    }
    assert_true(turned > 100000);
}

static void test_every_combination(void **state)
{
    (void)state;
    check_space(false);
}

static void test_every_combination_with_all_facts(void **state)
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

/* Whether any values of these facts change the answer to a word with unknown facts. */
static bool word_turns(int32_t day, uint64_t word, uint32_t facts)
{
    if (facts == 0)
        return decides(day, word);
    enum cq_fact fact = (enum cq_fact)__builtin_ctz(facts);
    for (int value = 0; value < cq_fact_count(fact); value++) {
        cq_facts_set(&word, fact, value);
        if (word_turns(day, word, facts & (facts - 1)))
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

/* Words with unknown facts: exactly the sets of up to four facts that a search by size finds. */
static void test_unknown_facts_against_a_search(void **state)
{
    int found = 0;
    (void)state;
    for (int sample = 0; sample < 300; sample++) {
        int32_t day = cq_date_make(sample % 2 ? 2026 : 2022, 4, 1);
        uint64_t word = 0;
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            bool asked = fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
            int value = (int)random_below((uint64_t)cq_fact_count((enum cq_fact)fact));
            cq_facts_set(&word, (enum cq_fact)fact,
                         !asked && random_below(3) == 0 ? CQ_UNKNOWN : value);
        }
        uint32_t fixed = cq_whynot_fixed(word, false);
        const struct cq_need *needs;
        size_t count;
        assert_int_equal(cq_whynot_find(whynot, day, word, fixed, &needs, &count, NULL), CQ_OK);
        found += count > 0;
        for (size_t k = 0; k < count; k++) {
            uint64_t turned = word;
            for (uint32_t left = needs[k].facts; left; left &= left - 1) {
                enum cq_fact fact = (enum cq_fact)__builtin_ctz(left);
                cq_facts_set(&turned, fact, cq_facts_get(needs[k].values, fact));
                assert_false(word_turns(day, word, needs[k].facts & ~(left & -left)));
            }
            assert_true(decides(day, turned));
        }
        if (decides(day, word)) {
            assert_int_equal(count, 0);
            continue;
        }
        for (uint32_t facts = 1; facts < 1u << CQ_FACTS; facts++)
            if ((facts & fixed) == 0 && __builtin_popcount(facts) <= 4 &&
                !is_named(needs, count, facts))
                assert_false(word_turns(day, word, facts));
    }
    assert_true(found > 100);
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
    uint32_t fixed = cq_whynot_fixed(word, false) | 1u << CQ_FACT_CATEGORY;
    assert_int_equal(
        cq_whynot_find(whynot, cq_date_make(2026, 1, 1), word, fixed, &needs, &count, NULL), CQ_OK);
    assert_int_equal(cq_needs_write(needs, count, &cell), CQ_OK);
    assert_string_equal(cell.ptr, "coresident=yes+package=gobmp;coresident=yes+insured=yes");
    cq_str_free(&cell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_combination),
        cmocka_unit_test(test_every_combination_with_all_facts),
        cmocka_unit_test(test_nothing_turns_a_day_without_edition),
        cmocka_unit_test(test_unknown_facts_against_a_search),
        cmocka_unit_test(test_cell),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
