/* The lower bound for a program that reads and writes CSV with libcsv: parses standard input and
 * writes the same rows with libcsv's own writer, and does nothing else. It is not part of cq; the
 * benchmark compares cq-eligible --facts with it. */
#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#define ROOM (1 << 16)

struct state {
    bool begun; /* the row has a cell already */
};

static void on_field(void *field, size_t len, void *context)
{
    struct state *state = context;
    if (state->begun)
        putc_unlocked(',', stdout);
    state->begun = true;
    csv_fwrite(stdout, field, len);
}

static void on_row(int end, void *context)
{
    struct state *state = context;
    (void)end;
    putc_unlocked('\n', stdout);
    state->begun = false;
}

int main(void)
{
    static char bytes[ROOM], buffer[ROOM];
    struct csv_parser parser;
    struct state state = {false};
    ssize_t n;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return 1;
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    while ((n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0)
        if (csv_parse(&parser, bytes, (size_t)n, on_field, on_row, &state) != (size_t)n)
            return 1;
    bool ok = n == 0 && csv_fini(&parser, on_field, on_row, &state) == 0 && fflush(stdout) == 0;
    csv_free(&parser);
    return ok ? 0 : 1;
}
