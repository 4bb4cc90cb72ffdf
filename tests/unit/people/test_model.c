/* Facts and changes of people against a second reading, day by day, on a registry drawn at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model_draw.h"

static struct cq_law *law;
static struct model model;

struct opened {
    struct cq_db db;
    struct cq_people *people;
};

static void open_model(struct opened *o, int year, uint64_t seed)
{
    struct cq_err err = {0};
    model_draw(&model, cq_date_make(year, 1, 1), seed);
    assert_int_equal(cq_db_open(&o->db, NULL, CQ_DB_MEMORY, 0, &err), CQ_OK);
    model_write(&model, &o->db);
    assert_int_equal(cq_people_open(&o->people, &o->db, law, 1, &err), CQ_OK);
}

static void close_model(struct opened *o)
{
    cq_people_close(o->people);
    cq_db_close(&o->db);
}

static void compare_facts(uint64_t facts, uint64_t wanted, int person, int32_t day)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        uint64_t field = cq_fact_field((enum cq_fact)i);
        if ((facts & field) != (wanted & field)) {
            print_error("person %d, day %d: %s\n", person, (int)day, cq_fact_name((enum cq_fact)i));
            assert_int_equal(facts & field, wanted & field);
        }
    }
}

/* A day around one that a role of the person names, or any. */
static int32_t draw_question_day(int person)
{
    for (int i = 0; i < model.role_count; i++) {
        const struct model_role *r = &model.roles[i];
        const struct birth *b = &model.births[person];
        const int32_t days[] = {r->student_until,      r->killed_on,          r->to,
                                model_birthday(b, 18), model_birthday(b, 23), model_birthday(b, 0)};
        int32_t day = days[draw(&model, 6)];
        if (r->person == person && day != NO_DAY && draw(&model, 2))
            return day - 1 + (int32_t)draw(&model, 3);
    }
    return draw_day(&model);
}

/* Values of each fact that were compared, so that none is left out by the draw. */
static void test_facts_of_every_role(void **state)
{
    static const int years[] = {2019, 2023, 2026};
    uint64_t seen = 0;
    int several = 0, roles = 0;
    (void)state;
    for (int y = 0; y < 3; y++) {
        struct opened o;
        open_model(&o, years[y], 20261126 + (uint64_t)y);
        for (int i = 0; i < MODEL_PEOPLE * 20; i++) {
            struct cq_answer answers[CQ_ROLES_MAX];
            struct model_answer wanted[CQ_ROLES_MAX];
            const char *profile;
            int person = (int)draw(&model, MODEL_PEOPLE), count;
            struct cq_request q = draw_request(&model, draw_question_day(person), &profile);
            int n = model_answers(&model, law, person, &q, profile, q.day, wanted);
            assert_int_equal(
                cq_people_decide(o.people, model_iin(person), &q, answers, &count, NULL), CQ_OK);
            assert_int_equal(count, n);
            for (int k = 0; k < n; k++) {
                assert_int_equal(answers[k].category,
                                 wanted[k].role ? wanted[k].role->category : CQ_CATEGORY_NONE);
                assert_int_equal(answers[k].agency, wanted[k].role ? wanted[k].role->agency : 0);
                compare_facts(answers[k].facts, wanted[k].facts, person, q.day);
                assert_string_equal(answers[k].facility, wanted[k].facility);
                for (int f = 0; f < CQ_FACTS; f++) {
                    uint64_t bits = wanted[k].facts & cq_fact_field((enum cq_fact)f);
                    if ((bits & (bits - 1)) == 0)
                        seen |= bits;
                    else
                        several += bits != cq_fact_field((enum cq_fact)f);
                }
                roles++;
            }
        }
        close_model(&o);
    }
    assert_int_equal(seen, cq_facts_all);
    assert_in_range(several, 1000, 1000000);
    assert_in_range(roles, 18000, 1000000);
}

static bool same_cells(const struct model_answer *a, const struct model_answer *b)
{
    const struct cq_decision *x = &a->decision, *y = &b->decision;
    if (x->rule_count != y->rule_count)
        return false;
    for (int i = 0; i < x->rule_count; i++)
        if (x->rules[i] != y->rules[i])
            return false;
    return strcmp(x->outcome, y->outcome) == 0 && strcmp(x->provider, y->provider) == 0 &&
           strcmp(x->payer, y->payer) == 0 && strcmp(x->referral, y->referral) == 0 &&
           strcmp(x->documents, y->documents) == 0 && strcmp(x->reasons, y->reasons) == 0 &&
           strcmp(x->basis, y->basis) == 0 && strcmp(x->certainty, y->certainty) == 0 &&
           strcmp(a->facility, b->facility) == 0 && x->gaps == y->gaps &&
           x->missing == y->missing && !a->role == !b->role &&
           (!a->role ||
            (a->role->category == b->role->category && a->role->agency == b->role->agency));
}

/* The answer of a role on a later day is that of the same agency's list; of the person, the
 * first. */
static const struct model_answer *same_role(const struct model_answer *now, bool first,
                                            const struct model_answer *later, int count)
{
    for (int i = 0; i < count && !first; i++)
        if (later[i].role && later[i].role->agency == now->role->agency)
            return &later[i];
    return first ? &later[0] : NULL;
}

/* changes_on is the first later day on which a decision made anew differs. */
static void test_changes_day_by_day(void **state)
{
    static const int years[] = {2019, 2021, 2023, 2026};
    int changes = 0, of_roles = 0;
    (void)state;
    for (int y = 0; y < 4; y++) {
        struct opened o;
        open_model(&o, years[y], 711 + (uint64_t)y);
        for (int person = 0; person < MODEL_PEOPLE; person++) {
            struct cq_answer answers[CQ_ROLES_MAX];
            struct model_answer now[CQ_ROLES_MAX], later[CQ_ROLES_MAX];
            const char *profile;
            struct cq_request q =
                draw_request(&model, model.first + (int32_t)draw(&model, 700), &profile);
            int count, n = model_answers(&model, law, person, &q, profile, q.day, now), open = n;
            int32_t on[CQ_ROLES_MAX];
            assert_int_equal(
                cq_people_decide(o.people, model_iin(person), &q, answers, &count, NULL), CQ_OK);
            assert_int_equal(count, n);
            assert_int_equal(
                cq_people_next_change(o.people, model_iin(person), &q, answers, count, NULL),
                CQ_OK);
            for (int k = 0; k < n; k++)
                on[k] = CQ_DAY_MAX;
            for (int32_t day = q.day + 1; day < model.first + 8 * 365 && open > 0; day++) {
                int m = model_answers(&model, law, person, &q, profile, day, later);
                for (int k = 0; k < n; k++) {
                    const struct model_answer *l = same_role(&now[k], k == 0, later, m);
                    if (on[k] != CQ_DAY_MAX || (l && same_cells(&now[k], l)))
                        continue;
                    on[k] = day;
                    open--;
                }
            }
            for (int k = 0; k < n; k++) {
                if (on[k] == CQ_DAY_MAX)
                    assert_true(answers[k].changes_on >= model.first + 8 * 365);
                else
                    assert_int_equal(answers[k].changes_on, on[k]);
                changes += on[k] != CQ_DAY_MAX;
                of_roles += k > 0 && on[k] != CQ_DAY_MAX;
            }
        }
        close_model(&o);
    }
    assert_in_range(changes, MODEL_PEOPLE, 100000);
    assert_in_range(of_roles, 100, 100000);
}

static int load(void **unused)
{
    (void)unused;
    return !cq_law_load(&law, NULL, NULL) ? 0 : -1;
}

static int unload(void **unused)
{
    (void)unused;
    cq_law_free(law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_of_every_role),
        cmocka_unit_test(test_changes_day_by_day),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
