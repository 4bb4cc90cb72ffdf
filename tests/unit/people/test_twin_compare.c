/* Two people compared: which mistakes are one person's, and what tells two apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/date.h"
#include "people/twin_compare.h"

enum { MAN, WOMAN, UNKNOWN = -1 };

/* The man that all are compared with, who has IIN 850315100006. */
static const struct cq_twin_person base = {.iin = 850315100006,
                                           .last = "omar",
                                           .first = "askar",
                                           .middle = "serk",
                                           .whole = "omarov",
                                           .written = 1,
                                           .sex = MAN};

static struct cq_twin_person born(int year, int month, int day)
{
    struct cq_twin_person p = base;
    p.iin = 850315170017;
    p.birth = cq_date_make(year, month, day);
    return p;
}

static unsigned with(struct cq_twin_person other)
{
    struct cq_twin_person one = base;
    one.birth = cq_date_make(1985, 3, 5);
    unsigned reasons = cq_twin_compare(&one, &other, false);
    assert_int_equal(cq_twin_compare(&other, &one, false), reasons);
    return reasons;
}

static void test_births(void **state)
{
    struct cq_twin_person p;
    (void)state;
    assert_int_equal(with(born(1985, 3, 5)), CQ_TWIN_SAME);
    assert_int_equal(with(born(1985, 5, 3)), CQ_TWIN_BIRTH_SWAPPED);
    assert_int_equal(with(born(1986, 3, 5)), CQ_TWIN_BIRTH_DIGIT);
    assert_int_equal(with(born(1975, 3, 5)), CQ_TWIN_BIRTH_DIGIT);
    assert_int_equal(with(born(1985, 3, 15)), CQ_TWIN_BIRTH_DIGIT);
    assert_int_equal(with(born(1985, 4, 6)), 0);
    assert_int_equal(with(born(1986, 5, 3)), 0);
    p = born(1986, 3, 5);
    p.middle = "";
    assert_int_equal(with(p), 0); /* of namesakes a year apart one must know the father */
}

static void test_names(void **state)
{
    struct cq_twin_person p = born(1985, 3, 5);
    (void)state;
    p.written = 2;
    assert_int_equal(with(p), CQ_TWIN_SPELLING);
    p.first = "askr";
    assert_int_equal(with(p), CQ_TWIN_ONE_LETTER);
    p.last = "omr";
    p.whole = "omrov";
    assert_int_equal(with(p), CQ_TWIN_ONE_LETTER); /* two, but the father is the same */
    p.middle = "";
    assert_int_equal(with(p), 0);
    p.last = p.whole = "askar";
    p.first = "omar";
    assert_int_equal(with(p), CQ_TWIN_SWAPPED_NAMES);
    p.middle = "bolat";
    assert_int_equal(with(p), 0); /* another father */
    p = born(1985, 3, 5);
    p.last = p.whole = "ahmetov";
    assert_int_equal(with(p), 0);
    p.last = p.first = p.whole = "";
    assert_int_equal(with(p), 0); /* names of no sound are no names in common */
}

/* A letter of the ending: what is left is not the name without it. */
static void test_endings(void **state)
{
    struct cq_twin_person p = born(1985, 3, 5);
    (void)state;
    p.last = p.whole = "omarvo";
    assert_int_equal(with(p), CQ_TWIN_ONE_LETTER);
}

static void test_one_letter_and_a_date_are_two_mistakes(void **state)
{
    struct cq_twin_person p = born(1985, 5, 3);
    (void)state;
    p.first = "askr";
    assert_int_equal(with(p), 0);
}

/* Алина and Арина, born together, are sisters. */
static void test_a_letter_between_two_names(void **state)
{
    struct cq_twin_person a = base, b = base;
    (void)state;
    b.iin = 850315170017;
    a.first = "alna";
    b.first = "arna";
    assert_int_equal(cq_twin_compare(&a, &b, false), CQ_TWIN_ONE_LETTER);
    assert_int_equal(cq_twin_compare(&a, &b, true), 0);
    b.first = a.first;
    b.last = "omr";
    b.whole = "omrov";
    assert_int_equal(cq_twin_compare(&a, &b, true), CQ_TWIN_ONE_LETTER);
}

static void test_sexes(void **state)
{
    struct cq_twin_person p = born(1985, 3, 5);
    (void)state;
    p.sex = WOMAN;
    assert_int_equal(with(p), CQ_TWIN_SAME); /* all else is the same: the sex is the mistake */
    p.middle = "";
    assert_int_equal(with(p), 0);
    p.sex = UNKNOWN;
    assert_int_equal(with(p), CQ_TWIN_SAME);
}

static void test_iins(void **state)
{
    struct cq_twin_person p = born(1985, 3, 5);
    (void)state;
    p.iin = 850315100014;
    assert_int_equal(with(p), CQ_TWIN_SAME | CQ_TWIN_IIN_DIGIT);
    p.iin = 850315100114;
    assert_int_equal(with(p), CQ_TWIN_SAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_births),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_endings),
        cmocka_unit_test(test_one_letter_and_a_date_are_two_mistakes),
        cmocka_unit_test(test_a_letter_between_two_names),
        cmocka_unit_test(test_sexes),
        cmocka_unit_test(test_iins),
    };
    return cmocka_run_group_tests_name("twin_compare", tests, NULL, NULL);
}
