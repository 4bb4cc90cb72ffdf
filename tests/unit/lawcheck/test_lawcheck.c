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
    {CQ_LAW_TABLE_RULES, "\nemployee-inpatient-before-O781,R78.704,",
     "\nemployee-inpatient-before-O781,HC,",
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"
     "missing rules.csv:0\n"},
    {CQ_LAW_TABLE_RULES, "\nemployee-inpatient,O781,,", "\nemployee-inpatient,HC,,",
     "overlap rules.csv:50 employee-inpatient-before-O781\n"
     "overlap rules.csv:50 employee-inpatient-before-O781\n"
     "overlap rules.csv:50 employee-inpatient-before-O781\n"
     "binding rules.csv:50 employee-inpatient mvd_specialist\n"},
    /* cells: those of answers do not affect the proof, those of conditions do */
    {CQ_LAW_TABLE_RULES, ",not_listed,R78:1.2,", ",unlisted,R78:1.2,",
     "wrong_cell rules.csv:3 reasons unlisted\n"
     "unused words.csv:11 word not_listed\n"},
    {CQ_LAW_TABLE_RULES, "\nnot-listed,R78.704,,*,*,*,none,*,",
     "\nnot-listed,R78.704,,*,*,*,nobody,army,",
     "wrong_cell rules.csv:3 category nobody\n"
     "wrong_cell rules.csv:3 body army\n"
     "unproved rules.csv:0\n"},
    {CQ_LAW_TABLE_ACTS, "title_kk", "title",
     "wrong_cell acts.csv:1 title title\n"
     "unproved rules.csv:0\n"},
    {CQ_LAW_TABLE_LATE, "\nA-04,,,*,*,place,", "\nA-04,,,*,*,plaice,",
     "wrong_cell late.csv:4 rests_on plaice\n"},
    {CQ_LAW_TABLE_RULES, ",not_listed,R78:1.2,", ",bad_iin,R78:1.2,",
     "wrong_cell rules.csv:3 reasons bad_iin\n"
     "unused words.csv:11 word not_listed\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",public_copy,", ",hearsay,",
     "wrong_cell paragraphs.csv:2 source hearsay\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",none,definition\n", ",none,unwilling\n",
     "wrong_cell paragraphs.csv:3 reason unwilling\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, "list:killed_on", "list:born_on",
     "wrong_cell paragraphs.csv:2 implemented_by list:born_on\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, "action:issue", "issue",
     "wrong_cell paragraphs.csv:22 implemented_by issue\n"},
    /* references */
    {CQ_LAW_TABLE_RULES, ",R78:1.3,", ",R79:1.3,",
     "unknown_act rules.csv:8 basis R79:1.3\n"
     "implementation paragraphs.csv:7 implemented_by rules\n"},
    {CQ_LAW_TABLE_RULES, ",R78:1.3,", ",R78:1.4,",
     "unknown_citation rules.csv:8 basis R78:1.4\n"
     "implementation paragraphs.csv:7 implemented_by rules\n"},
    {CQ_LAW_TABLE_RULES, ",,A-24,", ",,A-77,", "unknown_gap rules.csv:18 gaps A-77\n"},
    {CQ_LAW_TABLE_WORDS, "\nreason,paid,", "\nreason,free,a,b,c\nreason,paid,",
     "unused words.csv:31 word free\n"},
    {CQ_LAW_TABLE_GAPS, "\nA-11,minor,", "\nA-11,,", "unused gaps.csv:10 id A-11\n"},
    {CQ_LAW_TABLE_LATE, "\nA-27,2022-11-06,", "\nA-01,2022-11-06,", "unused gaps.csv:21 id A-27\n"},
    {CQ_LAW_TABLE_PROVIDERS, "\nmvd,mvd", "\nmvd,mvd\nspa,sanatorium",
     "unused providers.csv:3 id spa\n"},
    {CQ_LAW_TABLE_ACTS, "\nO61,", "\nO62,a,b,c\nO61,", "unused acts.csv:3 id O62\n"},
    {CQ_LAW_TABLE_EDITIONS, "\nO61.1,", "\nX.1,O779,2019-01-02,2019-02-01,yes,\nO61.1,",
     "unused editions.csv:5 id X.1\n"},
    {CQ_LAW_TABLE_GROUPS, "\nnear,,,", "\nfree,,,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*\nnear,,,",
     "unused groups.csv:15 group free\n"
     "never_decides groups.csv:15 group free\n"},
    {CQ_LAW_TABLE_CLAUSES, "\n@mvd,R78.704,", "\n@free,,,*,*,R78:7,,\n@mvd,R78.704,",
     "unused clauses.csv:6 clause @free\n"
     "never_decides clauses.csv:6 clause @free\n"},
    /* editions */
    {CQ_LAW_TABLE_EDITIONS, "\nR78.704,R78,2020-01-01,R78.850,", "\nR78.704,R78,2020-01-01,,",
     "two_editions editions.csv:3 id R78.704\n"
     "two_editions editions.csv:4 id R78.704\n"},
    {CQ_LAW_TABLE_EDITIONS, "\nO779,O779,2020-12-02,,", "\nO779,O779,2020-12-02,O61.1,",
     "no_edition paragraphs.csv:139 edition O779\n"},
    {CQ_LAW_TABLE_EDITIONS, "\nO779,O779,", "\nO779,R672,",
     "unused editions.csv:12 id O779\n"
     "no_edition paragraphs.csv:162 edition R672\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1.2,R78.704,,", "\nR78:1.2,R78.704,R78.718,",
     "no_effect paragraphs.csv:4 until\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:1,R78.704,R78.718,,", "\nR78:1,R78.704,R78.718,R78:1,",
     "no_effect paragraphs.csv:2 cited_as\n"},
    {CQ_LAW_TABLE_RULES, "O61:12;HC:196.3;HC:166.2", "O61:12;O61:99;HC:166.2",
     "unknown_citation rules.csv:9 basis O61:99\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nR78:12,R78.704,", "\nR78:12,R78.850,",
     "outside_edition rules.csv:37 abroad basis R78:12\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, "\nHC09,HC09,", "\nHC09,2020-02-01,",
     "unknown_citation paragraphs.csv:149 cited_as HC09\n"
     "unknown_citation paragraphs.csv:151 cited_as HC09\n"
     "unknown_citation paragraphs.csv:153 cited_as HC09\n"
     "unknown_citation paragraphs.csv:155 cited_as HC09\n"},
    {CQ_LAW_TABLE_EDITIONS, "\nO61.2,O61,2025-10-04,,yes,", "\nO61.2,O61,2025-10-04,,,",
     "unconfirmed rules.csv:9 mental-health-cp-employee confirmed O61.2\n"
     "unconfirmed rules.csv:25 presidential-rehab-cp-gobmp confirmed O61.2\n"
     "unconfirmed rules.csv:26 presidential-rehab-cp-osms confirmed O61.2\n"
     "unconfirmed rules.csv:27 presidential-rehab-cp-budget confirmed O61.2\n"
     "unconfirmed rules.csv:28 psychological-cp-employee confirmed O61.2\n"
     "unconfirmed rules.csv:33 sanatorium-cp-employee confirmed O61.2\n"
     "unconfirmed rules.csv:89 rehab-cp-employee-not-indicated confirmed O61.2\n"
     "unconfirmed rules.csv:92 rehab-cp-employee confirmed O61.2\n"
     "unconfirmed rules.csv:93 rehab-cp-employee-gobmp confirmed O61.2\n"
     "unconfirmed rules.csv:94 rehab-cp-employee-osms confirmed O61.2\n"
     "unconfirmed rules.csv:95 rehab-cp-employee-paid confirmed O61.2\n"},
    {CQ_LAW_TABLE_RULES, "O61:12;HC:196.3;HC:166.2,,,\n", "O61:12;HC:196.3;HC:166.2,,,O61.2\n",
     "no_effect rules.csv:9 mental-health-cp-employee confirmed O61.2\n"},
    /* what implements a paragraph */
    {CQ_LAW_TABLE_PARAGRAPHS, ",rules;list:special_rank", ",list:special_rank",
     "implementation paragraphs.csv:7 implemented_by rules\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",none,definition\n", ",rules,\n",
     "implementation paragraphs.csv:3 implemented_by rules\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",documents;list:document;", ",list:document;",
     "implementation paragraphs.csv:53 implemented_by documents\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",rules;bindings;", ",rules;",
     "implementation paragraphs.csv:22 implemented_by bindings\n"},
    /* what binds referrals */
    {CQ_LAW_TABLE_BINDINGS, "\npaid_by,", "\npaid_by,,,issue,required,,*,*,paid,*,*,\npaid_by,",
     "binding rules.csv:95 rehab-cp-employee-paid paid_by\n"},
    {CQ_LAW_TABLE_BINDINGS, "admission,required,,*,*,consent,", "admission,required,,*,*,paid,",
     "binding rules.csv:10 mental-health-employee consent\n"
     "binding rules.csv:11 mental-health-others consent\n"
     "binding rules.csv:9 mental-health-cp-employee consent\n"},
    {CQ_LAW_TABLE_BINDINGS, "mvd_specialist,R78:13.1,R78:13.1\nfrom",
     "mvd_specialist,R78:7,R78:13.1\nfrom",
     "binding rules.csv:40 far-employee mvd_specialist\n"
     "binding rules.csv:41 far-others-gobmp mvd_specialist\n"
     "binding rules.csv:42 far-others-osms mvd_specialist\n"
     "unused bindings.csv:2 requirement from_facility\n"},
    {CQ_LAW_TABLE_BINDINGS, ",recorded,mvd|phc,", ",recorded,mvd|pch,",
     "wrong_cell bindings.csv:4 accepts pch\n"},
    {CQ_LAW_TABLE_BINDINGS, "\nmeasure,O61.1,,issue,", "\nmeasure,O61.1,,later,",
     "wrong_cell bindings.csv:11 stage later\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",rules;parameters;", ",rules;",
     "implementation paragraphs.csv:16 implemented_by parameters\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",bearers;report:payers,", ",report:payers,",
     "implementation paragraphs.csv:30 implemented_by bearers\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",none,other_body\n", ",parameters,\n",
     "implementation paragraphs.csv:49 implemented_by parameters\n"},
    {CQ_LAW_TABLE_PARAGRAPHS, ",rules;readings,\n", ",rules,\n",
     "implementation paragraphs.csv:64 implemented_by readings\n"},
    {CQ_LAW_TABLE_GAP_READINGS, ",O61:2(4),inferred,", ",,inferred,",
     "implementation paragraphs.csv:64 implemented_by readings\n"
     "implementation paragraphs.csv:65 implemented_by readings\n"},
    /* no effect: rules and groups */
    {CQ_LAW_TABLE_RULES,
     "\nother-city-others,R78.704,,family_pensioner|child,other_city_planned,*,*,",
     "\nother-city-others,R78.704,,family_pensioner|child,other_city_planned,*,"
     "family|pensioner|child_of_fallen|none,",
     "no_effect rules.csv:39 other-city-others category\n"},
    {CQ_LAW_TABLE_RULES, "\npsychological-no-rule-others,R78.704,,family_pensioner|child",
     "\npsychological-no-rule-others,R78.704,,near|family_pensioner|child",
     "no_effect rules.csv:30 psychological-no-rule-others who near\n"},
    {CQ_LAW_TABLE_RULES, "\nnot-listed,",
     "\nx,,,*,near,*,none,*,*,*,*,*,*,sanatorium,*,*,*,*,*,*,*,*,*,ineligible,,,,paid,,,,"
     "\nnot-listed,",
     "never_decides rules.csv:3 x\n"},
    {CQ_LAW_TABLE_RULES, "\npresidential-rehab-cp-gobmp,R78.718,",
     "\npresidential-rehab-cp-gobmp,R78.850,",
     "no_effect rules.csv:25 presidential-rehab-cp-gobmp since\n"},
    {CQ_LAW_TABLE_RULES, "\nemployee-outpatient,R78.704,,employee|cp_employee,*,*,",
     "\nemployee-outpatient,R78.704,,employee|cp_employee,near,"
     "gobmp|osms|not_insured|not_in_package,",
     "no_effect rules.csv:46 employee-outpatient where\n"
     "no_effect rules.csv:46 employee-outpatient cover\n"},
    {CQ_LAW_TABLE_RULES, "\nsanatorium-cp-employee-before-718,O61.1,R78.718,cp_employee,*,*,*,",
     "\nsanatorium-cp-employee-before-718,O61.1,R78.718,cp_employee,*,*,employee,",
     "no_effect rules.csv:32 sanatorium-cp-employee-before-718 category\n"},
    {CQ_LAW_TABLE_GROUPS, "\nnear,,,",
     "\nnear,,R78.704,*,*,*,*,*,*,*,sanatorium,*,*,*,*,*,*,*,*,*\nnear,,,",
     "never_decides groups.csv:15 group near\n"},
    {CQ_LAW_TABLE_GROUPS, "\nnear,,,", "\nnear,R78.704,,", "no_effect groups.csv:15 since near\n"},
    {CQ_LAW_TABLE_GROUPS, "\nnot_insured,,,*,*,*,*,*,*,*,day_hospital|medical_rehabilitation,",
     "\nnot_insured,,,*,*,*,*,*,*,*,day_hospital|medical_rehabilitation|sanatorium,",
     "no_effect groups.csv:28 service\n"},
    /* clauses */
    {CQ_LAW_TABLE_CLAUSES, "\n@mvd,R78.704,",
     "\n@mvd,,O61.1,pensioner,courier,R78:7,,\n@mvd,R78.704,",
     "never_decides clauses.csv:6 clause @mvd\n"},
    {CQ_LAW_TABLE_CLAUSES, "\n@mvd,R78.704,,employee,", "\n@mvd,R78.704,,employee|none,",
     "no_effect clauses.csv:6 category\n"},
    {CQ_LAW_TABLE_CLAUSES, "\n@mvd,R78.704,,employee,", "\n@mvd,R78.704,,*,",
     "no_effect clauses.csv:6 category\n"},
    {CQ_LAW_TABLE_CLAUSES, "\n@mvd,R78.704,,", "\n@mvd,,,", "no_effect clauses.csv:6 since\n"},
    {CQ_LAW_TABLE_CLAUSES, "\n@mvd,O61.1,R78.718,", "\n@mvd,R78.704,R78.718,",
     "outside_edition rules.csv:46 employee-outpatient basis O61:4\n"
     "outside_edition rules.csv:47 employee-day-hospital basis O61:4\n"
     "outside_edition rules.csv:48 employee-inpatient-emergency basis O61:4\n"
     "outside_edition rules.csv:49 employee-inpatient-before-O781 basis O61:4\n"
     "outside_edition rules.csv:50 employee-inpatient basis O61:4\n"
     "no_effect clauses.csv:7 since\n"},
    /* answers */
    {CQ_LAW_TABLE_RULES, ",no_rule,,,,\n", ",no_rule,,read,,\n",
     "no_effect rules.csv:29 psychological-no-rule-employee certainty\n"},
    {CQ_LAW_TABLE_RULES, ",ambiguous,R78:13.1,,A-08", ",ambiguous,R78:13.1,read,A-08",
     "no_effect rules.csv:38 other-city-employee certainty\n"},
    {CQ_LAW_TABLE_RULES, ",ambiguous,R78:13.1;R78:3.2,,A-10", ",ambiguous,R78:13.1;@own_osms,,A-10",
     "no_effect rules.csv:45 far-child-not-covered gaps A-10\n"},
    {CQ_LAW_TABLE_RULES, ",LES:84.3;R78:1,,A-26", ",LES:84.3;R78:1;R78:1.2,,A-26",
     "no_effect rules.csv:13 cp-employee-unnamed basis R78:1\n"
     "no_effect rules.csv:13 cp-employee-unnamed basis R78:1.2\n"},
    {CQ_LAW_TABLE_RULES, ",,@mvd;R78:8(3),", ",,@mvd;R78:8(3);R78:8(3),",
     "no_effect rules.csv:47 employee-day-hospital basis R78:8(3)\n"
     "no_effect rules.csv:47 employee-day-hospital basis R78:8(3)\n"},
    {CQ_LAW_TABLE_CLAUSES, ",*,R78:3.2,", ",*,R78:3.2;R78:3.2,",
     "no_effect clauses.csv:3 basis R78:3.2\n"
     "no_effect clauses.csv:3 basis R78:3.2\n"},
    {CQ_LAW_TABLE_LATE, "\nA-02,2025-09-25,", "\nA-21,,",
     "unused gaps.csv:3 id A-02\n"
     "no_effect rules.csv:28 psychological-cp-employee gaps A-21\n"},
    {CQ_LAW_TABLE_CLAUSES, "R78:4.2(2),,A-06", "R78:4.2(2),text,A-06",
     "no_effect clauses.csv:17 certainty @elsewhere_not_insured\n"},
    /* late rows */
    {CQ_LAW_TABLE_LATE, "\nA-22,,2022-03-17,O61,", "\nA-22,,2022-03-07,O61,",
     "never_decides late.csv:7\n"},
    {CQ_LAW_TABLE_LATE, "\nA-22,,2022-03-17,O61,*,,,*,",
     "\nA-22,,2022-03-17,O61,*,,,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*"
     "\nA-22,,2022-03-17,O61,*,,,employee,",
     "never_decides late.csv:8\n"},
    {CQ_LAW_TABLE_LATE, "\nA-22,,", "\nA-22,O61.1,", "no_effect late.csv:7 since\n"},
    {CQ_LAW_TABLE_LATE, "O281|O781:31", "O281|O779|O781:31", "no_effect late.csv:10 basis O779\n"},
    {CQ_LAW_TABLE_LATE, "eligible|conditional", "eligible|conditional|granted",
     "no_effect late.csv:5 outcome granted\n"},
    {CQ_LAW_TABLE_LATE, ",family|pensioner|child_of_fallen,",
     ",none|family|pensioner|child_of_fallen,", "no_effect late.csv:11 category\n"},
    {CQ_LAW_TABLE_LATE, "\nA-04,,,*,*,place,,", "\nA-04,,,*,*,place,body,",
     "no_effect late.csv:4 possible body\n"},
    /* documents and presumptions */
    {CQ_LAW_TABLE_DOCUMENTS, ",,employee,*,", ",,employee|none,*,",
     "no_effect documents.csv:7 category\n"},
    {CQ_LAW_TABLE_DOCUMENTS, ",,employee,*,", ",,none,*,", "never_decides documents.csv:7\n"},
    {CQ_LAW_TABLE_DOCUMENTS, "child_of_fallen,*,yes", "child_of_fallen,*,*",
     "no_effect documents.csv:10 minor\n"},
    {CQ_LAW_TABLE_DOCUMENTS, "R78.704,R78.718,employee,", "2019-01-01,R78.718,employee,",
     "no_effect documents.csv:2 since\n"},
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
    assert_string_equal(seen.text, "unknown_act there/rules.csv:8 basis R79:1.3\n");
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
