/* Finding and reading referrals: as written, by filters, as known before. */
#include "sample.h"

#include <stdio.h>
#include <string.h>
#include "cq/list.h"
#include "cq/refno.h"

static void test_everything_is_read_as_written(void **state)
{
    static const char *const words[CQ_REFERRAL_TEXTS] = {"profile",
                                                         "I10.0",
                                                         "indication, \"quoted\"",
                                                         "MVD-1",
                                                         "referrer",
                                                         "bureau",
                                                         "eligible",
                                                         "mvd",
                                                         "MVD-2",
                                                         "budget",
                                                         "mvd_specialist",
                                                         "R78:13.1;O281:5(1);R78:4.1",
                                                         "rule",
                                                         "referral",
                                                         "text",
                                                         "id_card+service_id",
                                                         "A-01;A-02",
                                                         "service:no_specialist",
                                                         "1:receipt",
                                                         "fingerprint",
                                                         "0.1.0",
                                                         "17-2026"};
    struct cq_db *db = *state;
    struct cq_referral_reader *reader;
    struct cq_referral r = sample(sample_iin), back;
    r.indicated = CQ_NO;
    r.package = CQ_PACKAGE_OSMS;
    r.duty_injury = true;
    r.paid = true;
    r.consent = CQ_NO;
    r.measure = 2;
    r.occasion = 5;
    r.paid_by = 1;
    r.commission_on = cq_date_make(2026, 2, 27);
    r.found_in = cq_refno_make(71, 2026, 9);
    r.version = 99;
    memcpy(r.provenance[CQ_PROVENANCE_RUNS], "0123456789abcdef", CQ_PROVENANCE_BYTES);
    r.urgency = 1;
    r.planned_on = cq_date_make(2026, 3, 9);
    r.agency = 2;
    cq_facts_set(&r.facts, CQ_FACT_MINOR, CQ_NO);
    r.run = 17;
    char copies[CQ_REFERRAL_TEXTS][32];
    struct cq_drafts *drafts = cq_drafts_new();
    struct cq_numbers numbers = {0};
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++) {
        snprintf(copies[i], sizeof copies[i], "%s", words[i]);
        r.text[i] = cq_text_of(copies[i]);
    }
    assert_int_equal(cq_drafts_add(drafts, &r, 71, 2), CQ_OK);
    memset(copies, 'x', sizeof copies); /* a draft keeps texts of its own */
    assert_int_equal(cq_drafts_write(db, drafts, now, "tester", keep_finding, NULL, &numbers, NULL),
                     CQ_OK);
    cq_drafts_free(drafts);
    assert_true(read_back(db, numbers.list[0], INT64_MAX, &reader, &back));
    assert_int_equal(back.number, cq_refno_make(71, 2026, 1));
    assert_int_equal(back.status, CQ_ISSUED);
    assert_int_equal(back.iin, sample_iin);
    assert_int_equal(back.service, r.service);
    assert_int_equal(back.destination, r.destination);
    assert_int_equal(back.indicated, CQ_NO);
    assert_int_equal(back.package, CQ_PACKAGE_OSMS);
    assert_true(back.duty_injury);
    assert_true(back.paid);
    assert_int_equal(back.consent, CQ_NO);
    assert_int_equal(back.measure, 2);
    assert_int_equal(back.occasion, 5);
    assert_int_equal(back.paid_by, 1);
    assert_int_equal(back.commission_on, r.commission_on);
    assert_int_equal(back.found_in, r.found_in);
    assert_int_equal(back.answer, CQ_ANSWERED_NOTHING);
    assert_int_equal(back.answered_on, CQ_DAY_MIN);
    assert_int_equal(back.version, 99);
    assert_int_equal(back.expected_on, r.planned_on);
    assert_memory_equal(back.provenance, r.provenance, sizeof r.provenance);
    assert_int_equal(back.urgency, 1);
    assert_int_equal(back.planned_on, r.planned_on);
    assert_int_equal(back.category, r.category);
    assert_int_equal(back.agency, 2);
    assert_true(back.facts == r.facts);
    assert_int_equal(back.run, 17);
    assert_int_equal(back.issued_on, r.issued_on);
    assert_int_equal(back.issued_at, now);
    assert_int_equal(back.valid_until, r.valid_until);
    for (int i = 0; i < CQ_REFERRAL_TEXTS; i++) {
        assert_int_equal(back.text[i].len, strlen(words[i]));
        assert_memory_equal(back.text[i].ptr, words[i], back.text[i].len);
    }
    cq_referral_reader_close(reader);
    cq_numbers_free(&numbers);
}

static void test_nothing_stated_is_read_as_such(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral_reader *reader;
    struct cq_referral r = sample(sample_iin), back;
    int64_t number = write_one(db, &r, 71);
    assert_true(read_back(db, number, INT64_MAX, &reader, &back));
    assert_int_equal(back.indicated, CQ_UNKNOWN);
    assert_int_equal(back.package, CQ_UNKNOWN);
    assert_int_equal(back.urgency, CQ_UNKNOWN);
    assert_int_equal(back.planned_on, CQ_DAY_MIN);
    assert_int_equal(back.agency, 0);
    assert_false(back.duty_injury);
    assert_false(back.paid);
    assert_int_equal(back.consent, CQ_UNKNOWN);
    assert_int_equal(back.measure, CQ_UNKNOWN);
    assert_int_equal(back.occasion, CQ_UNKNOWN);
    assert_int_equal(back.paid_by, CQ_UNKNOWN);
    assert_int_equal(back.commission_on, CQ_DAY_MIN);
    assert_int_equal(back.found_in, 0);
    assert_int_equal(back.text[CQ_REFERRAL_COMMISSION_NO].len, 0);
    assert_int_equal(back.version, 0);
    assert_int_equal(back.expected_on, r.issued_on);
    assert_int_equal(back.text[CQ_REFERRAL_PROFILE].len, 0);
    cq_referral_reader_close(reader);
    int64_t nulls = 0;
    assert_int_equal(
        cq_db_int(db,
                  "SELECT count(*) FROM referral WHERE profile IS NULL AND agency IS NULL"
                  " AND planned_on IS NULL AND indicated IS NULL",
                  &nulls, NULL),
        CQ_OK);
    assert_int_equal(nulls, 1);
}

/* Three referrals: 1 issued to A, 2 accepted later at B, 3 issued to B and valid longer. */
static void fill(struct cq_db *db)
{
    struct cq_referral list[3] = {sample(sample_iin), sample(sample_iin), sample(sample_iin)};
    char sql[200];
    list[0].text[CQ_REFERRAL_FACILITY] = cq_text_of("A");
    list[1].text[CQ_REFERRAL_FACILITY] = cq_text_of("B");
    list[2].text[CQ_REFERRAL_FACILITY] = cq_text_of("B");
    list[1].iin++;
    list[2].iin += 2;
    list[2].valid_until += 100;
    struct cq_numbers numbers = write_all(db, list, 3, 71, NULL);
    int64_t second = numbers.list[1];
    cq_numbers_free(&numbers);
    snprintf(sql, sizeof sql, "UPDATE referral SET status = 1 WHERE id = %lld", (long long)second);
    assert_int_equal(cq_db_exec(db, sql, NULL), CQ_OK);
    snprintf(sql, sizeof sql,
             "INSERT INTO referral_event (id, place, at, day, status, actor, link)"
             " VALUES (%lld, 4, %lld, 0, 1, 'other', x'00')",
             (long long)(second << 8 | 2), (long long)now + 1000);
    assert_int_equal(cq_db_exec(db, sql, NULL), CQ_OK);
}

/* The serials found, as decimal digits: 13 for 1 and 3. */
static int found(struct cq_db *db, struct cq_referral_filter filter, int64_t known_at)
{
    struct cq_numbers numbers = {0};
    int digits = 0;
    assert_int_equal(cq_referrals_find(db, &filter, known_at, &numbers, NULL), CQ_OK);
    for (size_t i = 0; i < numbers.count; i++)
        digits = digits * 10 + (int)(numbers.list[i] % 1000000);
    cq_numbers_free(&numbers);
    return digits;
}

static void test_filters(void **state)
{
    struct cq_db *db = *state;
    int32_t last = sample(sample_iin).valid_until;
    fill(db);
    struct cq_referral_filter all = {0, NULL, CQ_DAY_MIN}, some = all;
    assert_int_equal(found(db, all, INT64_MAX), 123);
    some.states = 1u << CQ_ISSUED;
    assert_int_equal(found(db, some, INT64_MAX), 13);
    some.states = 1u << CQ_ACCEPTED;
    assert_int_equal(found(db, some, INT64_MAX), 2);
    some.facility = "A";
    assert_int_equal(found(db, some, INT64_MAX), 0);
    some.states = 0;
    assert_int_equal(found(db, some, INT64_MAX), 1);
    some.facility = "B";
    assert_int_equal(found(db, some, INT64_MAX), 23);
    some = all;
    some.overdue_on = last; /* the last day is a good one */
    assert_int_equal(found(db, some, INT64_MAX), 0);
    some.overdue_on = last + 1;
    assert_int_equal(found(db, some, INT64_MAX), 12);
    const char *complete = "UPDATE referral SET status = 4 WHERE serial = 1";
    assert_int_equal(cq_db_exec(db, complete, NULL), CQ_OK);
    assert_int_equal(found(db, some, INT64_MAX), 2);
}

static void test_as_known_before(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral_reader *reader;
    struct cq_referral r;
    fill(db);
    struct cq_referral_filter issued = {1u << CQ_ISSUED, NULL, CQ_DAY_MIN};
    assert_int_equal(found(db, issued, now - 1), 0);
    assert_int_equal(found(db, issued, now), 123);
    assert_int_equal(found(db, issued, now + 999), 123);
    assert_int_equal(found(db, issued, now + 1000), 13);
    int64_t number = cq_refno_make(71, 2026, 2);
    assert_false(read_back(db, number, now - 1, &reader, &r));
    cq_referral_reader_close(reader);
    assert_true(read_back(db, number, now, &reader, &r));
    assert_int_equal(r.status, CQ_ISSUED);
    cq_referral_reader_close(reader);
    assert_true(read_back(db, number, now + 1000, &reader, &r));
    assert_int_equal(r.status, CQ_ACCEPTED);
    cq_referral_reader_close(reader);
    assert_false(read_back(db, number + 7, INT64_MAX, &reader, &r));
    cq_referral_reader_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_everything_is_read_as_written),
        TEST(test_nothing_stated_is_read_as_such),
        TEST(test_filters),
        TEST(test_as_known_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
