/* Fuzzes the row reader: any bytes are rows, bad rows or an error, and the rows follow
 * each other in the file. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cq/csvin.h"
#include "cq/utf8.h"

/* What seeking to a row and reading it again must return. */
struct place {
    int64_t offset;
    long line;
    size_t count;
    enum cq_code bad;
};

enum { PLACES = 64 };

static void check_row(const struct cq_row *row, enum cq_code bad, size_t width)
{
    size_t bytes = 0;
    for (size_t i = 0; i < row->count; i++) {
        bytes += row->fields[i].len;
        assert(cq_utf8_valid(row->fields[i].ptr, row->fields[i].len) == row->fields[i].len);
        assert(row->fields[i].len == 0 || !memchr(row->fields[i].ptr, '\0', row->fields[i].len));
        assert(bad || row->fields[i].len <= CQ_FIELD_MAX);
    }
    assert(!bad || bad == CQ_R_QUOTES || bad == CQ_R_WIDTH || bad == CQ_R_LONG);
    assert(bad || row->count == width);
    assert(bad || bytes <= row->raw.len);
}

static void read_again(struct cq_csvin *in, const struct place *places, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        const struct cq_row *row;
        struct cq_err err = {0};
        enum cq_code bad;
        assert(!cq_csvin_seek(in, places[i].offset, places[i].line, &err));
        assert(!cq_csvin_next(in, &row, &bad, &err) && row);
        assert(row->offset == places[i].offset && row->line == places[i].line);
        assert(bad == places[i].bad && row->count == places[i].count);
    }
}

static void read_rows(struct cq_csvin *in, int64_t size)
{
    struct place places[PLACES];
    size_t count = 0, width = cq_csvin_header(in)->count;
    const struct cq_row *row;
    enum cq_code bad;
    long line = cq_csvin_header(in)->line;
    int64_t end = 0;
    struct cq_err err = {0};
    assert(width > 0);
    while (!cq_csvin_next(in, &row, &bad, &err)) {
        if (!row) {
            if (cq_csvin_encoding(in) == CQ_ENCODING_UTF8)
                read_again(in, places, count);
            return;
        }
        check_row(row, bad, width);
        assert(row->line > line);
        assert(row->offset >= end);
        line = row->line;
        end = row->offset + (int64_t)row->raw.len;
        if (cq_csvin_encoding(in) == CQ_ENCODING_UTF8)
            assert(end <= size);
        if (count < PLACES)
            places[count++] = (struct place){row->offset, row->line, row->count, bad};
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {0, ',', ';', '\t'};
    struct cq_csvin *in = NULL;
    struct cq_err err = {0};
    if (size == 0)
        return 0;
    int fd = memfd_create("list", MFD_CLOEXEC);
    assert(fd >= 0);
    assert(write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    assert(lseek(fd, 0, SEEK_SET) == 0);
    /* The first byte chooses the delimiter. */
    const struct cq_csv_input input = {
        .fd = fd, .name = "fuzz", .delimiter = delimiters[data[0] % 4]};
    if (!cq_csvin_open(&in, &input, &err))
        read_rows(in, (int64_t)(size - 1));
    else
        assert(!in && err.code);
    cq_csvin_close(in);
    close(fd);
    return 0;
}
