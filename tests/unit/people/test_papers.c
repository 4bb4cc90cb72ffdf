/* Papers at registration, against a model of R78:14.2 in another form: a sentence a role, not a table.
 * Every subset of the papers, every role, minor or not, body and edition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "cq/list.h"
#include "people/papers.h"

/* The papers on the table of the registry. */
struct shown {
    bool id_card, service_id, pension_certificate, birth_certificate, passport;
};

/* What the paragraph still wants of somebody, as its sentences say; "" where all was shown. */
static void still_wanted(int category, bool minor, const struct shown *shown, char *text)
{
    *text = '\0';
    if (category == CQ_CATEGORY_FAMILY) {
        /* A family member shows an ID card; a child who has none yet, the birth certificate. */
        if (minor && !shown->id_card && !shown->birth_certificate)
            strcpy(text, "id_card/birth_certificate");
        if (!minor && !shown->id_card)
            strcpy(text, "id_card");
        return;
    }
    if (category == CQ_CATEGORY_CHILD_OF_FALLEN) {
        /* Of age, there is no such role any more. */
        if (minor && !(shown->birth_certificate || shown->id_card))
            strcpy(text, "birth_certificate/id_card");
        return;
    }
    /* Employees and pensioners show who they are and what they are. */
    const char *own = category == CQ_CATEGORY_EMPLOYEE ? "service_id" : "pension_certificate";
    bool has_own = category == CQ_CATEGORY_EMPLOYEE ? shown->service_id
                                                    : shown->pension_certificate;
    if (!shown->id_card)
        strcpy(text, "id_card");
    if (!has_own)
        sprintf(text + strlen(text), "%s%s", *text ? "+" : "", own);
}

static void compare(const struct cq_law *law, int32_t day, int category, bool minor, int body)
{
    uint64_t word = cq_facts_all;
    cq_facts_set(&word, CQ_FACT_CATEGORY, category);
    cq_facts_set(&word, CQ_FACT_MINOR, minor ? CQ_YES : CQ_NO);
    cq_facts_set(&word, CQ_FACT_BODY, body);
    const struct cq_documents *row = cq_law_documents(law, day, word);
    for (unsigned bits = 0; bits < 1u << CQ_PAPERS; bits++) {
        const struct shown shown = {bits & 1, bits & 2, bits & 4, bits & 8, bits & 16};
        struct cq_str lacking = {0};
        char want[80];
        still_wanted(category, minor, &shown, want);
        cq_str_puts(&lacking, "");
        if (row)
            cq_papers_lacking(row->documents, (int64_t)bits, &lacking);
        if (strcmp(lacking.ptr, want) != 0)
            print_error("category %d, minor %d, papers %x\n", category, minor, bits);
        assert_string_equal(lacking.ptr, want);
        cq_str_free(&lacking);
    }
}

static void test_complete_papers_are_those_of_the_paragraph(void **state)
{
    const struct cq_law *law = *state;
    static const int days[][3] = {{2020, 1, 1},  {2024, 6, 1}, {2025, 9, 19},
                                  {2025, 9, 20}, {2026, 3, 2}, {2040, 1, 1}};
    for (size_t d = 0; d < sizeof days / sizeof *days; d++)
        for (int body = 0; body < cq_fact_count(CQ_FACT_BODY); body++)
            for (int category = CQ_CATEGORY_EMPLOYEE; category < CQ_CATEGORIES; category++)
                for (int minor = 0; minor < 2; minor++) {
                    int32_t day = cq_date_make(days[d][0], days[d][1], days[d][2]);
                    const char *name = cq_fact_value_name(CQ_FACT_BODY, body);
                    bool named = strcmp(name, "law_enforcement") == 0 ||
                                 strcmp(name, "courier") == 0 ||
                                 day >= cq_date_make(2025, 9, 20); /* No. 718 names all */
                    if (named)
                        compare(law, day, category, minor, body);
                }
}

static void test_bodies_that_the_paragraph_did_not_name(void **state)
{
    const struct cq_law *law = *state;
    uint64_t word = cq_facts_all;
    cq_facts_set(&word, CQ_FACT_CATEGORY, CQ_CATEGORY_EMPLOYEE);
    cq_facts_set(&word, CQ_FACT_BODY, cq_fact_value_find(CQ_FACT_BODY, "civil_protection", 16));
    assert_null(cq_law_documents(law, cq_date_make(2025, 9, 19), word));
    assert_non_null(cq_law_documents(law, cq_date_make(2025, 9, 20), word));
    assert_null(cq_law_documents(law, cq_date_make(2019, 12, 31), word));
}

static void test_papers_are_written_in_their_order(void **state)
{
    struct cq_str text = {0};
    (void)state;
    cq_papers_write(1 << 4 | 1 << 1 | 1, &text);
    assert_string_equal(text.ptr, "id_card+service_id+passport");
    assert_null(cq_paper_names[CQ_PAPERS]);
    cq_str_free(&text);
}

static int load(void **state)
{
    struct cq_law *law = NULL;
    int code = (int)cq_law_load(&law, NULL, NULL);
    *state = law;
    return code;
}

static int unload(void **state)
{
    cq_law_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_complete_papers_are_those_of_the_paragraph),
        cmocka_unit_test(test_bodies_that_the_paragraph_did_not_name),
        cmocka_unit_test(test_papers_are_written_in_their_order),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
