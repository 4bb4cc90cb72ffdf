/* Imports: rejects and changes, what is refused, and the kinds of lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "importing.h"

static void test_changes_file(void **state)
{
    struct world *w = *state;
    capture_output(w, &w->import.changes_fd);
    assert_import(w, HEADER ROW(A, "Aa", "2020-01-01", ""), "1: +1 ~0 =0 -0 !0");
    assert_string_equal(captured_output(w, &w->import.changes_fd),
                        "iin,field,old,new\n" A ",last_name,,Aa\n" A ",first_name,,Name\n" A
                        ",birth_date,,1885-03-15\n" A ",category,,employee\n" A
                        ",valid_from,,2020-01-01\n");
    capture_output(w, &w->import.changes_fd);
    assert_import(w, HEADER ROW(A, "\"A, \"\"a\"\"\"", "2021-01-01", ""), "1: +0 ~1 =0 -0 !0");
    assert_string_equal(captured_output(w, &w->import.changes_fd),
                        "iin,field,old,new\n" A ",last_name,Aa,\"A, \"\"a\"\"\"\n" A
                        ",valid_from,2020-01-01,2021-01-01\n");
    capture_output(w, &w->import.changes_fd);
    w->import.full = true;
    w->import.agency = 2; /* internal_affairs */
    assert_import(w, HEADER, "0: +0 ~0 =0 -1 !0");
    assert_string_equal(captured_output(w, &w->import.changes_fd),
                        "iin,field,old,new\n" A ",valid_to,,2026-01-01\n");
    capture_output(w, &w->import.changes_fd);
    assert_import(w, HEADER, "0: +0 ~0 =0 -0 !0");
    assert_string_equal(captured_output(w, &w->import.changes_fd), "iin,field,old,new\n");
}

/* Rejects are in the order of the list, as read, whether reader, checks or merge found them. */
static void test_rejects_file(void **state)
{
    struct world *w = *state;
    capture_output(w, &w->import.rejects_fd);
    assert_import(w,
                  "iin;last_name;first_name;birth_date;category;agency\n"
                  "85031510000;\"Q\"\"q\";Name;1885-03-15;employee;courier\n" /* 2: eleven digits */
                  A ";Aa;Name;1885-03-15;employee;courier\n"                  /* 3: another in 7 */
                  "\n" B ";Bb;Name\n"                                         /* 5: short */
                  B ";Bb;\"Name;1885-03-15;employee;courier\n"                /* 6: quote */
                  A ";Ab;Name;1885-03-15;employee;courier\n"                  /* 7 */
                  C ";\"C\nc\";Name;32.13.1885;none;courier\n"                /* 8: newline, date */
                  C ";Cc;Name;15.03.1885;employee;courier\n"                  /* 10: good */
                  D ";Dd;Name;1885-03-15;employee;courier;x;y\n",             /* 11: long */
                  "8: +1 ~0 =0 -0 !7");
    assert_string_equal(
        captured_output(w, &w->import.rejects_fd),
        "iin,last_name,first_name,birth_date,category,agency,line,column,code,message\n"
        "85031510000,\"Q\"\"q\",Name,1885-03-15,employee,courier,2,iin,CQ-R010,an IIN has 12 "
        "digits\n" A ",Aa,Name,1885-03-15,employee,courier,3,iin,CQ-R052,the same key stands in "
        "this list with other data\n" B ",Bb,Name,,,,5,,CQ-R002,another number of fields than the "
        "header has: 3 / 6\n"
        "\"" B ";Bb;\"\"Name;1885-03-15;employee;courier\",,,,,,6,,CQ-R001,\"a quote stands where "
        "none may, or is not closed\"\n" A ",Ab,Name,1885-03-15,employee,courier,7,iin,CQ-R052,the "
        "same key stands in this list with other data\n" C ",\"C\nc\",Name,32.13.1885,none,courier,"
        "8,last_name,CQ-R044,"
        "a control or invisible character inside a value\n" D ",Dd,Name,1885-03-15,employee,"
        "courier;x;y,11,,CQ-R002,another number of fields than the header has: 8 / 6\n");
}

static void test_eleven_digits_show_the_repaired_number(void **state)
{
    struct world *w = *state;
    capture_output(w, &w->import.rejects_fd);
    assert_import(w, HEADER ROW(" 50315100039", "Aa", "", ""), "1: +0 ~0 =0 -0 !1");
    const char *text = captured_output(w, &w->import.rejects_fd);
    assert_non_null(strstr(text, "CQ-R011"));
    assert_non_null(strstr(text, "spreadsheet: 050315100039\n"));
}

/* Too many bad rows: nothing is written but the rejects. */
static void test_max_bad(void **state)
{
    static const char half[] = HEADER ROW(A, "Aa", "", "") ROW("850315100007", "Bb", "", "");
    static const char same_key[] = HEADER ROW(A, "Aa", "", "") ROW(A, "Ab", "", "");
    static const char count[] = "SELECT (SELECT count(*) FROM run) + count(*) FROM person";
    struct world *w = *state;
    capture_output(w, &w->import.rejects_fd);
    w->import.max_bad = 49;
    assert_int_equal(import_text(w, half), CQ_F_MAX_BAD);
    assert_string_equal(w->err.detail, "1 / 2 (--max-bad=49)");
    assert_int_equal(w->result.rejected, 1);
    assert_int_equal(w->result.run, 0);
    assert_non_null(strstr(captured_output(w, &w->import.rejects_fd), ",3,iin,CQ-R012,"));
    assert_int_equal(import_text(w, same_key), CQ_F_MAX_BAD); /* found while merging */
    assert_string_equal(rows_of(w, count), "0");
    w->import.max_bad = 50;
    assert_import(w, half, "2: +1 ~0 =0 -0 !1");
    w->import.max_bad = 0;
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +0 ~0 =1 -0 !0");
}

static void test_dry_run_writes_nothing(void **state)
{
    static const char count[] = "SELECT (SELECT count(*) FROM run) + count(*) FROM person";
    struct world *w = *state;
    w->import.dry_run = true;
    assert_import(w, HEADER ROW(A, "Aa", "", ""), "1: +1 ~0 =0 -0 !0");
    assert_int_equal(w->result.run, 0);
    assert_string_equal(rows_of(w, count), "0");
}

static void test_refused_lists_write_nothing(void **state)
{
    static const struct {
        const char *text;
        enum cq_code code;
    } lists[] = {
        {"", CQ_F_EMPTY},
        {"iin,last_name\n" A ",Aa\n", CQ_F_HEADER_MISSING},
        {"iin,\"last_name\n" A ",Aa\n", CQ_F_HEADER_QUOTES},
        {"iin,last_name,first_name,birth_date,category,agency,ИИН\n", CQ_F_HEADER_TWICE},
    };
    struct world *w = *state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        assert_int_equal(import_text(w, lists[i].text), lists[i].code);
        assert_string_equal(w->err.file, "list.csv");
        assert_int_equal(cq_code_status(w->err.code), 3);
    }
    assert_string_equal(rows_of(w, "SELECT count(*) FROM run"), "0");
}

static void test_agency_of_the_list(void **state)
{
    struct world *w = *state;
    w->import.agency = 2;
    assert_import(
        w, "iin,last_name,first_name,birth_date,category\n" A ",Aa,Name,1885-03-15,employee\n",
        "1: +1 ~0 =0 -0 !0");
    assert_import(w,
                  HEADER ROW(A, "Aa", "", "") B ",Bb,Name,1885-03-15,employee,,,\n" C
                                                ",Cc,Name,1885-03-15,employee,courier,,\n",
                  "3: +1 ~0 =1 -0 !1");
    assert_string_equal(w->findings.ptr, "4:R054");
    assert_string_equal(rows_of(w, "SELECT agency, count(*) FROM person GROUP BY agency"), "2 2");
}

static void test_lists_of_the_fund(void **state)
{
    struct world *w = *state;
    w->import.kind = CQ_KIND_INSURANCE;
    assert_import(
        w, "iin,insured,paid_until,checked_on\n" A ",иә,2025-12-31,2026-01-01\n" B ",нет,,\n",
        "2: +2 ~0 =0 -0 !0");
    assert_import(w, "iin,insured,paid_until,checked_on\n" A ",жоқ,,2026-02-01\n",
                  "1: +0 ~1 =0 -0 !0");
    assert_string_equal(rows_of(w, "SELECT iin % 10000, insured, paid_until, valid_from, valid_to"
                                   " FROM insurance WHERE run_to IS NULL ORDER BY iin, valid_from"),
                        "6 1 20453 20454 20485; 6 0 - 20485 -; 16 0 - - -");
}

static void test_lists_of_the_affairs_administration_and_of_cards(void **state)
{
    struct world *w = *state;
    w->import.kind = CQ_KIND_PRESIDENTIAL;
    assert_import(
        w, "iin,valid_from,valid_to\n" A ",2020-01-01,2020-01-01\n" B ",2020-01-01,2020-01-02\n",
        "2: +1 ~0 =0 -0 !1");
    w->import.kind = CQ_KIND_CARDS;
    assert_import(w, "iin,facility,card_no,opened_on\n" A ",F1,007,2020-01-01\n",
                  "1: +1 ~0 =0 -0 !0");
    assert_string_equal(rows_of(w, "SELECT card_no FROM card"), "007");
}

/* The key of a facility is its code, service and profile. */
static void test_lists_of_facilities(void **state)
{
    struct world *w = *state;
    w->import.kind = CQ_KIND_FACILITIES;
    assert_import(
        w,
        "facility,owner,kato,service,profile\nF1,mvd,75,outpatient,\nF1,mvd,75,inpatient,\n"
        "F1,mvd,75,inpatient,p\nF1,mvd,75,inpatient,p\nF2,mvd,51,inpatient,\n",
        "5: +3 ~0 =1 -0 !1");
    assert_string_equal(w->findings.ptr, "6:R032 5:W013");
    w->import.full = true;
    capture_output(w, &w->import.changes_fd);
    assert_import(w, "facility,owner,kato,service\nF1,mvd,75,outpatient\n", "1: +0 ~0 =1 -2 !0");
    const char *text = captured_output(w, &w->import.changes_fd);
    assert_non_null(strstr(text, "facility,service,profile,field,old,new\n"));
    assert_non_null(strstr(text, "F1,inpatient,,valid_to,,2026-01-01\n"));
    assert_non_null(strstr(text, "F1,inpatient,p,valid_to,,2026-01-01\n"));
}

/* Normal form C makes some texts three times as long. */
static void test_texts_that_grow(void **state)
{
    struct world *w = *state;
    struct cq_str text = {0};
    w->import.kind = CQ_KIND_FACILITIES;
    cq_str_puts(&text, "facility,owner,kato,service\n");
    for (int i = 0; i < 250; i++)
        cq_str_puts(&text, "\xF0\x9D\x85\xA0");
    cq_str_puts(&text, ",mvd,75,outpatient\n");
    assert_int_equal(import_text(w, text.ptr), CQ_OK);
    cq_str_free(&text);
}

/* A field as long as a field may be is kept whole, or rejected. */
static void test_long_lists_of_areas(void **state)
{
    struct world *w = *state;
    struct cq_str text = {0};
    w->import.kind = CQ_KIND_FACILITIES;
    cq_str_puts(&text, "facility,owner,kato,service,serves\nF1,mvd,75,outpatient,");
    for (int i = 0; i < 16383; i++)
        cq_str_puts(&text, "750 ");
    cq_str_puts(&text, "7500\n");
    assert_int_equal(import_text(w, text.ptr), CQ_OK);
    if (w->result.added)
        assert_string_equal(rows_of(w, "SELECT length(serves) FROM facility"), "65536");
    cq_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD(test_changes_file),
        WORLD(test_rejects_file),
        WORLD(test_eleven_digits_show_the_repaired_number),
        WORLD(test_max_bad),
        WORLD(test_dry_run_writes_nothing),
        WORLD(test_refused_lists_write_nothing),
        WORLD(test_agency_of_the_list),
        WORLD(test_lists_of_the_fund),
        WORLD(test_lists_of_the_affairs_administration_and_of_cards),
        WORLD(test_lists_of_facilities),
        WORLD(test_texts_that_grow),
        WORLD(test_long_lists_of_areas),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
