/* Verification of what the acts bind referrals to, where nobody looked when they were written: each
 * requirement left out, met, and stated where nothing asks for it. Seals and links are right. */
#include "sample.h"

#include <string.h>

#include "cq/list.h"
#include "cq/transition.h"
#include "cq/verify.h"

/* Decisions, as far as they call for something. */
enum { PLAIN, FAR, FAR_FAMILY, NEAR_FAMILY, PAID, SANATORIUM, MENTAL, DECISIONS };
static const struct {
    int service;
    const char *reasons, *referral, *basis;
} decisions[DECISIONS] = {
    [PLAIN] = {CQ_SERVICE_OUTPATIENT, "", "", "R78:4.1"},
    [FAR] = {CQ_SERVICE_INPATIENT, "referral", "mvd_specialist", "R78:13.1;O281:5(1);R78:4.1"},
    [FAR_FAMILY] = {CQ_SERVICE_INPATIENT, "referral", "mvd_specialist", "R78:13.1;O281:11;R78:6.1"},
    [NEAR_FAMILY] = {CQ_SERVICE_INPATIENT, "referral", "mvd_specialist", "R78:6.1;O781:31;O781:33"},
    [PAID] = {CQ_SERVICE_MEDICAL_REHABILITATION, "paid", "mvd_or_phc", "O61:6(3);O61:8.1"},
    [SANATORIUM] = {CQ_SERVICE_SANATORIUM, "commission", "", "R78:16;R78:17"},
    [MENTAL] = {CQ_SERVICE_MENTAL_HEALTH, "consent", "", "O61:12;HC:196.3;HC:166.2"},
};

/* What is stated at issue; the moves, what an admission records or the reason of a rejection after a
 * colon; the requirements that verify names. */
static const struct forged {
    int decision;
    const char *states, *moves, *want;
} cases[] = {
    {PLAIN, "", "accept admit complete", ""},
    {FAR, "from referrer", "accept admit", ""},
    {FAR, "referrer", "", "from_facility "},
    {FAR, "from", "", "referrer "},
    {FAR, "from referrer", "reject", "refusal "},
    {FAR, "from referrer", "reject:full", ""},
    {FAR_FAMILY, "from referrer", "accept", ""},
    {FAR_FAMILY, "from referrer", "accept cancel", ""},
    {FAR_FAMILY, "from referrer", "accept admit", "bureau_code "},
    {FAR_FAMILY, "from referrer", "accept admit complete", "bureau_code "},
    {FAR_FAMILY, "from referrer bureau", "accept admit", ""},
    {FAR_FAMILY, "from referrer", "accept admit:bureau", ""},
    {NEAR_FAMILY, "from referrer", "accept admit", "bureau_code "},
    {NEAR_FAMILY, "from referrer", "reject", ""},
    {PAID, "", "", "paid_by "},
    {PAID, "paid_by", "", ""},
    {PAID, "paid", "", ""},
    {PLAIN, "paid_by", "", "paid_by "},
    {PLAIN, "paid", "", ""},
    {PLAIN, "occasion", "", "occasion "},
    {PLAIN, "measure", "", "measure "},
    {PLAIN, "commission", "", "commission "},
    {PLAIN, "", "accept admit:commission", "commission "},
    {SANATORIUM, "", "accept", ""},
    {SANATORIUM, "", "accept admit", "commission "},
    {SANATORIUM, "commission", "accept admit", ""},
    {SANATORIUM, "commission tomorrow", "accept admit", "commission "},
    {SANATORIUM, "", "accept admit:commission", ""},
    {MENTAL, "", "accept admit", "consent "},
    {MENTAL, "refused", "accept admit", "consent "},
    {MENTAL, "consent", "accept admit", ""},
    {MENTAL, "refused", "accept admit:consent", ""},
    {MENTAL, "consent", "accept admit:refused", "consent "},
};

static int64_t forge(struct cq_db *db, int64_t iin, const struct forged *f, const char *law)
{
    struct cq_referral r = sample(iin);
    struct cq_text states = cq_text_of(f->states);
    struct {
        const char *word;
        int text;
    } texts[] = {{"from", CQ_REFERRAL_FROM_FACILITY},
                 {"referrer", CQ_REFERRAL_REFERRER},
                 {"bureau", CQ_REFERRAL_BUREAU_CODE},
                 {"commission", CQ_REFERRAL_COMMISSION_NO}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (cq_text_has(states, ' ', texts[i].word))
            r.text[texts[i].text] = cq_text_of("x");
    r.service = decisions[f->decision].service;
    r.consent = cq_text_has(states, ' ', "consent")   ? CQ_YES
                : cq_text_has(states, ' ', "refused") ? CQ_NO
                                                      : CQ_UNKNOWN;
    r.occasion = cq_text_has(states, ' ', "occasion") ? 0 : CQ_UNKNOWN;
    r.measure = cq_text_has(states, ' ', "measure") ? 0 : CQ_UNKNOWN;
    r.paid_by = cq_text_has(states, ' ', "paid_by") ? 2 : CQ_UNKNOWN;
    r.paid = cq_text_has(states, ' ', "paid"); /* by an earlier program */
    if (cq_text_has(states, ' ', "commission"))
        r.commission_on = r.issued_on + cq_text_has(states, ' ', "tomorrow");
    r.text[CQ_REFERRAL_LAW] = cq_text_of(law);
    r.text[CQ_REFERRAL_REASONS] = cq_text_of(decisions[f->decision].reasons);
    r.text[CQ_REFERRAL_REFERRAL] = cq_text_of(decisions[f->decision].referral);
    r.text[CQ_REFERRAL_BASIS] = cq_text_of(decisions[f->decision].basis);
    return write_one(db, &r, 71);
}

static void move(struct cq_db *db, int64_t number, struct cq_text action)
{
    struct cq_text rest = action, word;
    char name[16];
    cq_text_next(&rest, ':', &word);
    assert_true(word.len < sizeof name);
    memcpy(name, word.ptr, word.len);
    name[word.len] = '\0';
    struct cq_transition one = cq_transition_of(number);
    struct cq_transitions transitions = {0};
    struct cq_numbers made = {0};
    const struct cq_transition_options options = {.action = name,
                                                  .day = cq_date_make(2026, 3, 2),
                                                  .now = now,
                                                  .actor = "tester",
                                                  .report = keep_finding};
    bool refused = false, admits = strcmp(name, "admit") == 0;
    if (!admits && rest.ptr)
        one.reason = rest;
    if (admits && cq_text_is(rest, "bureau"))
        one.bureau_code = rest;
    if (admits && cq_text_is(rest, "commission"))
        one.commission_no = rest;
    if (admits && cq_text_is(rest, "commission"))
        one.commission_on = options.day;
    if (admits && (cq_text_is(rest, "consent") || cq_text_is(rest, "refused")))
        one.consent = cq_text_is(rest, "consent") ? CQ_YES : CQ_NO;
    assert_int_equal(cq_transitions_add(&transitions, &one), CQ_OK);
    assert_int_equal(cq_transitions_write(db, &transitions, &options, &made, &refused, NULL),
                     CQ_OK);
    assert_int_equal(made.count, 1);
    cq_transitions_free(&transitions);
    cq_numbers_free(&made);
}

/* Keeps the requirements; seals, links and moves are right, the decision was never made. */
static void keep_binding(const struct cq_verify_finding *finding, void *context)
{
    assert_true(finding->kind >= CQ_VERIFIED_PEOPLE);
    if (finding->kind == CQ_VERIFIED_BINDING)
        cq_str_printf(context, "%s ", finding->detail);
}

/* Verifies a forged life that was decided under tables of that fingerprint. */
static void verify_life(struct cq_db *db, const struct cq_law *law, int64_t iin,
                        const struct forged *f, const char *fingerprint)
{
    struct cq_str found = {0};
    struct cq_verify verify = {.law = law, .report = keep_binding, .context = &found};
    struct cq_numbers numbers = {0};
    struct cq_text rest = cq_text_of(f->moves), action;
    int64_t number = forge(db, iin, f, fingerprint);
    assert_int_equal(cq_db_begin(db, NULL), CQ_OK);
    while (rest.len > 0 && cq_text_next(&rest, ' ', &action))
        move(db, number, action);
    assert_int_equal(cq_db_commit(db, NULL), CQ_OK);
    assert_int_equal(cq_numbers_add(&numbers, number), CQ_OK);
    cq_str_puts(&found, "");
    assert_int_equal(cq_referrals_verify(db, &verify, &numbers, NULL), CQ_OK);
    if (strcmp(found.ptr, f->want) != 0)
        fail_msg("'%s', '%s': '%s', not '%s'", f->states, f->moves, found.ptr, f->want);
    cq_str_free(&found);
    cq_numbers_free(&numbers);
}

static void test_what_is_required_and_not_recorded_is_found(void **state)
{
    struct cq_law *law = NULL;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        verify_life(*state, law, sample_iin + (int64_t)i, &cases[i], law->fingerprint);
    cq_law_free(law);
}

/* What was decided under other tables is found, too, and the finding says so: programs of before the
 * bindings did not ask for it, which the registry cannot tell. */
static void test_a_finding_says_that_the_tables_were_others(void **state)
{
    static const struct forged lives[] = {
        {FAR_FAMILY, "from referrer", "accept admit", "bureau_code; law: other tables "},
        {FAR_FAMILY, "from referrer bureau", "accept admit", ""},
        {SANATORIUM, "", "accept admit", "commission; law: other tables "},
    };
    struct cq_law *law = NULL;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++)
        verify_life(*state, law, sample_iin + (int64_t)i, &lives[i], "0123456789ab");
    cq_law_free(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_is_required_and_not_recorded_is_found),
        TEST(test_a_finding_says_that_the_tables_were_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
