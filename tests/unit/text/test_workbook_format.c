/* Tests of text/workbook_format.c and workbook_number.c: what number formats mean, and how numbers
 * are written. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "text/workbook_format.h"
#include "text/workbook_number.h"

static void codes_are_told_by_what_they_show(void **state)
{
    static const struct {
        const char *code;
        enum cq_number_kind kind;
    } cases[] = {
        {"General", CQ_NUMBER_PLAIN},
        {"GENERAL", CQ_NUMBER_PLAIN},
        {"", CQ_NUMBER_PLAIN},
        {"@", CQ_NUMBER_PLAIN},
        {"0", CQ_NUMBER_PLAIN},
        {"0.00", CQ_NUMBER_PLAIN},
        {"#,##0", CQ_NUMBER_PLAIN},
        {"#,##0.00\" d\"", CQ_NUMBER_PLAIN},
        {"0%", CQ_NUMBER_PLAIN},
        {"0.00E+00", CQ_NUMBER_PLAIN},
        {"[Red]0.00;[Blue]\\-0.00", CQ_NUMBER_PLAIN},
        {"[Red]General", CQ_NUMBER_PLAIN},
        {"\"dd.mm\"0", CQ_NUMBER_DIGITS},
        {"\\d0.0", CQ_NUMBER_PLAIN},
        {"# ?/?", CQ_NUMBER_PLAIN},
        {"[$\xE2\x82\xB8-43F]#,##0", CQ_NUMBER_PLAIN},
        {"_-* #,##0_d", CQ_NUMBER_PLAIN},
        {"[<=9999999]000\\-0000;0000000000", CQ_NUMBER_PLAIN},
        {"dd.mm.yyyy", CQ_NUMBER_DATE},
        {"DD.MM.YYYY", CQ_NUMBER_DATE},
        {"dd\\.mm\\.yyyy;@", CQ_NUMBER_DATE},
        {"[$-419]d mmmm yyyy", CQ_NUMBER_DATE},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", CQ_NUMBER_DATE},
        {"yyyy-mm-dd", CQ_NUMBER_DATE},
        {"m/d/yy", CQ_NUMBER_DATE},
        {"mmmm", CQ_NUMBER_DATE},
        {"yyyy\" \xD0\xB3.\"", CQ_NUMBER_DATE},
        {"[Red]dd.mm.yyyy", CQ_NUMBER_DATE},
        {"dd.mm.yyyy hh:mm", CQ_NUMBER_DATE_TIME},
        {"m/d/yy h:mm AM/PM", CQ_NUMBER_DATE_TIME},
        {"h:mm", CQ_NUMBER_TIME},
        {"mm:ss.0", CQ_NUMBER_TIME},
        {"[h]:mm:ss", CQ_NUMBER_TIME},
        {"[mm]:ss", CQ_NUMBER_TIME},
        {"h AM/PM", CQ_NUMBER_TIME},
        {"000000000000", CQ_NUMBER_DIGITS},
        {"000000000000;-000000000000", CQ_NUMBER_DIGITS},
        {"\"HZ\"0000000", CQ_NUMBER_DIGITS},
        {"000\\-000\\-000\\ 00", CQ_NUMBER_DIGITS},
        {"00.00", CQ_NUMBER_PLAIN},
        {"\"", CQ_NUMBER_PLAIN},
        {"[", CQ_NUMBER_PLAIN},
        {"\\", CQ_NUMBER_PLAIN},
        {"00000000000000000000000000000000000000000000000000", CQ_NUMBER_PLAIN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum cq_number_kind kind = cq_number_format_parse(cases[i].code).kind;
        if (kind != cases[i].kind)
            fail_msg("%s is %d, not %d", cases[i].code, (int)kind, (int)cases[i].kind);
    }
}

static void formats_with_a_number_need_no_code(void **state)
{
    (void)state;
    for (int id = 0; id < 60; id++) {
        enum cq_number_kind kind = cq_number_format_builtin(id).kind;
        bool date = (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
        bool time = (id >= 18 && id <= 21) || (id >= 45 && id <= 47);
        assert_int_equal(kind, date       ? CQ_NUMBER_DATE
                               : time     ? CQ_NUMBER_TIME
                               : id == 22 ? CQ_NUMBER_DATE_TIME
                                          : CQ_NUMBER_PLAIN);
    }
}

static void numbers_are_written_as_lists_write_them(void **state)
{
    static const struct {
        const char *code, *number;
        bool date1904;
        const char *want;
    } cases[] = {
        {"General", "850315100006", false, "850315100006"},
        {"General", "8.50315100006E11", false, "850315100006"},
        {"General", "8.50315100006E+11", false, "850315100006"},
        {"General", "50315100039", false, "50315100039"},
        {"General", "12.0", false, "12"},
        {"General", "007", false, "7"},
        {"General", "0", false, "0"},
        {"General", "-0", false, "0"},
        {"General", "-5", false, "-5"},
        {"General", "0.30000000000000004", false, "0.3"},
        {"General", "1.5E-7", false, "1.5e-07"},
        {"General", "12345678901234567890", false, "12345678901234567890"},
        {"0.00", "1234.5", false, "1234.5"},
        {"#,##0", "1234", false, "1234"},
        {"General", "x", false, "x"},
        {"General", "nan", false, "nan"},
        {"General", "0x10", false, "0x10"},
        {"dd.mm.yyyy", "abc", false, "abc"},
        {"000000000000", "50315100039", false, "050315100039"},
        {"000000000000", "5.0315100039E10", false, "050315100039"},
        {"000000000000", "850315100006", false, "850315100006"},
        {"000", "12345", false, "12345"},
        {"\"HZ\"0000000", "12", false, "HZ0000012"},
        {"000\\-00", "12345", false, "123-45"},
        {"000\\-00", "1234567", false, "12345-67"},
        {"000\\-00", "7", false, "000-07"},
        {"0000", "-5", false, "-5"},
        {"0000", "1.5", false, "1.5"},
        {"dd.mm.yyyy", "1", false, "1900-01-01"},
        {"dd.mm.yyyy", "59", false, "1900-02-28"},
        {"dd.mm.yyyy", "60", false, "1900-02-29"},
        {"dd.mm.yyyy", "61", false, "1900-03-01"},
        {"dd.mm.yyyy", "31121", false, "1985-03-15"},
        {"dd.mm.yyyy", "45306", false, "2024-01-15"},
        {"dd.mm.yyyy", "2958465", false, "9999-12-31"},
        {"dd.mm.yyyy", "2958466", false, "2958466"},
        {"dd.mm.yyyy", "0", false, "0"},
        {"dd.mm.yyyy", "-1", false, "-1"},
        {"dd.mm.yyyy", "0", true, "1904-01-01"},
        {"dd.mm.yyyy", "43844", true, "2024-01-15"},
        {"dd.mm.yyyy", "60", true, "1904-03-01"},
        {"dd.mm.yyyy", "2957003", true, "9999-12-31"},
        {"dd.mm.yyyy", "2957004", true, "2957004"},
        {"dd.mm.yyyy", "45306.75", false, "2024-01-15"},
        {"dd.mm.yyyy", "45305.999999999", false, "2024-01-15"},
        {"dd.mm.yyyy hh:mm", "45306", false, "2024-01-15"},
        {"dd.mm.yyyy hh:mm", "45306.4375", false, "2024-01-15 10:30"},
        {"dd.mm.yyyy hh:mm", "45306.437511574074", false, "2024-01-15 10:30:01"},
        {"h:mm", "0.4375", false, "10:30"},
        {"[h]:mm", "1.0625", false, "25:30"},
        {"h:mm", "-1", false, "-1"},
    };
    struct cq_str out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cq_number_format format = cq_number_format_parse(cases[i].code);
        cq_str_clear(&out);
        cq_number_write(&format, cases[i].number, strlen(cases[i].number), cases[i].date1904, &out);
        if (!out.ptr || strcmp(out.ptr, cases[i].want) != 0)
            fail_msg("%s as %s is '%s', not '%s'", cases[i].number, cases[i].code,
                     out.ptr ? out.ptr : "", cases[i].want);
    }
    cq_str_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_told_by_what_they_show),
        cmocka_unit_test(formats_with_a_number_need_no_code),
        cmocka_unit_test(numbers_are_written_as_lists_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
