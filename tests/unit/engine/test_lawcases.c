/* Decides every row of law-cases.csv: facts and day on the left, the expected answer on the right.
 * An empty fact is unknown; `?` on the right is not compared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cases.h"

static void test_every_case(void **state)
{
    struct law_cases cases;
    struct cq_law *law;
    int wrong = 0;

    (void)state;
    cases_read(&cases);
    assert_int_equal(cq_law_load(&law, NULL, NULL), CQ_OK);
    assert_true(cases.count > 170);
    for (size_t i = 0; i < cases.count; i++)
        wrong += cases_check(law, &cases.cases[i], true);
    assert_int_equal(wrong, 0);
    cq_law_free(law);
    cases_free(&cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
