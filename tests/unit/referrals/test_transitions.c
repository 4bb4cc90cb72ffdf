/* Lives of referrals at random against a second table of the moves; days and places at random
 * against counting; and the chain that holds it all together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/law.h"
#include "cq/issue.h"
#include "cq/transition.h"
#include "cq/verify.h"
#include "referrals/drafts.h"
#include "referrals/states.h"

enum { REFERRALS = 300, MOVES = 4000, BOOKINGS = 600, CAPACITY = 3, DAYS = 400 };

static const int64_t now = 1767225600000;

static int setup(void **state)
{
    static struct cq_db db;
    *state = &db;
    return !cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, NULL) ? 0 : -1;
}

static int teardown(void **state)
{
    cq_db_close(*state);
    return 0;
}

/* Numbers that look random, the same on every run. */
static uint64_t seed;
static unsigned any(unsigned below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % below;
}

static struct cq_referral sample(int64_t iin)
{
    struct cq_referral r = {
        .iin = iin,
        .destination = CQ_DESTINATION_LOCAL,
        .indicated = CQ_UNKNOWN,
        .package = CQ_UNKNOWN,
        .consent = CQ_UNKNOWN,
        .measure = CQ_UNKNOWN,
        .urgency = CQ_UNKNOWN,
        .planned_on = CQ_DAY_MIN,
        .category = CQ_CATEGORY_EMPLOYEE,
        .facts = cq_facts_all,
        .issued_on = cq_date_make(2026, 3, 2),
        .valid_until = cq_date_make(2026, 4, 1),
        .text = {[CQ_REFERRAL_OUTCOME] = {"eligible", 8},
                 [CQ_REFERRAL_LAW] = {"abc", 3},
                 [CQ_REFERRAL_ENGINE] = {"0.1", 3}},
    };
    cq_facts_set(&r.facts, CQ_FACT_SERVICE, CQ_SERVICE_OUTPATIENT);
    cq_facts_set(&r.facts, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    return r;
}

static enum cq_code last_finding;

static void say(const struct cq_err *finding, void *context)
{
    (void)context;
    last_finding = finding->code;
}

static struct cq_numbers write_all(struct cq_db *db, struct cq_drafts *drafts)
{
    struct cq_numbers numbers = {0};
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    assert_int_equal(cq_drafts_write(db, drafts, now, "tester", say, NULL, &numbers, NULL), CQ_OK);
    assert_int_equal(cq_db_commit(db, NULL), CQ_OK);
    cq_drafts_free(drafts);
    return numbers;
}

/* The second table: rows are states, columns actions; -1 where there is no move. */
static const char *const actions[] = {"accept", "reject", "admit", "complete", "cancel", "expire"};
static const int table[CQ_STATES][6] = {
    [CQ_ISSUED] = {1, 2, -1, -1, 5, 6},        [CQ_ACCEPTED] = {-1, -1, 3, -1, 5, 6},
    [CQ_REJECTED] = {-1, -1, -1, -1, -1, -1},  [CQ_ADMITTED] = {-1, -1, -1, 4, -1, -1},
    [CQ_COMPLETED] = {-1, -1, -1, -1, -1, -1}, [CQ_CANCELLED] = {-1, -1, -1, -1, -1, -1},
    [CQ_EXPIRED] = {-1, -1, -1, -1, -1, -1},
};

static int state_of(struct cq_db *db, int64_t number)
{
    char sql[100];
    int64_t status = -1;
    snprintf(sql, sizeof sql, "SELECT status FROM referral WHERE id = %lld", (long long)number);
    assert_int_equal(cq_db_int(db, sql, &status, NULL), CQ_OK);
    return (int)status;
}

/* What verifying finds of the moves; what was decided is made up here. */
static void count(const struct cq_verify_finding *finding, void *context)
{
    int *found = context;
    if (finding->kind != CQ_VERIFIED_FACTS && finding->kind != CQ_VERIFIED_DECISION &&
        finding->kind != CQ_VERIFIED_PEOPLE && finding->kind != CQ_VERIFIED_FACILITIES &&
        finding->kind != CQ_VERIFIED_RUNS)
        (*found)++;
}

static int verify(struct cq_db *db)
{
    struct cq_law *law = NULL;
    int found = 0;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    struct cq_verify how = {.law = law, .found = count, .context = &found};
    assert_int_equal(cq_referrals_verify(db, &how, NULL, NULL), CQ_OK);
    cq_law_free(law);
    return found;
}

static void test_random_lives(void **state)
{
    struct cq_db *db = *state;
    struct cq_drafts *drafts = cq_drafts_new();
    int states[REFERRALS] = {0}, made = 0;
    seed = 7;
    for (int i = 0; i < REFERRALS; i++) {
        struct cq_referral r = sample(850315100006 + i);
        assert_int_equal(cq_drafts_add(drafts, &r, 71, i + 2), CQ_OK);
    }
    struct cq_numbers numbers = write_all(db, drafts);
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    for (int i = 0; i < MOVES; i++) {
        unsigned which = any(REFERRALS), action = any(6);
        struct cq_transition_options how = {.action = actions[action],
                                            .day = cq_date_make(2026, 5, 1),
                                            .now = now + i,
                                            .actor = "tester",
                                            .report = say};
        struct cq_transition move = {
            .number = numbers.list[which], .day = CQ_DAY_MIN, .consent = CQ_UNKNOWN};
        struct cq_transitions moves = {0};
        struct cq_numbers moved = {0};
        bool refused = false;
        int next = table[states[which]][action];
        assert_int_equal(cq_transitions_add(&moves, &move), CQ_OK);
        last_finding = CQ_OK;
        assert_int_equal(cq_transitions_write(db, &moves, &how, &moved, &refused, NULL), CQ_OK);
        assert_int_equal(refused, next < 0);
        assert_int_equal(moved.count, next < 0 ? 0 : 1);
        assert_int_equal(last_finding, next < 0 ? CQ_F_MOVE : CQ_OK);
        if (next >= 0) {
            states[which] = next;
            made++;
        }
        cq_transitions_free(&moves);
        cq_numbers_free(&moved);
    }
    assert_int_equal(cq_db_commit(db, NULL), CQ_OK);
    assert_true(made > REFERRALS);
    for (int i = 0; i < REFERRALS; i++)
        assert_int_equal(state_of(db, numbers.list[i]), states[i]);
    int64_t events = 0;
    char link[CQ_HASH_HEX + 1];
    assert_int_equal(cq_referral_chain(db, &events, link, NULL), CQ_OK);
    assert_int_equal(events, REFERRALS + made);
    assert_int_equal(verify(db), 0);
    assert_int_equal(
        cq_db_exec(db, "UPDATE referral_event SET day = day + 1 WHERE place = 400", NULL), CQ_OK);
    assert_int_equal(verify(db), 1);
    cq_numbers_free(&numbers);
}

/* Counts what a simple mind would: the first day with room, day by day, choice by choice. */
static void test_random_days(void **state)
{
    struct cq_db *db = *state;
    static int booked[2][DAYS];
    static const char *const names[] = {"BED-A", "BED-B"};
    int32_t first = cq_date_make(2026, 3, 2);
    seed = 11;
    memset(booked, 0, sizeof booked);
    for (int i = 0; i < BOOKINGS;) {
        struct cq_drafts *drafts = cq_drafts_new();
        int expected[8], where[8], size = 1 + (int)any(8);
        for (int j = 0; j < size; j++, i++) {
            struct cq_referral r = sample(850315100006 + i);
            int from = (int)any(60), best[2] = {0, 0};
            if (from > 0)
                r.planned_on = first + from;
            assert_int_equal(cq_drafts_add(drafts, &r, 71, 0), CQ_OK);
            for (int c = 0; c < 2; c++) {
                const struct cq_choice choice = {names[c], CAPACITY, false};
                assert_int_equal(cq_drafts_add_choice(drafts, &choice), CQ_OK);
                for (best[c] = from; booked[c][best[c]] >= CAPACITY; best[c]++)
                    continue;
            }
            where[j] = best[1] < best[0];
            expected[j] = best[where[j]];
            booked[where[j]][expected[j]]++;
        }
        struct cq_numbers numbers = write_all(db, drafts);
        struct cq_referral_reader *reader = NULL;
        struct cq_referral r;
        bool found;
        assert_int_equal(numbers.count, size);
        assert_int_equal(cq_referral_reader_open(&reader, db, INT64_MAX, NULL), CQ_OK);
        for (int j = 0; j < size; j++) {
            assert_int_equal(cq_referral_read(reader, numbers.list[j], &r, &found, NULL), CQ_OK);
            assert_int_equal(r.expected_on - first, expected[j]);
            assert_int_equal(r.text[CQ_REFERRAL_FACILITY].ptr[4], names[where[j]][4]);
        }
        cq_referral_reader_close(reader);
        cq_numbers_free(&numbers);
    }
}

static void test_a_day_comes_free_again(void **state)
{
    struct cq_db *db = *state;
    int32_t days[3];
    for (int i = 0; i < 3; i++) {
        struct cq_drafts *drafts = cq_drafts_new();
        struct cq_referral r = sample(850315100006 + i), back;
        struct cq_referral_reader *reader = NULL;
        const struct cq_choice choice = {"BED", 1, false};
        bool found;
        cq_drafts_add(drafts, &r, 71, 0);
        cq_drafts_add_choice(drafts, &choice);
        struct cq_numbers numbers = write_all(db, drafts);
        assert_int_equal(cq_referral_reader_open(&reader, db, INT64_MAX, NULL), CQ_OK);
        assert_int_equal(cq_referral_read(reader, numbers.list[0], &back, &found, NULL), CQ_OK);
        days[i] = back.expected_on;
        cq_referral_reader_close(reader);
        cq_numbers_free(&numbers);
        if (i == 1)
            assert_int_equal(
                cq_db_exec(db, "UPDATE referral SET status = 5 WHERE serial = 1", NULL), CQ_OK);
    }
    assert_int_equal(days[1], days[0] + 1);
    assert_int_equal(days[2], days[0]);
}

static void test_no_room_at_all(void **state)
{
    struct cq_db *db = *state;
    struct cq_drafts *drafts = cq_drafts_new();
    struct cq_referral r = sample(850315100006), back;
    struct cq_referral_reader *reader = NULL;
    const struct cq_choice choice = {"CLOSED", 0, false};
    bool found;
    cq_drafts_add(drafts, &r, 71, 0);
    cq_drafts_add_choice(drafts, &choice);
    last_finding = CQ_OK;
    struct cq_numbers numbers = write_all(db, drafts);
    assert_int_equal(last_finding, CQ_W_FULL);
    assert_int_equal(cq_referral_reader_open(&reader, db, INT64_MAX, NULL), CQ_OK);
    assert_int_equal(cq_referral_read(reader, numbers.list[0], &back, &found, NULL), CQ_OK);
    assert_int_equal(back.expected_on, r.issued_on);
    cq_referral_reader_close(reader);
    cq_numbers_free(&numbers);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_random_lives),
        TEST(test_random_days),
        TEST(test_a_day_comes_free_again),
        TEST(test_no_room_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
