/* Headers to columns, fields to values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "cq/columns.h"
#include "cq/date.h"

static const char *const colours[] = {"dark_red|қызыл|красный", "green", NULL};
static const struct cq_column columns[] = {
    {"iin", CQ_TYPE_IIN, true, NULL, "жсн|иин"},
    {"last_name", CQ_TYPE_NAME, true, NULL, "тегі|фамилия"},
    {"colour", CQ_TYPE_CHOICE, false, colours, NULL},
    {"birth_date", CQ_TYPE_DATE, false, NULL, "туған күні|дата рождения"},
};
enum { COUNT = sizeof columns / sizeof *columns, FIELDS = 8 };

static void on_unknown(const struct cq_text *header, size_t place, const char *nearest,
                       void *context)
{
    struct cq_str *reported = context;
    (void)place;
    cq_str_printf(reported, "%.*s>%s ", (int)header->len, header->ptr, nearest ? nearest : "-");
}

/* Maps a header of fields joined by '|'. */
static enum cq_code map_to(const char *header, const char *const *given, int *map,
                           struct cq_str *reported, struct cq_err *err)
{
    struct cq_text fields[FIELDS];
    struct cq_row row = {.fields = fields};
    *err = (struct cq_err){0};
    for (const char *at = header; at; row.count++) {
        const char *end = strchr(at, '|');
        assert_true(row.count < FIELDS);
        fields[row.count] = (struct cq_text){at, end ? (size_t)(end - at) : strlen(at)};
        at = end ? end + 1 : NULL;
    }
    return cq_columns_map(columns, COUNT, &row, given, map, reported ? on_unknown : NULL, reported,
                          err);
}

static void mapped(const char *header, const char *const *given, int iin, int name, int colour,
                   int birth)
{
    int map[COUNT];
    struct cq_err err;
    assert_int_equal(map_to(header, given, map, NULL, &err), CQ_OK);
    assert_int_equal(map[0], iin);
    assert_int_equal(map[1], name);
    assert_int_equal(map[2], colour);
    assert_int_equal(map[3], birth);
}

static void test_headers_in_any_order_and_language(void **state)
{
    (void)state;
    mapped("iin|last_name|colour|birth_date", NULL, 0, 1, 2, 3);
    mapped("colour|x|last_name|iin", NULL, 3, 2, 0, -1);
    mapped("ЖСН|Тегі|ТУҒАН КҮНІ", NULL, 0, 1, -1, 2);
    mapped("ИИН|Фамилия|Дата рождения", NULL, 0, 1, -1, 2);
    mapped(" IIN | Last  Name |birth date", NULL, 0, 1, -1, 2);
    mapped("iin|LAST_NAME||", NULL, 0, 1, -1, -1);
}

static void test_decorated_headers(void **state)
{
    (void)state;
    mapped("ИИН*|* Фамилия|Colour:|Дата рождения (дд.мм.гггг)", NULL, 0, 1, 2, 3);
    mapped("1. ИИН|2) Тегі [міндетті]|№ п/п|Дата (рождения) *", NULL, 0, 1, -1, 3);
    mapped("ЖСН / ИИН|Тегі\nФамилия|colour|Туған күні (күн) / Дата рождения (дд)", NULL, 0, 1, 2,
           3);
    mapped("last_name|ИИН/ЖСН (12)|(colour)", NULL, 1, 0, 2, -1);
    /* A surer form of another header counts more, in any order. */
    mapped("ИИН (2)|Фамилия (до брака)|Фамилия|ИИН", NULL, 3, 2, -1, -1);
    /* Parts that mean different columns mean nothing. */
    mapped("iin|last_name|ИИН/Фамилия|colour/x", NULL, 0, 1, -1, -1);
    mapped("iin|last_name|12. |()|*|/", NULL, 0, 1, -1, -1);
}

static void test_headers_given_by_the_user(void **state)
{
    static const char *const good[] = {"iin=Номер", "colour=цвет", NULL};
    static const char *const bad[][2] = {{"iin", NULL},       {"iin=", NULL},  {"=x", NULL},
                                         {"nothing=x", NULL}, {"iin=y", NULL}, {"", NULL}};
    int map[COUNT];
    struct cq_err err;
    (void)state;
    mapped("НОМЕР|last_name|Цвет", good, 0, 1, 2, -1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(map_to("x|last_name", bad[i], map, NULL, &err), CQ_U_VALUE);
        assert_int_equal(err.code, CQ_U_VALUE);
    }
}

static void test_refused_headers(void **state)
{
    static const char *const given[] = {"iin=Номер", NULL};
    int map[COUNT];
    struct cq_err err;
    (void)state;
    assert_int_equal(map_to("colour|birth_date", NULL, map, NULL, &err), CQ_F_HEADER_MISSING);
    assert_string_equal(err.detail, "iin, last_name");
    assert_int_equal(map_to("iin|last_name|ИИН", NULL, map, NULL, &err), CQ_F_HEADER_TWICE);
    assert_string_equal(err.detail, "iin");
    assert_int_equal(map_to("iin|last_name|last name", NULL, map, NULL, &err), CQ_F_HEADER_TWICE);
    assert_int_equal(map_to("", NULL, map, NULL, &err), CQ_F_HEADER_MISSING);
    mapped("Номер|last_name", given, 0, 1, -1, -1);
    assert_int_equal(map_to("ИИН (1)|ИИН (2)|last_name", NULL, map, NULL, &err), CQ_F_HEADER_TWICE);
}

static void says(const char *header, const char *nearest, const char *expected)
{
    struct cq_str out = {0};
    const struct cq_text text = {header, strlen(header)};
    cq_columns_unknown(&text, 7, nearest, &out);
    assert_string_equal(out.ptr, expected);
    cq_str_free(&out);
}

static void test_an_unknown_header_that_may_be_a_persons_is_told_by_its_place(void **state)
{
    (void)state;
    says("brith date", "birth_date", "brith date (birth_date?)");
    says("cost_centre", NULL, "cost_centre");
    says("Ахметов Серик", NULL, "№ 7");
    says("Akhmetov", NULL, "№ 7");
    says("800101300123", NULL, "№ 7");
}

static void test_unknown_headers_name_the_nearest(void **state)
{
    int map[COUNT];
    struct cq_err err;
    struct cq_str reported = {0};
    (void)state;
    assert_int_equal(map_to("iin|last_name|colur|Фамлия2|qwertyuiop|", NULL, map, &reported, &err),
                     CQ_OK);
    assert_string_equal(reported.ptr, "colur>colour Фамлия2>last_name qwertyuiop>- ");
    cq_str_free(&reported);
}

/* Reads text as a type; text after '=' is what is printed again. */
static enum cq_code parse(enum cq_type type, const char *text, const char *want)
{
    static const char *const places[] = {"71|астана", "750|алматы қ.", NULL};
    const char *const *values = type == CQ_TYPE_CHOICE || type == CQ_TYPE_CHOICES ? colours
                                : type == CQ_TYPE_KATO || type == CQ_TYPE_KATOS   ? places
                                                                                  : NULL;
    struct cq_column column = {"c", type, false, values, NULL};
    struct cq_text field = {text, strlen(text)};
    struct cq_str scratch = {0}, printed = {0};
    struct cq_value value;
    enum cq_code code = cq_column_parse(&column, &field, &value, &scratch);
    if (!code) {
        assert_int_equal(value.present, want[0] != '\0');
        cq_str_puts(&printed, "");
        cq_column_print(&column, &value, &printed);
        assert_int_equal(printed.failed, CQ_OK);
        assert_string_equal(printed.ptr, want);
    }
    cq_str_free(&scratch);
    cq_str_free(&printed);
    return code;
}

static void test_values_of_each_type(void **state)
{
    (void)state;
    assert_int_equal(parse(CQ_TYPE_IIN, " 850315100006 ", "850315100006"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_IIN, "850315100007", ""), CQ_R_IIN_CONTROL);
    assert_int_equal(parse(CQ_TYPE_DATE, "29.02.2024", "2024-02-29"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_DATE, "2023-02-29", ""), CQ_R_DATE);
    assert_int_equal(parse(CQ_TYPE_DATE, "45000", ""), CQ_R_DATE_SERIAL);
    assert_int_equal(parse(CQ_TYPE_KATO, "750000000", "750000000"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_KATO, "7", ""), CQ_R_KATO);
    assert_int_equal(parse(CQ_TYPE_KATOS, "75  7110 11", "75  7110 11"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_KATO, " АСТАНА", "71"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_KATO, "Астана 2", ""), CQ_R_KATO);
    assert_int_equal(parse(CQ_TYPE_KATOS, "75;71 61, ", "75 71 61"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_KATOS, "Астана, 61; Алматы қ.", "71 61 750"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_KATOS, "Астана Алматы", ""), CQ_R_KATO);
    assert_int_equal(parse(CQ_TYPE_KATOS, "7;71", ""), CQ_R_KATO);
    assert_int_equal(parse(CQ_TYPE_NUMBER, "1000000", "1000000"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_NUMBER, "1000001", ""), CQ_R_NUMBER);
    assert_int_equal(parse(CQ_TYPE_NUMBER, "-1", ""), CQ_R_NUMBER);
    /* As spreadsheets write them. */
    assert_int_equal(parse(CQ_TYPE_IIN, "=\"850315100006\"", "850315100006"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_IIN, "850315-100006.0", "850315100006"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_IIN, "85O315100006", ""), CQ_R_IIN_LETTER);
    assert_int_equal(parse(CQ_TYPE_KATO, "710000000.0", "710000000"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_KATO, "711 110 000", "711110000"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_KATO, "75 71", ""), CQ_R_KATO);
    assert_int_equal(parse(CQ_TYPE_NUMBER, "20.0", "20"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_NUMBER, "1-2", ""), CQ_R_NUMBER);
    assert_int_equal(parse(CQ_TYPE_DATE, "2024-02-29 00:00:00", "2024-02-29"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_DATE, "29.02.2024 0:00", "2024-02-29"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_DATE, "2024-02-29 00:01", ""), CQ_R_DATE);
    assert_int_equal(parse(CQ_TYPE_DATE, "=\"29.02.2024\"", "2024-02-29"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_TEXT, "=\" № 12 \"", "№ 12"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_BOOLEAN, "1.0", "yes"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_TEXT, "\t a? 1 \xC2\xA0", "a? 1"), CQ_OK);
    for (int type = CQ_TYPE_IIN; type <= CQ_TYPE_CHOICES; type++) {
        assert_int_equal(parse((enum cq_type)type, "", ""), CQ_OK);
        assert_int_equal(parse((enum cq_type)type, " \t\xC2\xA0 ", ""), CQ_OK);
    }
}

static void test_booleans(void **state)
{
    static const char *const yes[] = {"yes", "1", "Иә", "ДА", "Yes", "да"};
    static const char *const no[] = {"no", "0", "жоқ", "НЕТ", "No", "Жоқ"};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(parse(CQ_TYPE_BOOLEAN, yes[i], "yes"), CQ_OK);
        assert_int_equal(parse(CQ_TYPE_BOOLEAN, no[i], "no"), CQ_OK);
    }
    assert_int_equal(parse(CQ_TYPE_BOOLEAN, "y", ""), CQ_R_BOOLEAN);
    assert_int_equal(parse(CQ_TYPE_BOOLEAN, "2", ""), CQ_R_BOOLEAN);
    assert_int_equal(parse(CQ_TYPE_BOOLEAN, "yes|no", ""), CQ_R_BOOLEAN);
}

static void test_choices(void **state)
{
    (void)state;
    assert_int_equal(parse(CQ_TYPE_CHOICE, "dark_red", "dark_red"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_CHOICE, "Dark Red", "dark_red"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_CHOICE, "ҚЫЗЫЛ", "dark_red"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_CHOICE, "green", "green"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_CHOICE, "қызыл|красный", ""), CQ_R_VALUE);
    assert_int_equal(parse(CQ_TYPE_CHOICE, "dark", ""), CQ_R_VALUE);
}

static void test_several_choices(void **state)
{
    (void)state;
    assert_int_equal(parse(CQ_TYPE_CHOICES, "green", "green"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_CHOICES, "green + Қызыл", "dark_red+green"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_CHOICES, "green;красный,green;", "dark_red+green"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_CHOICES, "green/dark_red", ""), CQ_R_VALUE);
    assert_int_equal(parse(CQ_TYPE_CHOICES, "green, blue", ""), CQ_R_VALUE);
    assert_int_equal(parse(CQ_TYPE_CHOICES, " + ", ""), CQ_R_VALUE);
}

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(parse(CQ_TYPE_NAME, "Қасымов-Ли", "Қасымов-Ли"), CQ_OK);
    assert_int_equal(parse(CQ_TYPE_NAME, "?асымов", ""), CQ_R_NAME_QUESTION);
    assert_int_equal(parse(CQ_TYPE_NAME, "a\nb", ""), CQ_R_CONTROL_CHARACTER);
    assert_int_equal(parse(CQ_TYPE_TEXT, "a\x7f", ""), CQ_R_CONTROL_CHARACTER);
    /* И and a breve become Й. */
    assert_int_equal(parse(CQ_TYPE_NAME, "И\xCC\x86", "Й"), CQ_OK);
}

/* The texts of a row stay where they are while further ones are read. */
static void test_text_limit_and_scratch(void **state)
{
    struct cq_column column = {"c", CQ_TYPE_TEXT, false, NULL, NULL};
    struct cq_str scratch = {0};
    struct cq_value values[40];
    char text[2002];
    (void)state;
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, "Қ", 2);
    struct cq_text field = {text, 1002};
    assert_int_equal(cq_column_parse(&column, &field, &values[0], &scratch), CQ_R_LONG);
    field.len = 1000;
    for (int i = 0; i < 40; i++)
        assert_int_equal(cq_column_parse(&column, &field, &values[i], &scratch), CQ_OK);
    for (int i = 0; i < 40; i++) {
        assert_int_equal(values[i].text.len, 1000);
        assert_memory_equal(values[i].text.ptr, text, 1000);
    }
    cq_str_free(&scratch);
}

static void test_required_values(void **state)
{
    struct cq_text field = {"  ", 2};
    struct cq_str scratch = {0};
    struct cq_value value;
    (void)state;
    assert_int_equal(cq_column_parse(&columns[0], &field, &value, &scratch), CQ_R_MISSING);
    cq_str_free(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers_in_any_order_and_language),
        cmocka_unit_test(test_decorated_headers),
        cmocka_unit_test(test_headers_given_by_the_user),
        cmocka_unit_test(test_refused_headers),
        cmocka_unit_test(test_unknown_headers_name_the_nearest),
        cmocka_unit_test(test_an_unknown_header_that_may_be_a_persons_is_told_by_its_place),
        cmocka_unit_test(test_values_of_each_type),
        cmocka_unit_test(test_booleans),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_several_choices),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_text_limit_and_scratch),
        cmocka_unit_test(test_required_values),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
