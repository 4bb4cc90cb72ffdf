/* gen: synthetic lists for the demo, the tests and the benchmarks.
 *
 * Deterministic: the same command gives the same bytes on every machine. The people are plainly
 * invented: the seventh digit of every IIN is 1 or 2, the 19th century. It is not a model of the
 * real contingent: only the formats and rough shares are similar. */
#include "gen.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cq/date.h"
#include "cq/fd.h"

static char buffer[1 << 16];
static size_t buffered;
static bool failed;

uint64_t gen_hash(const struct gen *gen, uint64_t index, unsigned purpose)
{
    /* SplitMix64 over the three. */
    uint64_t z = gen->seed * 0x9E3779B97F4A7C15u + index * 0xD1B54A32D192ED03u +
                 (uint64_t)purpose * 0x8CB92BA72F3D8DD7u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

bool gen_spread(const struct gen *gen, int64_t index, int64_t wanted)
{
    return (index + 1) * wanted / gen->count != index * wanted / gen->count;
}

int64_t gen_permute(const struct gen *gen, int64_t index, int64_t size, unsigned purpose)
{
    /* A Feistel network over the next even number of bits; a value outside is permuted again until
     * it is inside (cycle walking), so it stays a bijection. */
    unsigned half = 1;
    while ((INT64_C(1) << (2 * half)) < size)
        half++;
    uint64_t mask = (UINT64_C(1) << half) - 1;
    uint64_t value = (uint64_t)index;
    do {
        uint64_t left = value >> half, right = value & mask;
        for (unsigned round = 0; round < 4; round++) {
            uint64_t mixed = left ^ (gen_hash(gen, right, purpose + round) & mask);
            left = right;
            right = mixed;
        }
        value = left << half | right;
    } while (value >= (uint64_t)size);
    return (int64_t)value;
}

void gen_day(char dst[11], int32_t day)
{
    dst[cq_date_write(dst, day)] = '\0';
}

bool gen_flush(void)
{
    failed = failed || cq_fd_write(STDOUT_FILENO, buffer, buffered, NULL);
    buffered = 0;
    return !failed;
}

static void append(const char *bytes, size_t len)
{
    if (len > sizeof buffer - buffered)
        gen_flush();
    memcpy(buffer + buffered, bytes, len);
    buffered += len;
}

void gen_row(const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        append(cells[i], strlen(cells[i]));
        append(i + 1 < count ? "," : "\n", 1);
    }
}

typedef void write_list(const struct gen *gen);

static const struct {
    const char *name;
    write_list *write;
} kinds[] = {
    {"contingent", gen_contingent}, {"facilities", gen_facilities},
    {"insurance", gen_insurance},   {"presidential", gen_presidential},
    {"facts", gen_facts},
};

static bool number(const char *text, int64_t max, int64_t *out)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < 0 || value > max)
        return false;
    *out = value;
    return true;
}

static int usage(void)
{
    fputs("usage: gen contingent|facilities|insurance|presidential|facts COUNT\n"
          "           [--seed=N] [--full] [--bad=N] [--changed=N] [--unknown=PCT]\n"
          "           [--several=PCT]\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"seed", required_argument, NULL, 's'},
        {"bad", required_argument, NULL, 'b'},
        {"changed", required_argument, NULL, 'c'},
        {"unknown", required_argument, NULL, 'u'},
        {"several", required_argument, NULL, 'v'},
        {"full", no_argument, NULL, 'f'},
        {NULL, 0, NULL, 0},
    };
    struct gen gen = {.seed = 1};
    int64_t value = 0;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'f') {
            gen.full = true;
            continue;
        }
        if (option == '?' ||
            !number(optarg, option == 'u' || option == 'v' ? 100 : INT32_MAX, &value))
            return usage();
        switch (option) {
        case 's': gen.seed = (uint64_t)value; break;
        case 'b': gen.bad = value; break;
        case 'c': gen.changed = value; break;
        case 'v': gen.several = (int)value; break;
        default: gen.unknown = (int)value; break;
        }
    }
    if (argc - optind != 2 || !number(argv[optind + 1], GEN_COUNT_MAX, &gen.count) ||
        gen.bad > gen.count || gen.changed > gen.count)
        return usage();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(argv[optind], kinds[i].name) == 0) {
            kinds[i].write(&gen);
            return gen_flush() ? 0 : 4;
        }
    }
    return usage();
}
