/* Makes workbooks for the tests, part by part, through libzip. */
#ifndef TESTS_UNIT_TEXT_WORKBOOK_MAKE_H
#define TESTS_UNIT_TEXT_WORKBOOK_MAKE_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT_OFFICE "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define RELATIONS                                                                                  \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

/* A part; a NULL content leaves it out. */
struct part {
    const char *name, *content;
};

/* The parts of a workbook with one sheet. Zeros become what is usual. */
struct book {
    const char *rows;    /* inside sheetData */
    const char *after;   /* behind sheetData */
    const char *strings; /* inside sst */
    const char *styles;  /* inside styleSheet */
    const char
        *sheets; /* inside sheets; a second and third are worksheets/sheet2.xml, sheet3.xml */
    const char *properties; /* of workbookPr */
    const char *others[2];  /* rows of the second and the third sheet */
    const char *password;   /* encrypts the sheet */
    bool strict, prefixed;
};

static inline char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));
static inline char *text_of(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    assert_true(vasprintf(&text, format, args) >= 0);
    va_end(args);
    return text;
}

/* A file with these parts, open for reading and without a name. */
static inline int package_of(const struct part *parts, size_t count, const char *password)
{
    char path[] = "/tmp/cq-test-XXXXXX";
    int error, fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].content)
            continue;
        zip_source_t *source =
            zip_source_buffer(zip, parts[i].content, strlen(parts[i].content), 0);
        zip_int64_t index = zip_file_add(zip, parts[i].name, source, ZIP_FL_ENC_UTF_8);
        assert_true(index >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, 1); /* the fastest */
        if (password && strstr(parts[i].name, "sheet1"))
            assert_int_equal(
                zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, password), 0);
    }
    assert_int_equal(zip_close(zip), 0);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    unlink(path);
    assert_true(fd >= 0);
    return fd;
}

static inline char *sheet_of(const struct book *book, const char *rows, const char *after)
{
    const char *p = book->prefixed ? "x:" : "";
    return text_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?><%sworksheet xmlns%s=\"%s\">"
                   "<%ssheetData>%s</%ssheetData>%s</%sworksheet>",
                   p, book->prefixed ? ":x" : "", book->strict ? STRICT : MAIN, p, rows ? rows : "",
                   p, after ? after : "", p);
}

/* The same for a workbook; `changed` are parts that replace its own, or are added. */
static inline int book_with(const struct book *book, const struct part *changed, size_t changes)
{
    const char *ns = book->strict ? STRICT : MAIN;
    const char *office = book->strict ? STRICT_OFFICE : OFFICE;
    const char *sheets = book->sheets ? book->sheets
                                      : "<sheet name=\"List\" sheetId=\"1\" r:id=\"s1\"/>";
    char *made[] = {
        text_of(RELATIONS "<Relationship Id=\"a\" Type=\"%s/officeDocument\" "
                          "Target=\"xl/workbook.xml\"/></Relationships>",
                office),
        text_of(
            "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><workbookPr %s/><sheets>%s</sheets></workbook>",
            ns, office, book->properties ? book->properties : "", sheets),
        text_of(
            RELATIONS
            "<Relationship Id=\"s1\" Type=\"%s/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            "<Relationship Id=\"s2\" Type=\"%s/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
            "<Relationship Id=\"s3\" Type=\"%s/worksheet\" "
            "Target=\"./worksheets/../worksheets/sheet3.xml\"/>"
            "<Relationship Id=\"c\" Type=\"%s/chartsheet\" Target=\"chartsheets/sheet1.xml\"/>"
            "<Relationship Id=\"t\" Type=\"%s/sharedStrings\" Target=\"sharedStrings.xml\"/>"
            "<Relationship Id=\"f\" Type=\"%s/styles\" Target=\"styles.xml\"/></Relationships>",
            office, office, office, office, office, office),
        text_of("<sst xmlns=\"%s\">%s</sst>", ns, book->strings ? book->strings : ""),
        text_of("<styleSheet xmlns=\"%s\">%s</styleSheet>", ns, book->styles ? book->styles : ""),
        sheet_of(book, book->rows, book->after),
        sheet_of(book, book->others[0], NULL),
        sheet_of(book, book->others[1], NULL),
    };
    enum { OWN = sizeof made / sizeof *made, MOST = OWN + 4 };
    struct part parts[MOST] = {
        {"_rels/.rels", made[0]},
        {"xl/workbook.xml", made[1]},
        {"xl/_rels/workbook.xml.rels", made[2]},
        {"xl/sharedStrings.xml", made[3]},
        {"xl/styles.xml", made[4]},
        {"xl/worksheets/sheet1.xml", made[5]},
        {"xl/worksheets/sheet2.xml", made[6]},
        {"xl/worksheets/sheet3.xml", made[7]},
    };
    size_t count = OWN;
    for (size_t i = 0; i < changes; i++) {
        size_t at = 0;
        while (at < count && strcmp(parts[at].name, changed[i].name) != 0)
            at++;
        assert_true(at < MOST);
        parts[at] = changed[i];
        count = at == count ? count + 1 : count;
    }
    int fd = package_of(parts, count, book->password);
    for (size_t i = 0; i < OWN; i++)
        free(made[i]);
    return fd;
}

static inline int book_of(const struct book *book)
{
    return book_with(book, NULL, 0);
}

#endif
