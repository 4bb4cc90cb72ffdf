/* Random numbers of tests: the same from the same seed, on every machine. */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

static uint64_t seed;

/* A number from 0 to below - 1 (SplitMix64). */
static inline int random_below(int below)
{
    uint64_t z = seed += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (int)((z ^ (z >> 31)) % (uint64_t)below);
}

#endif
