/* Reports: who is counted and how often, on which day and as known when; that every form shows
 * the same numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cq/date.h"
#include "cq/registry.h"
#include "cq/report.h"

static struct cq_law *law;
static struct cq_db db;

enum { INTERNAL = 2, FIRE = 5 };

/* A row of the list; 0 for a residence, sex -1 and CQ_DAY_MIN or _MAX for what is not stated. */
struct person {
    int64_t iin;
    int agency, category, run_from, run_to;
    int32_t valid_from, valid_to, birth, residence;
    int sex;
};

static void exec_sql(const char *sql)
{
    struct cq_err err = {0};
    assert_int_equal(cq_db_exec(&db, sql, &err), CQ_OK);
}

static void insert_person(const struct person *p)
{
    static int version;
    struct cq_err err = {0};
    sqlite3_stmt *stmt = NULL;
    static const char sql[] =
        "INSERT INTO person (id, hash, line, run_from, run_to, valid_from, valid_to, category,"
        " birth_date, residence, sex, last_name, first_name)"
        " VALUES (?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'Әуезов', 'Қанат')";
    assert_int_equal(cq_db_prepare(&db, &stmt, sql, &err), CQ_OK);
    sqlite3_bind_int64(stmt, 1, cq_person_key(p->iin, p->agency) << CQ_VERSION_BITS | ++version);
    sqlite3_bind_int(stmt, 2, p->run_from);
    cq_db_bind_int(stmt, 3, p->run_to, p->run_to != 0);
    cq_db_bind_int(stmt, 4, p->valid_from, p->valid_from != CQ_DAY_MIN);
    cq_db_bind_int(stmt, 5, p->valid_to, p->valid_to != CQ_DAY_MAX);
    sqlite3_bind_int(stmt, 6, p->category);
    sqlite3_bind_int(stmt, 7, p->birth);
    cq_db_bind_int(stmt, 8, p->residence, p->residence != 0);
    cq_db_bind_int(stmt, 9, p->sex, p->sex >= 0);
    assert_int_equal(cq_db_run(&db, stmt, &err), CQ_OK);
    sqlite3_finalize(stmt);
}

static int setup(void **state)
{
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    exec_sql(
        "INSERT INTO run (id, at, kind, mode, agency, list_date, file_hash, encoding, read, added,"
        " changed, unchanged, ended, rejected, warnings, undoes, law, engine) VALUES"
        " (1, 1000, 'contingent', 'full', 2, 20000, 'ab', 'UTF-8', 9, 9, 0, 0, 0, 0, 0, NULL,"
        "  'law', '0'),"
        " (2, 2000, 'contingent', 'delta', NULL, 20001, 'cd', 'CP1251', 3, 1, 1, 0, 0, 1, 2,"
        "  NULL, 'law', '0'),"
        " (3, 3000, 'contingent', 'undo', NULL, NULL, '', '', 0, 0, 0, 0, 0, 0, 0, 2, 'law', '0')");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    cq_db_close(&db);
    return 0;
}

static struct person person(int64_t iin)
{
    return (struct person){.iin = iin,
                           .agency = INTERNAL,
                           .category = CQ_CATEGORY_EMPLOYEE,
                           .run_from = 1,
                           .valid_from = CQ_DAY_MIN,
                           .valid_to = CQ_DAY_MAX,
                           .birth = cq_date_make(1985, 3, 15),
                           .residence = 711000000,
                           .sex = 0};
}

static struct cq_report_request request(const char *by)
{
    struct cq_report_request r = {.db = &db,
                                  .law = law,
                                  .known_at = INT64_MAX,
                                  .day = cq_date_make(2026, 11, 1),
                                  .language = CQ_EN};
    if (by)
        assert_true(cq_report_parse_by(by, r.by, &r.by_count));
    return r;
}

/* Runs a report and writes it in a format. Owner: static, until the next call. */
static const char *write_report(const char *report, const struct cq_report_request *r,
                                enum cq_format format)
{
    static char text[1 << 20];
    struct cq_report_result result;
    struct cq_err err = {0};
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(cq_report_run(cq_report_find(report, NULL), r, &result, &err), CQ_OK);
    assert_int_equal(cq_result_write(&result, r, format, fileno(file), &err), CQ_OK);
    cq_result_fini(&result);
    rewind(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    text[len] = '\0';
    fclose(file);
    return text;
}

static void assert_csv(const char *by, const struct cq_report_request *from, const char *expected)
{
    struct cq_report_request r = request(by);
    r.day = from->day;
    r.known_at = from->known_at;
    assert_string_equal(write_report("contingent", &r, CQ_FORMAT_CSV), expected);
}

static void test_no_people_is_a_header(void **state)
{
    (void)state;
    struct cq_report_request r = request(NULL);
    assert_string_equal(write_report("contingent", &r, CQ_FORMAT_CSV), "region,category,people\n");
    assert_string_equal(write_report("contingent", &r, CQ_FORMAT_JSON), "");
    assert_non_null(strstr(write_report("contingent", &r, CQ_FORMAT_HTML), "Nothing to show."));
}

static void test_a_person_counts_once_in_each_group(void **state)
{
    (void)state;
    struct cq_report_request r = request("category");
    struct person p = person(850315100006);
    insert_person(&p);
    p.agency = FIRE; /* another agency, the same category */
    insert_person(&p);
    p = person(850315100016);
    insert_person(&p);
    p.agency = FIRE; /* another agency, another category */
    p.category = CQ_CATEGORY_PENSIONER;
    insert_person(&p);
    assert_csv("category", &r, "category,people\nemployee,2\npensioner,1\n");
    assert_csv("agency", &r, "agency,people\ninternal_affairs,2\nfire_service,2\n");
    assert_csv("body,category", &r,
               "body,category,people\nlaw_enforcement,employee,2\n"
               "fire_service,employee,1\nfire_service,pensioner,1\n");
    const char *table = write_report("contingent", &r, CQ_FORMAT_TABLE);
    assert_non_null(strstr(table, "people: 2; rows of lists: 4; people in several rows: 2\n"));
}

static void test_days_and_moments_choose_the_rows(void **state)
{
    (void)state;
    struct cq_report_request r = request("region");
    struct person p = person(850315100006);
    p.valid_from = r.day; /* the first day counts */
    insert_person(&p);
    p = person(850315100016);
    p.valid_to = r.day; /* the last does not */
    insert_person(&p);
    p = person(850315100704);
    p.run_to = 2; /* ended by run 2 */
    insert_person(&p);
    p.run_to = 0;
    p.run_from = 2;
    p.residence = 75;
    insert_person(&p);
    assert_csv("region", &r, "region,people\n71,1\n75,1\n");
    r.known_at = 2000; /* the very run that moved somebody */
    assert_csv("region", &r, "region,people\n71,1\n75,1\n");
    r.known_at = 1999;
    assert_csv("region", &r, "region,people\n71,2\n");
    r.known_at = 999;
    assert_csv("region", &r, "region,people\n");
    r.known_at = INT64_MAX;
    r.day--;
    assert_csv("region", &r, "region,people\n71,1\n75,1\n"); /* now the second one instead */
}

static void test_regions_of_long_and_short_codes(void **state)
{
    (void)state;
    struct cq_report_request r = request("region");
    const int32_t places[] = {71, 711, 711000000, 0, 5, 98, 10};
    struct person p;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        p = person(850315100006 + (int64_t)i * 10);
        p.residence = places[i];
        insert_person(&p);
    }
    assert_csv("region", &r, "region,people\n10,1\n71,3\n98,1\n,2\n");
}

static void test_ages_are_whole_years(void **state)
{
    (void)state;
    struct cq_report_request r = request("age");
    const int32_t births[] = {
        cq_date_make(2008, 11, 2), cq_date_make(2008, 11, 1), /* 17, 18 */
        cq_date_make(1996, 11, 2), cq_date_make(1996, 11, 1), /* 29, 30 */
        cq_date_make(1981, 11, 1), cq_date_make(1966, 11, 2), /* 45, 59 */
        cq_date_make(1966, 11, 1), cq_date_make(1900, 1, 1),  /* 60, 126 */
        cq_date_make(2030, 1, 1),                             /* not born yet */
    };
    struct person p;
    for (size_t i = 0; i < sizeof births / sizeof *births; i++) {
        p = person(850315100006 + (int64_t)i * 10);
        p.birth = births[i];
        insert_person(&p);
    }
    assert_csv("age", &r, "age,people\n0-17,2\n18-29,2\n30-44,1\n45-59,2\n60+,2\n");
}

static void test_29_february_is_older_on_1_march(void **state)
{
    (void)state;
    struct cq_report_request r = request("age");
    struct person p = person(850315100006);
    p.birth = cq_date_make(2008, 2, 29);
    insert_person(&p);
    r.day = cq_date_make(2026, 2, 28);
    assert_csv("age", &r, "age,people\n0-17,1\n");
    r.day = cq_date_make(2026, 3, 1);
    assert_csv("age", &r, "age,people\n18-29,1\n");
}

static void test_unknown_sex_and_agency(void **state)
{
    (void)state;
    struct cq_report_request r = request("sex,body");
    struct person p = person(850315100006);
    p.sex = -1;
    p.agency = 15; /* no agency has this number */
    insert_person(&p);
    p = person(850315100016);
    p.sex = 1;
    insert_person(&p);
    assert_csv("sex,body", &r, "sex,body,people\nf,law_enforcement,1\n,,1\n");
}

static void test_all_dimensions_together(void **state)
{
    (void)state;
    struct cq_report_request r = request(NULL);
    struct person p = person(850315100006);
    insert_person(&p);
    insert_person(&p); /* two versions of one row: still one person */
    assert_csv("region,agency,category,body,sex,age", &r,
               "region,agency,category,body,sex,age,people\n"
               "71,internal_affairs,employee,law_enforcement,m,30-44,1\n");
}

/* The cells of a matrix's row in HTML, from its heading on. */
static const char *matrix_row(const char *html, const char *heading)
{
    static char row[512];
    char start[128];
    snprintf(start, sizeof start, "<th scope=\"row\">%s</th><td", heading);
    const char *at = strstr(strstr(html, "In detail"), start);
    assert_non_null(at);
    size_t len = (size_t)(strstr(at, "</tr>") - at);
    assert_true(len < sizeof row);
    memcpy(row, at, len);
    row[len] = '\0';
    return row;
}

static void test_the_matrix_holds_the_same_numbers(void **state)
{
    (void)state;
    struct cq_report_request r = request(NULL);
    struct person p = person(850315100006);
    insert_person(&p);
    p.agency = FIRE;
    p.category = CQ_CATEGORY_PENSIONER;
    insert_person(&p);
    p = person(850315100016);
    p.residence = 19;
    p.category = CQ_CATEGORY_PENSIONER;
    insert_person(&p);
    const char *html = write_report("contingent", &r, CQ_FORMAT_HTML);
    assert_string_equal(matrix_row(html, "Astana"),
                        "<th scope=\"row\">Astana</th><td class=\"n\">1</td>"
                        "<td class=\"n\">1</td><td class=\"n t\">1</td>");
    assert_string_equal(matrix_row(html, "Almaty region"),
                        "<th scope=\"row\">Almaty region</th><td class=\"n\">–</td>"
                        "<td class=\"n\">1</td><td class=\"n t\">1</td>");
    assert_non_null(strstr(html, "colspan=\"1\">Total</th><td class=\"n\">1</td>"
                                 "<td class=\"n\">2</td><td class=\"n\">2</td>"));
    assert_non_null(strstr(html, "totals count everybody once"));
}

static void test_same_registry_same_bytes(void **state)
{
    (void)state;
    static char first[1 << 20];
    struct cq_report_request r = request("sex");
    struct person p = person(850315100006);
    insert_person(&p);
    r.language = CQ_KK;
    strcpy(first, write_report("contingent", &r, CQ_FORMAT_HTML));
    assert_string_equal(first, write_report("contingent", &r, CQ_FORMAT_HTML));
    assert_non_null(strstr(first, "<html lang=\"kk\">"));
    assert_non_null(strstr(first, law->fingerprint));
    assert_non_null(strstr(first, "<dd>3, 01.01.1970 00:00 UTC</dd>"));
    assert_non_null(strstr(first, "01.11.2026"));
}

static void test_runs(void **state)
{
    (void)state;
    struct cq_report_request r = request(NULL);
    assert_string_equal(
        write_report("runs", &r, CQ_FORMAT_CSV),
        "run,at,kind,mode,agency,list_date,file_hash,read,added,changed,unchanged,ended,rejected,"
        "warnings,undoes,undone_by,encoding,law,engine\n"
        "1,1970-01-01T00:00:01.000Z,contingent,full,internal_affairs,2024-10-04,ab,9,9,0,0,0,0,0,"
        ",,UTF-8,law,0\n"
        "2,1970-01-01T00:00:02.000Z,contingent,delta,,2024-10-05,cd,3,1,1,0,0,1,2,,3,CP1251,law,"
        "0\n"
        "3,1970-01-01T00:00:03.000Z,contingent,undo,,,,0,0,0,0,0,0,0,2,,,law,0\n");
    r.known_at = 2000; /* before it was taken back */
    assert_non_null(strstr(write_report("runs", &r, CQ_FORMAT_CSV), ",1,2,,,CP1251"));
}

static void test_law_has_every_rule_with_its_conditions(void **state)
{
    (void)state;
    struct cq_report_request r = request(NULL);
    r.db = NULL;
    const char *csv = write_report("law", &r, CQ_FORMAT_CSV);
    for (size_t i = 0; i < law->rule_count; i++) {
        char row[128];
        snprintf(row, sizeof row, "\n%s,", law->rules[i].id);
        assert_non_null(strstr(csv, row));
    }
    assert_null(strchr(csv, '@')); /* clauses are replaced by what they cite */
    assert_non_null(strstr(csv, ";category=employee;body=civil_protection|fire_service,eligible,"
                                "health_subject,fund_osms,,,O61:6(2),inferred,\n"));
    assert_non_null(strstr(csv, "\nfamily-not-coresident,2025-09-20,,"
                                "category=family;coresident=no,not_contingent,,,,not_coresident,"
                                "R78:1.2,text,\n"));
    assert_non_null(strstr(csv, "\ncp-others-unnamed,2020-01-01,2025-09-20,"
                                "cp_others_unnamed;service=outpatient|inpatient|"));
    r.day_given = true;
    r.day = cq_date_make(2019, 12, 31);
    assert_string_equal(write_report("law", &r, CQ_FORMAT_CSV),
                        "rule,since,until,conditions,outcome,provider,payer,referral,reasons,"
                        "basis,certainty,gaps\n"
                        "no-edition,,2020-01-01,,undetermined,,,,no_edition,,,\n");
    r.language = CQ_KK;
    const char *html = write_report("law", &r, CQ_FORMAT_HTML);
    for (size_t i = 0; i < law->gap_count; i++)
        assert_non_null(strstr(html, law->gaps[i].id));
    assert_non_null(strstr(html, "қолданысқа енгізілген нақты күні"));
}

/* Spreadsheets compute what begins with these; text that came with a list must not. */
static void test_excel_guards_formulas(void **state)
{
    (void)state;
    struct cq_report_request r = request(NULL);
    r.excel = true;
    exec_sql("UPDATE run SET file_hash = '=1+1', encoding = 'a;\"b' WHERE id = 1;"
             "UPDATE run SET file_hash = '@x', encoding = '-1' WHERE id = 2");
    const char *csv = write_report("runs", &r, CQ_FORMAT_CSV);
    assert_memory_equal(csv, "\xef\xbb\xbfrun;at;kind;", 15);
    assert_non_null(strstr(csv, ";\"'=1+1\";9;"));
    assert_non_null(strstr(csv, ";\"a;\"\"b\";law;0\n2;"));
    assert_non_null(strstr(csv, ";\"'@x\";3;"));
    assert_non_null(strstr(csv, ";\"'-1\";law"));
}

static int load_law(void **state)
{
    struct cq_err err = {0};
    (void)state;
    return cq_law_load(&law, NULL, &err) ? -1 : 0;
}

static int free_law(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_no_people_is_a_header),
        TEST(test_a_person_counts_once_in_each_group),
        TEST(test_days_and_moments_choose_the_rows),
        TEST(test_regions_of_long_and_short_codes),
        TEST(test_ages_are_whole_years),
        TEST(test_29_february_is_older_on_1_march),
        TEST(test_unknown_sex_and_agency),
        TEST(test_all_dimensions_together),
        TEST(test_the_matrix_holds_the_same_numbers),
        TEST(test_same_registry_same_bytes),
        TEST(test_runs),
        TEST(test_law_has_every_rule_with_its_conditions),
        TEST(test_excel_guards_formulas),
    };
    return cmocka_run_group_tests(tests, load_law, free_law);
}
