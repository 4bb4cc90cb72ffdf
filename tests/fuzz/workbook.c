/* Fuzzes the reader of workbooks: any archive, and any document in the place of a part, is rows of
 * which each comes after the one before, or an error. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "cq/csvin.h"
#include "cq/utf8.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

/* The parts that a document may stand for, with what they hold else. */
static const char *const parts[][2] = {
    {"xl/worksheets/sheet1.xml",
     "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
     "<c r=\"B1\" s=\"1\"><v>45306</v></c></row><row r=\"3\"><c r=\"B3\" s=\"2\"><v>7</v></c></row>"
     "</sheetData></worksheet>"},
    {"xl/sharedStrings.xml", "<sst xmlns=\"" MAIN "\"><si><t>iin</t></si></sst>"},
    {"xl/styles.xml", "<styleSheet xmlns=\"" MAIN "\"><numFmts><numFmt numFmtId=\"164\" "
                      "formatCode=\"0000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
                      "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>"
                        "<sheet name=\"A\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"a\" Type=\"" OFFICE "/worksheet\" "
     "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"" OFFICE "/sharedStrings\" "
     "Target=\"sharedStrings.xml\"/><Relationship Id=\"c\" Type=\"" OFFICE "/styles\" "
     "Target=\"styles.xml\"/></Relationships>"},
    {"_rels/.rels", "<Relationships xmlns=\"" PACKAGE "\"><Relationship Id=\"a\" Type=\"" OFFICE
                    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
};
enum { PARTS = sizeof parts / sizeof *parts };

/* Writes an archive in which the document stands for a part. */
static void write_archive(int fd, size_t part, const uint8_t *document, size_t size)
{
    zip_error_t error;
    zip_source_t *buffer = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    char bytes[4096];
    zip_int64_t n;
    assert(zip);
    zip_source_keep(buffer);
    for (size_t i = 0; i < PARTS; i++) {
        const void *content = i == part ? (const void *)document : parts[i][1];
        zip_source_t *source =
            zip_source_buffer(zip, content, i == part ? size : strlen(parts[i][1]), 0);
        zip_int64_t index = zip_file_add(zip, parts[i][0], source, 0);
        assert(index >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    assert(zip_close(zip) == 0);
    assert(zip_source_open(buffer) == 0);
    while ((n = zip_source_read(buffer, bytes, sizeof bytes)) > 0)
        assert(write(fd, bytes, (size_t)n) == n);
    zip_source_close(buffer);
    zip_source_free(buffer);
}

static void ignore(const struct cq_err *finding, void *context)
{
    (void)context;
    assert(cq_code_status(finding->code) == 0);
}

static void read_rows(struct cq_csvin *in)
{
    const struct cq_row *row;
    const struct cq_row *header = cq_csvin_header(in);
    long line = header->line;
    enum cq_code bad;
    struct cq_err err = {0};
    assert(header->count > 0);
    while (!cq_csvin_next(in, &row, &bad, &err) && row) {
        assert(row->line > line && row->line <= 1048576);
        assert(!bad || bad == CQ_R_LONG || bad == CQ_R_WIDTH);
        assert(bad || row->count == header->count);
        for (size_t i = 0; i < row->count; i++)
            assert(cq_utf8_valid(row->fields[i].ptr, row->fields[i].len) == row->fields[i].len);
        line = row->line;
    }
    assert(err.code != CQ_B_BUG);
    cq_csvin_report_sheet(in, ignore, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cq_csvin *in = NULL;
    struct cq_err err = {0};
    if (size == 0)
        return 0;
    int fd = memfd_create("workbook", MFD_CLOEXEC);
    assert(fd >= 0);
    /* The first byte says which part the rest is; P, for PK, that it is an archive. */
    if (data[0] == 'P')
        assert(write(fd, data, size) == (ssize_t)size);
    else
        write_archive(fd, data[0] % PARTS, data + 1, size - 1);
    assert(lseek(fd, 0, SEEK_SET) == 0);
    const struct cq_csv_input input = {.fd = fd, .name = "fuzz"};
    enum cq_code code = cq_csvin_open(&in, &input, &err);
    assert(code == err.code && code != CQ_B_BUG);
    if (!code && cq_csvin_sheet(in)) /* else it is a CSV, which csvin.c fuzzes */
        read_rows(in);
    cq_csvin_close(in);
    close(fd);
    return 0;
}
