/* Checking the tables: each kind of finding is found where it is, and the tables as they
 * are hold none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "lawcheck/lawcheck.h"
#include "cq/date.h"
#include "unit/engine/lawedit.h"

/* All findings as lines: "unused gaps.csv:15 id A-21". */
struct seen {
    char text[4096];
    size_t len;
};

static void see(const struct cq_law_finding *finding, void *context)
{
    struct seen *seen = context;
    size_t room = sizeof seen->text - seen->len;
    int n = snprintf(seen->text + seen->len, room, "%s %s:%ld%s%s%s%s%s%s\n",
                     cq_law_finding_name(finding->kind), finding->file, finding->line,
                     !finding->rule ? "" : " ", !finding->rule ? "" : finding->rule->id,
                     *finding->column == '\0' ? "" : " ", finding->column,
                     *finding->detail == '\0' ? "" : " ", finding->detail);

    assert_true(n > 0 && (size_t)n < room);
    assert_true(*cq_law_finding_text(finding->kind) != '\0');
    seen->len += (size_t)n;
}

static void test_the_tables_hold_none(void **state)
{
    struct seen seen = {0};
    struct cq_law_checked checked;

    (void)state;
    assert_int_equal(cq_law_check(NULL, 100, see, &seen, &checked, NULL), CQ_OK);
    assert_string_equal(seen.text, "");
    assert_int_equal(checked.findings, 0);
    assert_true(checked.rules > 100);
}

static const struct slip {
    enum cq_law_table table;
    const char *from, *to, *findings;
} slips[] = {
    /* the proof */
    {CQ_LAW_TABLE_RULES, "\nR78.LES-not-listed,R78.LES,R78.718,*,*,none,*,",
     "\nR78.LES-not-listed,R78.LES,R78.718,*,*,none,courier,",
     "missing rules.csv:0\nmissing rules.csv:0\n"},
    {CQ_LAW_TABLE_RULES, "\nR78.718-not-listed,R78.718,", "\nR78.718-not-listed,O61.1,",
     "overlap rules.csv:61 R78.LES-not-listed\n"},
    /* cells: those of answers do not affect the proof, those of conditions do */
    {CQ_LAW_TABLE_RULES, ",not_listed,R78:1.2,text,", ",unlisted,R78:1.2,text,",
     "wrong_cell rules.csv:61 reasons unlisted\n"},
    {CQ_LAW_TABLE_RULES, "\nR78.LES-not-listed,R78.LES,R78.718,*,*,none,*,",
     "\nR78.LES-not-listed,R78.LES,R78.718,*,*,nobody,army,",
     "wrong_cell rules.csv:3 category nobody\nwrong_cell rules.csv:3 body army\n"
     "unproved rules.csv:0\n"},
    {CQ_LAW_TABLE_ACTS, "title_kk", "title",
     "wrong_cell acts.csv:1 title title\n"
     "unproved rules.csv:0\n"},
    {CQ_LAW_TABLE_GAPS, "\nA-06,,,,", "\nA-06,2020-01-01,,,", "wrong_cell gaps.csv:5 since A-06\n"},
    {CQ_LAW_TABLE_GAPS, ",fact:place,", ",fact:plaice,",
     "wrong_cell gaps.csv:4 applies fact:plaice\n"},
    /* references */
    {CQ_LAW_TABLE_RULES, ",R78:1.3,", ",R79:1.3,",
     "unknown_act rules.csv:64 basis R79:1.3\nunused citations.csv:3 citation R78:1.3\n"},
    {CQ_LAW_TABLE_RULES, ",R78:1.3,", ",R78:1.4,",
     "unknown_citation rules.csv:64 basis R78:1.4\nunused citations.csv:3 citation R78:1.3\n"},
    {CQ_LAW_TABLE_RULES, "A-07;A-10", "A-07;A-77", "unknown_gap rules.csv:38 gaps A-77\n"},
    {CQ_LAW_TABLE_WORDS, "\nreason,paid,", "\nreason,free,a,b,c\nreason,paid,",
     "unused words.csv:26 word free\n"},
    {CQ_LAW_TABLE_RULES, ",not_listed,R78:1.2,text,", ",bad_iin,R78:1.2,text,",
     "wrong_cell rules.csv:61 reasons bad_iin\n"},
    {CQ_LAW_TABLE_GAPS, ",fact:place,", ",,", "unused gaps.csv:4 id A-04\n"},
    {CQ_LAW_TABLE_PROVIDERS, "\nmvd,mvd", "\nmvd,mvd\nspa,spa", "unused providers.csv:3 id spa\n"},
    {CQ_LAW_TABLE_EDITIONS, "\nO61.1,", "\nHC.1,HC,2020-01-02,,\nO61.1,",
     "unused editions.csv:4 id HC.1\n"
     "outside_edition rules.csv:11 R78.LES-mental-health basis HC:196.3;HC:166.2\n"
     "outside_edition rules.csv:12 R78.LES-employee-cp-mental-health-before-O61 basis "
     "HC:196.3;HC:166.2\n"
     "outside_edition rules.csv:39 R78.LES-employee-rehab-not-indicated basis HC:125\n"
     "outside_edition rules.csv:40 R78.LES-others-rehab-not-indicated basis HC:125\n"},
    {CQ_LAW_TABLE_GROUPS, "\nnear,,,", "\nfree,,,*,*,*,*,*,*,*,*,*,*,*,*,*,*\nnear,,,",
     "unused groups.csv:7 group free\nnever_decides groups.csv:7 group free\n"},
    /* editions */
    {CQ_LAW_TABLE_EDITIONS, "\nR78.LES,R78,2020-01-01,R78.718,", "\nR78.LES,R78,2020-01-01,,",
     "two_editions editions.csv:3 id R78.LES\n"},
    /* no effect */
    {CQ_LAW_TABLE_RULES,
     "\nR78.718-others-other-city,R78.718,,family_pensioner|child,other_city,*,",
     "\nR78.718-others-other-city,R78.718,,family_pensioner|child,other_city,"
     "family|pensioner|child_of_fallen|none,",
     "no_effect rules.csv:79 R78.718-others-other-city category\n"},
    {CQ_LAW_TABLE_RULES, "\nR78.718-psychological-no-rule,R78.718,,employee_not_cp|family",
     "\nR78.718-psychological-no-rule,R78.718,,near|employee_not_cp|family",
     "no_effect rules.csv:74 R78.718-psychological-no-rule who near\n"},
    {CQ_LAW_TABLE_RULES, "\nR78.718-not-listed,",
     "\nx,,,*,near,none,*,*,*,*,sanatorium,*,*,*,*,*,*,*,*,ineligible,,,,paid,,,"
     "\nR78.718-not-listed,",
     "never_decides rules.csv:61 x\n"},
    {CQ_LAW_TABLE_GROUPS, "\nnear,,,",
     "\nnear,,R78.LES,*,*,*,*,*,sanatorium,*,*,*,*,*,*,*,*\nnear,,,",
     "never_decides groups.csv:7 group near\n"},
    {CQ_LAW_TABLE_GROUPS, "\nnear,,,", "\nnear,R78.LES,,", "no_effect groups.csv:7 since near\n"},
    {CQ_LAW_TABLE_DOCUMENTS, "mvd,employee,", "mvd,employee|none,",
     "no_effect documents.csv:2 category\n"},
    {CQ_LAW_TABLE_DOCUMENTS, "mvd,employee,", "mvd,none,", "never_decides documents.csv:2\n"},
    {CQ_LAW_TABLE_DOCUMENTS, "child_of_fallen,yes", "child_of_fallen|family,yes",
     "no_effect documents.csv:5 category\n"},
    {CQ_LAW_TABLE_DOCUMENTS, "child_of_fallen,yes", "child_of_fallen,*",
     "no_effect documents.csv:5 minor\n"},
    {CQ_LAW_TABLE_DOCUMENTS, "birth_certificate/id_card,", "birth_certificate/id_card,A-10",
     "no_effect documents.csv:5 gaps\n"},
    {CQ_LAW_TABLE_RULES, "\nR78.718-employee-other-city,R78.718,,*,other_city,",
     "\nR78.718-employee-other-city,R78.718,,other_city,other_city,",
     "no_effect rules.csv:78 R78.718-employee-other-city who\n"
     "no_effect rules.csv:78 R78.718-employee-other-city where\n"},
    {CQ_LAW_TABLE_RULES, ",not_stated,,,O61:10;O61:11,superseded,A-21",
     ",not_stated,,,O61:10;O61:11,superseded,A-02;A-21",
     "no_effect rules.csv:73 O61.2-employee-psychological gaps A-02\n"},
    {CQ_LAW_TABLE_PRESUMPTIONS, "\nemployee,", "\nemployee|pensioner,",
     "never_decides presumptions.csv:3\n"},
    {CQ_LAW_TABLE_PRESUMPTIONS, "\npensioner,", "\npensioner|employee,",
     "no_effect presumptions.csv:3 category\n"},
};

static void test_each_slip_is_found(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        struct cq_law_files files;
        struct cq_law_checked checked;
        struct seen seen = {0};

        cq_law_files_embedded(&files);
        law_replace(&files, slips[i].table, slips[i].from, slips[i].to);
        assert_int_equal(cq_lawcheck_files(&files, NULL, 100, see, &seen, &checked, NULL), CQ_OK);
        if (strcmp(seen.text, slips[i].findings) != 0) {
            print_error("'%s':\n%s--- but wanted\n%s", slips[i].to, seen.text, slips[i].findings);
            wrong++;
        }
        cq_law_files_fini(&files);
    }
    assert_int_equal(wrong, 0);
}

/* All findings are counted, but at most the limit are reported. */
static void test_limit(void **state)
{
    struct cq_law_files files;
    struct cq_law_checked checked;
    struct seen seen = {0};

    (void)state;
    cq_law_files_embedded(&files);
    law_replace(&files, CQ_LAW_TABLE_RULES, ",R78:1.3,", ",R79:1.3,");
    assert_int_equal(cq_lawcheck_files(&files, "there", 1, see, &seen, &checked, NULL), CQ_OK);
    assert_string_equal(seen.text, "unknown_act there/rules.csv:64 basis R79:1.3\n");
    assert_int_equal(checked.findings, 2);
    cq_law_files_fini(&files);
}

static void test_no_folder(void **state)
{
    struct cq_law_checked checked;
    struct cq_err err = {0};

    (void)state;
    assert_int_equal(cq_law_check("/nowhere", 1, see, NULL, &checked, &err), CQ_L_OPEN);
    assert_int_equal(err.code, CQ_L_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_tables_hold_none),
        cmocka_unit_test(test_each_slip_is_found),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_no_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
