/* Referrals in a registry: gapless numbers, duplicates, frozen rows, events, finding again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/issue.h"
#include "cq/transition.h"
#include "cq/verify.h"
#include "referrals/drafts.h"
#include "referrals/states.h"
#include "cq/refno.h"

static const int64_t iin = 850315100006;
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

static struct cq_text text(const char *string)
{
    return (struct cq_text){string, strlen(string)};
}

/* A request of one person for outpatient care in 2026. */
static struct cq_referral sample(void)
{
    struct cq_referral r = {
        .iin = iin,
        .service = CQ_SERVICE_OUTPATIENT,
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
    return r;
}

static int findings;
static struct cq_err last_finding;

static void say(const struct cq_err *finding, void *context)
{
    (void)context;
    last_finding = *finding;
    findings++;
}

/* Writes drafts of one region in a transaction of their own. */
static struct cq_numbers write_all(struct cq_db *db, const struct cq_referral *list, size_t count,
                                   int region)
{
    struct cq_drafts *drafts = cq_drafts_new();
    struct cq_numbers numbers = {0};
    assert_non_null(drafts);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(cq_drafts_add(drafts, &list[i], region, (long)i + 2), CQ_OK);
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    assert_int_equal(cq_drafts_write(db, drafts, now, "tester", say, NULL, &numbers, NULL), CQ_OK);
    assert_int_equal(cq_db_commit(db, NULL), CQ_OK);
    cq_drafts_free(drafts);
    return numbers;
}

static int64_t write_one(struct cq_db *db, const struct cq_referral *r, int region)
{
    struct cq_numbers numbers = write_all(db, r, 1, region);
    assert_int_equal(numbers.count, 1);
    int64_t number = numbers.list[0];
    cq_numbers_free(&numbers);
    return number;
}

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
    struct cq_referral list[3] = {sample(), sample(), sample()};
    list[1].iin++;
    list[2].iin += 2;
    list[1].issued_on = cq_date_make(2027, 1, 1);
    struct cq_numbers numbers = write_all(db, list, 3, 71);
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
    struct cq_referral r = sample();
    struct cq_drafts *drafts = cq_drafts_new();
    struct cq_numbers numbers = {0};
    cq_drafts_add(drafts, &r, 71, 2);
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    assert_int_equal(cq_drafts_write(db, drafts, now, "tester", say, NULL, &numbers, NULL), CQ_OK);
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
    struct cq_referral list[3] = {sample(), sample(), sample()};
    struct cq_numbers numbers = write_all(db, list, 1, 71);
    cq_numbers_free(&numbers);
    assert_int_equal(cq_db_exec(db, "UPDATE referral SET id = 712026999998", NULL), CQ_OK);
    for (int i = 0; i < 3; i++)
        list[i].iin += i + 1;
    list[2].issued_on = cq_date_make(2027, 1, 1);
    findings = 0;
    numbers = write_all(db, list, 3, 71);
    assert_int_equal(numbers.count, 2);
    assert_int_equal(numbers.list[0], cq_refno_make(71, 2026, CQ_SERIAL_MAX));
    assert_int_equal(numbers.list[1], cq_refno_make(71, 2027, 1));
    assert_int_equal(findings, 1);
    assert_int_equal(last_finding.code, CQ_R_SERIALS);
    assert_int_equal(last_finding.line, 3);
    cq_numbers_free(&numbers);
}

static void test_the_same_request_gives_the_same_number(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral r = sample();
    int64_t first = write_one(db, &r, 71);
    assert_int_equal(write_one(db, &r, 71), first);
    /* What is said beside the request makes it no other one, nor does the region. */
    r.text[CQ_REFERRAL_DIAGNOSIS] = text("I10");
    r.text[CQ_REFERRAL_FACILITY] = text("MVD-1");
    assert_int_equal(write_one(db, &r, 75), first);
    struct cq_referral twice[2] = {r, r};
    twice[0].iin = twice[1].iin = iin + 1;
    struct cq_numbers numbers = write_all(db, twice, 2, 71);
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
        list[i] = sample();
    list[1].iin++;
    list[2].service = CQ_SERVICE_INPATIENT;
    list[3].destination = CQ_DESTINATION_ASTANA;
    list[4].text[CQ_REFERRAL_PROFILE] = text("therapy");
    list[5].issued_on++;
    struct cq_numbers numbers = write_all(db, list, 6, 71);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(numbers.list[i], cq_refno_make(71, 2026, (int)i + 1));
    cq_numbers_free(&numbers);
}

static void test_a_closed_referral_does_not_stop_a_new_one(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral r = sample();
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

static bool read_back(struct cq_db *db, int64_t number, int64_t known_at,
                      struct cq_referral_reader **reader, struct cq_referral *r)
{
    bool found = false;
    assert_int_equal(cq_referral_reader_open(reader, db, known_at, NULL), CQ_OK);
    assert_int_equal(cq_referral_read(*reader, number, r, &found, NULL), CQ_OK);
    return found;
}

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
                                                         "R78:13;R78:4.1",
                                                         "rule",
                                                         "referral",
                                                         "text",
                                                         "id_card+service_id",
                                                         "A-01;A-02",
                                                         "service:no_specialist",
                                                         "1:receipt",
                                                         "fingerprint",
                                                         "0.1.0"};
    struct cq_db *db = *state;
    struct cq_referral_reader *reader;
    struct cq_referral r = sample(), back;
    r.indicated = CQ_NO;
    r.package = CQ_PACKAGE_OSMS;
    r.duty_injury = true;
    r.paid = true;
    r.consent = CQ_NO;
    r.measure = 2;
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
        r.text[i] = text(copies[i]);
    }
    assert_int_equal(cq_drafts_add(drafts, &r, 71, 2), CQ_OK);
    memset(copies, 'x', sizeof copies); /* a draft keeps texts of its own */
    assert_int_equal(cq_drafts_write(db, drafts, now, "tester", say, NULL, &numbers, NULL), CQ_OK);
    cq_drafts_free(drafts);
    assert_true(read_back(db, numbers.list[0], INT64_MAX, &reader, &back));
    assert_int_equal(back.number, cq_refno_make(71, 2026, 1));
    assert_int_equal(back.status, CQ_ISSUED);
    assert_int_equal(back.iin, iin);
    assert_int_equal(back.service, r.service);
    assert_int_equal(back.destination, r.destination);
    assert_int_equal(back.indicated, CQ_NO);
    assert_int_equal(back.package, CQ_PACKAGE_OSMS);
    assert_true(back.duty_injury);
    assert_true(back.paid);
    assert_int_equal(back.consent, CQ_NO);
    assert_int_equal(back.measure, 2);
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
    struct cq_referral r = sample(), back;
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
    assert_int_equal(back.version, 0);
    assert_int_equal(back.expected_on, r.issued_on);
    assert_int_equal(back.text[CQ_REFERRAL_PROFILE].len, 0);
    cq_referral_reader_close(reader);
    int64_t nulls = 0;
    cq_db_int(db,
              "SELECT count(*) FROM referral WHERE profile IS NULL AND agency IS NULL"
              " AND planned_on IS NULL AND indicated IS NULL",
              &nulls, NULL);
    assert_int_equal(nulls, 1);
}

static void test_the_issue_is_the_first_event(void **state)
{
    struct cq_db *db = *state;
    struct cq_referral r = sample();
    int64_t number = write_one(db, &r, 71), rows = 0;
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM referral_event WHERE referral = %lld AND id & 255 = 1"
             " AND at = %lld AND day = %d AND status = 0 AND actor = 'tester' AND reason IS NULL",
             (long long)number, (long long)now, r.issued_on);
    cq_db_int(db, sql, &rows, NULL);
    assert_int_equal(rows, 1);
    assert_int_equal(count(db, "referral_event"), 1);
}

/* Three referrals: 1 issued to A, 2 accepted later at B, 3 issued to B and valid longer. */
static void fill(struct cq_db *db)
{
    struct cq_referral list[3] = {sample(), sample(), sample()};
    char sql[200];
    list[0].text[CQ_REFERRAL_FACILITY] = text("A");
    list[1].text[CQ_REFERRAL_FACILITY] = text("B");
    list[2].text[CQ_REFERRAL_FACILITY] = text("B");
    list[1].iin++;
    list[2].iin += 2;
    list[2].valid_until += 100;
    struct cq_numbers numbers = write_all(db, list, 3, 71);
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
    int32_t last = sample().valid_until;
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_serials_have_no_gaps_per_region_and_year),
        TEST(test_a_rollback_gives_the_numbers_back),
        TEST(test_used_up_numbers_refuse_the_row_alone),
        TEST(test_the_same_request_gives_the_same_number),
        TEST(test_another_request_gives_another_number),
        TEST(test_a_closed_referral_does_not_stop_a_new_one),
        TEST(test_everything_is_read_as_written),
        TEST(test_nothing_stated_is_read_as_such),
        TEST(test_the_issue_is_the_first_event),
        TEST(test_filters),
        TEST(test_as_known_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
