/* Sources: files are read in place, pipes through a copy; both can be read again from the start. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/source.h"

static const char text[] = "iin,last_name\n1,Қ\n";

static int file_of(const void *bytes, size_t len)
{
    int fd = memfd_create("list", MFD_CLOEXEC);
    assert_int_equal(write(fd, bytes, len), len);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static void hash_of(const void *bytes, size_t len, char hex[CQ_HASH_HEX + 1])
{
    unsigned char digest[CQ_HASH_BYTES];
    cq_hash_bytes(bytes, len, digest);
    cq_hash_hex(hex, digest, sizeof digest);
}

/* Compares what is read from the source, twice. */
static void assert_reads(struct cq_source *source, const char *want)
{
    char got[200];
    struct cq_err err = {0};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(read(source->fd, got, sizeof got), strlen(want));
        assert_memory_equal(got, want, strlen(want));
        assert_int_equal(cq_source_rewind(source, &err), CQ_OK);
    }
}

static void test_a_file_is_read_in_place(void **state)
{
    struct cq_source source;
    struct cq_err err = {0};
    char hash[CQ_HASH_HEX + 1];
    int fd = file_of(text, sizeof text - 1);
    (void)state;
    assert_int_equal(
        cq_source_open(
            &source, &(struct cq_csv_input){.fd = fd, .name = "list.csv", .folder = "/nonexistent"},
            NULL, &err),
        CQ_OK);
    assert_int_equal(source.fd, fd);
    assert_false(source.owned);
    hash_of(text, sizeof text - 1, hash);
    assert_string_equal(source.hash, hash);
    assert_int_equal(source.encoding, CQ_ENCODING_UTF8);
    assert_reads(&source, text);
    cq_source_close(&source);
    assert_true(fcntl(fd, F_GETFD) >= 0); /* the caller's still */
    cq_source_close(&source);
    close(fd);
}

/* A pipe, and a file that is not at its start, are copied. */
static void test_what_cannot_be_rewound_is_copied(void **state)
{
    (void)state;
    for (int pipe_or_file = 0; pipe_or_file < 2; pipe_or_file++) {
        struct cq_source source;
        struct cq_err err = {0};
        char hash[CQ_HASH_HEX + 1];
        int ends[2] = {-1, -1};
        if (pipe_or_file) {
            assert_int_equal(pipe(ends), 0);
            assert_int_equal(write(ends[1], text, sizeof text - 1), sizeof text - 1);
            close(ends[1]);
        } else {
            ends[0] = file_of("x"
                              "iin,last_name\n1,Қ\n",
                              sizeof text);
            assert_int_equal(lseek(ends[0], 1, SEEK_SET), 1);
        }
        assert_int_equal(
            cq_source_open(&source,
                           &(struct cq_csv_input){.fd = ends[0], .name = "-", .folder = "/tmp"},
                           NULL, &err),
            CQ_OK);
        assert_true(source.owned);
        assert_int_not_equal(source.fd, ends[0]);
        hash_of(text, sizeof text - 1, hash);
        assert_string_equal(source.hash, hash);
        assert_reads(&source, text);
        int copy = source.fd;
        cq_source_close(&source);
        assert_int_equal(fcntl(copy, F_GETFD), -1);
        close(ends[0]);
    }
}

static void test_refusals(void **state)
{
    struct cq_source source;
    struct cq_err err = {0};
    int ends[2], folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    (void)state;
    assert_int_equal(
        cq_source_open(&source,
                       &(struct cq_csv_input){.fd = folder, .name = "list.csv", .folder = "/tmp"},
                       NULL, &err),
        CQ_O_DIRECTORY);
    assert_string_equal(err.file, "list.csv");
    close(folder);
    assert_int_equal(pipe(ends), 0);
    err = (struct cq_err){0};
    assert_int_equal(
        cq_source_open(&source,
                       &(struct cq_csv_input){.fd = ends[0], .name = "-", .folder = "/nonexistent"},
                       NULL, &err),
        CQ_O_WRITE);
    err = (struct cq_err){0};
    assert_int_equal(
        cq_source_open(&source,
                       &(struct cq_csv_input){.fd = ends[1], .name = "-", .folder = "/tmp"}, NULL,
                       &err),
        CQ_O_READ);
    close(ends[0]);
    close(ends[1]);
}

static enum cq_code refuse_pipe(const char *bytes, size_t len, size_t piece, struct cq_err *err)
{
    struct cq_source source;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    for (size_t at = 0; at < len; at += piece)
        assert_int_equal(write(ends[1], bytes + at, len - at < piece ? len - at : piece),
                         len - at < piece ? len - at : piece);
    enum cq_code code = cq_source_open(
        &source, &(struct cq_csv_input){.fd = ends[0], .name = "x", .folder = "/tmp"}, NULL, err);
    close(ends[0]);
    close(ends[1]);
    return code;
}

/* The writing end stays open: nothing but the refusal ends the reading. */
static void test_what_is_no_list_is_not_read_to_its_end(void **state)
{
    static const char lines[] = "iin\r\n1\r\n2\0\r\n3";
    static const char old[] = "iin\r1\r2\r\0";
    static const char *const devices[] = {"/dev/zero", "/dev/full"};
    struct cq_err err = {0};
    (void)state;
    assert_int_equal(refuse_pipe(lines, sizeof lines - 1, 3, &err), CQ_F_BINARY);
    assert_int_equal(err.line, 3);
    err = (struct cq_err){0};
    assert_int_equal(refuse_pipe(old, sizeof old - 1, 100, &err), CQ_F_BINARY);
    assert_int_equal(err.line, 4);
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        struct cq_source source;
        int fd = open(devices[i], O_RDONLY | O_CLOEXEC);
        err = (struct cq_err){0};
        assert_int_equal(
            cq_source_open(&source, &(struct cq_csv_input){.fd = fd, .name = "x", .folder = "/tmp"},
                           NULL, &err),
            CQ_F_BINARY);
        close(fd);
    }
}

/* The NUL bytes of UTF-16 are none, whether a mark or the caller says that it is that. */
static void test_utf16_has_nul_bytes(void **state)
{
    static const char marked[] = "\xFF\xFEi\0i\0n\0\n\0"
                                 "1\0\n";
    static const enum cq_encoding forced = CQ_ENCODING_UTF16LE;
    (void)state;
    for (size_t from = 0; from < 3; from += 2) {
        struct cq_source source;
        struct cq_err err = {0};
        int fd = file_of(marked + from, sizeof marked - from);
        assert_int_equal(cq_source_open(&source,
                                        &(struct cq_csv_input){.fd = fd,
                                                               .name = "x",
                                                               .folder = "/tmp",
                                                               .encoding = from ? &forced : NULL},
                                        NULL, &err),
                         CQ_OK);
        assert_reads(&source, "iin\n1\n");
        cq_source_close(&source);
        close(fd);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_read_in_place),
        cmocka_unit_test(test_what_cannot_be_rewound_is_copied),
        cmocka_unit_test(test_what_is_no_list_is_not_read_to_its_end),
        cmocka_unit_test(test_utf16_has_nul_bytes),
        cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
