/* Lives of referrals at random against a second table of the transitions, and the chain of events
 * that results. */
#include "sample.h"

#include <stdio.h>
#include "cq/law.h"
#include "cq/transition.h"
#include "cq/verify.h"

enum { REFERRALS = 300, TRANSITIONS = 4000 };

/* The second table: rows are states, columns actions; -1 where there is no transition. */
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

/* Counts findings about transitions; the decisions of these referrals are made up. */
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
    struct cq_verify how = {.law = law, .report = count, .context = &found};
    assert_int_equal(cq_referrals_verify(db, &how, NULL, NULL), CQ_OK);
    cq_law_free(law);
    return found;
}

static void test_random_lives(void **state)
{
    struct cq_db *db = *state;
    struct cq_drafts *drafts = cq_drafts_new();
    int states[REFERRALS] = {0}, made = 0;
    uint64_t seed = 7;
    for (int i = 0; i < REFERRALS; i++) {
        struct cq_referral r = sample(sample_iin + i);
        assert_int_equal(cq_drafts_add(drafts, &r, 71, i + 2), CQ_OK);
    }
    struct cq_numbers numbers = write_drafts(db, drafts, NULL);
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    for (int i = 0; i < TRANSITIONS; i++) {
        unsigned which = random_below(&seed, REFERRALS), action = random_below(&seed, 6);
        struct findings findings = {0};
        struct cq_transition_options options = {.action = actions[action],
                                                .day = cq_date_make(2026, 5, 1),
                                                .now = now + i,
                                                .actor = "tester",
                                                .report = keep_finding,
                                                .context = &findings};
        struct cq_transition transition = cq_transition_of(numbers.list[which]);
        struct cq_transitions transitions = {0};
        struct cq_numbers changed = {0};
        bool refused = false;
        int next = table[states[which]][action];
        assert_int_equal(cq_transitions_add(&transitions, &transition), CQ_OK);
        assert_int_equal(cq_transitions_write(db, &transitions, &options, &changed, &refused, NULL),
                         CQ_OK);
        assert_int_equal(refused, next < 0);
        assert_int_equal(changed.count, next < 0 ? 0 : 1);
        assert_int_equal(findings.last.code, next < 0 ? CQ_F_MOVE : CQ_OK);
        if (next >= 0) {
            states[which] = next;
            made++;
        }
        cq_transitions_free(&transitions);
        cq_numbers_free(&changed);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_random_lives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
