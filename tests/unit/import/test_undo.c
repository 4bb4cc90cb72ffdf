/* Undo of runs: what is restored, what conflicts, and undo of undo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "importing.h"

static enum cq_code undo(struct world *w, int64_t run)
{
    w->err = (struct cq_err){0};
    w->import.now += 1000;
    cq_import_result_fini(&w->result);
    enum cq_code code = cq_import_undo(&w->db, &w->import, run, &w->result, &w->err);
    assert_int_equal(sqlite3_get_autocommit(w->db.sqlite), 1);
    return code;
}

/* Undoes a run without conflict; returns how many rows were restored. */
static int64_t assert_undo(struct world *w, int64_t run)
{
    assert_int_equal(undo(w, run), CQ_OK);
    assert_int_equal(w->result.read, w->result.accepted + w->result.rejected);
    assert_int_equal(w->result.accepted, w->result.added + w->result.changed + w->result.unchanged);
    return w->result.changed;
}

static void test_any_order(void **state)
{
    struct world *w = *state;
    assert_import(w, HEADER ROW(A, "Aa", "", "") ROW(B, "Bb", "", ""), "2: +2 ~0 =0 -0 !0");
    assert_import(w, HEADER ROW(C, "Cc", "", ""), "1: +1 ~0 =0 -0 !0");
    assert_import(w, HEADER ROW(B, "Bx", "", ""), "1: +0 ~1 =0 -0 !0");
    assert_int_equal(undo(w, 1), CQ_F_UNDO); /* B is no longer as run 1 left it */
    assert_string_equal(w->err.detail, "1 / 2 (--undo=3)");
    assert_int_equal(cq_code_status(w->err.code), 3);
    assert_int_equal(w->result.run, 0);
    assert_string_equal(current_people(w), "6 Aa - -; 16 Bx - -; 704 Cc - -");
    assert_int_equal(assert_undo(w, 2), 1);
    assert_string_equal(current_people(w), "6 Aa - -; 16 Bx - -");
    assert_int_equal(assert_undo(w, 3), 1);
    assert_string_equal(current_people(w), "6 Aa - -; 16 Bb - -");
    assert_int_equal(assert_undo(w, 1), 2);
    assert_string_equal(current_people(w), "");
}

/* What a later list says stands, even where it is what the run had left. */
static void test_later_list_says_the_same(void **state)
{
    struct world *w = *state;
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +1 ~0 =0 -0 !0");
    assert_import(w, HEADER ROW(A, "Ab", "", ""), "1: +0 ~1 =0 -0 !0");
    assert_import(w, HEADER ROW(A, "Ac", "", ""), "1: +0 ~1 =0 -0 !0");
    assert_import(w, HEADER ROW(A, "Ab", "", ""), "1: +0 ~1 =0 -0 !0");
    assert_int_equal(undo(w, 2), CQ_F_UNDO);
    assert_string_equal(w->err.detail, "1 / 1 (--undo=4)");
    /* Lists that were taken back say nothing. */
    assert_int_equal(assert_undo(w, 4), 1);
    assert_int_equal(undo(w, 2), CQ_F_UNDO);
    assert_string_equal(w->err.detail, "1 / 1 (--undo=3)");
    assert_int_equal(assert_undo(w, 3), 1);
    assert_int_equal(assert_undo(w, 2), 1);
    assert_string_equal(current_people(w), "6 Aa - -");
}

static void test_undo_is_a_run(void **state)
{
    struct world *w = *state;
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +1 ~0 =0 -0 !0");
    assert_import(w, HEADER ROW(A, "Ab", "2020-01-01", ""), "1: +0 ~1 =0 -0 !0");
    assert_int_equal(assert_undo(w, 2), 1);
    assert_int_equal(w->result.run, 3);
    assert_int_equal(w->result.kind, CQ_KIND_CONTINGENT);
    assert_string_equal(current_people(w), "6 Aa - -");
    assert_string_equal(
        rows_of(w, "SELECT kind, mode, undoes, read, changed FROM run WHERE id = 3"),
        "contingent undo 2 1 1");
    assert_int_equal(undo(w, 2), CQ_F_UNDONE);
    assert_string_equal(w->err.detail, "3");
    assert_int_equal(assert_undo(w, 3), 1);
    assert_string_equal(current_people(w), "6 Aa - 2020-01-01; 6 Ab 2020-01-01 -");
    assert_int_equal(assert_undo(w, 4), 1);
    assert_string_equal(current_people(w), "6 Aa - -");
    assert_int_equal(undo(w, 6), CQ_D_NO_RUN);
    assert_int_equal(cq_code_status(w->err.code), 2);
}

/* A full list ended some. After its undo they are current again, and so are their cached lines. */
static void test_full_list(void **state)
{
    static const char all[] = HEADER ROW(A, "Aa", "2019-05-01", "") ROW(B, "Bb", "", "");
    struct world *w = *state;
    w->import.agency = 2;
    assert_import(w, all, "2: +2 ~0 =0 -0 !0");
    w->import.full = true;
    w->import.list_date = day("2026-02-01");
    assert_import(w, HEADER ROW(B, "Bb", "", ""), "1: +0 ~0 =1 -1 !0");
    assert_string_equal(current_people(w), "6 Aa 2019-05-01 2026-02-01; 16 Bb - -");
    assert_int_equal(assert_undo(w, 2), 1);
    assert_string_equal(current_people(w), "6 Aa 2019-05-01 -; 16 Bb - -");
    assert_import(w, all, "2: +0 ~0 =2 -0 !0");
    assert_string_equal(
        rows_of(w, "SELECT count(*) FROM person WHERE run_to IS NULL AND line <> 0"), "2");
}

static void test_dry(void **state)
{
    struct world *w = *state;
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +1 ~0 =0 -0 !0");
    w->import.dry_run = true;
    assert_int_equal(assert_undo(w, 1), 1);
    assert_int_equal(w->result.run, 0);
    assert_string_equal(current_people(w), "6 Aa - -");
    assert_string_equal(rows_of(w, "SELECT count(*) FROM run"), "1");
}

/* A list that lacks a column gives a row another hash; rows are compared by their values. */
static void test_lists_with_fewer_columns(void **state)
{
    static const char head[] = "iin,last_name,first_name,birth_date,category,agency";
    static const char less[] = ",Aa,Name,1885-03-15,employee,courier";
    char first[300], second[300], part[300], none[300];
    static const char place[] = "SELECT service_place FROM person WHERE run_to IS NULL";
    struct world *w = *state;
    snprintf(first, sizeof first, "%s,service_place\n" A "%s,711110000\n", head, less);
    snprintf(second, sizeof second, "%s,service_place\n" A "%s,751110000\n", head, less);
    snprintf(none, sizeof none, "%s,service_place\n" A "%s,\n", head, less);
    snprintf(part, sizeof part, "%s\n" A "%s\n", head, less);
    assert_import(w, first, "1: +1 ~0 =0 -0 !0");
    assert_import(w, part, "1: +0 ~0 =1 -0 !0");
    assert_import(w, second, "1: +0 ~1 =0 -0 !0");
    assert_import(w, part, "1: +0 ~0 =1 -0 !0");
    assert_string_equal(rows_of(w, place), "751110000");
    assert_int_equal(assert_undo(w, 3), 1); /* the two hash alike now, and are not the same */
    assert_string_equal(rows_of(w, place), "711110000");
    assert_import(w, first, "1: +0 ~0 =1 -0 !0"); /* run 6 */
    assert_int_equal(assert_undo(w, 1), 1); /* the row is as run 1 left it, whatever it hashes to */
    assert_string_equal(rows_of(w, place), "");
    assert_import(w, first, "1: +1 ~0 =0 -0 !0");
    assert_import(w, part, "1: +0 ~0 =1 -0 !0");
    assert_import(w, none,
                  "1: +0 ~1 =0 -0 !0"); /* an empty cell is not a column that is not there */
    assert_string_equal(rows_of(w, place), "-");
}

static void test_other_kinds(void **state)
{
    static const char facility[] = "facility,owner,kato,service,capacity\nF,mvd,71,outpatient,%d\n";
    char one[100], two[100];
    struct world *w = *state;
    snprintf(one, sizeof one, facility, 1);
    snprintf(two, sizeof two, facility, 2);
    w->import.kind = CQ_KIND_FACILITIES;
    assert_import(w, one, "1: +1 ~0 =0 -0 !0");
    assert_import(w, two, "1: +0 ~1 =0 -0 !0");
    w->import.kind = CQ_KIND_CARDS;
    assert_import(w, "iin,facility,card_no,opened_on\n" A ",F,1,2020-01-01\n", "1: +1 ~0 =0 -0 !0");
    w->import.kind = CQ_KIND_INSURANCE;
    assert_import(w, "iin,insured,checked_on\n" A ",no,2020-01-01\n", "1: +1 ~0 =0 -0 !0");
    w->import.kind = CQ_KIND_PRESIDENTIAL;
    assert_import(w, "iin\n" A "\n", "1: +1 ~0 =0 -0 !0");
    w->import.kind = CQ_KIND_CONTINGENT; /* the kind is that of the run */
    assert_int_equal(assert_undo(w, 2), 1);
    assert_int_equal(w->result.kind, CQ_KIND_FACILITIES);
    assert_string_equal(rows_of(w, "SELECT capacity FROM facility WHERE run_to IS NULL"), "1");
    for (int64_t run = 3; run <= 5; run++)
        assert_int_equal(assert_undo(w, run), 1);
    assert_string_equal(rows_of(w, "SELECT (SELECT count(*) FROM card WHERE run_to IS NULL)"
                                   " + (SELECT count(*) FROM insurance WHERE run_to IS NULL)"
                                   " + (SELECT count(*) FROM presidential WHERE run_to IS NULL)"),
                        "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_any_order),     WORLD(test_later_list_says_the_same),
        WORLD(test_undo_is_a_run), WORLD(test_full_list),
        WORLD(test_dry),           WORLD(test_lists_with_fewer_columns),
        WORLD(test_other_kinds),
    };
    return cmocka_run_group_tests_name("undo", tests, NULL, NULL);
}
