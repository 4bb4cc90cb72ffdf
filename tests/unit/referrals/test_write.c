/* Drafts that become referrals: gapless numbers, duplicates, the first event. */
#include "sample.h"

#include <stdio.h>
#include "cq/list.h"
#include "cq/refno.h"
#include "referrals/states.h"

static int64_t count(struct cq_db *db, const char *table)
{
    char sql[80];
    int64_t rows = -1;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    assert_int_equal(cq_db_int(db, sql, &rows, NULL), CQ_OK);
    return rows;
}

static void test_serials_have_no_gaps_per_region_and_year(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral list[3] = {sample(sample_iin), sample(sample_iin), sample(sample_iin)};
    list[1].iin++;
    list[2].iin += 2;
    list[1].issued_on = cq_date_make(2027, 1, 1);
    struct cq_numbers numbers = write_all(db, list, 3, 71, NULL);
    assert_int_equal(numbers.count, 3);
    assert_int_equal(numbers.list[0], cq_refno_make(71, 2026, 1));
    assert_int_equal(numbers.list[1], cq_refno_make(71, 2027, 1));
    assert_int_equal(numbers.list[2], cq_refno_make(71, 2026, 2));
    cq_numbers_free(&numbers);
    list[0].iin += 10;
    assert_int_equal(write_one(db, &list[0], 71), cq_refno_make(71, 2026, 3));
    list[0].iin += 10;
    assert_int_equal(write_one(db, &list[0], 0), cq_refno_make(0, 2026, 1));
    list[0].iin += 10;
    assert_int_equal(write_one(db, &list[0], 72), cq_refno_make(72, 2026, 1));
}

static void test_a_rollback_gives_the_numbers_back(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral r = sample(sample_iin);
    struct cq_drafts *drafts = cq_drafts_new();
    struct cq_numbers numbers = {0};
    assert_int_equal(cq_drafts_add(drafts, &r, 71, 2), CQ_OK);
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    assert_int_equal(cq_drafts_write(db, drafts, now, "tester", keep_finding, NULL, &numbers, NULL),
                     CQ_OK);
    cq_db_rollback(db);
    assert_int_equal(numbers.list[0], cq_refno_make(71, 2026, 1));
    assert_int_equal(count(db, "referral"), 0);
    assert_int_equal(count(db, "referral_event"), 0);
    assert_int_equal(write_one(db, &r, 71), cq_refno_make(71, 2026, 1));
    cq_numbers_free(&numbers);
    cq_drafts_free(drafts);
}

static void test_used_up_numbers_refuse_the_row_alone(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral list[3] = {sample(sample_iin), sample(sample_iin), sample(sample_iin)};
    struct cq_numbers numbers = write_all(db, list, 1, 71, NULL);
    cq_numbers_free(&numbers);
    assert_int_equal(cq_db_exec(db, "UPDATE referral SET id = 712026999998", NULL), CQ_OK);
    for (int i = 0; i < 3; i++)
        list[i].iin += i + 1;
    list[2].issued_on = cq_date_make(2027, 1, 1);
    struct findings findings = {0};
    numbers = write_all(db, list, 3, 71, &findings);
    assert_int_equal(numbers.count, 2);
    assert_int_equal(numbers.list[0], cq_refno_make(71, 2026, CQ_SERIAL_MAX));
    assert_int_equal(numbers.list[1], cq_refno_make(71, 2027, 1));
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.last.code, CQ_R_SERIALS);
    assert_int_equal(findings.last.line, 3);
    cq_numbers_free(&numbers);
}

static void test_the_same_request_gives_the_same_number(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral r = sample(sample_iin);
    int64_t first = write_one(db, &r, 71);
    assert_int_equal(write_one(db, &r, 71), first);
    /* Other columns than those of the request do not make it another one, nor does the region. */
    r.text[CQ_REFERRAL_DIAGNOSIS] = cq_text_of("I10");
    r.text[CQ_REFERRAL_FACILITY] = cq_text_of("MVD-1");
    assert_int_equal(write_one(db, &r, 75), first);
    struct cq_referral twice[2] = {r, r};
    twice[0].iin = twice[1].iin = sample_iin + 1;
    struct cq_numbers numbers = write_all(db, twice, 2, 71, NULL);
    assert_int_equal(numbers.count, 2);
    assert_int_equal(numbers.list[0], numbers.list[1]);
    cq_numbers_free(&numbers);
    assert_int_equal(count(db, "referral"), 2);
    assert_int_equal(count(db, "referral_event"), 2);
}

static void test_another_request_gives_another_number(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral list[6];
    for (size_t i = 0; i < 6; i++)
        list[i] = sample(sample_iin);
    list[1].iin++;
    list[2].service = CQ_SERVICE_INPATIENT;
    list[3].destination = CQ_DESTINATION_ASTANA;
    list[4].text[CQ_REFERRAL_PROFILE] = cq_text_of("therapy");
    list[5].issued_on++;
    struct cq_numbers numbers = write_all(db, list, 6, 71, NULL);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(numbers.list[i], cq_refno_make(71, 2026, (int)i + 1));
    cq_numbers_free(&numbers);
}

static void test_a_closed_referral_does_not_stop_a_new_one(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral r = sample(sample_iin);
    int64_t last = write_one(db, &r, 71);
    for (int status = 0; status < CQ_STATES; status++) {
        char sql[100];
        snprintf(sql, sizeof sql, "UPDATE referral SET status = %d WHERE id = %lld", status,
                 (long long)last);
        assert_int_equal(cq_db_exec(db, sql, NULL), CQ_OK);
        int64_t next = write_one(db, &r, 71);
        bool open = cq_states_open() >> status & 1;
        assert_int_equal(next, open ? last : last + 1);
        last = next;
    }
}

static void test_the_issue_is_the_first_event(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral r = sample(sample_iin);
    int64_t number = write_one(db, &r, 71), rows = 0;
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM referral_event WHERE referral = %lld AND id & 255 = 1"
             " AND at = %lld AND day = %d AND status = 0 AND actor = 'tester' AND reason IS NULL",
             (long long)number, (long long)now, r.issued_on);
    assert_int_equal(cq_db_int(db, sql, &rows, NULL), CQ_OK);
    assert_int_equal(rows, 1);
    assert_int_equal(count(db, "referral_event"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_serials_have_no_gaps_per_region_and_year),
        TEST(test_a_rollback_gives_the_numbers_back),
        TEST(test_used_up_numbers_refuse_the_row_alone),
        TEST(test_the_same_request_gives_the_same_number),
        TEST(test_another_request_gives_another_number),
        TEST(test_a_closed_referral_does_not_stop_a_new_one),
        TEST(test_the_issue_is_the_first_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
