/* Tests of what text/workbook.c refuses: other files, damage, and archives made to do harm. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <sys/mman.h>
#include <sys/resource.h>

#include "cq/csvin.h"
#include "cq/str.h"
#include "text/workbook.h"
#include "text/workbook_package.h"
#include "unit/text/workbook_make.h"

/* Reads a sheet whole and counts its bytes. */
static enum cq_code read_whole(int fd, int64_t *bytes, struct cq_err *err)
{
    static char piece[1 << 16];
    struct cq_workbook *workbook = NULL;
    size_t len = 1;
    *bytes = 0;
    enum cq_code code = cq_workbook_open(&workbook, fd, NULL, err);
    while (!code && len > 0) {
        code = cq_workbook_read(workbook, piece, sizeof piece, &len, err);
        *bytes += (int64_t)len;
    }
    cq_workbook_close(workbook);
    close(fd);
    return code;
}

static void assert_refused(int fd, enum cq_code want, const char *detail)
{
    struct cq_err err = {0};
    int64_t bytes;
    enum cq_code code = read_whole(fd, &bytes, &err);
    if (code != want)
        fail_msg("%s (%s), not %s", cq_code_id(code), err.detail, cq_code_id(want));
    assert_int_equal(err.code, want);
    if (detail)
        assert_string_equal(err.detail, detail);
}

static int file_of(const void *bytes, size_t len)
{
    int fd = memfd_create("workbook", MFD_CLOEXEC);
    assert_int_equal(write(fd, bytes, len), len);
    return fd;
}

/* The bytes of a file, which is closed. */
static char *bytes_of(int fd, size_t *len)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *bytes = malloc((size_t)size + 1);
    assert_non_null(bytes);
    assert_int_equal(pread(fd, bytes, (size_t)size, 0), size);
    close(fd);
    *len = (size_t)size;
    return bytes;
}

static const struct book usual = {.strings = "<si><t>a</t></si>",
                                  .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"};

static void test_a_workbook_is_known_by_its_first_bytes(void **state)
{
    (void)state;
    assert_true(cq_workbook_is("PK\3\4", 4));
    assert_true(cq_workbook_is("PK\5\6....", 8));
    assert_true(cq_workbook_is("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8));
    assert_false(cq_workbook_is("PK\3\4", 3));
    assert_false(cq_workbook_is("PK,name", 7));
    assert_false(cq_workbook_is("\xD0\xCF\x11\xE0\xA1\xB1\x1A", 7));
    assert_false(cq_workbook_is("iin,last_name", 13));
    assert_false(cq_workbook_is("", 0));
}

static void test_other_files_are_named(void **state)
{
    static const struct part ods[] = {
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}};
    static const struct part files[] = {{"list.csv", "iin"}};
    const struct part binary[] = {{"_rels/.rels", RELATIONS
                                   "<Relationship Id=\"a\" Type=\"" OFFICE "/officeDocument\" "
                                   "Target=\"xl/workbook.bin\"/></Relationships>"}};
    const struct part letter[] = {
        {"_rels/.rels", RELATIONS "<Relationship Id=\"a\" Type=\"" OFFICE "/officeDocument\" "
                                  "Target=\"word/document.xml\"/></Relationships>"},
        {"word/_rels/document.xml.rels", RELATIONS "</Relationships>"},
        {"word/document.xml", "<w:document xmlns:w=\"urn:w\"><w:sheet/></w:document>"}};
    const struct part nothing[] = {{"_rels/.rels", RELATIONS "</Relationships>"}};
    static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0";
    static char encrypted[200000] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    (void)state;
    assert_refused(package_of(ods, 2, NULL), CQ_F_OTHER_WORKBOOK, ".ods");
    assert_refused(package_of(binary, 1, NULL), CQ_F_OTHER_WORKBOOK, ".xlsb");
    assert_refused(package_of(files, 1, NULL), CQ_F_ARCHIVE, "");
    assert_refused(package_of(letter, 3, NULL), CQ_F_ARCHIVE, "");
    assert_refused(package_of(nothing, 1, NULL), CQ_F_ARCHIVE, "");
    assert_refused(file_of("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22), CQ_F_ARCHIVE, "");
    assert_refused(file_of(old, sizeof old), CQ_F_OTHER_WORKBOOK, ".xls");
    for (size_t at = 65400; at < 65600; at += 7) { /* over the end of a piece, too */
        memset(encrypted + 8, ' ', sizeof encrypted - 8);
        memcpy(encrypted + at, stream, sizeof stream);
        assert_refused(file_of(encrypted, sizeof encrypted), CQ_F_WORKBOOK_PASSWORD, "");
    }
    assert_refused(book_of(&(struct book){.rows = "<row/>", .password = "p"}),
                   CQ_F_WORKBOOK_PASSWORD, "");
}

static void test_damage_is_told(void **state)
{
    size_t len;
    char *bytes = bytes_of(book_of(&usual), &len);
    (void)state;
    for (size_t cut = 8; cut < len; cut += 1 + cut / 40) {
        struct cq_err err = {0};
        int64_t read;
        enum cq_code code = read_whole(file_of(bytes, cut), &read, &err);
        if (code != CQ_F_WORKBOOK)
            fail_msg("cut at %zu of %zu: %s", cut, len, cq_code_id(code));
    }
    /* A byte that is another: it may not matter, but nothing is read beyond the file. */
    for (size_t at = 0; at < len; at++) {
        struct cq_err err = {0};
        int64_t read;
        bytes[at] = (char)(bytes[at] ^ 0x55);
        enum cq_code code = read_whole(file_of(bytes, len), &read, &err);
        assert_true(code == err.code && (!code || cq_code_status(code) == 3));
        bytes[at] = (char)(bytes[at] ^ 0x55);
    }
    free(bytes);
}

static void test_parts_must_be_there(void **state)
{
    static const char *const names[] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                        "xl/sharedStrings.xml", "xl/styles.xml",
                                        "xl/worksheets/sheet1.xml"};
    static const char *const told[] = {"workbook", "relationships", "sharedStrings", "styles",
                                       "sheet"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct part missing = {names[i], NULL};
        assert_refused(book_with(&usual, &missing, 1), CQ_F_WORKBOOK, told[i]);
    }
    const struct part no_strings = {"xl/_rels/workbook.xml.rels",
                                    RELATIONS "<Relationship Id=\"s1\" Type=\"" OFFICE
                                              "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                              "</Relationships>"};
    assert_refused(book_with(&usual, &no_strings, 1), CQ_F_WORKBOOK, "sheet");
    const struct part no_relation = {"xl/_rels/workbook.xml.rels", RELATIONS "</Relationships>"};
    assert_refused(book_with(&usual, &no_relation, 1), CQ_F_WORKBOOK, "relationships");
    const struct part outside = {"xl/_rels/workbook.xml.rels", RELATIONS
                                 "<Relationship Id=\"s1\" Type=\"" OFFICE
                                 "/worksheet\" Target=\"../../../etc/passwd\"/></Relationships>"};
    assert_refused(book_with(&usual, &outside, 1), CQ_F_WORKBOOK, "relationships");
    const struct part absolute = {"xl/_rels/workbook.xml.rels", RELATIONS
                                  "<Relationship Id=\"s1\" Type=\"" OFFICE
                                  "/worksheet\" Target=\"/etc/passwd\"/></Relationships>"};
    assert_refused(book_with(&usual, &absolute, 1), CQ_F_WORKBOOK, "sheet");
    const struct part external = {"xl/_rels/workbook.xml.rels",
                                  RELATIONS "<Relationship Id=\"s1\" Type=\"" OFFICE
                                            "/worksheet\" TargetMode=\"External\" "
                                            "Target=\"worksheets/sheet1.xml\"/></Relationships>"};
    assert_refused(book_with(&usual, &external, 1), CQ_F_WORKBOOK, "relationships");
}

static void test_xml_is_read_strictly(void **state)
{
    static const char *const documents[] = {
        "",
        "<worksheet xmlns=\"" MAIN "\"><sheetData>",
        "<worksheet xmlns=\"" MAIN "\"><sheetData></worksheet>",
        "<worksheet xmlns=\"" MAIN "\"/><worksheet/>",
        "<!DOCTYPE worksheet><worksheet xmlns=\"" MAIN "\"/>",
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        "<worksheet xmlns=\"" MAIN
        "\"><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>",
        "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet xmlns=\"" MAIN "\"/>",
        "<worksheet xmlns=\"" MAIN
        "\"><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>",
        "<worksheet xmlns=\"" MAIN
        "\"><sheetData><row><c t=\"str\"><v>\xC0\xAF</v></c></row></sheetData></worksheet>",
        "<worksheet xmlns=\"" MAIN
        "\"><sheetData><row><c t=\"str\"><v>\x01</v></c></row></sheetData></worksheet>",
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?><worksheet xmlns=\"" MAIN "\"/>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        const struct part sheet = {"xl/worksheets/sheet1.xml", documents[i]};
        assert_refused(book_with(&usual, &sheet, 1), CQ_F_WORKBOOK, "sheet");
    }
}

static char *repeat(const char *text, size_t times)
{
    size_t len = strlen(text);
    char *all = malloc(len * times + 1);
    assert_non_null(all);
    for (size_t i = 0; i < times; i++)
        memcpy(all + i * len, text, len);
    all[len * times] = '\0';
    return all;
}

/* A workbook whose rows are these, which are freed. */
static int book_of_rows(char *rows)
{
    int fd = book_of(&(struct book){.rows = rows});
    free(rows);
    return fd;
}

static void test_ratio_and_parts_are_limited(void **state)
{
    enum { PARTS = CQ_PACKAGE_PARTS + 1 };
    struct part *parts = calloc(PARTS, sizeof *parts);
    (void)state;
    assert_non_null(parts);
    assert_refused(book_of_rows(repeat(" ", 18 << 20)), CQ_F_WORKBOOK_LIMIT, NULL);
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = (struct part){text_of("part%zu", i), ""};
    assert_refused(package_of(parts, PARTS, NULL), CQ_F_WORKBOOK_LIMIT, "10001 > 10000");
    for (size_t i = 0; i < PARTS; i++)
        free((char *)parts[i].name);
    free(parts);
}

/* Changes the size that the archive states for the sheet. */
static int with_size(uint32_t size)
{
    static const char name[] = "xl/worksheets/sheet1.xml";
    size_t len;
    char *bytes = bytes_of(book_of(&usual), &len);
    char *at = memmem(bytes, len, "PK\1\2", 4);
    while (at && memcmp(at + 46, name, sizeof name - 1) != 0)
        at = memmem(at + 1, len - (size_t)(at + 1 - bytes), "PK\1\2", 4);
    assert_non_null(at);
    for (int i = 0; i < 4; i++)
        at[24 + i] = (char)(size >> 8 * i & 0xFF);
    int fd = file_of(bytes, len);
    free(bytes);
    return fd;
}

static void test_sizes_are_limited_and_must_be_true(void **state)
{
    const char hole = 0;
    (void)state;
    assert_refused(with_size(UINT32_C(3) << 30), CQ_F_WORKBOOK_LIMIT, "sheet: 3072 MB > 2048 MB");
    assert_refused(with_size(UINT32_C(1) << 30), CQ_F_WORKBOOK_LIMIT, NULL); /* the ratio */
    assert_refused(with_size(1 << 20), CQ_F_WORKBOOK, "sheet");
    assert_refused(with_size(10), CQ_F_WORKBOOK, "sheet");
    int fd = file_of("PK\3\4", 4);
    assert_int_equal(pwrite(fd, &hole, 1, CQ_PACKAGE_BYTES), 1);
    assert_refused(fd, CQ_F_WORKBOOK_LIMIT, "256 MB > 256 MB");
}

/* Text that does not pack well, so that no ratio speaks against it. */
static char *noise(const char *before, const char *after, size_t times)
{
    struct cq_str all = {0};
    uint32_t seed = 1;
    for (size_t i = 0; i < times; i++) {
        seed = seed * 1664525 + 1013904223;
        cq_str_printf(&all, "%s%x%s", before, seed, after);
    }
    assert_false(all.failed);
    return all.ptr;
}

static void test_memory_is_limited(void **state)
{
    (void)state;
    /* Depth, names that differ, and one tag without an end. */
    assert_refused(book_of_rows(noise("<a", ">", 1 << 20)), CQ_F_WORKBOOK_LIMIT, "sheet");
    assert_refused(book_of_rows(noise("<a", "/>", 1 << 20)), CQ_F_WORKBOOK_LIMIT, "sheet");
    assert_refused(book_of_rows(noise("<row a=\"", "", 4 << 20)), CQ_F_WORKBOOK, "sheet");
    char *attribute = noise("", "", 5 << 20);
    char *row = text_of("<row a=\"%s\"/>", attribute);
    free(attribute);
    assert_refused(book_of_rows(row), CQ_F_WORKBOOK_LIMIT, "sheet");
}

static void test_shared_strings_do_not_grow_in_memory(void **state)
{
    char *text = repeat("x", 30000), *cells = repeat("<c t=\"s\"><v>0</v></c>", 30);
    char *row = text_of("<row>%s</row>", cells), *strings = text_of("<si><t>%s</t></si>", text);
    char *rows = repeat(row, 500);
    struct rusage before, after;
    struct cq_err err = {0};
    int64_t bytes;
    (void)state;
    int fd = book_of(&(struct book){.strings = strings, .rows = rows});
    getrusage(RUSAGE_SELF, &before);
    assert_int_equal(read_whole(fd, &bytes, &err), CQ_OK);
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(bytes, 500 * 30 * 30001); /* 450 MB */
    assert_in_range(after.ru_maxrss - before.ru_maxrss, 0, 32 << 10);
    free(text);
    free(cells);
    free(row);
    free(strings);
    free(rows);
}

static void test_long_cells_and_rows_are_told_by_their_row(void **state)
{
    static char bytes[4 * CQ_ROW_MAX];
    char *text = repeat("xy\n", CQ_FIELD_MAX), *cells = repeat("<c t=\"s\"><v>0</v></c>", 100);
    char *strings = text_of("<si><t>%s</t></si>", text);
    char *rows =
        text_of("<row><c t=\"s\"><v>0</v></c></row><row>%s</row><row><c><v>1</v></c></row>", cells);
    struct cq_workbook *workbook = NULL;
    struct cq_err err = {0};
    size_t len = 1, all = 0;
    (void)state;
    int fd = book_of(&(struct book){.strings = strings, .rows = rows});
    assert_int_equal(cq_workbook_open(&workbook, fd, NULL, &err), CQ_OK);
    for (; len > 0; all += len)
        assert_int_equal(cq_workbook_read(workbook, bytes + all, sizeof bytes - all, &len, &err),
                         CQ_OK);
    cq_workbook_close(workbook);
    close(fd);
    /* A field that is too long, a row that is too long and is one line, and the next row. */
    const char *quote = memchr(bytes + 1, '"', all);
    assert_true(quote - bytes > CQ_FIELD_MAX && quote - bytes < 3 * CQ_FIELD_MAX);
    const char *first = memchr(quote, '\n', all);
    assert_true(first - quote < 100);
    const char *second = memchr(first + 1, '\n', all);
    assert_true(second - first > CQ_ROW_MAX);
    assert_memory_equal(second, "\n1,", 3);
    assert_ptr_equal(memchr(second + 1, '\n', all), bytes + all - 1);
    free(text);
    free(cells);
    free(strings);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_workbook_is_known_by_its_first_bytes),
        cmocka_unit_test(test_other_files_are_named),
        cmocka_unit_test(test_damage_is_told),
        cmocka_unit_test(test_parts_must_be_there),
        cmocka_unit_test(test_xml_is_read_strictly),
        cmocka_unit_test(test_ratio_and_parts_are_limited),
        cmocka_unit_test(test_sizes_are_limited_and_must_be_true),
        cmocka_unit_test(test_memory_is_limited),
        cmocka_unit_test(test_shared_strings_do_not_grow_in_memory),
        cmocka_unit_test(test_long_cells_and_rows_are_told_by_their_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
