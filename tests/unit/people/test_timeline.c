/* Timelines against answers asked for day by day, on a registry drawn at random: in a period every day
 * has its answer, and the next one has another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model_draw.h"
#include "people/timeline.h"

enum { ASKED = 160, YEARS_AFTER = 6 };

static struct cq_law *law;
static struct model model;

static bool alike(const struct cq_answer *a, const struct cq_answer *b)
{
    const struct cq_decision *x = &a->decision, *y = &b->decision;
    return a->category == b->category && a->agency == b->agency &&
           strcmp(a->facility, b->facility) == 0 && x->missing == y->missing &&
           x->gaps == y->gaps && x->rule_count == y->rule_count &&
           memcmp(x->rules, y->rules, (size_t)x->rule_count * sizeof *x->rules) == 0 &&
           strcmp(x->outcome, y->outcome) == 0 && strcmp(x->payer, y->payer) == 0 &&
           strcmp(x->reasons, y->reasons) == 0 && strcmp(x->documents, y->documents) == 0 &&
           strcmp(x->basis, y->basis) == 0 && strcmp(x->certainty, y->certainty) == 0 &&
           strcmp(x->provider, y->provider) == 0 && strcmp(x->referral, y->referral) == 0;
}

/* Whether the cause is told by a list. */
static bool is_listed(const char *cause)
{
    return strncmp(cause, "ent", 3) == 0 || strncmp(cause, "insurance", 9) == 0 ||
           strcmp(cause, "presidential_list") == 0 || strcmp(cause, "facility") == 0;
}

static void compare(struct cq_people *people, int64_t iin, int service, int *changes, int *listed)
{
    struct cq_timeline t = {0};
    struct cq_err err = {0};
    int32_t first = cq_people_first_day(people), day = first;
    int32_t end = cq_date_make(2026 + YEARS_AFTER, 1, 1);
    const struct cq_request from = cq_request_default(service, first);
    assert_int_equal(cq_people_timeline(&t, people, iin, &from, &err), CQ_OK);
    assert_true(t.count > 0);
    for (size_t i = 0; i < t.count; i++) {
        const struct cq_period *p = &t.list[i];
        struct cq_answer answers[CQ_ROLES_MAX];
        int count;
        assert_int_equal(p->from, day);
        assert_int_equal(i == 0, p->cause[0] == '\0');
        if (i > 0)
            assert_false(alike(&p[-1].answer, &p->answer));
        if (i > 0 && is_listed(p->cause)) {
            assert_int_not_equal(p->told, CQ_TIMELINE_NONE);
            assert_int_equal(p->run, 1);
            ++*listed;
        }
        *changes += i > 0;
        for (; day < p->to && day < end; day++) {
            const struct cq_request q = cq_request_default(service, day);
            assert_int_equal(cq_people_decide(people, iin, &q, answers, &count, &err), CQ_OK);
            assert_true(alike(&answers[0], &p->answer));
        }
        day = p->to;
    }
    assert_int_equal(day, CQ_DAY_MAX);
    free(t.list);
}

static void test_every_day_has_its_answer(void **state)
{
    struct cq_people *people;
    struct cq_err err = {0};
    struct cq_db db;
    int changes = 0, listed = 0;
    (void)state;
    model_draw(&model, cq_date_make(2023, 1, 1), 20261130);
    assert_int_equal(cq_db_open(&db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    model_write(&model, &db);
    assert_int_equal(cq_people_open(&people, &db, law, 1, &err), CQ_OK);
    for (int i = 0; i < ASKED; i++)
        compare(people, model_iin((int)draw(&model, MODEL_PEOPLE)), i % CQ_SERVICES, &changes,
                &listed);
    print_message("%d changes, %d told by lists\n", changes, listed);
    assert_true(changes > 500 && listed > 150);
    cq_people_close(people);
    cq_db_close(&db);
}

static int setup(void **state)
{
    struct cq_err err = {0};
    (void)state;
    return cq_law_load(&law, NULL, &err) != CQ_OK;
}

static int teardown(void **state)
{
    (void)state;
    cq_law_free(law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_has_its_answer),
    };
    return cmocka_run_group_tests_name("timeline", tests, setup, teardown);
}
