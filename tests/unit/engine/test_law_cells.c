/* Reading is strict: each kind of wrong cell is refused, and the error says where it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lawedit.h"

static enum cq_code build(struct cq_law **law, const struct cq_law_files *files, struct cq_err *err)
{
    *err = (struct cq_err){0};
    return cq_law_build(law, files, NULL, err);
}

struct wrong {
    enum cq_law_table table;
    const char *from, *to, *column;
    long line;
};

static const struct wrong wrongs[] = {
    /* headers */
    {CQ_LAW_TABLE_ACTS, "title_kk", "title", "title", 1},
    {CQ_LAW_TABLE_RULES, "rule,since,", "colour,since,", "colour", 1},
    {CQ_LAW_TABLE_RULES, "rule,since,", "rule,rule,", "rule", 1},
    {CQ_LAW_TABLE_GROUPS, "duty_injury", "injury", "injury", 1},
    /* days */
    {CQ_LAW_TABLE_EDITIONS, "2020-01-01", "2020-02-30", "since", 2},
    {CQ_LAW_TABLE_EDITIONS, "2020-01-01,R78.850", "2020-01-01,R78.1", "until", 2},
    {CQ_LAW_TABLE_EDITIONS, "R78.704,R78,2020-01-01", "R78.704,R78,2026-01-01", "until", 2},
    {CQ_LAW_TABLE_PARAGRAPHS, "R78:1,R78.704,R78.718", "R78:1,R78.704,R78.704", "until", 2},
    {CQ_LAW_TABLE_CLAUSES, "@mvd,O61.1,R78.718", "@mvd,R78.718,R78.718", "until", 7},
    {CQ_LAW_TABLE_LATE, "A-01,2025-09-14,", "A-01,2025-09-31,", "since", 2},
    {CQ_LAW_TABLE_LATE, "A-01,2025-09-14,", "A-01,2025-12-01,", "until", 2},
    {CQ_LAW_TABLE_RULES, "\nno-edition,,R78.704", "\nno-edition,,1 Jan", "until", 2},
    {CQ_LAW_TABLE_RULES, "\nno-edition,,R78.704", "\nno-edition,2020-01-01,2020-01-01", "until", 2},
    {CQ_LAW_TABLE_REGIONS, "10,elsewhere,2022-06-08,,", "10,elsewhere,2022-06-08,2022-06-08,",
     "until", 2},
    /* identifiers */
    {CQ_LAW_TABLE_EDITIONS, "R78.704,R78", "R78.704,R79", "act", 2},
    {CQ_LAW_TABLE_EDITIONS, "\nR78.850,", "\nR78.704,", "id", 3},
    {CQ_LAW_TABLE_EDITIONS, ",R78.850,yes,", ",R78.850,not,", "confirmed", 2},
    {CQ_LAW_TABLE_ACTS, "\nO61,", "\nR78,", "id", 3},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.1,", "\nR79:1.1,", "citation", 3},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.1,", "\nR78:,", "citation", 3},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.1,", "\nR78:1.,", "citation", 3},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.1,", "\nR78:1.1(2,", "citation", 3},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.1,R78.718", "\nR78:1,R78.704", "edition", 3},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.1,R78.718", "\nR78:1.1,R78.999", "edition", 3},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.3,R78.704,,R78:1,", "\nR78:1.3,R78.704,,R79:1,", "cited_as",
     6},
    {CQ_LAW_TABLE_PARAGRAPHS, ",read,public_copy,", ",seen,public_copy,", "certainty", 2},
    {CQ_LAW_TABLE_PARAGRAPHS, ",read,public_copy,", ",read,,", "source", 2},
    {CQ_LAW_TABLE_GAPS, "\nA-04,", "\nA-01,", "id", 4},
    {CQ_LAW_TABLE_GAPS, "\nA-11,minor,", "\nA-11,age,", "fact", 10},
    {CQ_LAW_TABLE_LATE, "\nA-02,", "\nA-00,", "adds", 3},
    {CQ_LAW_TABLE_LATE, "\nA-02,", "\nA-02;A-04,", "adds", 3},
    {CQ_LAW_TABLE_LATE, "\nA-02,2025-09-25,,O61,", "\nA-02,2025-09-25,,O62,", "basis", 3},
    {CQ_LAW_TABLE_LATE, ",*,place,", ",*,town,", "rests_on", 4},
    {CQ_LAW_TABLE_LATE, ",*,,special_rank,", ",*,,rank,", "possible", 8},
    {CQ_LAW_TABLE_CLAUSES, "\n@mvd,", "\nmvd,", "clause", 6},
    {CQ_LAW_TABLE_CLAUSES, ",R78:3.2,inferred,", ",R78:3.3,inferred,", "basis", 3},
    {CQ_LAW_TABLE_CLAUSES, ",R78:3.2,inferred,", ",R78:3.2,guessed,", "certainty", 3},
    {CQ_LAW_TABLE_CLAUSES, ",R78:3.2,inferred,", ",@own_gobmp,inferred,", "basis", 3},
    {CQ_LAW_TABLE_PROVIDERS, "\nhealth_subject,", "\nmvd,", "id", 3},
    {CQ_LAW_TABLE_PROVIDERS, "\nmvd,mvd", "\nmvd,", "owner", 2},
    {CQ_LAW_TABLE_WORDS, "\npayer,budget", "\npayers,budget", "kind", 2},
    {CQ_LAW_TABLE_WORDS, "\npayer,budget,", "\npayer,,", "word", 2},
    {CQ_LAW_TABLE_WORDS, "\npayer,fund_gobmp,", "\npayer,budget,", "word", 3},
    {CQ_LAW_TABLE_WORDS, ",at budget expense", ",", "label_en", 2},
    {CQ_LAW_TABLE_WORDS, ",label_kk,", ",name_kk,", "name_kk", 1},
    {CQ_LAW_TABLE_AGENCIES, "\ninternal_affairs,2", "\ninternal_affairs,1", "number", 3},
    {CQ_LAW_TABLE_AGENCIES, "\ninternal_affairs,2", "\ninternal_affairs,16", "number", 3},
    {CQ_LAW_TABLE_AGENCIES, "\ninternal_affairs,", "\nprosecution,", "id", 3},
    {CQ_LAW_TABLE_AGENCIES, ",courier,,", ",post,,", "body", 8},
    {CQ_LAW_TABLE_REGIONS, "\n11,", "\n10,", "number", 3},
    {CQ_LAW_TABLE_REGIONS, "\n11,elsewhere", "\n11,", "home", 3},
    {CQ_LAW_TABLE_ROLES, "\npensioner", "\nfamily", "category", 5},
    {CQ_LAW_TABLE_ROLES, "\nnone", "", "category", 5},
    {CQ_LAW_TABLE_SERVICES, "\ninpatient,osms", "", "id", 3},
    {CQ_LAW_TABLE_SERVICES, "\nabroad,", "", "id", 8},
    {CQ_LAW_TABLE_SERVICES, "inpatient,osms", "inpatient,oms", "package", 3},
    {CQ_LAW_TABLE_DOCUMENTS, "A-09", "A-99", "gaps", 3},
    {CQ_LAW_TABLE_DOCUMENTS, "R78:14.2", "R78:14.9", "basis", 2},
    {CQ_LAW_TABLE_DOCUMENTS, "R78:14.2", "@mvd", "basis", 2},
    {CQ_LAW_TABLE_PRESUMPTIONS, "employee,*,yes", "employee,*,true", "insured", 2},
    {CQ_LAW_TABLE_PARAMETERS, "majority_years", "majority", "id", 2},
    {CQ_LAW_TABLE_PARAMETERS, "majority_years,,", "majority_years,,2030-01-01", "until", 7},
    {CQ_LAW_TABLE_PARAMETERS, "majority_years,", "majority_years,2000-01-01", "since", 2},
    {CQ_LAW_TABLE_PARAMETERS, "week_working_days,,,5", "week_working_days,,,0", "value", 7},
    {CQ_LAW_TABLE_PARAMETERS, ",18,", ",18.0,", "value", 2},
    {CQ_LAW_TABLE_HOLIDAYS, "\n1,7,", "\n13,7,", "month", 4},
    {CQ_LAW_TABLE_HOLIDAYS, "\n1,7,", "\n2,30,", "day", 4},
    {CQ_LAW_TABLE_HOLIDAYS, "\n1,7,", "\n1,2,", "day", 4},
    {CQ_LAW_TABLE_HOLIDAYS, "\n12,16,2022-10-25,", "\n12,16,2022-10-24,", "day", 18},
    {CQ_LAW_TABLE_HOLIDAYS, "\n12,17,,2022-10-25", "\n12,17,2022-10-25,2022-10-25", "until", 19},
    {CQ_LAW_TABLE_HOLIDAYS, "\n12,17,,2022-10-25", "\n12,17,,25.10.2022", "until", 19},
    {CQ_LAW_TABLE_HOLIDAYS, ",,,no,", ",,,,", "moves", 4},
    {CQ_LAW_TABLE_HOLIDAYS, ",no,LC:84,", ",no,LC:99,", "basis", 4},
    {CQ_LAW_TABLE_HOLIDAYS, ",Orthodox Christmas", ",", "name_en", 4},
    /* rules */
    {CQ_LAW_TABLE_RULES, "\nfamily-not-kin,", "\nnot-listed,", "rule", 5},
    {CQ_LAW_TABLE_RULES, ",family_pensioner|child,", ",family_pensioner|children,", "who", 30},
    {CQ_LAW_TABLE_RULES, ",family_pensioner|child,", ",child|child,", "who", 30},
    {CQ_LAW_TABLE_RULES, ",far_planned|other_city_planned,", ",far_planned|other_town,", "where",
     17},
    {CQ_LAW_TABLE_RULES, ",employee,*,gobmp,", ",employee,*,gobpm,", "cover", 19},
    {CQ_LAW_TABLE_RULES, "outpatient|inpatient", "outpatient|hospital", "service", 13},
    {CQ_LAW_TABLE_RULES, "outpatient|inpatient", "outpatient|outpatient", "service", 13},
    {CQ_LAW_TABLE_RULES, ",not_contingent,", ",refused,", "outcome", 3},
    {CQ_LAW_TABLE_RULES, ",eligible,presidential,", ",eligible,president,", "provider", 18},
    {CQ_LAW_TABLE_RULES, ",presidential_rules,", ",presidential_rule,", "payer", 18},
    {CQ_LAW_TABLE_RULES, ",not_listed,", ",unlisted,", "reasons", 3},
    {CQ_LAW_TABLE_RULES, ",R78:3.1,", ",LAW:70.4,", "basis", 5},
    {CQ_LAW_TABLE_RULES, ",R78:3.1,", ",R78:3.1;,", "basis", 5},
    {CQ_LAW_TABLE_RULES, ",R78:3.1,", ",R78:3.9,", "basis", 5},
    {CQ_LAW_TABLE_RULES, ",@mvd,", ",@owner,", "basis", 46},
    {CQ_LAW_TABLE_RULES, ",@mvd,", ",@mvd;@own_osms,", "basis", 46},
    {CQ_LAW_TABLE_RULES, ",R78:3.1,,,", ",R78:3.1,guessed,,", "certainty", 5},
    {CQ_LAW_TABLE_RULES, ",R78:3.1,,,", ",R78:3.1,,A-00,", "gaps", 5},
    {CQ_LAW_TABLE_RULES, ",R78:3.1,,,", ",R78:3.1,,A-10;A-07,", "gaps", 5},
    {CQ_LAW_TABLE_RULES, ",R78:3.1,,,", ",R78:3.1,,,R78.999", "confirmed", 5},
    {CQ_LAW_TABLE_RULES, ",undetermined,,,,no_edition", ",undetermined,mvd,,,no_edition",
     "provider", 2},
    {CQ_LAW_TABLE_RULES, ",undetermined,,,,no_edition", ",undetermined,,,,", "reasons", 2},
};

static void test_wrong_cells_are_refused(void **state)
{
    int taken = 0;

    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const struct wrong *w = &wrongs[i];
        struct cq_law_files files;
        struct cq_law *law;
        struct cq_err err;
        enum cq_code code;

        cq_law_files_embedded(&files);
        law_replace(&files, w->table, w->from, w->to);
        code = build(&law, &files, &err);
        if (code != CQ_L_CELL || strcmp(err.file, cq_law_files_name(w->table)) != 0 ||
            strcmp(err.column, w->column) != 0 || err.line != w->line) {
            print_error("'%s' for '%s': %s:%ld: %s: %s\n", w->to, w->from, err.file, err.line,
                        err.column, err.detail);
            taken++;
        }
        cq_law_free(law);
        cq_law_files_fini(&files);
    }
    assert_int_equal(taken, 0);
}

static void test_broken_files_are_refused(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_err err;

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_ROLES, "\nemployee", "\n\"employee");
    assert_int_equal(build(&law, &files, &err), CQ_L_CELL);
    assert_string_equal(err.file, "roles.csv");
    cq_law_files_fini(&files);

    cq_law_files_embedded(&files);
    law_splice(&files, CQ_LAW_TABLE_PRESUMPTIONS, 0, files.bytes[CQ_LAW_TABLE_PRESUMPTIONS].len,
               "insured,minor\nno,yes\n");
    assert_int_equal(build(&law, &files, &err), CQ_L_CELL);
    assert_string_equal(err.column, "category");
    assert_int_equal(err.line, 1);
    cq_law_files_fini(&files);

    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_ROLES, "\nemployee", "\nemployee,1");
    assert_int_equal(build(&law, &files, &err), CQ_L_CELL);
    assert_int_equal(err.line, 2);
    cq_law_files_fini(&files);
}

/* There is room for 2048 boxes a day: 46 rows of a group in two columns of a rule are more. */
static void test_rules_of_too_many_boxes_are_refused(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_err err;

    (void)state;
    cq_law_files_embedded(&files);
    for (int i = 0; i < 46; i++)
        law_splice(&files, CQ_LAW_TABLE_GROUPS, files.bytes[CQ_LAW_TABLE_GROUPS].len, 0,
                   "any,,,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*\n");
    law_replace(&files, CQ_LAW_TABLE_RULES, "\nnot-listed,R78.704,,*,*,*,",
                "\nnot-listed,R78.704,,any,any,*,");
    assert_int_equal(build(&law, &files, &err), CQ_L_CELL);
    assert_string_equal(err.file, "rules.csv");
    assert_string_equal(err.column, "rule");
    assert_int_equal(err.line, 3);
    cq_law_files_fini(&files);
}

/* Columns may be in any order. */
static void test_columns_by_name(void **state)
{
    struct cq_law_files files;
    struct cq_law *law;
    struct cq_err err;

    (void)state;
    cq_law_files_embedded(&files);
    law_splice(&files, CQ_LAW_TABLE_PRESUMPTIONS, 0, files.bytes[CQ_LAW_TABLE_PRESUMPTIONS].len,
               "insured,minor,category\nno,yes,family\n");
    assert_int_equal(build(&law, &files, &err), CQ_OK);
    assert_int_equal(law->presumption_count, 1);
    assert_int_equal(law->presumptions[0].insured, CQ_NO);
    assert_true(law->presumptions[0].facts == (cq_fact_bit(CQ_FACT_CATEGORY, CQ_CATEGORY_FAMILY) |
                                               cq_fact_bit(CQ_FACT_MINOR, CQ_YES)));
    cq_law_free(law);
    cq_law_files_fini(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_cells_are_refused),
        cmocka_unit_test(test_broken_files_are_refused),
        cmocka_unit_test(test_rules_of_too_many_boxes_are_refused),
        cmocka_unit_test(test_columns_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
