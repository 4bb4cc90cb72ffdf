/* The tables and the engine against the second reading of the acts: known facts on a day of every
 * interval and around each edge, and facts that are unknown or one of several values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "engine/law_masks.h"
#include "oracle_unknown.h"

/* One in so many combinations of known facts is compared on each interval; a prime, so that every
 * pair of values meets. */
enum { STEP = 211 };

static struct cq_law *law;

static int load(void **state)
{
    (void)state;
    return cq_law_load(&law, NULL, NULL) ? -1 : 0;
}

static int unload(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

/* The facts and values of both are found by their names. */
static enum cq_fact fact_of(int fact)
{
    const char *name = oracle_words[fact].name;
    int found = cq_fact_find(name, strlen(name));

    assert_true(found >= 0);
    return (enum cq_fact)found;
}

static uint64_t word_of(const uint32_t sets[ORACLE_FACTS])
{
    uint64_t word = 0;

    for (int fact = 0; fact < ORACLE_FACTS; fact++)
        for (int value = 0; value < oracle_words[fact].count; value++) {
            const char *name = oracle_words[fact].values[value];

            if ((sets[fact] >> value & 1) != 0)
                word |= cq_fact_bit(fact_of(fact),
                                    cq_fact_value_find(fact_of(fact), name, strlen(name)));
        }
    return word;
}

static void compare_cell(int32_t day, const uint32_t sets[ORACLE_FACTS], const char *cell,
                         const char *got, const char *want)
{
    if (strcmp(got, want) == 0)
        return;
    for (int fact = 0; fact < ORACLE_FACTS; fact++) {
        print_error("%s=", oracle_words[fact].name);
        for (int value = 0; value < oracle_words[fact].count; value++)
            if ((sets[fact] >> value & 1) != 0)
                print_error("%s|", oracle_words[fact].values[value]);
        print_error(" ");
    }
    fail_msg("day %d: %s: the engine says '%s', the steps '%s'", day, cell, got, want);
}

static void compare(int32_t day, const uint32_t sets[ORACLE_FACTS])
{
    struct cq_decision d;
    struct oracle_answer want;
    struct cq_str gaps = {0}, missing = {0};
    char want_gaps[200], want_missing[200];

    oracle_unknown(day, sets, &want);
    cq_decide(law, day, word_of(sets), &d);
    assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
    assert_int_equal(cq_decision_missing(d.missing, &missing), CQ_OK);
    oracle_gap_cell(want.gaps | want.late_gaps, want_gaps, sizeof want_gaps);
    oracle_missing_cell(want.missing, want_missing, sizeof want_missing);
    compare_cell(day, sets, "outcome", d.outcome, want.outcome);
    compare_cell(day, sets, "provider", d.provider, want.provider);
    compare_cell(day, sets, "payer", d.payer, want.payer);
    compare_cell(day, sets, "referral", d.referral, want.referral);
    compare_cell(day, sets, "reasons", d.reasons, want.reasons);
    compare_cell(day, sets, "basis", d.basis, want.basis);
    compare_cell(day, sets, "certainty", d.certainty, want.certainty);
    compare_cell(day, sets, "documents", d.documents, want.documents);
    compare_cell(day, sets, "gaps", gaps.ptr ? gaps.ptr : "", want_gaps);
    compare_cell(day, sets, "missing", missing.ptr ? missing.ptr : "", want_missing);
    assert_int_equal(d.entitled, oracle_promises(&want));
    cq_str_free(&gaps);
    cq_str_free(&missing);
}

/* Goes on by a number of combinations; false after the last. */
static bool advance(int facts[ORACLE_FACTS], int step)
{
    for (int fact = ORACLE_FACTS - 1; fact >= 0 && step > 0; fact--) {
        step += facts[fact];
        facts[fact] = step % oracle_words[fact].count;
        step /= oracle_words[fact].count;
    }
    return step == 0;
}

static void test_known_facts_on_every_interval(void **state)
{
    (void)state;
    for (size_t i = 0; i < law->interval_count; i++) {
        const struct cq_interval *interval = &law->intervals[i];
        int32_t day = interval->until != CQ_DAY_MAX ? interval->until - 1 : interval->since + 100;
        int facts[ORACLE_FACTS] = {0};

        do {
            uint32_t sets[ORACLE_FACTS];

            for (int fact = 0; fact < ORACLE_FACTS; fact++)
                sets[fact] = UINT32_C(1) << facts[fact];
            compare(day, sets);
        } while (advance(facts, STEP));
    }
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed >> 11;
}

static uint32_t one_value(uint64_t *seed, int fact)
{
    return UINT32_C(1) << random_next(seed) % (uint64_t)oracle_words[fact].count;
}

/* Values of a fact: one in most cases, some or all in others. The service and the destination are
 * known. Values that end the matter at once are drawn less often. */
static uint32_t random_set(uint64_t *seed, int fact)
{
    uint64_t all = (UINT64_C(1) << oracle_words[fact].count) - 1;
    uint64_t chance = random_next(seed) % 100;
    uint32_t set = one_value(seed, fact);

    if ((fact == FACT_CORESIDENT || fact == FACT_CATEGORY || fact == FACT_SPONSOR) && chance < 50)
        set = one_value(seed, fact) & ~UINT32_C(1);
    if (fact == FACT_CORESIDENT || set == 0)
        set = one_value(seed, fact);
    if (fact == FACT_SERVICE || fact == FACT_DESTINATION || chance < 75)
        return set;
    return chance < 88 ? (uint32_t)(1 + random_next(seed) % all) : (uint32_t)all;
}

static void test_open_facts_around_edges(void **state)
{
    const int32_t edges[] = {
        cq_date_make(2020, 1, 1),  cq_date_make(2020, 7, 18),  cq_date_make(2020, 12, 2),
        cq_date_make(2021, 9, 1),  cq_date_make(2022, 3, 7),   cq_date_make(2022, 3, 17),
        cq_date_make(2022, 11, 6), cq_date_make(2022, 11, 12), cq_date_make(2023, 7, 1),
        cq_date_make(2025, 9, 14), cq_date_make(2025, 9, 20),  cq_date_make(2025, 9, 25),
        cq_date_make(2025, 10, 4), cq_date_make(2100, 1, 1)};
    uint64_t seed = UINT64_C(0x5deece66d1234567);

    (void)state;
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        for (int32_t day = edges[i] - 1; day <= edges[i]; day++)
            for (int sample = 0; sample < 4000; sample++) {
                uint32_t sets[ORACLE_FACTS];

                for (int fact = 0; fact < ORACLE_FACTS; fact++)
                    sets[fact] = random_set(&seed, fact);
                compare(day, sets);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_facts_on_every_interval),
        cmocka_unit_test(test_open_facts_around_edges),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
