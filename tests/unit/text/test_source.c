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
            &err),
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
                           &err),
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
                       &err),
        CQ_O_DIRECTORY);
    assert_string_equal(err.file, "list.csv");
    close(folder);
    assert_int_equal(pipe(ends), 0);
    err = (struct cq_err){0};
    assert_int_equal(
        cq_source_open(&source,
                       &(struct cq_csv_input){.fd = ends[0], .name = "-", .folder = "/nonexistent"},
                       &err),
        CQ_O_WRITE);
    err = (struct cq_err){0};
    assert_int_equal(
        cq_source_open(&source,
                       &(struct cq_csv_input){.fd = ends[1], .name = "-", .folder = "/tmp"}, &err),
        CQ_O_READ);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_read_in_place),
        cmocka_unit_test(test_what_cannot_be_rewound_is_copied),
        cmocka_unit_test(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
