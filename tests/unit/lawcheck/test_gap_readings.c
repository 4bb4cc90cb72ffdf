/* readings.csv: cells that cannot be read, readings that no decision needs, and those that never
 * part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "lawcheck/lawcheck.h"
#include "unit/engine/lawedit.h"

struct seen {
    char text[1024];
    size_t len;
};

static void see(const struct cq_law_finding *finding, void *context)
{
    struct seen *seen = context;
    size_t room = sizeof seen->text - seen->len;
    int n = snprintf(seen->text + seen->len, room, "%s %ld %s %s;",
                     cq_law_finding_name(finding->kind), finding->line, finding->column,
                     finding->detail);
    assert_true(n > 0 && (size_t)n < room);
    seen->len += (size_t)n;
}

/* Lines: 2, 3 are A-04, 4, 5 A-08, 6, 7 A-25, 8, 9 A-26, 10 to 12 A-28. */
static const struct slip {
    const char *from, *to, *findings;
} slips[] = {
    /* cells */
    {"\nA-04,\"Ұйымның", "\nA-05,\"Ұйымның", "unknown_gap 2 gap A-05;no_effect 3  ;"},
    {"\nA-04,Ұйым екі", "\n,Ұйым екі", "wrong_cell 3 gap ;no_effect 2  ;"},
    {"\nA-04,Ұйым екі", "\nA-04;A-06,Ұйым екі",
     "wrong_cell 3 gap A-04;A-06;no_effect 2  ;no_effect 3  ;"},
    {",absent,", ",missing,", "wrong_cell 2 place missing;no_effect 3  ;"},
    {",local,", ",local|astana,", "wrong_cell 5 destination local|astana;"},
    {",not_contingent,,R78:1,", ",eligible,,R78:1,",
     "wrong_cell 9 outcome eligible;wrong_cell 9 outcome -;"},
    {",not_contingent,,R78:1,", ",,not_listed,R78:1,",
     "wrong_cell 9 outcome -;wrong_cell 9 reasons not_listed;"},
    {",not_contingent,,R78:1,", ",not_contingent,unnamed,R78:1,", "wrong_cell 9 reasons unnamed;"},
    {",not_contingent,,R78:1,", ",not_contingent,,R78:1.9,",
     "unknown_citation 9 basis R78:1.9;implementation 2 implemented_by readings;"},
    {",not_contingent,,R78:1,", ",not_contingent,,@mvd,",
     "wrong_cell 9 basis @mvd;implementation 2 implemented_by readings;"},
    {",R78:1,inferred,,", ",R78:1,inferred,employee,", "wrong_cell 9 outcome not_contingent;"},
    {"inferred,,,,,,,,outpatient", "guessed,,,,,,,,outpatient", "wrong_cell 10 certainty guessed;"},
    /* gaps out of order; a gap that no decision shows */
    {"\nA-08,Екі", "\nA-02,Екі", "wrong_cell 4 gap A-02;no_effect 4  ;no_effect 5  ;"},
    {"\nA-28,Бірден", "\nA-99,Бірден", "unknown_gap 12 gap A-99;"},
    {"\nA-28,Бірден", "\nA-29,Бірден", "no_effect 12  ;"},
    /* readings that never part, facts without effect */
    {",absent,", ",one,", "no_effect 3  ;"},
    {",LES:84.3,inferred,,law_enforcement,", ",LES:84.3,inferred,none,,", ""},
    {",outpatient,,,,,,gobmp,", ",inpatient,,,,,,gobmp,", "no_effect 11  ;"},
    {",medical_rehabilitation,,", ",medical_rehabilitation,planned,", "no_effect 6 urgency ;"},
    {",medical_rehabilitation,,,,,,,,", ",medical_rehabilitation,,,,,,,yes,", ""},
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
        law_replace(&files, CQ_LAW_TABLE_GAP_READINGS, slips[i].from, slips[i].to);
        assert_int_equal(cq_lawcheck_files(&files, NULL, 100, see, &seen, &checked, NULL), CQ_OK);
        if (strcmp(seen.text, slips[i].findings) != 0) {
            print_error("'%s':\n%s\n--- but wanted\n%s\n", slips[i].to, seen.text,
                        slips[i].findings);
            wrong++;
        }
        cq_law_files_fini(&files);
    }
    assert_int_equal(wrong, 0);
}

/* Gaps need no readings; only the paragraphs that readings rest on say that there are some. */
static void test_no_row_is_needed(void **state)
{
    struct cq_law_files files;
    struct cq_law_checked checked;
    struct seen seen = {0};
    struct cq_text bytes;
    (void)state;
    cq_law_files_embedded(&files);
    bytes = files.bytes[CQ_LAW_TABLE_GAP_READINGS];
    const char *end = memchr(bytes.ptr, '\n', bytes.len);
    files.bytes[CQ_LAW_TABLE_GAP_READINGS].len = (size_t)(end + 1 - bytes.ptr);
    assert_int_equal(cq_lawcheck_files(&files, NULL, 100, see, &seen, &checked, NULL), CQ_OK);
    assert_string_equal(seen.text, "implementation 2 implemented_by readings;"
                                   "implementation 64 implemented_by readings;"
                                   "implementation 65 implemented_by readings;"
                                   "implementation 146 implemented_by readings;");
    cq_law_files_fini(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_slip_is_found),
        cmocka_unit_test(test_no_row_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
