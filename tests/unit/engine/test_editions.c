/* Editions of the acts: what a basis reads as on a day, how certain it is, and how a new edition
 * starts unconfirmed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "lawedit.h"

/* Decides an employee's planned stay near home, and one of rehabilitation. */
static struct cq_decision decide(const struct cq_law *law, int32_t day, int service)
{
    struct cq_decision d;
    uint64_t word = cq_facts_all;

    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_EMPLOYEE);
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_LAW_ENFORCEMENT);
    cq_facts_set(&word, CQ_FACT_SERVICE, service);
    cq_facts_set(&word, CQ_FACT_URGENCY, CQ_URGENCY_PLANNED);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_facts_set(&word, CQ_FACT_PLACE, CQ_PLACE_AVAILABLE);
    cq_facts_set(&word, CQ_FACT_INDICATED, CQ_YES);
    cq_facts_set(&word, CQ_FACT_PRESIDENTIAL, CQ_NO);
    cq_decide(law, day, word, &d);
    return d;
}

static struct cq_law *build(const struct cq_law_files *files)
{
    struct cq_law *law;
    struct cq_err err = {0};

    if (cq_law_build(&law, files, NULL, &err))
        fail_msg("%s:%ld: %s: %s", err.file, err.line, err.column, err.detail);
    assert_int_equal(cq_law_prove(law, 1, NULL, NULL, &err), CQ_OK);
    return law;
}

/* R78:1.2 was R78:1, the Code of 2009 is cited as a whole, and nothing cites an order that does not
 * exist yet. */
static void test_a_citation_reads_as_its_edition_has_it(void **state)
{
    struct cq_law *law;
    struct cq_decision d;
    uint64_t word = cq_facts_all;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_NONE);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_OUTPATIENT);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_decide(law, cq_date_make(2025, 9, 19), word, &d);
    assert_string_equal(d.basis, "R78:1");
    cq_decide(law, cq_date_make(2025, 9, 20), word, &d);
    assert_string_equal(d.basis, "R78:1.2");
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_EMPLOYEE);
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_COURIER);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_MENTAL_HEALTH);
    cq_decide(law, cq_date_make(2020, 7, 17), word, &d);
    assert_string_equal(d.basis, "HC09");
    cq_decide(law, cq_date_make(2020, 7, 18), word, &d);
    assert_string_equal(d.basis, "HC:196.3;HC:166.2");
    d = decide(law, cq_date_make(2020, 12, 1), CQ_SERVICE_MEDICAL_REHABILITATION);
    assert_string_equal(d.basis, "R78:4.1");
    assert_string_equal(d.certainty, "inferred");
    d = decide(law, cq_date_make(2023, 7, 1), CQ_SERVICE_MEDICAL_REHABILITATION);
    assert_string_equal(d.basis, "R78:4.1;O781:40");
    assert_string_equal(d.certainty, "read");
    cq_law_free(law);
}

/* From the day of an edition that nobody has read the rules against, what cites the act is
 * inferred; a rule that was read against it is as certain as its citations. */
static void test_a_new_edition_starts_unconfirmed(void **state)
{
    const int32_t day = cq_date_make(2027, 1, 1);
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_decision d;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_EDITIONS, "\nR78.718,R78,2025-09-20,,yes,",
                "\nR78.2027,R78,2027-01-01,,no,not read yet\nR78.718,R78,2025-09-20,R78.2027,yes,");
    law = build(&files);
    d = decide(law, day - 1, CQ_SERVICE_OUTPATIENT);
    assert_string_equal(d.certainty, "text");
    d = decide(law, day, CQ_SERVICE_OUTPATIENT);
    assert_string_equal(d.basis, "R78:4.1");
    assert_string_equal(d.certainty, "inferred");
    cq_law_free(law);

    law_replace(&files, CQ_LAW_TABLE_RULES, "eligible,mvd,budget,,,@mvd,,,\n",
                "eligible,mvd,budget,,,@mvd,,,R78.2027\n");
    law = build(&files);
    d = decide(law, day, CQ_SERVICE_OUTPATIENT);
    assert_string_equal(d.rules[0]->id, "employee-outpatient");
    assert_string_equal(d.certainty, "text");
    d = decide(law, day, CQ_SERVICE_DAY_HOSPITAL); /* another rule is not confirmed */
    assert_string_equal(d.certainty, "inferred");
    cq_law_free(law);
    cq_law_files_fini(&files);
}

/* A citation without a row on the day stands as written, and nothing is sure. */
static void test_a_citation_without_an_edition(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_decision d;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_RULES, "eligible,mvd,budget,,,@mvd,,,\n",
                "eligible,mvd,budget,,,@mvd;R78:1,,,\n");
    law = build(&files);
    d = decide(law, cq_date_make(2026, 1, 1), CQ_SERVICE_OUTPATIENT);
    assert_string_equal(d.basis, "R78:4.1;R78:1");
    assert_string_equal(d.certainty, "inferred");
    cq_law_free(law);
    cq_law_files_fini(&files);
}

/* Late rows need all possible values, but one is enough for the facts that they name; where a row
 * asks whether the answer rests on a fact, the rule must restrict it. */
static void test_late_rows(void **state)
{
    const int32_t day = cq_date_make(2025, 10, 10);
    struct cq_law *law;
    struct cq_decision d;
    struct cq_str gaps = {0};
    uint64_t word = cq_facts_all;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_EMPLOYEE);
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_FIRE_SERVICE);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_PSYCHOLOGICAL_REHABILITATION);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_decide(law, day, word, &d);
    assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
    assert_string_equal(gaps.ptr, "A-02;A-21;A-23");
    cq_str_clear(&gaps);
    word |= cq_fact_bit(CQ_FACT_BODY, CQ_BODY_CIVIL_PROTECTION); /* not all bodies now */
    cq_decide(law, day, word, &d);
    assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
    assert_string_equal(gaps.ptr, "A-02;A-21");
    cq_str_free(&gaps);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_OUTPATIENT);
    cq_facts_set(&word, CQ_FACT_PRESIDENTIAL, CQ_NO);
    cq_facts_set(&word, CQ_FACT_PLACE, CQ_PLACE_ONE);
    cq_decide(law, day, word, &d);
    assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
    assert_string_equal(gaps.ptr, "A-04");
    cq_str_free(&gaps);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_INPATIENT);
    cq_facts_set(&word, CQ_FACT_URGENCY, CQ_URGENCY_PLANNED);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_ASTANA);
    cq_facts_set(&word, CQ_FACT_HOME, CQ_HOME_ELSEWHERE);
    cq_decide(law, day, word, &d); /* a far stay does not ask for the place */
    assert_int_equal(cq_decision_gaps(law, d.gaps, &gaps), CQ_OK);
    assert_string_equal(gaps.ptr, "A-29");
    cq_str_free(&gaps);
    cq_law_free(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_citation_reads_as_its_edition_has_it),
        cmocka_unit_test(test_a_new_edition_starts_unconfirmed),
        cmocka_unit_test(test_a_citation_without_an_edition),
        cmocka_unit_test(test_late_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
