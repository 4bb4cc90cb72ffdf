/* Tables for people: how they fold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cq/utf8.h"
#include "text/table.h"

static struct cq_str written;

static void keep(struct cq_str *lines, void *context)
{
    (void)context;
    cq_str_put(&written, lines->ptr ? lines->ptr : "", lines->len);
    cq_str_clear(lines);
}

/* Writes a table of cells; NULL at the end. Owner: the test, until the next call. */
static const char *table(size_t columns, size_t width, const char *const *cells)
{
    struct cq_table *t;
    cq_str_clear(&written);
    assert_int_equal(cq_table_new(&t, columns, width), CQ_OK);
    for (; *cells; cells++)
        assert_int_equal(cq_table_add(t, *cells, strlen(*cells), **cells >= '0' && **cells <= '9'),
                         CQ_OK);
    assert_int_equal(cq_table_write(t, keep, NULL), CQ_OK);
    cq_table_free(t);
    return written.ptr;
}

static void test_cells_go_on_in_the_next_line(void **state)
{
    static const char *const cells[] = {"код", "мағынасы",        "n", "A", "бір екі үш төрт",
                                        "15",  "B;C;D;E;F;G;H;I", "қ", "1", NULL};
    (void)state;
    assert_string_equal(table(3, 0, cells), "код              мағынасы         n\n"
                                            "---------------  ---------------  --\n"
                                            "A                бір екі үш төрт  15\n"
                                            "B;C;D;E;F;G;H;I  қ                 1\n");
    assert_string_equal(table(3, 24, cells), "код        мағынасы   n\n"
                                             "---------  ---------  --\n"
                                             "A          бір екі    15\n"
                                             "           үш төрт\n"
                                             "B;C;D;E;   қ           1\n"
                                             "F;G;H;I\n");
}

static void test_rows_that_do_not_fit_are_lists(void **state)
{
    static const char *const cells[] = {"Тегі", "Аты",       "Ұйым",     "Әбдірахманов", "Сәкен",
                                        "",     "Серікбаев", "Қасымхан", "МВД-71-1",     NULL};
    (void)state;
    assert_string_equal(table(3, 25, cells), "Тегі  Әбдірахманов\n"
                                             "Аты   Сәкен\n"
                                             "\n"
                                             "Тегі  Серікбаев\n"
                                             "Аты   Қасымхан\n"
                                             "Ұйым  МВД-71-1\n");
}

static void test_wide_characters_count_twice(void **state)
{
    static const char *const cells[] = {"名", "x", "漢字", "y", "e\xcc\x81", "z", NULL};
    (void)state;
    assert_string_equal(table(2, 0, cells), "名    x\n----  -\n漢字  y\ne\xcc\x81     z\n");
}

/* Whatever the cells and the width: no line is wider, and no letter is lost. */
static void test_no_letter_is_lost(void **state)
{
    static const char *const words[] = {"ә",     "бір",  "екі;үш|", "others-outpatient-gobmp",
                                        "фонд,", "漢字", "  ",      ""};
    unsigned seed = 1;
    (void)state;
    for (int run = 0; run < 3000; run++) {
        struct cq_str cells[12] = {{0}};
        const char *list[13] = {0};
        size_t columns = 1 + (size_t)run % 4, width = 12 + (size_t)run % 40, letters = 0, got = 0;
        for (size_t i = 0; i < 12; i++) {
            cq_str_puts(&cells[i], i < columns ? "Head" : "");
            for (unsigned k = 0; k < seed % 6; k++) {
                seed = seed * 1103515245u + 12345;
                cq_str_puts(&cells[i], words[seed >> 16 & 7]);
                cq_str_puts(&cells[i], seed >> 20 & 1 ? " " : "");
            }
            seed = seed * 1103515245u + 12345;
            list[i] = cells[i].ptr;
        }
        const char *text = table(columns, width, list);
        for (const char *line = text; *line != '\0';) {
            size_t len = strcspn(line, "\n");
            assert_true(cq_utf8_width(line, len) <= width);
            assert_true(len == 0 || line[len - 1] != ' ' || strchr(line, '\n'));
            line += len + 1;
        }
        for (size_t i = columns; i < 12; i++)
            for (const char *at = cells[i].ptr; *at != '\0'; at++)
                letters += (unsigned char)*at >= 0x80;
        for (const char *at = text; *at != '\0'; at++)
            got += (unsigned char)*at >= 0x80;
        for (size_t i = 0; i < columns; i++) /* a header is once above, or before each cell */
            for (const char *at = cells[i].ptr; *at != '\0'; at++)
                letters += (unsigned char)*at >= 0x80 && strstr(text, "---");
        if (strstr(text, "---"))
            assert_int_equal(got, letters);
        else
            assert_true(got >= letters);
        for (size_t i = 0; i < 12; i++)
            cq_str_free(&cells[i]);
    }
}

static void test_folded_text(void **state)
{
    struct cq_str out = {0};
    (void)state;
    cq_table_fold(&out, "бір екі үш", 8);
    cq_table_fold(&out, "", 8);
    cq_table_fold(&out, "бір екі үш", 0);
    assert_string_equal(out.ptr, "бір екі\nүш\n\nбір екі үш\n");
    cq_str_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_go_on_in_the_next_line),
        cmocka_unit_test(test_rows_that_do_not_fit_are_lists),
        cmocka_unit_test(test_wide_characters_count_twice),
        cmocka_unit_test(test_no_letter_is_lost),
        cmocka_unit_test(test_folded_text),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    cq_str_free(&written);
    return failed;
}
