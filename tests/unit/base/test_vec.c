/* Growth of arrays: contents kept, room doubled, sizes that no memory can hold refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/vec.h"

static void test_elements_are_kept(void **state)
{
    (void)state;
    int32_t *list = NULL;
    size_t room = 0, moves = 0;
    for (size_t i = 0; i < 10000; i++) {
        size_t before = room;
        int32_t *grown = cq_grow(list, i + 1, &room, sizeof *list);
        assert_non_null(grown);
        assert_true(room > i);
        moves += room != before;
        list = grown;
        list[i] = (int32_t)i;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(list[i], i);
    assert_in_range(moves, 5, 15);
    free(list);
}

static void test_much_room_at_once(void **state)
{
    (void)state;
    size_t room = 0;
    int64_t *list = cq_grow(NULL, 5000, &room, sizeof *list);
    assert_non_null(list);
    assert_int_equal(room, 5000);
    free(list);
}

static void test_too_much_leaves_the_list(void **state)
{
    (void)state;
    size_t room = 0;
    int64_t *list = cq_grow(NULL, 1, &room, sizeof *list), *same = list;
    size_t before = room;
    list[0] = 7;
    assert_null(cq_grow(list, SIZE_MAX / 4, &room, sizeof *list));
    assert_null(cq_grow(list, SIZE_MAX, &room, sizeof *list));
    assert_int_equal(room, before);
    assert_int_equal(same[0], 7);
    room = SIZE_MAX - 1; /* twice that overflows */
    assert_null(cq_grow(list, SIZE_MAX, &room, 1));
    free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements_are_kept),
        cmocka_unit_test(test_much_room_at_once),
        cmocka_unit_test(test_too_much_leaves_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
