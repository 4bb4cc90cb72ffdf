/* Reading rows: the pitfalls of CSV and of libcsv, from a file and from a pipe whose chunks end
 * anywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cq/csvin.h"

/* Prints what a reader returns in one line: the header, then each row as LINE[field|field], and a
 * bad one as LINE!CODE (with its fields where they may be used). */
static void print_row(struct cq_str *out, const struct cq_row *row, enum cq_code bad)
{
    cq_str_printf(out, "%s%ld", out->len ? " " : "", row->line);
    if (bad)
        cq_str_printf(out, "!%s", cq_code_id(bad));
    if (bad && bad != CQ_R_WIDTH)
        return;
    for (size_t i = 0; i < row->count; i++) {
        cq_str_puts(out, i ? "|" : "[");
        cq_str_put(out, row->fields[i].ptr, row->fields[i].len);
    }
    cq_str_puts(out, "]");
}

/* Whether the reader passes over rows that state nothing. */
static bool passing;

static void print_all(struct cq_str *out, int fd, char delimiter)
{
    struct cq_csvin *in = NULL;
    struct cq_err err = {0};
    const struct cq_row *row = NULL;
    enum cq_code bad = CQ_OK,
                 code = cq_csvin_open(
                     &in,
                     &(struct cq_csv_input){.fd = fd, .name = "list.csv", .delimiter = delimiter},
                     &err);
    cq_str_clear(out);
    cq_str_puts(out, "");
    if (!code)
        print_row(out, cq_csvin_header(in), CQ_OK);
    if (!code && !passing)
        cq_csvin_keep_all(in);
    while (!code && !(code = cq_csvin_next(in, &row, &bad, &err)) && row)
        print_row(out, row, bad);
    if (code)
        cq_str_printf(out, "%s%ld:%s", out->len ? " " : "", err.line, cq_code_id(code));
    if (code)
        assert_string_equal(err.file, "list.csv");
    assert_int_equal(code, err.code);
    cq_csvin_close(in);
}

static int file_of(const char *bytes, size_t len)
{
    int fd = memfd_create("list", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* A descriptor that returns the bytes in chunks: up to first, then step at a time. */
static int pieces_of(const char *bytes, size_t len, size_t first, size_t step)
{
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
    for (size_t at = 0, n = first; at < len; at += n, n = step) {
        if (n > len - at)
            n = len - at;
        if (n > 0)
            assert_int_equal(write(ends[0], bytes + at, n), n);
    }
    close(ends[0]);
    return ends[1];
}

/* Reads the input from a file, cut in two at every place, and byte by byte. */
static void expect_bytes(const char *bytes, size_t len, char delimiter, const char *want)
{
    struct cq_str got = {0};
    int fd = file_of(bytes, len);
    print_all(&got, fd, delimiter);
    close(fd);
    assert_string_equal(got.ptr, want);
    for (size_t cut = 1; cut <= len; cut++) {
        fd = cut < len ? pieces_of(bytes, len, cut, len) : pieces_of(bytes, len, 1, 1);
        print_all(&got, fd, delimiter);
        close(fd);
        assert_string_equal(got.ptr, want);
    }
    cq_str_free(&got);
}

static void expect(const char *text, const char *want)
{
    expect_bytes(text, strlen(text), 0, want);
}

static void test_plain_rows(void **state)
{
    (void)state;
    expect("a,b\n1,2\n3,4\n", "1[a|b] 2[1|2] 3[3|4]");
    expect("a,b\n", "1[a|b]");
    expect("a,b", "1[a|b]");
    expect("a,b\n1,\n,2\n,\n", "1[a|b] 2[1|] 3[|2] 4[|]");
    expect("a,b\n1,\"\"\n", "1[a|b] 2[1|]");
    expect("a\n\"\"\nx\n", "1[a] 2[] 3[x]");
}

static void test_last_line_without_end(void **state)
{
    (void)state;
    expect("a,b\n1,2", "1[a|b] 2[1|2]");
    expect("a,b\n1,\"2\"", "1[a|b] 2[1|2]");
    expect("a,b\n1,", "1[a|b] 2[1|]");
    expect("a,b\r1,2\r", "1[a|b] 2[1|2]");
}

static void test_line_ends(void **state)
{
    (void)state;
    expect("a,b\r\n1,2\r\n3,4\r\n", "1[a|b] 2[1|2] 3[3|4]");
    expect("a,b\r1,2\r3,4\r", "1[a|b] 2[1|2] 3[3|4]");
    expect("a,b\n1,2\r\n3,4\r5,6\n", "1[a|b] 2[1|2] 3[3|4] 4[5|6]");
}

/* libcsv skips blank lines, and counts CRLF twice where it reports them. */
static void test_blank_lines_count(void **state)
{
    (void)state;
    expect("a,b\n\n1,2\n\n\n3,4\n\n", "1[a|b] 3[1|2] 6[3|4]");
    expect("a,b\r\n\r\n1,2\r\n\r\n3,4\r\n", "1[a|b] 3[1|2] 5[3|4]");
    expect("a,b\r\r1,2\r", "1[a|b] 3[1|2]");
    expect("\n\r\na,b\n1,2\n", "3[a|b] 4[1|2]");
    expect("a,b\n  \n", "1[a|b] 2!CQ-R002[  ]");
}

static void test_quoted_fields(void **state)
{
    (void)state;
    expect("a,b\n\"1,1\",\"say \"\"x\"\"\"\n3,4\n", "1[a|b] 2[1,1|say \"x\"] 3[3|4]");
    expect("\"a\",\"b\"\n1,2\n", "1[a|b] 2[1|2]");
    expect("\"a,a\",b\n1,2\n", "1[a,a|b] 2[1|2]");
    expect("\"a\na\",b\n1,2\n", "1[a\na|b] 3[1|2]");
}

static void test_lines_of_quoted_newlines(void **state)
{
    (void)state;
    expect("a,b\n\"1\n1\",2\n3,4\n", "1[a|b] 2[1\n1|2] 4[3|4]");
    expect("a,b\n\"1\r\n1\r\n\",2\r\n3,4\r\n", "1[a|b] 2[1\r\n1\r\n|2] 5[3|4]");
    expect("a,b\r\"1\r1\",2\r3,4", "1[a|b] 2[1\r1|2] 4[3|4]");
    expect("a,b\n1,\"\n\n\"\n3,4\n", "1[a|b] 2[1|\n\n] 5[3|4]");
}

/* Blanks are part of a field (RFC 4180, 2.4); libcsv would drop them. */
static void test_blanks_are_kept(void **state)
{
    (void)state;
    expect("a, b \n 1 ,\t2 \n\" 3\",4\n", "1[a| b ] 2[ 1 |\t2 ] 3[ 3|4]");
}

/* Where quotes do not fit, the blanks around them do not count. */
static void test_blanks_around_quotes(void **state)
{
    static const char tabs[] = "\"a\"\t \"b\"\n \"1\" \t\t\n";
    (void)state;
    expect("a,b\n1, \"2\"\n3,4\n", "1[a|b] 2[1|2] 3[3|4]");
    expect("\"a\", \"b\"\n\"1\" ,\t\"2, \"\"x\"\" \"\n3,4", "1[a|b] 2[1|2, \"x\" ] 3[3|4]");
    expect("a,b\n \"1\n1\" , 2 \n3,4\n", "1[a|b] 2[1\n1|2] 4[3|4]");
    expect("a,b\n x , \"2\"\n x ,2\n", "1[a|b] 2[x|2] 3[ x |2]");
    expect_bytes(tabs, sizeof tabs - 1, '\t', "1[a|b] 2[1|]");
    expect("a,b\n1, \"2\n3,4\n", "1[a|b] 2!CQ-R001 3[3|4]");
    expect("a,b\n1, x\"y\"\n3,4\n", "1[a|b] 2!CQ-R001 3[3|4]");
    expect("a,b\n1, \"2\" x\n3,4\n", "1[a|b] 2!CQ-R001 3[3|4]");
}

/* A delimiter at the end of each line, in the header only or in the rows only. */
static void test_delimiter_at_the_end(void **state)
{
    (void)state;
    expect("a,b,\n1,2\n3,4\n", "1[a|b|] 2[1|2|] 3[3|4|]");
    expect("a,b,,,\n1,2,\n3,4,\n", "1[a|b|||] 2[1|2|||] 3[3|4|||]");
    expect("a,b,\n1,2,\n3,4,\n", "1[a|b|] 2[1|2|] 3[3|4|]");
    expect("a,b\n1,2,\n3,,\n", "1[a|b] 2[1|2] 3[3|]");
    expect("a,b\r\n1,2,,\r\n3,\"4\", ,\r\n", "1[a|b] 2[1|2] 3[3|4]");
    expect("a,b\n1,2,\n", "1[a|b] 2[1|2]");
    expect("a,b\n1,2,\n\n3,\"4\n4\",\n5", "1[a|b] 2[1|2] 4[3|4\n4] 6!CQ-R002[5]");
    /* The first two rows say which: another number may be cells that moved. */
    expect("a,b\n1,2\n3,4,\n5\n", "1[a|b] 2[1|2] 3!CQ-R002[3|4|] 4!CQ-R002[5]");
    expect("a,b\n1,2,\n3,4,\n5,6\n5,6,7\n8,9,,\n0,1,\n",
           "1[a|b] 2[1|2] 3[3|4] 4!CQ-R002[5|6] 5!CQ-R002[5|6|7] 6!CQ-R002[8|9||] 7[0|1]");
    expect("a,b\n1,2,\n3,4\n0,1,\n", "1[a|b] 2!CQ-R002[1|2|] 3[3|4] 4!CQ-R002[0|1|]");
    expect("a,b,\n1\n2,3\n4,5,\n6,7\n",
           "1[a|b|] 2!CQ-R002[1] 3!CQ-R002[2|3] 4[4|5|] 5!CQ-R002[6|7]");
    expect("a,b\n1,2,3\n4,5\n", "1[a|b] 2!CQ-R002[1|2|3] 3[4|5]");
}

/* Without CSV_STRICT an unclosed quote consumes the rest of the file. */
static void test_unclosed_quote_costs_one_line(void **state)
{
    (void)state;
    expect("a,b\n1,\"2\n3,4\n5,6\n", "1[a|b] 2!CQ-R001 3[3|4] 4[5|6]");
    expect("a,b\n1,\"2", "1[a|b] 2!CQ-R001");
    expect("a,b\n1,\"2\r\n3,4\r\n", "1[a|b] 2!CQ-R001 3[3|4]");
    expect("a,b\n1,\"2\n3,\"4\"\n5,6\n", "1[a|b] 2!CQ-R001 3[3|4] 4[5|6]");
    expect("a,b\n1,x\"y\n3,4\n", "1[a|b] 2!CQ-R001 3[3|4]");
    expect("a,b\n1,\"x\"y\n3,4\n", "1[a|b] 2!CQ-R001 3[3|4]");
    expect("a,b\n1,\"2\n\n3,4\n", "1[a|b] 2!CQ-R001 4[3|4]");
}

static void test_ragged_rows(void **state)
{
    (void)state;
    expect("a,b\n1\n1,2,3\n5,6\n", "1[a|b] 2!CQ-R002[1] 3!CQ-R002[1|2|3] 4[5|6]");
}

static void test_byte_order_mark(void **state)
{
    (void)state;
    expect("\xEF\xBB\xBF\x61,b\n1,2\n", "1[a|b] 2[1|2]");
    expect("\xEF\xBB\xBF\"a\",b\n", "1[a|b]");
    expect("\xEF\xBB\xBF", "0:CQ-F001");
    /* Elsewhere it is an ordinary character. */
    expect("a,b\n\xEF\xBB\xBF\x31,2\n", "1[a|b] 2[\xEF\xBB\xBF\x31|2]");
}

static void test_delimiters(void **state)
{
    static const char tabs[] = "a\tb,c\n1\t2,3\n", none[] = "a\n1\n";
    (void)state;
    expect("a;b\n1;2,5\n", "1[a|b] 2[1|2,5]");
    expect("a\tb\n1\t2;2,5\n", "1[a|b] 2[1|2;2,5]");
    expect("\"a,b,c\";d\n1;2\n", "1[a,b,c|d] 2[1|2]");
    expect_bytes(tabs, sizeof tabs - 1, ',', "1[a\tb|c] 2[1\t2|3]");
    expect_bytes(none, sizeof none - 1, 0, "1[a] 2[1]");
}

static void test_refused_files(void **state)
{
    static const char nul_in_row[] = "a,b\n1,2\n3,\0\n", nul_in_header[] = "a\0,b\n1,2\n";
    (void)state;
    expect("", "0:CQ-F001");
    expect("\n\r\n\n", "0:CQ-F001");
    expect("a,\"b\n1,2\n", "0:CQ-F007");
    expect_bytes(nul_in_row, sizeof nul_in_row - 1, 0, "1[a|b] 2[1|2] 3:CQ-F005");
    expect_bytes(nul_in_header, sizeof nul_in_header - 1, 0, "1:CQ-F005");
}

static void test_folder_and_closed_descriptor(void **state)
{
    struct cq_str got = {0};
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    print_all(&got, ends[1], 0); /* the end for writing */
    assert_string_equal(got.ptr, "0:CQ-O002");
    close(ends[0]);
    close(ends[1]);
    cq_str_free(&got);
}

/* Chunks of the reader itself: a row at the border of two of them, at every offset. */
static void test_border_of_pieces(void **state)
{
    static const char tail[] = "\"ә\r\nқ\",\"\"\"\"\r\n3,\xF0\x9F\x98\x80\r5,6";
    static const char want[] = "2[ә\r\nқ|\"] 4[3|\xF0\x9F\x98\x80] 5[5|6]";
    enum { PIECE = 1 << 17 };
    struct cq_str text = {0}, got = {0};
    (void)state;
    for (size_t start = 2 * PIECE - sizeof tail - 8; start < 2 * PIECE + 4; start++) {
        /* Lines of blanks shift the rows to the border. */
        cq_str_clear(&text);
        cq_str_puts(&text, "a,b");
        while (text.len < start - 1) {
            size_t n = start - 1 - text.len;
            cq_str_printf(&text, "\n%*s", n > 1000 ? 999 : (int)n - 1, "");
        }
        cq_str_puts(&text, "\n");
        long before = 0;
        for (size_t i = 0; i < text.len; i++)
            before += text.ptr[i] == '\n';
        cq_str_put(&text, tail, sizeof tail - 1);
        int fd = file_of(text.ptr, text.len);
        struct cq_csvin *in;
        struct cq_err err = {0};
        const struct cq_row *row;
        enum cq_code bad;
        assert_int_equal(
            cq_csvin_open(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &err), CQ_OK);
        cq_csvin_keep_all(in);
        cq_str_clear(&got);
        for (;;) {
            assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
            if (!row)
                break;
            if (bad) /* a line of blanks has one field */
                continue;
            struct cq_row moved = *row;
            moved.line -= before - 1;
            assert_memory_equal(text.ptr + row->offset, row->raw.ptr, row->raw.len);
            print_row(&got, &moved, bad);
        }
        assert_string_equal(got.ptr, want);
        cq_csvin_close(in);
        close(fd);
    }
    cq_str_free(&text);
    cq_str_free(&got);
}

static void add_many(struct cq_str *out, const char *text, size_t count)
{
    while (count-- > 0)
        cq_str_puts(out, text);
}

static void add_quoted(struct cq_str *out, const char *text, size_t count, const char *end)
{
    cq_str_puts(out, "\"");
    add_many(out, text, count);
    cq_str_puts(out, end);
}

/* Limits: a row that is too long is one bad row, wherever the chunks end. */
static void test_long_fields_and_rows(void **state)
{
    struct cq_str text = {0}, got = {0};
    (void)state;
    for (int which = 0; which < 4; which++) {
        cq_str_clear(&text);
        cq_str_puts(&text, "a,b\n1,2\n3,");
        if (which == 0) /* a field one byte too long */
            add_many(&text, "x", CQ_FIELD_MAX + 1);
        else if (which == 1) /* the same across lines */
            add_quoted(&text, "xxxxxxx\n", CQ_FIELD_MAX / 8 + 1, "\"");
        else if (which == 2) /* a line far longer than a row */
            add_many(&text, "xxxxxxxxxxxxxxxx", 3 * CQ_ROW_MAX / 16);
        else /* one that begins with an unclosed quote */
            add_quoted(&text, "xxxxxxxxxxxxxxxx", 3 * CQ_ROW_MAX / 16, "");
        cq_str_puts(&text, "\n5,6\n");
        int fd = file_of(text.ptr, text.len);
        print_all(&got, fd, 0);
        close(fd);
        long lines = which == 1 ? CQ_FIELD_MAX / 8 + 1 : 0;
        char want[80];
        snprintf(want, sizeof want, "1[a|b] 2[1|2] 3!CQ-R003 %ld[5|6]", 4 + lines);
        assert_string_equal(got.ptr, want);
    }
    cq_str_clear(&text);
    cq_str_puts(&text, "a,b\n3,");
    add_many(&text, "y", CQ_FIELD_MAX);
    int fd = file_of(text.ptr, text.len);
    print_all(&got, fd, 0);
    close(fd);
    assert_memory_equal(got.ptr, "1[a|b] 2[3|yyy", 14);
    assert_int_equal(got.len, strlen("1[a|b] 2[3|]") + CQ_FIELD_MAX);
    cq_str_free(&text);
    cq_str_free(&got);
}

/* Whether a row is too long depends on its bytes, not on where the chunks end. Shape: the row is
 * len bytes long, its line end not counted, and follows `before` bytes of other rows. */
static enum cq_code code_of_row(size_t len, size_t before)
{
    struct cq_str text = {0};
    struct cq_csvin *in;
    struct cq_err err = {0};
    const struct cq_row *row;
    enum cq_code bad = CQ_OK, found = CQ_OK;
    enum { COLUMNS = 64 };
    for (int i = 0; i < COLUMNS; i++)
        cq_str_puts(&text, i + 1 < COLUMNS ? "c," : "c\n");
    while (before > 1000) {
        cq_str_printf(&text, "%*s\n", 999, "");
        before -= 1000;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t n = len / COLUMNS + (i < len % COLUMNS) - 1;
        if (i + 1 == COLUMNS) /* no delimiter behind the last */
            n++;
        cq_str_printf(&text, "%*s%s", (int)n, "", i + 1 < COLUMNS ? "," : "\n");
    }
    int fd = file_of(text.ptr, text.len);
    assert_int_equal(cq_csvin_open(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &err),
                     CQ_OK);
    while (!cq_csvin_next(in, &row, &bad, &err) && row)
        found = bad;
    assert_int_equal(err.code, CQ_OK);
    cq_csvin_close(in);
    close(fd);
    cq_str_free(&text);
    return found;
}

static void test_row_limit_at_any_offset(void **state)
{
    (void)state;
    for (size_t before = 0; before < 300000; before += 50000) {
        assert_int_equal(code_of_row(CQ_ROW_MAX - 2, before), CQ_OK);
        assert_int_equal(code_of_row(CQ_ROW_MAX + 2, before), CQ_R_LONG);
    }
}

/* An unclosed quote before more than a row may hold: the rows after it are still read. */
static void test_unclosed_quote_before_a_long_file(void **state)
{
    struct cq_str text = {0};
    struct cq_csvin *in;
    struct cq_err err = {0};
    const struct cq_row *row;
    enum cq_code bad;
    long rows = 0, bad_rows = 0;
    (void)state;
    cq_str_puts(&text, "a,b\n1,\"2\n");
    add_many(&text, "some,text\n", 150000);
    int fd = file_of(text.ptr, text.len);
    assert_int_equal(cq_csvin_open(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &err),
                     CQ_OK);
    while (!cq_csvin_next(in, &row, &bad, &err) && row) {
        assert_int_equal(row->line, rows + bad_rows + 2);
        bad_rows += bad ? 1 : 0;
        rows += !bad;
    }
    assert_int_equal(err.code, CQ_OK);
    assert_int_equal(bad_rows, 1);
    assert_int_equal(rows, 150000);
    cq_csvin_close(in);
    close(fd);
    cq_str_free(&text);
}

/* Raw bytes and offsets are the place of each row, and seek goes back there. */
static void test_offsets_and_seek(void **state)
{
    static const char text[] = "\xEF\xBB\xBF\x61,b\r\n1,2\r\n\r\n\"3\n3\",4\r\n5,6\r\n7,\"8\r\n9,0";
    struct cq_csvin *in;
    struct cq_err err = {0};
    const struct cq_row *row;
    enum cq_code bad;
    int64_t offsets[8];
    long lines[8];
    size_t count = 0;
    (void)state;
    int fd = file_of(text, sizeof text - 1);
    assert_int_equal(cq_csvin_open(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &err),
                     CQ_OK);
    while (!cq_csvin_next(in, &row, &bad, &err) && row) {
        offsets[count] = row->offset;
        lines[count++] = row->line;
        assert_memory_equal(text + row->offset, row->raw.ptr, row->raw.len);
        assert_memory_equal(row->raw.ptr + row->raw.len - (bad || row->line == 8 ? 0 : 2),
                            bad || row->line == 8 ? "" : "\r\n", bad || row->line == 8 ? 0 : 2);
    }
    assert_int_equal(count, 5);
    while (count-- > 0) {
        assert_int_equal(cq_csvin_seek(in, offsets[count], lines[count], &err), CQ_OK);
        assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
        assert_non_null(row);
        assert_int_equal(row->line, lines[count]);
        assert_int_equal(row->offset, offsets[count]);
        assert_int_equal(text[row->offset], row->raw.ptr[0]);
        assert_int_equal(bad, lines[count] == 7 ? CQ_R_QUOTES : CQ_OK);
    }
    cq_csvin_close(in);
    close(fd);
}

/* Peeking at lines and skipping them gives the same lines and offsets as reading. */
static void test_peek_and_skip(void **state)
{
    static const char text[] = "a,b\r\n1,2\r\n\r\n\"3\n3\",4\r\n5,6";
    struct cq_csvin *in;
    struct cq_err err = {0};
    struct cq_text line;
    const struct cq_row *row;
    enum cq_code bad;
    bool found;
    long at;
    int64_t offset;
    (void)state;
    int fd = file_of(text, sizeof text - 1);
    assert_int_equal(cq_csvin_open(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &err),
                     CQ_OK);
    assert_int_equal(cq_csvin_peek(in, &line, &found, &err), CQ_OK);
    assert_true(found);
    assert_int_equal(line.len, 3);
    assert_memory_equal(line.ptr, "1,2", 3);
    cq_csvin_skip(in, &at, &offset);
    assert_int_equal(at, 2);
    assert_int_equal(offset, 5);
    assert_int_equal(cq_csvin_peek(in, &line, &found, &err), CQ_OK);
    assert_true(found);
    assert_memory_equal(line.ptr, "\"3", 2); /* the first line of a row of two */
    assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
    assert_int_equal(row->line, 4);
    assert_int_equal(row->count, 2);
    assert_int_equal(cq_csvin_peek(in, &line, &found, &err), CQ_OK);
    assert_true(found);
    cq_csvin_skip(in, &at, &offset);
    assert_int_equal(at, 6);
    assert_int_equal(offset, sizeof text - 1 - 3);
    assert_int_equal(cq_csvin_peek(in, &line, &found, &err), CQ_OK);
    assert_false(found);
    assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
    assert_null(row);
    cq_csvin_close(in);
    close(fd);
}

static void test_thousands_of_columns(void **state)
{
    struct cq_str text = {0};
    struct cq_csvin *in;
    struct cq_err err = {0};
    const struct cq_row *row;
    enum cq_code bad;
    enum { COLUMNS = 5000 };
    (void)state;
    for (int line = 0; line < 3; line++)
        for (int i = 0; i < COLUMNS; i++)
            cq_str_printf(&text, "%d%c", line * COLUMNS + i, i + 1 < COLUMNS ? ';' : '\n');
    int fd = file_of(text.ptr, text.len);
    assert_int_equal(cq_csvin_open(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &err),
                     CQ_OK);
    assert_int_equal(cq_csvin_delimiter(in), ';');
    assert_int_equal(cq_csvin_header(in)->count, COLUMNS);
    for (int line = 1; line < 3; line++) {
        assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
        assert_int_equal(bad, CQ_OK);
        assert_int_equal(row->count, COLUMNS);
        assert_int_equal(row->fields[COLUMNS - 1].len, 4 + (line > 1));
    }
    cq_csvin_close(in);
    close(fd);
    cq_str_free(&text);
}

/* Reads a list: what states nothing is passed over. */
static void expect_list(const char *text, const char *want)
{
    passing = true;
    expect(text, want);
    passing = false;
}

static void test_rows_that_state_nothing(void **state)
{
    (void)state;
    expect_list("a,b\n1,2\n,\n3,4\n,,,,,\n\n,\n", "1[a|b] 2[1|2] 4[3|4]");
    expect_list("a;b\n;\n1;2\n;;;;\n\" \";\"\"\n \t;\xC2\xA0\n\"\n\";\n", "1[a|b] 3[1|2]");
    expect_list("a,b\n;;;\n  \n1,2", "1[a|b] 4[1|2]");
    expect_list("a\n\"\"\nx\n \n", "1[a] 3[x]");
    expect_list(",\n\na,b\n1,2\n", "3[a|b] 4[1|2]");
    expect_list(",\n;;\n", "0:CQ-F001");
    /* A row that cannot be split may be anything. */
    expect_list("a,b\n,\"\n,\n", "1[a|b] 2!CQ-R001");
    /* The number of a row states nothing. */
    expect_list("№,b\n1,x\n2,\n", "1[№|b] 2[1|x]");
    expect_list("a,р/с\nx,1\n,2\n,x\n", "1[a|р/с] 2[x|1] 4[|x]");
}

static void test_rows_of_totals(void **state)
{
    static const char *const totals[] = {
        "Итого,,",          "ИТОГО:,60,",      "Всего по списку,60 чел.,",
        "Барлығы,60 адам,", "Жиыны:,,1 234,5", "total,60,60.0",
        "Жиынтығы,,",       " Итого 60,,",     ",Totals,",
    };
    static const char *const rows[] = {
        "Тотал,Анна,1",      "Итого,Анна,",        "Total,850315100016,", "Total,85031510001,",
        "Итого,15.03.1985,", "Итого,1985-03-15,",  "Всего,8.50315E+11,",  "Итогов,,",
        "60,Итого,",         "Барлығы,=\"8503\",", "Итого,да,",
    };
    char text[200], want[200];
    (void)state;
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        snprintf(text, sizeof text, "a,b,c\n7,8,9\n%s\n4,5,6\n", totals[i]);
        expect_list(text, "1[a|b|c] 2[7|8|9] 4[4|5|6]");
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(text, sizeof text, "a,b,c\n%s\n", rows[i]);
        snprintf(want, sizeof want, "1[a|b|c] 2[%s]", rows[i]);
        for (char *at = want + 11; *at; at++)
            if (*at == ',')
                *at = '|';
        if (!strchr(rows[i], '"'))
            expect_list(text, want);
    }
    expect_list("№,b\n3,Итого\nИтого,3\n", "1[№|b]");
}

static void test_numbers_of_the_columns(void **state)
{
    (void)state;
    expect_list("a,b,c\n1,2,3\n4,5,6\n1,2,3\n", "1[a|b|c] 3[4|5|6] 4[1|2|3]");
    expect_list("a,b,c,d\n,1,2,3\nx,,,\n", "1[a|b|c|d] 3[x|||]");
    expect_list("a,b\n1,2\n", "1[a|b] 2[1|2]");
    expect_list("a,b,c\n1,2,4\n", "1[a|b|c] 2[1|2|4]");
}

/* The header names the columns a and b. */
static int judge(const struct cq_row *row, bool first, void *context)
{
    int known = 0;
    (void)first;
    (void)context;
    for (size_t i = 0; i < row->count; i++)
        known += row->fields[i].len == 1 && strchr("ab", row->fields[i].ptr[0]);
    return known == 2 ? CQ_HEADER_WHOLE : known;
}

static void expect_found(const char *text, size_t blank, size_t skipped, const char *want)
{
    static const struct cq_header_search search = {judge, NULL};
    size_t len = strlen(text);
    for (size_t cut = 0; cut <= len; cut++) {
        struct cq_csvin *in;
        struct cq_err err = {0};
        struct cq_str got = {0};
        const struct cq_row *row;
        enum cq_code bad;
        int64_t counts[2] = {0, 0};
        int fd = cut ? pieces_of(text, len, cut, cut < len ? len : 1) : file_of(text, len);
        cq_csvin_open_at(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &search, &err);
        if (err.code)
            cq_str_puts(&got, cq_code_id(err.code));
        if (in)
            print_row(&got, cq_csvin_header(in), CQ_OK);
        while (in && !cq_csvin_next(in, &row, &bad, &err) && row)
            print_row(&got, row, bad);
        if (in)
            cq_csvin_passed(in, &counts[0], &counts[1]);
        assert_string_equal(got.ptr, want);
        assert_int_equal(counts[0], blank);
        assert_int_equal(counts[1], skipped);
        cq_csvin_close(in);
        cq_str_free(&got);
        close(fd);
    }
}

static void test_lines_above_the_header(void **state)
{
    (void)state;
    expect_found("a,b\n1,2\n", 0, 0, "1[a|b] 2[1|2]");
    expect_found("A list\n\na,b\n1,2\n", 1, 1, "3[a|b] 4[1|2]");
    expect_found("A list; of two; of three;\n;;\nb;a\n1,5;2\n\n", 2, 1, "3[b|a] 4[1,5|2]");
    expect_found("sep=;\na;b\n1,1,1;2\n", 0, 1, "2[a|b] 3[1,1,1|2]");
    expect_found("\xEF\xBB\xBFSEP=,\r\n\r\nA\r\na,b\r\n1,2", 1, 2, "4[a|b] 5[1|2]");
    expect_found("\"sep=;\"\nx;a;b,,,\n", 0, 1, "2[x|a|b,,,]");
    /* A title whose quote is not closed is a line like others. */
    expect_found("Dept \"Police\na,b\n1,2\n", 0, 1, "2[a|b] 3[1|2]");
    expect_found("\"two\nlines\",,\na,b\n1,2\n", 0, 1, "3[a|b] 4[1|2]");
    /* What is most like a header is told of; without any, the first. */
    expect_found("x,y\nz,b\n1,2\na,c\n", 0, 1, "2[z|b] 3[1|2] 4[a|c]");
    expect_found("x,y\n1,2\n", 0, 0, "1[x|y] 2[1|2]");
    expect_found("x\"\n1,2\n", 0, 0, "CQ-F007");
    expect_found("sep=;\n", 0, 0, "CQ-F001");
}

static void test_header_within_twenty_lines(void **state)
{
    struct cq_str text = {0}, want = {0};
    (void)state;
    for (size_t above = 19; above <= 20; above++) {
        cq_str_clear(&text);
        cq_str_clear(&want);
        for (size_t i = 0; i < above; i++)
            cq_str_puts(&text, "x,y\n");
        cq_str_puts(&text, "a,b\n1,2\n");
        if (above == 19)
            cq_str_puts(&want, "20[a|b] 21[1|2]");
        else
            cq_str_puts(&want, "1[x|y]");
        for (size_t i = 1; i < above && above == 20; i++)
            cq_str_printf(&want, " %zu[x|y]", i + 1);
        if (above == 20)
            cq_str_puts(&want, " 21[a|b] 22[1|2]");
        expect_found(text.ptr, 0, above == 19 ? 19 : 0, want.ptr);
    }
    cq_str_free(&text);
    cq_str_free(&want);
}

/* Long lines above the header move in the buffer while they are kept. */
static void test_long_lines_above_the_header(void **state)
{
    struct cq_str text = {0};
    struct cq_csvin *in;
    struct cq_err err = {0};
    const struct cq_row *row;
    enum cq_code bad;
    static const struct cq_header_search search = {judge, NULL};
    (void)state;
    for (int line = 0; line < 5; line++) {
        add_many(&text, line == 1 ? "a,y" : "x,y", CQ_ROW_MAX / 6);
        cq_str_puts(&text, "\n");
    }
    int fd = file_of(text.ptr, text.len);
    assert_int_equal(
        cq_csvin_open_at(&in, &(struct cq_csv_input){.fd = fd, .name = "list.csv"}, &search, &err),
        CQ_OK);
    assert_int_equal(cq_csvin_header(in)->line, 2);
    assert_int_equal(cq_csvin_header(in)->count, CQ_ROW_MAX / 6 + 1);
    assert_int_equal(cq_csvin_next(in, &row, &bad, &err), CQ_OK);
    assert_int_equal(row->line, 3);
    cq_csvin_close(in);
    close(fd);
    cq_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_rows),
        cmocka_unit_test(test_last_line_without_end),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_blank_lines_count),
        cmocka_unit_test(test_quoted_fields),
        cmocka_unit_test(test_lines_of_quoted_newlines),
        cmocka_unit_test(test_blanks_are_kept),
        cmocka_unit_test(test_blanks_around_quotes),
        cmocka_unit_test(test_delimiter_at_the_end),
        cmocka_unit_test(test_unclosed_quote_costs_one_line),
        cmocka_unit_test(test_ragged_rows),
        cmocka_unit_test(test_byte_order_mark),
        cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_refused_files),
        cmocka_unit_test(test_folder_and_closed_descriptor),
        cmocka_unit_test(test_border_of_pieces),
        cmocka_unit_test(test_long_fields_and_rows),
        cmocka_unit_test(test_row_limit_at_any_offset),
        cmocka_unit_test(test_unclosed_quote_before_a_long_file),
        cmocka_unit_test(test_offsets_and_seek),
        cmocka_unit_test(test_peek_and_skip),
        cmocka_unit_test(test_thousands_of_columns),
        cmocka_unit_test(test_rows_that_state_nothing),
        cmocka_unit_test(test_rows_of_totals),
        cmocka_unit_test(test_numbers_of_the_columns),
        cmocka_unit_test(test_lines_above_the_header),
        cmocka_unit_test(test_header_within_twenty_lines),
        cmocka_unit_test(test_long_lines_above_the_header),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
