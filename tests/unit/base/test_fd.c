/* File descriptors: short writes of a pipe, offsets, ends, errors with their messages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cq/fd.h"

enum { MUCH = 1 << 20 };

static void *read_slowly(void *context)
{
    int fd = *(int *)context;
    size_t sum = 0, len;
    char buffer[4093];
    struct cq_err err = {0};
    while (!cq_fd_read(fd, buffer, sizeof buffer, &len, &err) && len > 0)
        for (size_t i = 0; i < len; i++, sum++)
            if (buffer[i] != (char)(sum % 251))
                return NULL;
    return sum == MUCH ? context : NULL;
}

/* More than a pipe holds: a whole write continues until the reader has read all. */
static void test_a_pipe_gets_every_byte(void **state)
{
    (void)state;
    int ends[2];
    pthread_t reader;
    void *whole = NULL;
    struct cq_err err = {0};
    char *bytes = malloc(MUCH);
    assert_non_null(bytes);
    for (size_t i = 0; i < MUCH; i++)
        bytes[i] = (char)(i % 251);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pthread_create(&reader, NULL, read_slowly, &ends[0]), 0);
    assert_int_equal(cq_fd_write(ends[1], bytes, MUCH, &err), CQ_OK);
    close(ends[1]);
    assert_int_equal(pthread_join(reader, &whole), 0);
    assert_non_null(whole);
    close(ends[0]);
    free(bytes);
}

static void test_offsets(void **state)
{
    (void)state;
    char path[] = "/tmp/cq-fd-XXXXXX", bytes[8] = "";
    size_t len = 9;
    struct cq_err err = {0};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    assert_int_equal(cq_fd_write_at(fd, "cdef", 4, 2, &err), CQ_OK);
    assert_int_equal(cq_fd_write_at(fd, "ab", 2, 0, &err), CQ_OK);
    assert_int_equal(cq_fd_read_at(fd, bytes, 3, 1, &len, &err), CQ_OK);
    assert_int_equal(len, 3);
    assert_memory_equal(bytes, "bcd", 3);
    assert_int_equal(cq_fd_read_at(fd, bytes, sizeof bytes, 4, &len, &err), CQ_OK);
    assert_int_equal(len, 2);
    assert_int_equal(cq_fd_read_at(fd, bytes, sizeof bytes, 100, &len, &err), CQ_OK);
    assert_int_equal(len, 0);
    close(fd);
}

static void test_errors_have_words(void **state)
{
    (void)state;
    struct cq_err full = {0}, folder = {0}, closed = {0};
    char bytes[4];
    size_t len = 9;
    int fd = open("/dev/full", O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(cq_fd_write(fd, "a", 1, &full), CQ_O_WRITE);
    assert_int_equal(full.code, CQ_O_WRITE);
    assert_string_equal(full.detail, strerror(ENOSPC));
    close(fd);
    fd = open("/tmp", O_RDONLY | O_DIRECTORY);
    assert_true(fd >= 0);
    assert_int_equal(cq_fd_read(fd, bytes, sizeof bytes, &len, &folder), CQ_O_DIRECTORY);
    assert_int_equal(len, 0);
    close(fd);
    assert_int_equal(cq_fd_read_at(-1, bytes, sizeof bytes, 0, &len, &closed), CQ_O_READ);
    assert_string_equal(closed.detail, strerror(EBADF));
}

static void test_temporary_files_are_private_and_unlinked(void **state)
{
    struct stat st;
    int fd = cq_fd_temporary("/tmp");
    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_nlink, 0);
    close(fd);
    assert_int_equal(cq_fd_temporary("/nonexistent"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pipe_gets_every_byte),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_errors_have_words),
        cmocka_unit_test(test_temporary_files_are_private_and_unlinked),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
