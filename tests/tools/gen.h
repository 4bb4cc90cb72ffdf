/* The shared part of the generator of synthetic data: settings, random numbers, output of rows. */
#ifndef GEN_H
#define GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GEN_COUNT_MAX 10000000 /* the room for distinct IINs ends a little above */

/* The settings. Everything generated is a function of these and of the row's index. */
struct gen {
    uint64_t seed;
    int64_t count;   /* people, facilities or fact rows */
    int64_t bad;     /* rows of the contingent to make wrong */
    int64_t changed; /* rows of the contingent whose residence differs from the plain list's */
    int unknown;     /* percent of facts left empty */
    int several;     /* percent of facts that are one of two values */
    bool full;       /* all columns of the contingent, children of the fallen among the people */
};

enum gen_category { GEN_EMPLOYEE, GEN_FAMILY, GEN_PENSIONER, GEN_CHILD_OF_FALLEN };

/* One synthetic person. Strings are static but for the arrays. */
struct gen_person {
    enum gen_category category;
    bool male;
    int32_t birth; /* day number */
    char iin[13];
    char sponsor[13]; /* "" where there is none */
    int region;       /* index in gen_regions */
    uint64_t home;    /* chance that chose the residence */
    const char *agency, *last_name, *first_name, *middle_name, *relation, *coresident;
};

/* First two digits of KATO; Astana and Almaty are first. */
#define GEN_REGIONS 20
extern const char *const gen_regions[GEN_REGIONS];

/* A number that depends on the seed, an index and the purpose (any small number). */
uint64_t gen_hash(const struct gen *gen, uint64_t index, unsigned purpose);

/* Whether a row is one of `wanted` rows spread evenly over the list. */
bool gen_spread(const struct gen *gen, int64_t index, int64_t wanted);

/* A bijection of 0..size-1 that looks random. Shape: 0 <= index < size < 2^30. */
int64_t gen_permute(const struct gen *gen, int64_t index, int64_t size, unsigned purpose);

/* The person of a row of the contingent. */
void gen_person(const struct gen *gen, int64_t index, struct gen_person *person);

/* A KATO code inside a region, of 2 to 9 digits, chosen by chance. Shape: room for 10 bytes. */
void gen_kato(char *dst, int region, uint64_t chance);

/* Writes a day as YYYY-MM-DD with a NUL. */
void gen_day(char dst[11], int32_t day);

/* Writes one row to standard output through a buffer; cells are in CSV form already. */
void gen_row(const char *const *cells, size_t count);

/* Writes what is buffered. Returns false if anything could not be written. */
bool gen_flush(void);

/* The lists, header first. */
void gen_contingent(const struct gen *gen);
void gen_insurance(const struct gen *gen);
void gen_presidential(const struct gen *gen);
void gen_facilities(const struct gen *gen);
void gen_facts(const struct gen *gen);

#endif
