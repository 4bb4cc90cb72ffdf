/* Days and places at random against counting. */
#include "sample.h"

#include <string.h>

enum { BOOKINGS = 600, CAPACITY = 3, DAYS = 400 };

/* Compares with a plain count: the first day with room, day by day, choice by choice. */
static void test_random_days(void **state)
{
    struct cq_db *db = *state;
    static int booked[2][DAYS];
    static const char *const names[] = {"BED-A", "BED-B"};
    int32_t first = cq_date_make(2026, 3, 2);
    uint64_t seed = 11;
    memset(booked, 0, sizeof booked);
    for (int i = 0; i < BOOKINGS;) {
        struct cq_drafts *drafts = cq_drafts_new();
        int expected[8], where[8], size = 1 + (int)random_below(&seed, 8);
        for (int j = 0; j < size; j++, i++) {
            struct cq_referral r = sample(sample_iin + i);
            int from = (int)random_below(&seed, 60), best[2] = {0, 0};
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
        struct cq_numbers numbers = write_drafts(db, drafts, NULL);
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
        struct cq_referral r = sample(sample_iin + i), back;
        struct cq_referral_reader *reader = NULL;
        const struct cq_choice choice = {"BED", 1, false};
        bool found;
        assert_int_equal(cq_drafts_add(drafts, &r, 71, 0), CQ_OK);
        assert_int_equal(cq_drafts_add_choice(drafts, &choice), CQ_OK);
        struct cq_numbers numbers = write_drafts(db, drafts, NULL);
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
    struct cq_referral r = sample(sample_iin), back;
    struct cq_referral_reader *reader = NULL;
    const struct cq_choice choice = {"CLOSED", 0, false};
    bool found;
    assert_int_equal(cq_drafts_add(drafts, &r, 71, 0), CQ_OK);
    assert_int_equal(cq_drafts_add_choice(drafts, &choice), CQ_OK);
    struct findings findings = {0};
    struct cq_numbers numbers = write_drafts(db, drafts, &findings);
    assert_int_equal(findings.last.code, CQ_W_FULL);
    assert_int_equal(cq_referral_reader_open(&reader, db, INT64_MAX, NULL), CQ_OK);
    assert_int_equal(cq_referral_read(reader, numbers.list[0], &back, &found, NULL), CQ_OK);
    assert_int_equal(back.expected_on, r.issued_on);
    cq_referral_reader_close(reader);
    cq_numbers_free(&numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_random_days),
        TEST(test_a_day_comes_free_again),
        TEST(test_no_room_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
