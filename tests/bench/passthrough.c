/* The floor of any program that reads and writes CSV with libcsv: it parses standard input and
 * writes the same rows, quoted only where needed, and does nothing else. Not a part of cq; the
 * benchmark compares cq-eligible --facts with it. */
#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ROOM (1 << 16)

struct writer {
    char buffer[ROOM];
    size_t used;
    bool begun;  /* the row has a cell already */
    bool failed;
};

static void flush(struct writer *out)
{
    size_t done = 0;
    while (done < out->used && !out->failed) {
        ssize_t n = write(STDOUT_FILENO, out->buffer + done, out->used - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            out->failed = true;
    }
    out->used = 0;
}

static void put(struct writer *out, const char *bytes, size_t len)
{
    while (len > 0) {
        if (out->used == ROOM)
            flush(out);
        size_t part = len < ROOM - out->used ? len : ROOM - out->used;
        memcpy(out->buffer + out->used, bytes, part);
        out->used += part;
        bytes += part;
        len -= part;
    }
}

static bool plain(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == ',' || bytes[i] == '"' || bytes[i] == '\n' || bytes[i] == '\r')
            return false;
    }
    return true;
}

static void on_field(void *field, size_t len, void *context)
{
    struct writer *out = context;
    const char *bytes = field;

    if (out->begun)
        put(out, ",", 1);
    out->begun = true;
    if (plain(bytes, len)) {
        put(out, bytes, len);
        return;
    }
    put(out, "\"", 1);
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '"')
            put(out, "\"", 1);
        put(out, bytes + i, 1);
    }
    put(out, "\"", 1);
}

static void on_row(int end, void *context)
{
    struct writer *out = context;
    (void)end;
    put(out, "\n", 1);
    out->begun = false;
}

int main(void)
{
    static struct writer out;
    static char in[ROOM];
    struct csv_parser parser;
    ssize_t n;

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return 70;
    while ((n = read(STDIN_FILENO, in, sizeof in)) > 0) {
        if (csv_parse(&parser, in, (size_t)n, on_field, on_row, &out) != (size_t)n) {
            fprintf(stderr, "passthrough: %s\n", csv_strerror(csv_error(&parser)));
            csv_free(&parser);
            return 3;
        }
    }
    int bad = csv_fini(&parser, on_field, on_row, &out);
    csv_free(&parser);
    flush(&out);
    return n < 0 || out.failed ? 4 : bad != 0 ? 3 : 0;
}
