/* A registry in memory, a referral for it, and the findings about it. */
#ifndef CQ_TEST_SAMPLE_H
#define CQ_TEST_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/issue.h"
#include "referrals/drafts.h"

static const int64_t sample_iin = 850315100006;
static const int64_t now = 1767225600000;

static inline int setup(void **state)
{
    static struct cq_db db;
    *state = &db;
    return !cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, NULL) ? 0 : -1;
}

static inline int teardown(void **state)
{
    cq_db_close(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Numbers that look random, the same on every run. */
static inline unsigned random_below(uint64_t *seed, unsigned below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % below;
}

/* Outpatient care for one person in 2026. */
static inline struct cq_referral sample(int64_t iin)
{
    struct cq_referral r = {
        .iin = iin,
        .service = CQ_SERVICE_OUTPATIENT,
        .destination = CQ_DESTINATION_LOCAL,
        .indicated = CQ_UNKNOWN,
        .package = CQ_UNKNOWN,
        .consent = CQ_UNKNOWN,
        .measure = CQ_UNKNOWN,
        .occasion = CQ_UNKNOWN,
        .paid_by = CQ_UNKNOWN,
        .commission_on = CQ_DAY_MIN,
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

/* Counts findings and keeps the last one; context is a struct findings, or NULL. */
struct findings {
    int count;
    struct cq_err last;
};

static inline void keep_finding(const struct cq_err *finding, void *context)
{
    struct findings *findings = context;
    if (!findings)
        return;
    findings->last = *finding;
    findings->count++;
}

/* Writes drafts in a transaction of their own, and frees them. */
static inline struct cq_numbers write_drafts(struct cq_db *db, struct cq_drafts *drafts,
                                             struct findings *findings)
{
    struct cq_numbers numbers = {0};
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    assert_int_equal(
        cq_drafts_write(db, drafts, now, "tester", keep_finding, findings, &numbers, NULL), CQ_OK);
    assert_int_equal(cq_db_commit(db, NULL), CQ_OK);
    cq_drafts_free(drafts);
    return numbers;
}

/* Writes referrals of one region in a transaction of their own. */
static inline struct cq_numbers write_all(struct cq_db *db, const struct cq_referral *list,
                                          size_t count, int region, struct findings *findings)
{
    struct cq_drafts *drafts = cq_drafts_new();
    assert_non_null(drafts);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(cq_drafts_add(drafts, &list[i], region, (long)i + 2), CQ_OK);
    return write_drafts(db, drafts, findings);
}

static inline int64_t write_one(struct cq_db *db, const struct cq_referral *r, int region)
{
    struct cq_numbers numbers = write_all(db, r, 1, region, NULL);
    assert_int_equal(numbers.count, 1);
    int64_t number = numbers.list[0];
    cq_numbers_free(&numbers);
    return number;
}

/* Reads one referral; the caller closes the reader. */
static inline bool read_back(struct cq_db *db, int64_t number, int64_t known_at,
                             struct cq_referral_reader **reader, struct cq_referral *r)
{
    bool found = false;
    assert_int_equal(cq_referral_reader_open(reader, db, known_at, NULL), CQ_OK);
    assert_int_equal(cq_referral_read(*reader, number, r, &found, NULL), CQ_OK);
    return found;
}

#endif
