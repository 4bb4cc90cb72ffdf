/* States of referrals: every transition that is allowed, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "referrals/states.h"

static void test_allowed_transitions(void **state)
{
    (void)state;
    static const struct {
        enum cq_state from;
        const char *action;
        enum cq_state to;
    } allowed[] = {
        {CQ_ISSUED, "accept", CQ_ACCEPTED},  {CQ_ISSUED, "reject", CQ_REJECTED},
        {CQ_ACCEPTED, "admit", CQ_ADMITTED}, {CQ_ADMITTED, "complete", CQ_COMPLETED},
        {CQ_ISSUED, "cancel", CQ_CANCELLED}, {CQ_ACCEPTED, "cancel", CQ_CANCELLED},
        {CQ_ISSUED, "expire", CQ_EXPIRED},   {CQ_ACCEPTED, "expire", CQ_EXPIRED},
    };
    static const char *const actions[] = {"accept", "reject", "admit", "complete",
                                          "cancel", "expire", "issue", ""};
    for (int from = 0; from < CQ_STATES; from++) {
        assert_non_null(cq_state_names[from]);
        for (size_t a = 0; a < sizeof actions / sizeof *actions; a++) {
            int expected = -1;
            for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
                if ((int)allowed[i].from == from && strcmp(allowed[i].action, actions[a]) == 0)
                    expected = (int)allowed[i].to;
            assert_int_equal(cq_state_after((enum cq_state)from, actions[a]), expected);
        }
    }
    assert_null(cq_state_names[CQ_STATES]);
    assert_int_equal(cq_states_open(), 1 << CQ_ISSUED | 1 << CQ_ACCEPTED | 1 << CQ_ADMITTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allowed_transitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
