/* Errors: the table of codes is sound, the first error wins, places are added once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include "cq/err.h"

static void test_ids_are_well_formed_and_unique(void **state)
{
    (void)state;
    assert_string_equal(cq_code_id(CQ_OK), "CQ-OK");
    assert_int_equal(cq_code_status(CQ_OK), 0);
    assert_string_equal(cq_code_text(CQ_OK), "");
    for (int i = 1; i < CQ_CODE_COUNT; i++) {
        const char *id = cq_code_id((enum cq_code)i);
        assert_int_equal(strlen(id), 7);
        assert_memory_equal(id, "CQ-", 3);
        assert_non_null(strchr("UFRWXODLB", id[3]));
        assert_int_equal(strspn(id + 4, "0123456789"), 3);
        for (int j = 1; j < i; j++)
            assert_string_not_equal(id, cq_code_id((enum cq_code)j));
    }
}

static void test_names_begin_with_the_letter_of_the_id(void **state)
{
    (void)state;
    static const char *const names[] = {
        "OK",
#define CQ_CODE(name, id, status, text, step) #name,
#include "cq/codes.def"
#undef CQ_CODE
    };
    for (int i = 1; i < CQ_CODE_COUNT; i++) {
        assert_int_equal(names[i][0], cq_code_id((enum cq_code)i)[3]);
        assert_int_equal(names[i][1], '_');
    }
}

static void test_texts_hold_at_most_one_hole(void **state)
{
    (void)state;
    for (int i = 1; i < CQ_CODE_COUNT; i++) {
        const char *text = cq_code_text((enum cq_code)i);
        assert_true(strlen(text) > 0);
        const char *percent = strchr(text, '%');
        if (percent) {
            assert_int_equal(percent[1], 's');
            assert_null(strchr(percent + 1, '%'));
        }
        assert_null(strchr(text, '\n'));
        const char *step = cq_code_step((enum cq_code)i);
        assert_true(strlen(step) > 0);
        assert_null(strchr(step, '\n'));
        assert_null(strchr(step, '%'));
    }
}

static void test_statuses_are_those_of_the_contract(void **state)
{
    (void)state;
    for (int i = 1; i < CQ_CODE_COUNT; i++) {
        switch (cq_code_status((enum cq_code)i)) {
        case 0: assert_int_equal(cq_code_id((enum cq_code)i)[3], 'W'); break;
        case 1:
        case 2:
        case 3:
        case 4:
        case 5:
        case 70: break;
        default: fail_msg("%s has another status", cq_code_id((enum cq_code)i));
        }
    }
    assert_int_equal(cq_code_status(CQ_U_OPTION), 2);
    assert_int_equal(cq_code_status(CQ_R_IIN_CONTROL), 1);
    assert_int_equal(cq_code_status(CQ_O_WRITE), 4);
    assert_int_equal(cq_code_status(CQ_D_LOCKED), 5);
    assert_int_equal(cq_code_status(CQ_B_NOMEM), 70);
}

static void test_the_first_error_wins(void **state)
{
    (void)state;
    struct cq_err err = {0};
    assert_int_equal(cq_err_set(&err, CQ_O_OPEN, "%s, %d", "first", 1), CQ_O_OPEN);
    assert_int_equal(cq_err_set(&err, CQ_O_WRITE, "second"), CQ_O_WRITE);
    assert_int_equal(err.code, CQ_O_OPEN);
    assert_string_equal(err.detail, "first, 1");
    assert_int_equal(cq_err_set(NULL, CQ_B_NOMEM, NULL), CQ_B_NOMEM);

    struct cq_err bare = {0};
    cq_err_set(&bare, CQ_B_NOMEM, NULL);
    assert_string_equal(bare.detail, "");
}

static void test_a_place_is_added_once(void **state)
{
    (void)state;
    struct cq_err err = {0};
    cq_err_at(&err, "early.csv", 3, "iin");
    assert_int_equal(err.code, CQ_OK);
    assert_string_equal(err.file, "");
    assert_int_equal(err.line, 0);

    cq_err_set(&err, CQ_R_DATE, NULL);
    cq_err_at(&err, NULL, 0, "birth_date");
    assert_int_equal(err.code, CQ_R_DATE);
    cq_err_at(&err, "list.csv", 7, "iin");
    assert_int_equal(err.code, CQ_R_DATE);
    cq_err_at(&err, "other.csv", 8, NULL);
    assert_int_equal(err.code, CQ_R_DATE);
    assert_string_equal(err.file, "list.csv");
    assert_int_equal(err.line, 7);
    assert_string_equal(err.column, "birth_date");
}

static void test_long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char name[401] = "";
    for (size_t i = 0; i < 400; i += 2)
        memcpy(name + i, "\xD3\x98", 3);
    struct cq_err err = {0};
    cq_err_set(&err, CQ_O_OPEN, "%s", name);
    cq_err_at(&err, name, 1, name);
    assert_int_equal(strlen(err.detail), 254);
    assert_int_equal(strlen(err.file), 254);
    assert_int_equal(strlen(err.column), 62);

    /* An ASCII text, and one whose last character fits exactly, are not trimmed further. */
    struct cq_err fits = {0};
    cq_err_set(&fits, CQ_O_OPEN, "x%s", name);
    assert_int_equal(strlen(fits.detail), 255);
    memset(name, 'a', 400);
    struct cq_err plain = {0};
    cq_err_set(&plain, CQ_O_OPEN, "%s", name);
    cq_err_at(&plain, name, 1, "c");
    assert_int_equal(strlen(plain.detail), 255);
    assert_int_equal(strlen(plain.file), 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_are_well_formed_and_unique),
        cmocka_unit_test(test_names_begin_with_the_letter_of_the_id),
        cmocka_unit_test(test_texts_hold_at_most_one_hole),
        cmocka_unit_test(test_statuses_are_those_of_the_contract),
        cmocka_unit_test(test_the_first_error_wins),
        cmocka_unit_test(test_a_place_is_added_once),
        cmocka_unit_test(test_long_texts_are_cut_between_characters),
    };
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
