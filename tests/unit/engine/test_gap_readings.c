/* Readings of gaps side by side: what each decides is what the second reading of the acts says of the
 * facts as that reading has them; readings that agree are left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cq/gap_readings.h"
#include "oracle_unknown.h"

static struct cq_law *law;
static uint64_t seed = 7;

static uint32_t random_below(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % below;
}

/* The readings, in other words than the table: facts to change, or an outcome. */
static const struct wanted {
    const char *gap;
    const char *facts[5]; /* name, value, name, value */
    const char *outcome, *own_basis, *certainty;
} wanted[] = {
    {"A-04", {"place", "absent"}, "", "", ""},
    {"A-04", {"place", "available"}, "", "", ""},
    {"A-08", {"home", "elsewhere"}, "", "", "inferred"},
    {"A-08", {"destination", "local"}, "", "", "inferred"},
    {"A-25", {"service", "medical_rehabilitation"}, "", "O61:2(4)", "inferred"},
    {"A-25", {"body", "law_enforcement"}, "", "", "inferred"},
    {"A-26", {"body", "law_enforcement"}, "", "LES:84.3", "inferred"},
    {"A-26", {NULL}, "not_contingent", "R78:1", "inferred"},
    {"A-28", {"service", "outpatient", "package", "gobmp"}, "", "", "inferred"},
    {"A-28", {"service", "inpatient", "package", "gobmp"}, "", "", "inferred"},
    {"A-28", {"service", "mental_health"}, "", "", ""},
};
enum { WANTED = sizeof wanted / sizeof *wanted };

static int oracle_fact(const char *name)
{
    int fact = 0;
    while (strcmp(oracle_words[fact].name, name) != 0)
        fact++;
    return fact;
}

/* Facts of the second reading, as a set of one value each. */
static void random_sets(uint32_t sets[ORACLE_FACTS])
{
    for (int fact = 0; fact < ORACLE_FACTS; fact++)
        sets[fact] = UINT32_C(1) << random_below((uint32_t)oracle_words[fact].count);
    sets[oracle_fact("coresident")] = 1;
    sets[oracle_fact("sponsor")] = 1;
    sets[oracle_fact("kin")] = 1;
    sets[oracle_fact("presidential")] = random_below(8) ? 2 : 1;
    if (random_below(3) == 0) { /* an employee at two places, where A-04 is */
        sets[oracle_fact("category")] = 2;
        sets[oracle_fact("place")] = 2;
        sets[oracle_fact("service")] = UINT32_C(1) << random_below(3);
    }
}

static uint64_t word_of(const uint32_t sets[ORACLE_FACTS])
{
    uint64_t word = 0;
    for (int fact = 0; fact < ORACLE_FACTS; fact++) {
        const struct oracle_fact_words *words = &oracle_words[fact];
        int own = cq_fact_find(words->name, strlen(words->name));
        for (int value = 0; value < words->count; value++)
            if (sets[fact] >> value & 1)
                word |= cq_fact_bit((enum cq_fact)own,
                                    cq_fact_value_find((enum cq_fact)own, words->values[value],
                                                       strlen(words->values[value])));
    }
    return word;
}

static void change(uint32_t sets[ORACLE_FACTS], const struct wanted *w)
{
    for (int i = 0; i < 4 && w->facts[i]; i += 2) {
        int fact = oracle_fact(w->facts[i]), value = 0;
        while (strcmp(oracle_words[fact].values[value], w->facts[i + 1]) != 0)
            value++;
        sets[fact] = UINT32_C(1) << value;
    }
}

/* What a reading gives on a day. */
static void answer_of(int32_t day, const uint32_t question[ORACLE_FACTS], const struct wanted *w,
                      struct oracle_answer *out)
{
    uint32_t sets[ORACLE_FACTS];
    memcpy(sets, question, sizeof sets);
    change(sets, w);
    if (*w->outcome == '\0') {
        oracle_unknown(day, sets, out);
        if (*w->certainty && *out->certainty)
            out->certainty = w->certainty;
        return;
    }
    *out = (struct oracle_answer){.outcome = w->outcome,
                                  .provider = "",
                                  .payer = "",
                                  .referral = "",
                                  .reasons = "",
                                  .certainty = w->certainty,
                                  .documents = ""};
}

static bool alike(const struct oracle_answer *a, const struct wanted *x,
                  const struct oracle_answer *b, const struct wanted *y)
{
    return strcmp(a->outcome, b->outcome) == 0 && strcmp(a->provider, b->provider) == 0 &&
           strcmp(a->payer, b->payer) == 0 && strcmp(a->referral, b->referral) == 0 &&
           strcmp(a->reasons, b->reasons) == 0 && strcmp(a->documents, b->documents) == 0 &&
           strcmp(a->basis, b->basis) == 0 && a->missing == b->missing &&
           strcmp(x->own_basis, y->own_basis) == 0;
}

/* Compares the entries of one gap. Returns how many there are to be. */
static size_t compare(int32_t day, const uint32_t sets[ORACLE_FACTS], const char *gap,
                      const struct cq_reading_answer *answers, size_t left)
{
    struct oracle_answer out[WANTED];
    size_t count = 0;
    bool differ = false;
    int first = 0;
    while (strcmp(wanted[first].gap, gap) != 0)
        first++;
    for (int i = first; i < WANTED && strcmp(wanted[i].gap, gap) == 0; i++) {
        answer_of(day, sets, &wanted[i], &out[count++]);
        differ = differ || !alike(&out[0], &wanted[first], &out[count - 1], &wanted[i]);
    }
    if (!differ)
        return 0;
    assert_true(left >= count);
    for (size_t i = 0; i < count; i++) {
        const struct cq_decision *d = &answers[i].decision;
        assert_string_equal(law->gaps[__builtin_ctzll(answers[i].reading->gap)].id, gap);
        assert_string_equal(d->outcome, out[i].outcome);
        assert_string_equal(d->provider, out[i].provider);
        assert_string_equal(d->payer, out[i].payer);
        assert_string_equal(d->referral, out[i].referral);
        assert_string_equal(d->reasons, out[i].reasons);
        assert_string_equal(d->basis, out[i].basis);
        assert_string_equal(d->certainty, out[i].certainty);
        assert_string_equal(d->documents, out[i].documents);
        assert_string_equal(answers[i].reading->basis, wanted[first + (int)i].own_basis);
    }
    return count;
}

static void test_each_reading_is_decided(void **state)
{
    static const struct {
        int year, month, day;
    } days[] = {{2020, 3, 1},  {2020, 9, 1},  {2021, 6, 1},  {2022, 3, 10}, {2023, 8, 1},
                {2025, 9, 16}, {2025, 9, 21}, {2025, 9, 27}, {2026, 11, 26}};
    long shown[40] = {0};
    (void)state;
    for (int i = 0; i < 60000; i++) {
        uint32_t sets[ORACLE_FACTS];
        struct cq_reading_answer answers[CQ_READINGS_MAX];
        struct cq_decision now;
        int d = (int)random_below(9);
        int32_t day = oracle_date(days[d].year, days[d].month, days[d].day);
        random_sets(sets);
        uint64_t word = word_of(sets);
        cq_decide(law, day, word, &now);
        size_t count = cq_gap_readings(law, now.gaps, answers), at = 0;
        for (size_t k = 0; k < count; k++)
            answers[k].facts = word;
        count = cq_gap_readings_decide(law, day, answers, count);
        for (uint64_t gaps = now.gaps; gaps; gaps &= gaps - 1) {
            const char *id = law->gaps[__builtin_ctzll(gaps)].id;
            if (!strstr("A-04 A-08 A-25 A-26 A-28", id))
                continue;
            size_t own = compare(day, sets, id, answers + at, count - at);
            shown[atoi(id + 2)] += own > 0;
            at += own;
        }
        assert_int_equal(at, count);
    }
    for (size_t i = 0; i < WANTED; i++)
        assert_in_range(shown[atoi(wanted[i].gap + 2)], 100, 60000);
}

/* The cells in which readings differ, by hand: an employee at two places, indicated, insured. */
static void test_the_cells_that_differ(void **state)
{
    struct cq_reading_answer answers[CQ_READINGS_MAX];
    struct cq_decision now;
    int32_t day = oracle_date(2026, 11, 26);
    uint64_t word = 0;
    static const int values[CQ_FACTS] = {[CQ_FACT_CATEGORY] = CQ_CATEGORY_EMPLOYEE,
                                         [CQ_FACT_HOME] = CQ_HOME_ELSEWHERE,
                                         [CQ_FACT_PLACE] = CQ_PLACE_ONE,
                                         [CQ_FACT_PRESIDENTIAL] = CQ_NO,
                                         [CQ_FACT_DUTY_INJURY] = CQ_NO,
                                         [CQ_FACT_MINOR] = CQ_NO};
    (void)state;
    for (int fact = 0; fact < CQ_FACTS; fact++)
        word |= cq_fact_bit((enum cq_fact)fact, values[fact]);
    cq_decide(law, day, word, &now);
    size_t count = cq_gap_readings(law, now.gaps, answers);
    assert_int_equal(count, 2);
    answers[0].facts = answers[1].facts = word;
    assert_int_equal(cq_gap_readings_decide(law, day, answers, count), 2);
    assert_int_equal(cq_gap_readings_differ(answers, 2),
                     1 << CQ_READING_PROVIDER | 1 << CQ_READING_PAYER | 1 << CQ_READING_BASIS);
    assert_string_equal(answers[0].decision.basis, "R78:4.2(1);R78:5.1");
    assert_string_equal(answers[1].decision.basis, "R78:4.1");
    assert_int_equal(cq_gap_readings_differ(answers, 1), 0);
}

/* Gaps whose readings agree are left out, those of others stay: a resident of Astana sent to
 * Almaty, with one reading of A-04 twice. */
static void test_readings_that_agree(void **state)
{
    struct cq_reading_answer answers[CQ_READINGS_MAX];
    uint64_t word = 0;
    size_t count = cq_gap_readings(law, (UINT64_C(1) << law->gap_count) - 1, answers);
    (void)state;
    assert_int_equal(count, WANTED);
    for (int fact = 0; fact < CQ_FACTS; fact++)
        word |= cq_fact_bit((enum cq_fact)fact, 0);
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_PENSIONER);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_INPATIENT);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_ALMATY);
    for (int i = 0; i < 4; i++)
        answers[i].facts = word;
    const struct cq_gap_reading *kept = answers[2].reading;
    answers[1].reading = answers[0].reading;
    assert_int_equal(cq_gap_readings_decide(law, oracle_date(2026, 11, 26), answers, 4), 2);
    assert_ptr_equal(answers[0].reading, kept);
    assert_string_equal(answers[0].decision.basis, "R78:13.1;O281:11;R78:6.1;R78:6.2(1)");
    assert_string_equal(answers[1].decision.basis, "R78:6.1;R78:6.2(1);O781:31;O781:33");
}

/* A reading that rests on a paragraph of its own is no more certain than that. */
static void test_the_basis_of_a_reading(void **state)
{
    struct cq_gap_reading readings[2] = {
        {.gap = 1, .outcome = "", .reasons = "", .basis = ""},
        {.gap = 1, .outcome = "", .reasons = "", .basis = "O61:4"}};
    struct cq_reading_answer answers[2] = {{.reading = &readings[0]}, {.reading = &readings[1]}};
    uint64_t word = 0;
    (void)state;
    for (int fact = 0; fact < CQ_FACTS; fact++)
        word |= cq_fact_bit((enum cq_fact)fact, 0);
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_PENSIONER);
    answers[0].facts = answers[1].facts = word;
    assert_int_equal(cq_gap_readings_decide(law, oracle_date(2026, 11, 26), answers, 2), 2);
    assert_string_equal(answers[0].decision.certainty, "text");
    assert_string_equal(answers[1].decision.certainty, "superseded");
    assert_int_equal(cq_gap_readings_differ(answers, 2), 1 << CQ_READING_BASIS);
}

static void test_no_gap_no_reading(void **state)
{
    struct cq_reading_answer answers[CQ_READINGS_MAX];
    (void)state;
    assert_int_equal(cq_gap_readings(law, 0, answers), 0);
    assert_int_equal(cq_gap_readings_decide(law, oracle_date(2026, 11, 26), answers, 0), 0);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_reading_is_decided),
        cmocka_unit_test(test_the_cells_that_differ),
        cmocka_unit_test(test_readings_that_agree),
        cmocka_unit_test(test_the_basis_of_a_reading),
        cmocka_unit_test(test_no_gap_no_reading),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
