/* Tests of text/workbook.c and the files below it: cells, rows and sheets as lines of CSV. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "cq/str.h"
#include "text/workbook.h"
#include "unit/text/workbook_make.h"

/* Styles 1: the system's date; 2: dd.mm.yyyy hh:mm; 3: twelve digits; 4: 0.00. */
#define STYLES                                                                                     \
    "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy hh:mm\"/>"          \
    "<numFmt numFmtId=\"165\" formatCode=\"000000000000\"/></numFmts>"                             \
    "<cellStyleXfs><xf numFmtId=\"14\"/><xf numFmtId=\"0\"/></cellStyleXfs>"                       \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"                     \
    "<xf numFmtId=\"165\"/><xf numFmtId=\"2\"/></cellXfs>"

/* Reads a sheet whole; `room` bytes at once. */
static enum cq_code read_sheet(int fd, const char *name, size_t room, struct cq_str *out,
                               struct cq_sheet *sheet, struct cq_err *err)
{
    struct cq_workbook *workbook = NULL;
    char bytes[4096];
    size_t len = 1;
    cq_str_clear(out);
    enum cq_code code = cq_workbook_open(&workbook, fd, name, err);
    assert_true(!code == (workbook != NULL));
    while (!code && len > 0) {
        code = cq_workbook_read(workbook, bytes, room, &len, err);
        if (!code)
            cq_str_put(out, bytes, len);
    }
    if (workbook)
        *sheet = *cq_workbook_sheet(workbook);
    cq_workbook_close(workbook);
    close(fd);
    return code;
}

/* Compares the lines of a workbook. */
static struct cq_sheet assert_lines(const struct book *book, const char *sheet, const char *want)
{
    struct cq_str out = {0};
    struct cq_sheet said = {0};
    for (size_t room = 1; room <= 4096; room *= 64) {
        struct cq_err err = {0};
        enum cq_code code = read_sheet(book_of(book), sheet, room, &out, &said, &err);
        if (code)
            fail_msg("%s %s at %ld %s", cq_code_id(code), err.detail, err.line, err.column);
        assert_string_equal(out.ptr ? out.ptr : "", want);
    }
    cq_str_free(&out);
    return said;
}

static void assert_refused(int fd, const char *sheet, enum cq_code want, const char *detail)
{
    struct cq_str out = {0};
    struct cq_sheet said;
    struct cq_err err = {0};
    enum cq_code code = read_sheet(fd, sheet, 4096, &out, &said, &err);
    if (code != want)
        fail_msg("%s %s, not %s", cq_code_id(code), err.detail, cq_code_id(want));
    assert_int_equal(err.code, want);
    if (detail)
        assert_string_equal(err.detail, detail);
    cq_str_free(&out);
}

static void test_cells_of_every_type(void **state)
{
    const struct book book = {
        .styles = STYLES,
        .strings = "<si><t>shared</t></si><si><t>Қ, \"ә\"</t></si>",
        .rows =
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
            "<c r=\"C1\" t=\"inlineStr\"><is><t>inline</t></is></c>"
            "<c r=\"D1\" t=\"str\"><f>A1&amp;\"\"</f><v>of a formula</v></c>"
            "<c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\" t=\"b\"><v>0</v></c>"
            "<c r=\"G1\" t=\"e\"><v>#REF!</v></c><c r=\"H1\" t=\"d\"><v>2024-01-15T00:00:00</v></c>"
            "<c r=\"I1\" t=\"d\"><v>2024-01-15T10:30:00</v></c>"
            "<c r=\"J1\" t=\"d\"><v>2024-01-15</v></c></row>"
            "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45306</v></c><c r=\"B2\" "
            "s=\"2\"><v>45306.4375</v></c>"
            "<c r=\"C2\" s=\"3\"><v>50315100039</v></c><c r=\"D2\" s=\"4\"><v>1.50</v></c>"
            "<c r=\"E2\" t=\"n\"><v>8.50315100006E11</v></c><c r=\"F2\" s=\"9\"><v>7.0</v></c>"
            "<c r=\"G2\"><f>1+1</f><v>2</v></c></row>",
    };
    (void)state;
    assert_lines(&book, NULL,
                 "shared,\"Қ, \"\"ә\"\"\",inline,of a formula,yes,no,#REF!,2024-01-15,"
                 "2024-01-15 10:30:00,2024-01-15\n"
                 "2024-01-15,2024-01-15 10:30,050315100039,1.5,850315100006,7,2,,,\n");
}

static void test_text_is_what_the_sheet_shows(void **state)
{
    const struct book book = {
        .strings =
            "<si><r><rPr><b/></rPr><t>Қасым</t></r><r><t xml:space=\"preserve\"> Әлия</t></r></si>"
            "<si><t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>かんじ</t></rPh><phoneticPr "
            "fontId=\"1\"/></si>"
            "<si><t> trimmed </t></si><si><t xml:space=\"preserve\"> kept </t></si>"
            "<si><t>_x0041__x005F_x0041_ _x00_ _xZZZZ_ _x000A_end _x0000_ _xD800_ _x04D8_ "
            "_x2122_</t></si>"
            "<si/><si><t/></si><si><t>&lt;a&gt; &amp;amp; &#1178;</t></si>",
        .rows =
            "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
            "<c t=\"s\"><v>3</v></c><c t=\"s\"><v>4</v></c><c t=\"s\"><v>5</v></c>"
            "<c t=\"s\"><v>6</v></c><c t=\"s\"><v>7</v></c></row>"
            "<row><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is></c>"
            "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">two\nlines</t></is></c>"
            "<c t=\"str\"><v> _x0041_</v></c></row>",
    };
    (void)state;
    assert_lines(
        &book, NULL,
        "Қасым Әлия,漢字,trimmed, kept ,\"A_x0041_ _x00_ _xZZZZ_ \nend _x0000_ _xD800_ Ә ™\""
        ",,,<a> &amp; Қ\nab,\"two\nlines\", A,,,,,\n");
}

static void test_rows_and_cells_may_be_missing(void **state)
{
    const struct book book = {
        .styles = STYLES,
        .rows =
            "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>2</v></c><c r=\"E2\" "
            "s=\"1\"/></row>"
            "<row r=\"3\" s=\"1\"/><row r=\"4\"><c r=\"A4\" s=\"1\"/><c r=\"B4\" "
            "t=\"str\"><v></v></c></row>"
            "<row r=\"7\"><c r=\"AB7\"><v>3</v></c></row><row><c><v>4</v></c><c><v>5</v></c></row>",
    };
    const struct book last = {.rows = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"
                                      "<row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c></row>"};
    struct cq_str out = {0};
    struct cq_sheet said;
    struct cq_err err = {0};
    (void)state;
    assert_lines(&book, NULL,
                 "\n,1,,2,,,,,,,,,,,,,,,,,,,,,,,,\n\n\n\n\n"
                 ",,,,,,,,,,,,,,,,,,,,,,,,,,,3\n4,5,,,,,,,,,,,,,,,,,,,,,,,,,,\n");
    assert_lines(&(struct book){.rows = NULL}, NULL, "");
    assert_int_equal(read_sheet(book_of(&last), NULL, 4096, &out, &said, &err), CQ_OK);
    assert_int_equal(out.len, 16383 + 2 + 1048574 + 16383 + 2);
    assert_memory_equal(out.ptr + out.len - 16383 - 4, "\n\n2,", 4);
    cq_str_free(&out);
}

static void test_the_first_rows_say_how_wide_the_table_is(void **state)
{
    struct cq_str rows = {0}, want = {0};
    struct cq_sheet said;
    (void)state;
    cq_str_puts(&rows, "<row r=\"2\"><c><v>1</v></c></row>");
    cq_str_puts(&want, "\n1,\n");
    for (int i = 4; i < 40; i += 2) { /* each second row is empty */
        cq_str_printf(&rows, "<row r=\"%d\"><c r=\"B%d\"><v>2</v></c></row>", i, i);
        cq_str_puts(&want, "\n,2\n");
    }
    struct book book = {.rows = rows.ptr};
    assert_int_equal(assert_lines(&book, NULL, want.ptr).beyond, 0);
    cq_str_puts(&rows, "<row r=\"40\"><c><v>3</v></c></row><row r=\"41\"><c><v>4</v></c>"
                       "<c r=\"C41\" s=\"1\"/><c r=\"D41\"><v>5</v></c></row>"
                       "<row r=\"42\"><c r=\"C42\"><v>6</v></c></row>");
    cq_str_puts(&want, "\n3,\n4,\n");
    book.rows = rows.ptr;
    said = assert_lines(&book, NULL, want.ptr);
    assert_int_equal(said.beyond, 41);
    cq_str_free(&rows);
    cq_str_free(&want);
}

static void test_days_count_from_1900_or_1904(void **state)
{
    struct book book = {.styles = STYLES,
                        .rows = "<row><c s=\"1\"><v>60</v></c><c s=\"1\"><v>43844</v></c></row>"};
    (void)state;
    assert_lines(&book, NULL, "1900-02-29,2020-01-14\n");
    book.properties = "date1904=\"0\"";
    assert_lines(&book, NULL, "1900-02-29,2020-01-14\n");
    book.properties = "date1904=\"1\"";
    assert_lines(&book, NULL, "1904-03-01,2024-01-15\n");
    book.properties = "date1904=\"true\"";
    assert_lines(&book, NULL, "1904-03-01,2024-01-15\n");
}

static void test_namespaces_are_two_with_any_prefix(void **state)
{
    struct book book = {
        .strict = true,
        .strings = "<si><t>a</t></si>",
        .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>",
    };
    const struct book foreign = {
        .rows = "<row xmlns=\"urn:other\"><c><v>1</v></c></row>"
                "<row><c><v>2</v><v xmlns=\"urn:other\">3</v></c><c "
                "xmlns=\"urn:other\"><v>4</v></c></row>",
    };
    (void)state;
    assert_lines(&book, NULL, "a\n");
    book.strict = false;
    book.prefixed = true;
    book.rows = "<x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c><c><v>1</v></c></x:row>";
    assert_lines(&book, NULL, "a\n");
    assert_lines(&foreign, NULL, "2\n");
}

static void test_a_sheet_is_chosen(void **state)
{
    const struct book book = {
        .sheets = "<sheet name=\"Chart\" sheetId=\"9\" r:id=\"c\"/>"
                  "<sheet name=\"Hidden\" sheetId=\"4\" state=\"veryHidden\" r:id=\"s1\"/>"
                  "<sheet name=\"Қызметкерлер\" sheetId=\"7\" r:id=\"s2\"/>"
                  "<sheet name=\"2\" sheetId=\"2\" state=\"visible\" r:id=\"s3\"/>",
        .rows = "<row><c><v>1</v></c></row>",
        .others = {"<row><c><v>2</v></c></row>", "<row><c><v>3</v></c></row>"},
    };
    const struct book hidden = {
        .sheets = "<sheet name=\"A\" sheetId=\"1\" state=\"hidden\" r:id=\"s1\"/>"};
    struct cq_sheet said;
    (void)state;
    said = assert_lines(&book, NULL, "2\n");
    assert_int_equal(said.number, 3);
    assert_int_equal(said.count, 4);
    assert_false(said.hidden);
    assert_string_equal(said.unread, "2, 4");
    said = assert_lines(&book, "hidden", "1\n");
    assert_true(said.hidden);
    assert_string_equal(said.unread, "");
    assert_lines(&book, "ҚЫЗМЕТКЕРЛЕР", "2\n");
    assert_lines(&book, "3", "2\n");
    assert_lines(&book, "4", "3\n");
    assert_lines(&book, "2", "3\n"); /* a name comes before a number */
    assert_refused(book_of(&book), "1", CQ_F_SHEET, "4");
    assert_refused(book_of(&book), "5", CQ_F_SHEET, "4");
    assert_refused(book_of(&book), "0", CQ_F_SHEET, "4");
    assert_refused(book_of(&book), "", CQ_F_SHEET, "4");
    assert_refused(book_of(&book), "-1", CQ_F_SHEET, "4");
    assert_refused(book_of(&book), "\xFF", CQ_F_SHEET, "4");
    assert_refused(book_of(&book), "chart", CQ_F_SHEET, "4");
    assert_refused(book_of(&hidden), NULL, CQ_F_SHEET_HIDDEN, NULL);
}

static void test_what_a_sheet_hides_is_said(void **state)
{
    const struct book book = {
        .rows = "<row r=\"1\"><c><v>1</v></c></row><row r=\"2\" hidden=\"1\"/>"
                "<row r=\"4\" hidden=\"true\"><c><v>2</v></c></row>"
                "<row r=\"5\" hidden=\"0\"><c><v>3</v></c></row><row r=\"6\" "
                "hidden=\"1\"><c><v>4</v></c></row>",
        .after = "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B5:B6\"/>"
                 "<mergeCell ref=\"A1:A2\"/><mergeCell ref=\"nonsense\"/><mergeCell/></mergeCells>",
    };
    struct cq_sheet said;
    (void)state;
    said = assert_lines(&book, NULL, "1\n\n\n2\n3\n4\n");
    assert_int_equal(said.hidden_rows, 2);
    assert_int_equal(said.first_hidden, 4);
    assert_int_equal(said.merged, 5);
    assert_int_equal(said.merged_end, 6);
}

static void test_places_must_be_in_order(void **state)
{
    static const struct {
        const char *rows;
        long line;
        const char *column;
    } cases[] = {
        {"<row r=\"2\"/><row r=\"2\"/>", 2, ""},
        {"<row r=\"2\"/><row r=\"1\"/>", 2, ""},
        {"<row r=\"0\"/>", 0, ""},
        {"<row r=\"1048577\"/>", 0, ""},
        {"<row r=\"1048576\"/><row/>", 1048576, ""},
        {"<row r=\"x\"/>", 0, ""},
        {"<row r=\"3\"><c r=\"B3\"/><c r=\"A3\"/></row>", 3, "B"},
        {"<row r=\"3\"><c r=\"AA3\"/><c r=\"AA3\"/></row>", 3, "AA"},
        {"<row r=\"3\"><c r=\"A4\"/></row>", 3, ""},
        {"<row r=\"3\"><c r=\"XFE3\"/></row>", 3, ""},
        {"<row r=\"3\"><c r=\"XFD3\"/><c/></row>", 3, "XFD"},
        {"<row r=\"3\"><c r=\"3\"/></row>", 3, ""},
        {"<row r=\"3\"><c r=\"A\"/></row>", 3, ""},
        {"<row r=\"3\"><c r=\"a3\"/></row>", 3, ""},
        {"<row r=\"3\"><c r=\"A99999999999999999999\"/></row>", 3, ""},
        {"<row r=\"3\"><c r=\"AAAAAAAAAAAAAA3\"/></row>", 3, ""},
        {"<row r=\"3\"><c r=\"Z3\" t=\"s\"><v>0</v></c></row>", 3, "Z"},
        {"<row r=\"3\"><c r=\"Z3\" t=\"s\"><v>-1</v></c></row>", 3, "Z"},
    };
    struct cq_str out = {0};
    struct cq_sheet said;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct book book = {.rows = cases[i].rows};
        struct cq_err err = {0};
        assert_int_equal(read_sheet(book_of(&book), NULL, 4096, &out, &said, &err), CQ_F_WORKBOOK);
        if (err.line != cases[i].line || strcmp(err.column, cases[i].column) != 0)
            fail_msg("%s: at %ld %s", cases[i].rows, err.line, err.column);
    }
    cq_str_free(&out);
}

static void test_a_formula_has_its_value(void **state)
{
    static const char *const lacking[] = {
        "<row r=\"7\"><c r=\"C7\"><f>1+1</f></c></row>",
        "<row r=\"7\"><c r=\"C7\"><f>1+1</f><v></v></c></row>",
        "<row r=\"7\"><c r=\"C7\"><f>1+1</f><v/></c></row>",
    };
    struct cq_str out = {0};
    struct cq_sheet said;
    const struct book empty = {
        .rows = "<row><c t=\"str\"><f>\"\"</f><v></v></c><c><v>1</v></c></row>"};
    (void)state;
    for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) {
        const struct book book = {.rows = lacking[i]};
        struct cq_err err = {0};
        assert_int_equal(read_sheet(book_of(&book), NULL, 4096, &out, &said, &err), CQ_F_FORMULA);
        assert_int_equal(err.line, 7);
        assert_string_equal(err.column, "C");
    }
    assert_lines(&empty, NULL, ",1\n");
    cq_str_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_of_every_type),
        cmocka_unit_test(test_text_is_what_the_sheet_shows),
        cmocka_unit_test(test_rows_and_cells_may_be_missing),
        cmocka_unit_test(test_the_first_rows_say_how_wide_the_table_is),
        cmocka_unit_test(test_days_count_from_1900_or_1904),
        cmocka_unit_test(test_namespaces_are_two_with_any_prefix),
        cmocka_unit_test(test_a_sheet_is_chosen),
        cmocka_unit_test(test_what_a_sheet_hides_is_said),
        cmocka_unit_test(test_places_must_be_in_order),
        cmocka_unit_test(test_a_formula_has_its_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
