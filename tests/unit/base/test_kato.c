/* KATO codes: reading, regions, inclusion of places in areas, nearness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "cq/kato.h"

static int32_t kato_of(const char *text)
{
    int32_t kato = 0;
    assert_int_equal(cq_kato_parse(text, strlen(text), &kato), CQ_OK);
    return kato;
}

static enum cq_inside inside(const char *place, const char *area)
{
    return cq_kato_inside(kato_of(place), kato_of(area));
}

static void test_reading(void **state)
{
    (void)state;
    assert_int_equal(kato_of("71"), 71);
    assert_int_equal(kato_of("113233100"), 113233100);
    static const char *const bad[] = {"",    "7",  "07",  "071000000", "7100000000", "71 ",
                                      " 71", "7a", "-71", "71.0",      "7/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t kato = 4711;
        assert_int_equal(cq_kato_parse(bad[i], strlen(bad[i]), &kato), CQ_R_KATO);
        assert_int_equal(kato, 4711);
    }
}

static void test_regions(void **state)
{
    (void)state;
    assert_int_equal(cq_kato_region(71), 71);
    assert_int_equal(cq_kato_region(711), 71);
    assert_int_equal(cq_kato_region(999999999), 99);
    assert_int_equal(cq_kato_region(113233100), 11);
}

static void test_places_inside_areas(void **state)
{
    (void)state;
    assert_int_equal(inside("113233100", "11"), CQ_INSIDE);
    assert_int_equal(inside("113233100", "110000000"), CQ_INSIDE);
    assert_int_equal(inside("113233100", "113200000"), CQ_INSIDE);
    assert_int_equal(inside("113233100", "113233000"), CQ_INSIDE);
    assert_int_equal(inside("113233100", "113233100"), CQ_INSIDE);
    assert_int_equal(inside("113200000", "1132"), CQ_INSIDE);
    assert_int_equal(inside("11", "110000000"), CQ_INSIDE);
    assert_int_equal(inside("110000000", "11"), CQ_INSIDE);
}

static void test_places_outside(void **state)
{
    (void)state;
    assert_int_equal(inside("113233100", "12"), CQ_OUTSIDE);
    assert_int_equal(inside("113233100", "113400000"), CQ_OUTSIDE);
    assert_int_equal(inside("113233100", "113233200"), CQ_OUTSIDE);
    assert_int_equal(inside("710000000", "75"), CQ_OUTSIDE);
    assert_int_equal(inside("71", "750000000"), CQ_OUTSIDE);
}

static void test_coarse_places_may_be_inside(void **state)
{
    (void)state;
    assert_int_equal(inside("11", "113233100"), CQ_MAYBE_INSIDE);
    assert_int_equal(inside("110000000", "113200000"), CQ_MAYBE_INSIDE);
    assert_int_equal(inside("113200000", "113233100"), CQ_MAYBE_INSIDE);
    assert_int_equal(inside("113233000", "113233100"), CQ_MAYBE_INSIDE);
}

static void test_only_whole_groups_of_zeros_are_dropped(void **state)
{
    (void)state;
    /* A village code that ends in zeros of its own group is not shortened. */
    assert_int_equal(inside("113233200", "113233100"), CQ_OUTSIDE);
    assert_int_equal(inside("113233100", "113233110"), CQ_OUTSIDE);
    /* 10 in the third group is an okrug, not a district. */
    assert_int_equal(inside("113220100", "113210000"), CQ_OUTSIDE);
    assert_int_equal(inside("113210100", "113210000"), CQ_INSIDE);
    /* Zeros before a group that is not zero are kept. */
    assert_int_equal(inside("113210100", "110010000"), CQ_OUTSIDE);
    /* Shorter codes are prefixes already. */
    assert_int_equal(inside("1132", "1100"), CQ_OUTSIDE);
    assert_int_equal(inside("11", "1100"), CQ_MAYBE_INSIDE);
}

static void test_shared_digits(void **state)
{
    (void)state;
    assert_int_equal(cq_kato_shared(113233100, 113233100), 9);
    assert_int_equal(cq_kato_shared(113233100, 113233200), 6);
    assert_int_equal(cq_kato_shared(113233100, 1132), 4);
    assert_int_equal(cq_kato_shared(11, 113233100), 2);
    assert_int_equal(cq_kato_shared(71, 75), 1);
    assert_int_equal(cq_kato_shared(710000000, 750000000), 1);
    assert_int_equal(cq_kato_shared(35, 711110000), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_places_inside_areas),
        cmocka_unit_test(test_places_outside),
        cmocka_unit_test(test_coarse_places_may_be_inside),
        cmocka_unit_test(test_only_whole_groups_of_zeros_are_dropped),
        cmocka_unit_test(test_shared_digits),
    };
    return cmocka_run_group_tests_name("kato", tests, NULL, NULL);
}
