/* The library as a program outside uses it: through cq/cq.h alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cq/cq.h"

#include <string.h>
#include <unistd.h>

/* Opens the law, decides from facts alone. */
static void test_decide_from_facts(void **state)
{
    struct cq_err err = {0};
    struct cq_law *law = NULL;
    struct cq_decision decision;
    uint64_t facts = cq_facts_all;
    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, &err), CQ_OK);
    cq_facts_set(&facts, CQ_FACT_CATEGORY, CQ_CATEGORY_EMPLOYEE);
    cq_facts_set(&facts, CQ_FACT_BODY, CQ_BODY_LAW_ENFORCEMENT);
    cq_facts_set(&facts, CQ_FACT_SERVICE, CQ_SERVICE_SANATORIUM);
    cq_facts_set(&facts, CQ_FACT_DESTINATION, CQ_DESTINATION_LOCAL);
    cq_facts_set(&facts, CQ_FACT_DUTY_INJURY, CQ_YES);
    cq_decide(law, cq_date_make(2026, 9, 1), facts, &decision);
    assert_true(decision.entitled);
    assert_string_equal(decision.outcome, "conditional");
    assert_string_equal(decision.reasons, "commission");
    assert_string_equal(decision.provider, "sanatorium");
    assert_string_equal(decision.payer, "budget");
    assert_string_equal(decision.basis, "R78:16;R78:17");
    assert_int_equal(decision.missing, 0);

    cq_facts_set(&facts, CQ_FACT_CATEGORY, CQ_CATEGORY_NONE);
    cq_decide(law, cq_date_make(2026, 9, 1), facts, &decision);
    assert_false(decision.entitled);
    assert_string_equal(decision.outcome, "not_contingent");
    cq_law_free(law);
}

/* Writes one answer as a row of CSV and reads it back. */
static void write_answer(const struct cq_law *law, const struct cq_request *request,
                         const struct cq_answer *answer, char *text, size_t size)
{
    struct cq_err err = {0};
    struct cq_answers *answers = NULL;
    struct cq_out *out = NULL;
    struct cq_text names[CQ_ANSWER_COLUMNS];
    int ends[2];
    for (int i = 0; i < CQ_ANSWER_COLUMNS; i++)
        names[i] = (struct cq_text){cq_answer_columns[i], strlen(cq_answer_columns[i])};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(cq_answers_new(&answers, law, &err), CQ_OK);
    assert_int_equal(cq_out_open(&out, ends[1], CQ_FORMAT_CSV, names, CQ_ANSWER_COLUMNS, &err),
                     CQ_OK);
    assert_int_equal(
        cq_answers_write(answers, out, CQ_FORMAT_CSV, request->day, request->service, answer, &err),
        CQ_OK);
    assert_int_equal(cq_out_end(out, &err), CQ_OK);
    assert_int_equal(cq_out_close(out, &err), CQ_OK);
    cq_answers_free(answers);
    close(ends[1]);
    ssize_t len = read(ends[0], text, size - 1);
    close(ends[0]);
    assert_true(len > 0);
    text[len] = '\0';
}

/* Opens law and registry, decides for a person who is in no list, writes the answer. */
static void test_decide_from_a_registry(void **state)
{
    struct cq_err err = {0};
    struct cq_law *law = NULL;
    struct cq_db db = {0};
    struct cq_people *people = NULL;
    struct cq_answer roles[CQ_ROLES_MAX];
    int64_t iin, run;
    int count;
    char text[1024];
    (void)state;
    assert_int_equal(cq_law_load(&law, NULL, &err), CQ_OK);
    assert_int_equal(cq_db_open(&db, "", CQ_DB_MEMORY, 0, &err), CQ_OK);
    assert_int_equal(cq_run_known(&db, INT64_MAX, &run, &err), CQ_OK);
    assert_int_equal(cq_people_open(&people, &db, law, run, &err), CQ_OK);
    struct cq_request request = cq_request_default(CQ_SERVICE_INPATIENT, cq_date_make(2026, 9, 1));
    assert_int_equal(cq_iin_parse("850101100002", 12, &iin), CQ_OK);
    assert_int_equal(cq_people_decide(people, iin, &request, roles, &count, &err), CQ_OK);
    assert_int_equal(count, 1);
    assert_string_equal(roles[0].decision.outcome, "not_contingent");
    write_answer(law, &request, &roles[0], text, sizeof text);
    assert_non_null(strstr(text, "\n2026-09-01,inpatient,not_contingent,none,"));
    cq_people_close(people);
    cq_db_close(&db);
    cq_law_free(law);
}

/* Errors are codes with a place, and never printed. */
static void test_errors(void **state)
{
    struct cq_err err = {0};
    struct cq_law *law = NULL;
    struct cq_db db = {0};
    (void)state;
    assert_int_equal(cq_law_load(&law, "/nonexistent", &err), CQ_L_OPEN);
    assert_null(law);
    assert_int_equal(err.code, CQ_L_OPEN);
    assert_true(cq_code_text(err.code)[0] != '\0');
    err = (struct cq_err){0};
    assert_int_not_equal(cq_db_open(&db, "/nonexistent/cq.db", CQ_DB_READ, 0, &err), CQ_OK);
    assert_int_not_equal(err.code, CQ_OK);
    cq_db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decide_from_facts),
        cmocka_unit_test(test_decide_from_a_registry),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
