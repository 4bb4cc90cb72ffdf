/* The engine alone: how many decisions a second cq_decide makes, over words of facts that were
 * made beforehand. Prints one line for known facts and one where every third fact but service
 * and destination is unknown: name, decisions, seconds. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include "cq/date.h"
#include "cq/decide.h"

#define WORDS 65536
#define ROUNDS 32

static uint64_t next_random(uint64_t *state)
{
    /* xorshift64: the same words on every machine. */
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void fill(uint64_t *words, bool unknown)
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < WORDS; i++) {
        words[i] = cq_facts_all;
        for (enum cq_fact fact = 0; fact < CQ_FACTS; fact++) {
            bool asked = fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION;
            bool hide = next_random(&state) % 3 == 0;
            int value = (int)(next_random(&state) % (uint64_t)cq_fact_count(fact));
            cq_facts_set(&words[i], fact, unknown && hide && !asked ? CQ_UNKNOWN : value);
        }
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void measure(const struct cq_law *law, const char *name, bool unknown)
{
    static uint64_t words[WORDS];
    int32_t day = cq_date_make(2026, 11, 1);
    uint64_t entitled = 0;

    fill(words, unknown);
    double begin = now();
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < WORDS; i++) {
            struct cq_decision decision;
            cq_decide(law, day, words[i], &decision);
            entitled += decision.entitled;
        }
    }
    double seconds = now() - begin;
    /* The count of the entitled keeps the compiler from removing the loop. */
    printf("%s %d %.6f %" PRIu64 "\n", name, WORDS * ROUNDS, seconds, entitled / ROUNDS);
}

int main(void)
{
    struct cq_law *law = NULL;
    struct cq_err err = {0};

    if (cq_law_load(&law, NULL, &err)) {
        fprintf(stderr, "engine: %s %s\n", cq_code_id(err.code), err.detail);
        return cq_code_status(err.code);
    }
    measure(law, "known", false);
    measure(law, "unknown", true);
    cq_law_free(law);
    return 0;
}
