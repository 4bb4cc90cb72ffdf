/* Registry rows to facts, and facts to an answer: roles, sponsors, insurance, days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "cq/person.h"
#include "unit/import/importing.h"

#define PERSON                                                                                     \
    "iin,last_name,first_name,birth_date,category,agency,sponsor_iin,coresident,"                  \
    "residence,service_place,valid_from,valid_to\n"

struct asked {
    struct cq_people *people;
    struct cq_answer answers[CQ_ROLES_MAX];
    int count;
};

static void list(struct world *w, enum cq_kind kind, const char *text)
{
    w->import.kind = kind;
    assert_int_equal(import_text(w, text), CQ_OK);
    assert_int_equal(w->result.rejected, 0);
}

/* Asks about one person, service outpatient, as a run left the registry (0: the last). */
static void ask(struct world *w, struct asked *a, const char *iin, const char *on, int64_t run)
{
    struct cq_request request = cq_request_default(CQ_SERVICE_OUTPATIENT, day(on));
    struct cq_err err = {0};
    if (!run)
        assert_int_equal(cq_run_known(&w->db, INT64_MAX, &run, &err), CQ_OK);
    assert_int_equal(cq_people_open(&a->people, &w->db, w->law, run, &err), CQ_OK);
    assert_int_equal(
        cq_people_decide(a->people, strtoll(iin, NULL, 10), &request, a->answers, &a->count, &err),
        CQ_OK);
}

/* The value of one fact of the answer, by name; "?" where it is not known. */
static const char *fact(struct world *w, const char *iin, const char *on, enum cq_fact which)
{
    struct asked a;
    ask(w, &a, iin, on, 0);
    int value = cq_facts_get(a.answers[0].facts, which);
    cq_people_close(a.people);
    return value == CQ_UNKNOWN ? "?" : cq_fact_value_name(which, value);
}

static void test_a_stranger(void **state)
{
    struct world *w = *state;
    struct asked a;
    ask(w, &a, A, "2026-01-01", 0);
    assert_int_equal(a.count, 1);
    assert_int_equal(a.answers[0].category, CQ_CATEGORY_NONE);
    assert_int_equal(a.answers[0].version, 0);
    assert_string_equal(a.answers[0].decision.outcome, "not_contingent");
    cq_people_close(a.people);
}

static void test_days_of_a_role(void **state)
{
    struct world *w = *state;
    list(w, CQ_KIND_CONTINGENT,
         PERSON A ",Aa,Name,1985-03-15,employee,courier,,,,,2025-01-10,2025-02-10\n");
    assert_string_equal(fact(w, A, "2025-01-09", CQ_FACT_CATEGORY), "none");
    assert_string_equal(fact(w, A, "2025-01-10", CQ_FACT_CATEGORY), "employee");
    assert_string_equal(fact(w, A, "2025-01-10", CQ_FACT_BODY), "courier");
    assert_string_equal(fact(w, A, "2025-02-09", CQ_FACT_CATEGORY), "employee");
    assert_string_equal(fact(w, A, "2025-02-10", CQ_FACT_CATEGORY), "none");
}

/* Majority begins on the 18th birthday; for a birth on 29 February on 1 March of other years. */
static void test_minors(void **state)
{
    struct world *w = *state;
    list(w, CQ_KIND_CONTINGENT,
         PERSON A ",Aa,Name,1985-03-15,employee,courier,,,,,,\n" B
                  ",Bb,Name,2008-02-29,family,courier," A ",yes,,,,\n" C
                  ",Cc,Name,2007-12-31,family,courier," A ",yes,,,,\n");
    assert_string_equal(fact(w, B, "2026-02-28", CQ_FACT_MINOR), "yes");
    assert_string_equal(fact(w, B, "2026-03-01", CQ_FACT_MINOR), "no");
    assert_string_equal(fact(w, C, "2025-12-30", CQ_FACT_MINOR), "yes");
    assert_string_equal(fact(w, C, "2025-12-31", CQ_FACT_MINOR), "no");
}

/* The role of the family stays when the sponsor's service ends; the sponsor is then another. The body
 * is the sponsor's. */
static void test_sponsors(void **state)
{
    struct world *w = *state;
    list(w, CQ_KIND_CONTINGENT,
         PERSON A ",Aa,Name,1985-03-15,employee,civil_protection,,,,,2020-01-01,2025-01-01\n" B
                  ",Bb,Name,1985-03-15,family,courier," A ",yes,,,,\n" C
                  ",Cc,Name,1985-03-15,family,courier," D ",yes,,,,\n");
    assert_string_equal(fact(w, B, "2019-12-31", CQ_FACT_SPONSOR), "other");
    assert_string_equal(fact(w, B, "2020-01-01", CQ_FACT_SPONSOR), "employee");
    assert_string_equal(fact(w, B, "2024-12-31", CQ_FACT_SPONSOR), "employee");
    assert_string_equal(fact(w, B, "2024-12-31", CQ_FACT_BODY), "civil_protection");
    assert_string_equal(fact(w, B, "2025-01-01", CQ_FACT_CATEGORY), "family");
    assert_string_equal(fact(w, B, "2025-01-01", CQ_FACT_SPONSOR), "other");
    assert_string_equal(fact(w, B, "2025-01-01", CQ_FACT_KIN), "listed");
    assert_string_equal(fact(w, A, "2024-12-31", CQ_FACT_SPONSOR), "?");
    assert_string_equal(fact(w, A, "2024-12-31", CQ_FACT_KIN), "?");
    /* A sponsor in no list: the list of the family is trusted. */
    assert_string_equal(fact(w, C, "2025-01-01", CQ_FACT_CATEGORY), "family");
    assert_string_equal(fact(w, C, "2025-01-01", CQ_FACT_SPONSOR), "listed");
    assert_string_equal(fact(w, C, "2025-01-01", CQ_FACT_BODY), "?");
    /* A sponsor who is known, but never as an employee. */
    list(w, CQ_KIND_CONTINGENT, PERSON D ",Dd,Name,1955-03-15,pensioner,fire_service,,,,,,\n");
    assert_string_equal(fact(w, C, "2025-01-01", CQ_FACT_SPONSOR), "other");
    assert_string_equal(fact(w, C, "2025-01-01", CQ_FACT_BODY), "fire_service");
    /* A child of the fallen needs no serving sponsor. */
    list(w, CQ_KIND_CONTINGENT,
         PERSON C ",Cc,Name,2015-03-15,child_of_fallen,courier," A ",,,,2025-01-01,\n");
    assert_string_equal(fact(w, C, "2026-01-01", CQ_FACT_CATEGORY), "child_of_fallen");
    assert_string_equal(fact(w, C, "2026-01-01", CQ_FACT_BODY), "civil_protection");
    assert_string_equal(fact(w, C, "2026-01-01", CQ_FACT_SPONSOR), "?");
}

/* A child of the fallen from the death on, and nobody before birth. */
static void test_the_first_day_of_a_role(void **state)
{
    struct world *w = *state;
    list(w, CQ_KIND_CONTINGENT,
         "iin,last_name,first_name,birth_date,category,agency,sponsor_iin,killed_on,killed_order,"
         "valid_from\n" A ",Aa,Name,2015-03-15,child_of_fallen,courier," D ",2024-05-06,1,\n" B
         ",Bb,Name,2025-03-15,family,courier," D ",,,2025-01-01\n" C
         ",Cc,Name,2015-03-15,child_of_fallen,courier," D ",2024-05-06,1,2024-07-01\n");
    assert_string_equal(fact(w, A, "2024-05-05", CQ_FACT_CATEGORY), "none");
    assert_string_equal(fact(w, A, "2024-05-06", CQ_FACT_CATEGORY), "child_of_fallen");
    assert_string_equal(fact(w, B, "2025-03-14", CQ_FACT_CATEGORY), "none");
    assert_string_equal(fact(w, B, "2025-03-15", CQ_FACT_CATEGORY), "family");
    assert_string_equal(fact(w, C, "2024-06-30", CQ_FACT_CATEGORY), "none");
    assert_string_equal(fact(w, C, "2024-07-01", CQ_FACT_CATEGORY), "child_of_fallen");
}

/* Cover lasts three months after the last paid month. Where the Fund's list has no row, employees,
 * pensioners and minors are presumed insured. Source: parameters.csv, presumptions.csv. */
static void test_insurance(void **state)
{
    struct world *w = *state;
    list(w, CQ_KIND_CONTINGENT,
         PERSON A ",Aa,Name,1985-03-15,employee,courier,,,,,,\n" B
                  ",Bb,Name,1985-03-15,family,courier," A ",yes,,,,\n" C
                  ",Cc,Name,2015-03-15,family,courier," A ",yes,,,,\n" D
                  ",Dd,Name,1955-03-15,pensioner,courier,,,,,,\n");
    assert_string_equal(fact(w, A, "2026-01-01", CQ_FACT_INSURED), "yes");
    assert_string_equal(fact(w, B, "2026-01-01", CQ_FACT_INSURED), "?");
    assert_string_equal(fact(w, C, "2026-01-01", CQ_FACT_INSURED), "yes");
    assert_string_equal(fact(w, D, "2026-01-01", CQ_FACT_INSURED), "yes");
    list(w, CQ_KIND_INSURANCE,
         "iin,insured,paid_until,checked_on\n" A ",no,,2026-01-01\n" B
         ",yes,2025-11-03,2025-12-01\n" C ",yes,,\n" D ",yes,2025-11-30,\n");
    assert_string_equal(fact(w, A, "2025-12-31", CQ_FACT_INSURED), "yes");
    assert_string_equal(fact(w, A, "2026-01-01", CQ_FACT_INSURED), "no");
    assert_string_equal(fact(w, B, "2025-11-30", CQ_FACT_INSURED), "?");
    assert_string_equal(fact(w, B, "2026-02-28", CQ_FACT_INSURED), "yes");
    assert_string_equal(fact(w, B, "2026-03-01", CQ_FACT_INSURED), "no");
    assert_string_equal(fact(w, C, "2199-12-31", CQ_FACT_INSURED), "yes");
    assert_string_equal(fact(w, D, "2026-02-28", CQ_FACT_INSURED), "yes");
    assert_string_equal(fact(w, D, "2026-03-01", CQ_FACT_INSURED), "no");
}

static void test_the_list_of_the_affairs_administration(void **state)
{
    struct world *w = *state;
    list(w, CQ_KIND_CONTINGENT, PERSON A ",Aa,Name,1985-03-15,employee,courier,,,,,,\n");
    list(w, CQ_KIND_PRESIDENTIAL, "iin,valid_from,valid_to\n" A ",2025-01-01,2025-02-01\n");
    assert_string_equal(fact(w, A, "2024-12-31", CQ_FACT_PRESIDENTIAL), "no");
    assert_string_equal(fact(w, A, "2025-01-01", CQ_FACT_PRESIDENTIAL), "yes");
    assert_string_equal(fact(w, A, "2025-02-01", CQ_FACT_PRESIDENTIAL), "no");
}

/* Each place that is stated counts; a place that is too coarse leaves several values possible. */
static void test_home_and_place(void **state)
{
    struct world *w = *state;
    list(w, CQ_KIND_FACILITIES,
         "facility,owner,kato,service,serves,specialist\nF1,mvd,711110000,outpatient,7110 11,\n"
         "F2,mvd,750000000,outpatient,75,no\nF3,mvd,350000000,outpatient,,\n");
    list(w, CQ_KIND_CONTINGENT,
         PERSON A ",Aa,Name,1985-03-15,employee,courier,,,711010000,,,\n" B
                  ",Bb,Name,1985-03-15,employee,courier,,,750000000,110000000,,\n" C
                  ",Cc,Name,1985-03-15,employee,courier,,,750000000,,,\n" D
                  ",Dd,Name,1985-03-15,employee,courier,,,71,,,\n");
    assert_string_equal(fact(w, A, "2026-01-01", CQ_FACT_PLACE), "available");
    assert_string_equal(fact(w, A, "2026-01-01", CQ_FACT_HOME), "astana");
    assert_string_equal(fact(w, B, "2026-01-01", CQ_FACT_PLACE), "one");
    assert_string_equal(fact(w, B, "2026-01-01", CQ_FACT_HOME), "almaty");
    assert_string_equal(fact(w, C, "2026-01-01", CQ_FACT_PLACE), "absent");
    assert_string_equal(fact(w, D, "2026-01-01", CQ_FACT_PLACE), "?");
    list(w, CQ_KIND_CONTINGENT,
         PERSON A ",Aa,Name,1985-03-15,employee,courier,,,711010000,350000000,,\n" B
                  ",Bb,Name,1985-03-15,pensioner,courier,,,750000000,110000000,,\n" D
                  ",Dd,Name,1985-03-15,employee,courier,,,,,,\n");
    assert_string_equal(fact(w, A, "2026-01-01", CQ_FACT_PLACE), "available");
    assert_string_equal(fact(w, B, "2026-01-01", CQ_FACT_PLACE), "absent"); /* does not serve */
    assert_string_equal(fact(w, D, "2026-01-01", CQ_FACT_PLACE), "?");
    assert_string_equal(fact(w, D, "2026-01-01", CQ_FACT_HOME), "?");
}

/* Order of roles: employee, child of the fallen, pensioner, family; the first that entitles answers
 * (A-17). */
static void test_several_roles(void **state)
{
    struct world *w = *state;
    struct asked a;
    list(w, CQ_KIND_FACILITIES, "facility,owner,kato,service\nF1,mvd,71,outpatient\n");
    list(w, CQ_KIND_CONTINGENT,
         PERSON B ",Bb,Name,1985-03-15,employee,courier,,,,,,\n" A
                  ",Aa,Name,1985-03-15,family,internal_affairs," B ",yes,710000000,,,\n" A
                  ",Aa,Name,1985-03-15,pensioner,courier,,,710000000,,,\n");
    ask(w, &a, A, "2026-01-01", 0);
    assert_int_equal(a.count, 2);
    assert_int_equal(a.answers[0].category, CQ_CATEGORY_PENSIONER);
    assert_int_equal(a.answers[1].category, CQ_CATEGORY_FAMILY);
    assert_true(a.answers[0].decision.entitled);
    assert_string_equal(a.answers[0].facility, "F1");
    cq_people_close(a.people);
    list(w, CQ_KIND_CONTINGENT, PERSON A ",Aa,Name,1985-03-15,employee,civil_protection,,,,,,\n");
    ask(w, &a, A, "2026-01-01", 0);
    assert_int_equal(a.count, 3);
    assert_int_equal(a.answers[0].category,
                     CQ_CATEGORY_PENSIONER); /* the employee's place is unknown */
    assert_int_equal(a.answers[1].category, CQ_CATEGORY_EMPLOYEE);
    cq_people_close(a.people);
}

static void test_as_an_earlier_run_left_it(void **state)
{
    struct world *w = *state;
    struct asked a;
    list(w, CQ_KIND_CONTINGENT, PERSON A ",Aa,Name,1985-03-15,employee,courier,,,,,,\n");
    list(w, CQ_KIND_CONTINGENT, PERSON A ",Aa,Name,1985-03-15,pensioner,courier,,,,,1985-03-15,\n");
    static const int want[] = {CQ_CATEGORY_NONE, CQ_CATEGORY_EMPLOYEE, CQ_CATEGORY_PENSIONER};
    for (int64_t run = 1; run <= 2; run++) {
        ask(w, &a, A, "2026-01-01", run);
        assert_int_equal(a.answers[0].category, want[run]);
        cq_people_close(a.people);
    }
}

/* A scan gives everybody in order of IIN, each with the answer of a look-up. */
static void test_scan_and_lookup_agree(void **state)
{
    struct world *w = *state;
    struct asked a, b;
    static const char *const iins[] = {A, B, D};
    struct cq_request request = cq_request_default(CQ_SERVICE_OUTPATIENT, day("2026-01-01"));
    struct cq_err err = {0};
    int64_t iin = 0;
    list(w, CQ_KIND_CONTINGENT,
         PERSON D ",Dd,Name,1985-03-15,employee,courier,,,,,,\n" A
                  ",Aa,Name,1985-03-15,family,courier," D ",yes,,,,\n" A
                  ",Aa,Name,1985-03-15,pensioner,prosecution,,,,,,\n" C
                  ",Cc,Name,1985-03-15,employee,courier,,,,,2027-01-01,\n" B
                  ",Bb,Name,1985-03-15,employee,courier,,,,,,\n");
    list(w, CQ_KIND_INSURANCE, "iin,insured\n" A ",no\n" C ",yes\n" D ",no\n");
    list(w, CQ_KIND_PRESIDENTIAL, "iin\n" B "\n" C "\n");
    ask(w, &a, C, "2026-01-01", 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(cq_people_next(a.people, iin, request.day, request.day + 1, &iin, &err),
                         CQ_OK);
        assert_int_equal(iin, i < 3 ? strtoll(iins[i], NULL, 10) : 0);
        if (!iin)
            break;
        assert_int_equal(cq_people_decide(a.people, iin, &request, a.answers, &a.count, &err),
                         CQ_OK);
        ask(w, &b, iins[i], "2026-01-01", 0);
        assert_int_equal(a.count, b.count);
        for (int k = 0; k < a.count; k++) {
            assert_int_equal(a.answers[k].facts, b.answers[k].facts);
            assert_int_equal(a.answers[k].version, b.answers[k].version);
        }
        cq_people_close(b.people);
    }
    cq_people_close(a.people);
}

/* A facility may serve more areas than a small buffer holds. */
static void test_facilities_that_serve_many_areas(void **state)
{
    struct world *w = *state;
    struct cq_str text = {0};
    cq_str_puts(&text, "facility,owner,kato,service,serves\nF1,mvd,71,outpatient,");
    for (int i = 0; i < 90; i++)
        cq_str_printf(&text, "11%02d ", i);
    cq_str_puts(&text, "7510\n");
    list(w, CQ_KIND_FACILITIES, text.ptr);
    list(w, CQ_KIND_CONTINGENT, PERSON A ",Aa,Name,1985-03-15,employee,courier,,,751000000,,,\n");
    assert_string_equal(fact(w, A, "2026-01-01", CQ_FACT_PLACE), "available");
    cq_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_a_stranger),
        WORLD(test_days_of_a_role),
        WORLD(test_minors),
        WORLD(test_sponsors),
        WORLD(test_the_first_day_of_a_role),
        WORLD(test_insurance),
        WORLD(test_the_list_of_the_affairs_administration),
        WORLD(test_home_and_place),
        WORLD(test_several_roles),
        WORLD(test_as_an_earlier_run_left_it),
        WORLD(test_scan_and_lookup_agree),
        WORLD(test_facilities_that_serve_many_areas),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
