/* The law tables as a whole: what they hold, and that their proof can fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "lawedit.h"

static enum cq_code build(struct cq_law **law, const struct cq_law_files *files, struct cq_err *err)
{
    *err = (struct cq_err){0};
    return cq_law_build(law, files, NULL, err);
}

static void test_embedded_tables_are_proved(void **state)
{
    struct cq_law *law, *again;
    struct cq_err err = {0};

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, &err), CQ_OK);
    assert_int_equal(cq_law_load(&again, NULL, &err), CQ_OK);
    assert_int_equal(strlen(law->fingerprint), CQ_HASH_HEX);
    assert_string_equal(law->fingerprint, again->fingerprint);
    assert_int_equal(law->intervals[0].since, CQ_DAY_MIN);
    assert_int_equal(law->intervals[law->interval_count - 1].until, CQ_DAY_MAX);
    for (size_t i = 1; i < law->interval_count; i++)
        assert_int_equal(law->intervals[i].since, law->intervals[i - 1].until);
    cq_law_free(again);
    cq_law_free(law);
    cq_law_free(NULL);
}

/* Every row of rules.csv is needed: without it there is a hole. */
static void test_every_rule_is_needed(void **state)
{
    struct cq_law_files files;
    size_t row = 1, offset, len;

    (void)state;
    for (;; row++) {
        struct cq_law *law;
        struct cq_err err;

        cq_law_files_embedded(&files);
        if (!law_line(&files, CQ_LAW_TABLE_RULES, row, &offset, &len))
            break;
        law_splice(&files, CQ_LAW_TABLE_RULES, offset, len, "");
        assert_int_equal(build(&law, &files, &err), CQ_OK);
        assert_int_equal(cq_law_prove(law, 1, NULL, NULL, &err), CQ_L_HOLE);
        cq_law_free(law);
        cq_law_files_fini(&files);
    }
    assert_true(row > 100);
}

/* A row that is there twice overlaps with itself. */
static void test_doubled_rules_overlap(void **state)
{
    struct cq_law_files files;
    size_t row = 1, offset, len;

    (void)state;
    for (;; row++) {
        struct cq_law *law;
        struct cq_err err;
        char copy[512];

        cq_law_files_embedded(&files);
        if (!law_line(&files, CQ_LAW_TABLE_RULES, row, &offset, &len))
            break;
        assert_true(len + 2 < sizeof copy);
        snprintf(copy, sizeof copy, "x-%.*s", (int)len,
                 files.bytes[CQ_LAW_TABLE_RULES].ptr + offset);
        law_splice(&files, CQ_LAW_TABLE_RULES, offset, 0, copy);
        assert_int_equal(build(&law, &files, &err), CQ_OK);
        assert_int_equal(cq_law_prove(law, 1, NULL, NULL, &err), CQ_L_OVERLAP);
        cq_law_free(law);
        cq_law_files_fini(&files);
    }
    assert_true(row > 100);
}

/* A group's row without which the group still exists leaves a hole too; doubled, it overlaps
 * with itself, which counts as well. */
static void test_rows_of_groups(void **state)
{
    struct cq_law_files files;
    size_t row = 1, offset, len;
    int holes = 0;

    (void)state;
    for (;; row++) {
        struct cq_law *law;
        struct cq_err err;
        char copy[512];
        enum cq_code code;

        cq_law_files_embedded(&files);
        if (!law_line(&files, CQ_LAW_TABLE_GROUPS, row, &offset, &len))
            break;
        snprintf(copy, sizeof copy, "%.*s", (int)len,
                 files.bytes[CQ_LAW_TABLE_GROUPS].ptr + offset);
        law_splice(&files, CQ_LAW_TABLE_GROUPS, offset, len, "");
        code = build(&law, &files, &err);
        if (!code) {
            assert_int_equal(cq_law_prove(law, 1, NULL, NULL, &err), CQ_L_HOLE);
            holes++;
        } else {
            assert_int_equal(code, CQ_L_CELL); /* a rule names a group that is gone */
        }
        cq_law_free(law);
        cq_law_files_fini(&files);

        cq_law_files_embedded(&files);
        law_splice(&files, CQ_LAW_TABLE_GROUPS, offset, 0, copy);
        assert_int_equal(build(&law, &files, &err), CQ_OK);
        assert_int_equal(cq_law_prove(law, 1, NULL, NULL, &err), CQ_L_OVERLAP);
        cq_law_free(law);
        cq_law_files_fini(&files);
    }
    assert_true(holes >= 10);
}

struct found {
    size_t count;
    uint64_t combinations;
    struct cq_law_finding first;
};

static void on_finding(const struct cq_law_finding *finding, void *context)
{
    struct found *found = context;
    uint64_t product = 1;

    for (int fact = 0; fact < CQ_FACTS; fact++)
        product *=
            (uint64_t)__builtin_popcountll(finding->facts & cq_fact_field((enum cq_fact)fact));
    if (found->count++ == 0)
        found->first = *finding;
    found->combinations += product;
}

/* The boxes of a hole are just what the missing rule decided. */
static void test_a_hole_is_described(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_err err;
    struct found found = {0};

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_RULES,
                "\npensioner-cp-no-rank,R78.718,,*,*,*,pensioner,civil_protection|fire_service,",
                "\npensioner-cp-no-rank,R78.718,,*,*,*,pensioner,fire_service,");
    assert_int_equal(build(&law, &files, &err), CQ_OK);
    assert_int_equal(cq_law_prove(law, 1000, on_finding, &found, &err), CQ_L_HOLE);
    assert_int_equal(found.first.kind, CQ_FINDING_HOLE);
    assert_null(found.first.rule);
    assert_int_equal(found.first.since, cq_date_make(2025, 9, 20));
    assert_int_equal(found.first.until, cq_date_make(2025, 10, 4));
    assert_true((found.first.facts & cq_fact_field(CQ_FACT_BODY)) ==
                cq_fact_bit(CQ_FACT_BODY, CQ_BODY_CIVIL_PROTECTION));
    /* Two intervals; of all combinations a fifth, a quarter, a half. */
    assert_int_equal(found.combinations, 2 * (69672960 / 5 / 4 / 2));
    assert_non_null(strstr(err.detail, "2025-09-20"));
    assert_non_null(strstr(err.detail, "body=civil_protection"));
    cq_law_free(law);
    cq_law_files_fini(&files);
}

static void test_an_overlap_is_described(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_err err;
    struct found found = {0};

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_RULES, "\npensioner-cp-no-rank,R78.718,",
                "\npensioner-cp-no-rank,2025-09-01,");
    assert_int_equal(build(&law, &files, &err), CQ_OK);
    assert_int_equal(cq_law_prove(law, 1, on_finding, &found, &err), CQ_L_OVERLAP);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.first.kind, CQ_FINDING_OVERLAP);
    assert_string_equal(found.first.rule->id, "pensioner-cp-no-rank");
    assert_string_equal(found.first.other->id, "mental-health-others");
    assert_int_equal(found.first.since, cq_date_make(2025, 9, 1));
    assert_int_equal(found.first.until, cq_date_make(2025, 9, 20));
    assert_int_equal(found.combinations, 69672960 / 5 / 2 / 2 / 8);
    cq_law_free(law);
    cq_law_files_fini(&files);
}

/* The first day of an edition is corrected in one place, and all rules follow. */
static void test_a_day_is_corrected_in_one_place(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_err err;
    struct cq_decision d;
    uint64_t word = cq_facts_all;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_EDITIONS, "R78.718,R78,2025-09-20", "R78.718,R78,2025-09-14");
    assert_int_equal(build(&law, &files, &err), CQ_OK);
    assert_int_equal(cq_law_prove(law, 1, NULL, NULL, &err), CQ_OK);
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_EMPLOYEE);
    cq_facts_set(&word, CQ_FACT_SERVICE, CQ_SERVICE_OUTPATIENT);
    cq_facts_set(&word, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_facts_set(&word, CQ_FACT_PRESIDENTIAL, CQ_NO);
    cq_facts_set(&word, CQ_FACT_PLACE, CQ_PLACE_AVAILABLE);
    cq_facts_set(&word, CQ_FACT_BODY, CQ_BODY_LAW_ENFORCEMENT);
    cq_decide(law, cq_date_make(2025, 9, 14), word, &d);
    assert_string_equal(d.basis, "R78:4.1");
    assert_string_equal(d.certainty, "text");
    assert_string_equal(d.documents, "id_card+service_id");
    assert_true(d.gaps == 0);
    cq_decide(law, cq_date_make(2025, 9, 13), word, &d);
    assert_string_equal(d.certainty, "read");
    cq_law_free(law);
    cq_law_files_fini(&files);
}

static void write_tables(const char *dir, const struct cq_law_files *files)
{
    for (int table = 0; table < CQ_LAW_TABLES; table++) {
        char path[256];
        FILE *file;

        snprintf(path, sizeof path, "%s/%s", dir, cq_law_files_name((enum cq_law_table)table));
        file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(files->bytes[table].ptr, 1, files->bytes[table].len, file),
                         files->bytes[table].len);
        assert_int_equal(fclose(file), 0);
    }
}

static void remove_tables(const char *dir)
{
    for (int table = 0; table < CQ_LAW_TABLES; table++) {
        char path[256];

        snprintf(path, sizeof path, "%s/%s", dir, cq_law_files_name((enum cq_law_table)table));
        unlink(path);
    }
    assert_int_equal(rmdir(dir), 0);
}

/* A folder with the same bytes is the same law; another byte makes another fingerprint. */
static void test_a_folder_takes_their_place(void **state)
{
    char dir[] = "/tmp/cq-law-XXXXXX", path[64];
    struct cq_law_files files;
    struct cq_law *embedded, *law;
    struct cq_err err = {0};

    (void)state;
    assert_non_null(mkdtemp(dir));
    cq_law_files_embedded(&files);
    write_tables(dir, &files);
    assert_int_equal(cq_law_load(&embedded, NULL, &err), CQ_OK);
    assert_int_equal(cq_law_load(&law, dir, &err), CQ_OK);
    assert_string_equal(law->fingerprint, embedded->fingerprint);
    cq_law_free(law);

    law_replace(&files, CQ_LAW_TABLE_EDITIONS, "text not at hand", "text not in hand");
    write_tables(dir, &files);
    assert_int_equal(cq_law_load(&law, dir, &err), CQ_OK);
    assert_string_not_equal(law->fingerprint, embedded->fingerprint);
    cq_law_free(law);

    law_replace(&files, CQ_LAW_TABLE_ROLES, "none", "nobody");
    write_tables(dir, &files);
    assert_int_equal(cq_law_load(&law, dir, &err), CQ_L_CELL);
    assert_null(law);
    snprintf(path, sizeof path, "%s/roles.csv", dir);
    assert_string_equal(err.file, path);
    assert_int_equal(err.line, 6);

    unlink(path);
    err = (struct cq_err){0};
    assert_int_equal(cq_law_load(&law, dir, &err), CQ_L_OPEN);
    assert_non_null(strstr(err.detail, path));
    assert_null(law);
    cq_law_free(embedded);
    cq_law_files_fini(&files);
    remove_tables(dir);
}

static void test_lookups(void **state)
{
    const int order[] = {CQ_CATEGORY_EMPLOYEE, CQ_CATEGORY_CHILD_OF_FALLEN, CQ_CATEGORY_PENSIONER,
                         CQ_CATEGORY_FAMILY, CQ_CATEGORY_NONE};
    struct cq_law *law;
    int cities = 0;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    assert_int_equal(law->gap_count, 22);
    assert_int_equal(law->agency_count, 8);
    assert_int_equal(cq_law_agency(law, "fire_service", 12)->body, CQ_BODY_FIRE_SERVICE);
    assert_int_equal(cq_law_agency(law, "anticorruption", 14)->until, cq_date_make(2025, 6, 30));
    assert_int_equal(cq_law_agency(law, "courier", 7)->until, CQ_DAY_MAX);
    assert_null(cq_law_agency(law, "fire", 4));
    assert_string_equal(cq_law_agency_number(law, 7)->id, "courier");
    assert_null(cq_law_agency_number(law, 9));

    assert_int_equal(law->region_count, 21);
    for (size_t i = 0; i < law->region_count; i++)
        cities += law->regions[i].home != CQ_HOME_ELSEWHERE;
    assert_int_equal(cities, 2);
    assert_int_equal(cq_law_region(law, 71)->home, CQ_HOME_ASTANA);
    assert_int_equal(cq_law_region(law, 75)->home, CQ_HOME_ALMATY);
    assert_int_equal(cq_law_region(law, 33)->since, cq_date_make(2022, 6, 8));
    assert_int_equal(cq_law_region(law, 51)->until, cq_date_make(2018, 6, 19));
    assert_int_equal(cq_law_region(law, 19)->split, cq_date_make(2022, 6, 8));
    assert_int_equal(cq_law_region(law, 11)->split, CQ_DAY_MIN);
    assert_null(cq_law_region(law, 12));

    int32_t day = cq_date_make(2026, 1, 1);
    assert_non_null(strstr(cq_law_paragraph(law, "R78:4.1", 7, day)->summary[CQ_EN], "budget"));
    assert_string_equal(cq_law_paragraph(law, "R78:4.1", 7, day)->edition, "R78.718");
    assert_string_equal(cq_law_paragraph(law, "R78:4.1", 7, 19000)->edition, "R78.704");
    assert_null(cq_law_paragraph(law, "R78:4.1", 5, day));
    assert_null(cq_law_paragraph(law, "R78:4.9", 7, day));
    assert_null(cq_law_paragraph(law, "R78:4.1", 7, cq_date_make(2019, 1, 1)));

    assert_string_equal(cq_law_owner(law, "mental_health_organisation"), "mental_health");
    assert_null(cq_law_owner(law, ""));
    assert_int_equal(cq_law_parameter(law, "majority_years", CQ_DAY_MIN), 18);
    assert_int_equal(cq_law_parameter(law, "insurance_tail_months", 0), 3);
    assert_int_equal(law->services[CQ_SERVICE_INPATIENT].package, CQ_PACKAGE_OSMS);
    assert_int_equal(law->services[CQ_SERVICE_SANATORIUM].package, CQ_UNKNOWN);
    for (int i = 0; i < CQ_CATEGORIES; i++)
        assert_int_equal(law->role_order[i], order[i]);
    cq_law_free(law);
}

static int presumed(const struct cq_law *law, int category, int minor)
{
    uint64_t word = cq_facts_all;

    cq_facts_set(&word, CQ_FACT_CATEGORY, category);
    cq_facts_set(&word, CQ_FACT_MINOR, minor);
    return cq_law_presumed_insured(law, word);
}

static void test_presumed_insurance(void **state)
{
    struct cq_law *law;

    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    assert_int_equal(presumed(law, CQ_CATEGORY_EMPLOYEE, CQ_UNKNOWN), CQ_YES);
    assert_int_equal(presumed(law, CQ_CATEGORY_PENSIONER, CQ_NO), CQ_YES);
    assert_int_equal(presumed(law, CQ_CATEGORY_FAMILY, CQ_YES), CQ_YES);
    assert_int_equal(presumed(law, CQ_CATEGORY_CHILD_OF_FALLEN, CQ_YES), CQ_YES);
    assert_int_equal(presumed(law, CQ_CATEGORY_FAMILY, CQ_NO), CQ_UNKNOWN);
    assert_int_equal(presumed(law, CQ_CATEGORY_FAMILY, CQ_UNKNOWN), CQ_UNKNOWN);
    assert_int_equal(presumed(law, CQ_UNKNOWN, CQ_YES), CQ_YES);
    cq_law_free(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_embedded_tables_are_proved),
        cmocka_unit_test(test_every_rule_is_needed),
        cmocka_unit_test(test_doubled_rules_overlap),
        cmocka_unit_test(test_rows_of_groups),
        cmocka_unit_test(test_a_hole_is_described),
        cmocka_unit_test(test_an_overlap_is_described),
        cmocka_unit_test(test_a_day_is_corrected_in_one_place),
        cmocka_unit_test(test_a_folder_takes_their_place),
        cmocka_unit_test(test_lookups),
        cmocka_unit_test(test_presumed_insurance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
