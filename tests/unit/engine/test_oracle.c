/* The tables against the second implementation: every combination of known facts on a day of every
 * interval, and a random sample on the days around each edge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/decide.h"
#include "engine/law_masks.h"
#include "oracle.h"

static struct cq_law *law;
static uint64_t gap_bits[ORACLE_GAPS];

static int load(void **state)
{
    (void)state;
    if (cq_law_load(&law, NULL, NULL))
        return -1;
    for (int gap = 0; gap < ORACLE_GAPS; gap++)
        for (size_t i = 0; i < law->gap_count; i++)
            if (strcmp(law->gaps[i].id, oracle_gap_ids[gap]) == 0)
                gap_bits[gap] = UINT64_C(1) << i;
    return 0;
}

static int unload(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

static void compare(int32_t day, const int facts[CQ_FACTS])
{
    uint64_t word = 0, gaps = 0;
    struct cq_decision d;
    struct oracle want = oracle_decide(day, facts);

    for (int fact = 0; fact < CQ_FACTS; fact++)
        word |= cq_fact_bit((enum cq_fact)fact, facts[fact]);
    for (int gap = 0; gap < ORACLE_GAPS; gap++)
        if ((want.gaps >> gap & 1) != 0)
            gaps |= gap_bits[gap];
    cq_decide(law, day, word, &d);
    if (strcmp(d.outcome, want.outcome) == 0 && strcmp(d.provider, want.provider) == 0 &&
        strcmp(d.payer, want.payer) == 0 && strcmp(d.referral, want.referral) == 0 &&
        strcmp(d.reasons, want.reasons) == 0 && strcmp(d.basis, want.basis) == 0 &&
        strcmp(d.certainty, want.certainty) == 0 && strcmp(d.documents, want.documents) == 0 &&
        d.gaps == gaps && d.missing == 0 && d.rule_count == 1)
        return;
    for (int fact = 0; fact < CQ_FACTS; fact++)
        print_error("%s=%s ", cq_fact_name((enum cq_fact)fact),
                    cq_fact_value_name((enum cq_fact)fact, facts[fact]));
    fail_msg("day %d: rule %s says %s %s %s %s, the steps say %s %s %s %s", day, d.rules[0]->id,
             d.outcome, d.reasons, d.basis, d.certainty, want.outcome, want.reasons, want.basis,
             want.certainty);
}

static bool next_combination(int facts[CQ_FACTS])
{
    for (int fact = 0; fact < CQ_FACTS; fact++) {
        if (++facts[fact] < cq_fact_count((enum cq_fact)fact))
            return true;
        facts[fact] = 0;
    }
    return false;
}

static void test_every_combination(void **state)
{
    const int32_t days[] = {cq_date_make(2019, 12, 31), cq_date_make(2022, 3, 6),
                            cq_date_make(2022, 3, 7), cq_date_make(2025, 9, 20),
                            cq_date_make(2025, 10, 4)};

    (void)state;
    assert_int_equal(sizeof days / sizeof *days, law->interval_count);
    for (size_t i = 0; i < law->interval_count; i++) {
        int facts[CQ_FACTS] = {0};
        long count = 0;

        assert_ptr_equal(cq_law_interval(law, days[i]), &law->intervals[i]);
        do {
            compare(days[i], facts);
            count++;
        } while (next_combination(facts));
        assert_int_equal(count, 622080);
    }
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed >> 11;
}

static void test_days_around_edges(void **state)
{
    const int32_t edges[] = {cq_date_make(2020, 1, 1),  cq_date_make(2022, 3, 7),
                             cq_date_make(2025, 9, 14), cq_date_make(2025, 9, 20),
                             cq_date_make(2025, 9, 25), cq_date_make(2025, 10, 4),
                             cq_date_make(2100, 1, 1)};
    uint64_t seed = UINT64_C(0x5deece66d1234567);

    (void)state;
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        for (int32_t day = edges[i] - 1; day <= edges[i]; day++)
            for (int sample = 0; sample < 20000; sample++) {
                int facts[CQ_FACTS];

                for (int fact = 0; fact < CQ_FACTS; fact++)
                    facts[fact] =
                        (int)(random_next(&seed) % (uint64_t)cq_fact_count((enum cq_fact)fact));
                compare(day, facts);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_combination),
        cmocka_unit_test(test_days_around_edges),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
