/* What is added to a decision afterwards, and decisions on facts that are not known: by brute force
 * over all completions. */
#ifndef CQ_TEST_ORACLE_UNKNOWN_H
#define CQ_TEST_ORACLE_UNKNOWN_H

#include "oracle_steps.h"

static bool oracle_promises(const struct oracle_answer *a)
{
    return strcmp(a->outcome, "eligible") == 0 || strcmp(a->outcome, "conditional") == 0;
}

/* R78:14.2. One who may be a minor is taken for one. */
static const char *oracle_documents(const struct oracle_case *c, const struct oracle_answer *a,
                                    bool may_be_minor)
{
    if (!oracle_promises(a) || (oracle_cp(c) && !c->law->no_718))
        return "";
    switch (c->f->category) {
    case EMPLOYEE: return "id_card+service_id";
    case FAMILY: return may_be_minor ? "id_card/birth_certificate" : "id_card";
    case CHILD_OF_FALLEN: return "birth_certificate/id_card";
    case PENSIONER: return "id_card+pension_certificate";
    default: return "";
    }
}

static const char *oracle_certainty(const struct oracle_answer *a)
{
    if (a->basis[0] == '\0' || strcmp(a->outcome, "undetermined") == 0)
        return "";
    return oracle_certainties[a->weakest];
}

static bool oracle_exactly(const uint32_t sets[ORACLE_FACTS], int fact, int value)
{
    return sets[fact] == UINT32_C(1) << value;
}

static bool oracle_may_be(const uint32_t sets[ORACLE_FACTS], int fact, int value)
{
    return (sets[fact] >> value & 1) != 0;
}

static bool oracle_between(const struct oracle_law *law, int32_t first, int32_t last)
{
    return law->day >= first && law->day <= last;
}

static void oracle_late_gap(struct oracle_answer *out, int gap)
{
    out->late_gaps |= UINT32_C(1) << gap;
}

static void oracle_late_gaps_by_day(const struct oracle_law *law, struct oracle_answer *out)
{
    const bool o61 = strstr(out->basis, "O61:");

    if (oracle_between(law, oracle_date(2025, 9, 14), oracle_date(2025, 9, 19)))
        oracle_late_gap(out, 1);
    if (oracle_between(law, oracle_date(2022, 11, 6), oracle_date(2022, 11, 11)))
        oracle_late_gap(out, 27);
    if (o61 && law->day >= oracle_date(2025, 9, 25))
        oracle_late_gap(out, 2);
    if (o61 && oracle_between(law, oracle_date(2022, 3, 7), oracle_date(2022, 3, 16)))
        oracle_late_gap(out, 22);
}

/* */
static bool oracle_not_named_in_orders(const uint32_t sets[ORACLE_FACTS],
                                       const struct oracle_answer *a)
{
    if (oracle_may_be(sets, FACT_BODY, LAW_ENFORCEMENT) || oracle_may_be(sets, FACT_BODY, COURIER))
        return false;
    if (strstr(a->basis, "O281:") || strstr(a->basis, "O781:31") || strstr(a->basis, "O781:33"))
        return true;
    if (oracle_may_be(sets, FACT_CATEGORY, EMPLOYEE))
        return false;
    return strstr(a->basis, "O781:40") || strstr(a->basis, "O781:42");
}

/* Shape: the documents and rests_on_place of the answer hold for every completion. */
static void oracle_late_gaps(const struct oracle_law *law, const uint32_t sets[ORACLE_FACTS],
                             struct oracle_answer *out)
{
    if (!law->edition)
        return;
    oracle_late_gaps_by_day(law, out);
    if (oracle_exactly(sets, FACT_PLACE, ONE) && oracle_exactly(sets, FACT_CATEGORY, EMPLOYEE) &&
        out->rests_on_place)
        oracle_late_gap(out, 4);
    if (strcmp(out->documents, "id_card/birth_certificate") == 0)
        oracle_late_gap(out, 9);
    if (oracle_exactly(sets, FACT_CATEGORY, FAMILY) && oracle_promises(out) &&
        (oracle_exactly(sets, FACT_KIN, KIN_LISTED) ||
         oracle_exactly(sets, FACT_SPONSOR, SPONSOR_LISTED)))
        oracle_late_gap(out, 12);
    if (oracle_exactly(sets, FACT_BODY, FIRE_SERVICE) &&
        !oracle_exactly(sets, FACT_SPECIAL_RANK, YES) && strstr(out->basis, "O61:"))
        oracle_late_gap(out, 23);
    if (oracle_not_named_in_orders(sets, out))
        oracle_late_gap(out, 29);
}

/* Shape: every fact known. */
static inline void oracle_decide(int32_t day, const struct oracle_facts *facts,
                                 struct oracle_answer *out)
{
    const struct oracle_law law = oracle_law_on(day);
    const struct oracle_case c = {&law, facts};
    int values[ORACLE_FACTS];
    uint32_t sets[ORACLE_FACTS];

    memcpy(values, facts, sizeof values);
    for (int fact = 0; fact < ORACLE_FACTS; fact++)
        sets[fact] = UINT32_C(1) << values[fact];
    oracle_steps(&c, out);
    out->documents = oracle_documents(&c, out, facts->minor == YES);
    out->certainty = oracle_certainty(out);
    oracle_late_gaps(&law, sets, out);
}

static bool oracle_same_decision(const struct oracle_answer *a, const struct oracle_answer *b)
{
    return a->gaps == b->gaps && strcmp(a->basis, b->basis) == 0 &&
           strcmp(a->outcome, b->outcome) == 0 && strcmp(a->reasons, b->reasons) == 0 &&
           strcmp(a->provider, b->provider) == 0 && strcmp(a->payer, b->payer) == 0 &&
           strcmp(a->referral, b->referral) == 0;
}

enum { ORACLE_SEEN = 1024 };

/* The different decisions met among the completions, by number. */
struct oracle_seen {
    int count;
    struct oracle_answer answers[ORACLE_SEEN];
    uint32_t hashes[ORACLE_SEEN];
    int slots[4 * ORACLE_SEEN]; /* number + 1, 0 where free */
};

static uint32_t oracle_hash(const struct oracle_answer *a)
{
    uint32_t hash = UINT32_C(2166136261) ^ a->gaps;

    for (const char *s = a->basis; *s; s++)
        hash = (hash ^ (unsigned char)*s) * UINT32_C(16777619);
    for (const char *s = a->reasons; *s; s++)
        hash = (hash ^ (unsigned char)*s) * UINT32_C(16777619);
    return hash;
}

static int oracle_number(struct oracle_seen *seen, const struct oracle_answer *a)
{
    const uint32_t hash = oracle_hash(a);
    uint32_t slot = hash % (4 * ORACLE_SEEN);

    for (; seen->slots[slot] != 0; slot = (slot + 1) % (4 * ORACLE_SEEN)) {
        int number = seen->slots[slot] - 1;

        if (seen->hashes[number] == hash && oracle_same_decision(&seen->answers[number], a))
            return number;
    }
    if (seen->count == ORACLE_SEEN)
        abort();
    seen->answers[seen->count] = *a;
    seen->hashes[seen->count] = hash;
    seen->slots[slot] = seen->count + 1;
    return seen->count++;
}

/* Every completion as a number in mixed radix; the last fact is the fastest digit. */
struct oracle_space {
    int counts[ORACLE_FACTS], values[ORACLE_FACTS][8];
    size_t strides[ORACLE_FACTS], size;
};

static void oracle_space_of(const uint32_t sets[ORACLE_FACTS], struct oracle_space *space)
{
    space->size = 1;
    for (int fact = ORACLE_FACTS - 1; fact >= 0; fact--) {
        space->counts[fact] = 0;
        for (int value = 0; value < oracle_words[fact].count; value++)
            if (oracle_may_be(sets, fact, value))
                space->values[fact][space->counts[fact]++] = value;
        if (space->counts[fact] == 0)
            abort();
        space->strides[fact] = space->size;
        space->size *= (size_t)space->counts[fact];
    }
}

static bool oracle_next(const struct oracle_space *space, int digits[ORACLE_FACTS])
{
    for (int fact = ORACLE_FACTS - 1; fact >= 0; fact--) {
        if (++digits[fact] < space->counts[fact])
            return true;
        digits[fact] = 0;
    }
    return false;
}

/* Whether two completions that differ only in this fact decide differently. */
static bool oracle_matters(const struct oracle_space *space, const uint16_t *numbers, int fact)
{
    const size_t stride = space->strides[fact], count = (size_t)space->counts[fact];

    for (size_t block = 0; block < space->size; block += stride * count)
        for (size_t first = block; first < block + stride; first++)
            for (size_t digit = 1; digit < count; digit++)
                if (numbers[first] != numbers[first + digit * stride])
                    return true;
    return false;
}

static void oracle_missing_facts(const struct oracle_space *space, const uint16_t *numbers,
                                 struct oracle_answer *out)
{
    *out = (struct oracle_answer){"", "", "", "", "", "", 0, 0, 0, "", "", ORACLE_TEXT, false};
    oracle_say(out, "undetermined", "missing_facts");
    for (int fact = 0; fact < ORACLE_FACTS; fact++)
        if (oracle_matters(space, numbers, fact))
            out->missing |= UINT32_C(1) << fact;
}

/* Takes what one more completion adds to the shared decision: certainty the weakest, papers only
 * while all name the same, resting on place only while all do. */
static void oracle_join(struct oracle_answer *shared, const struct oracle_answer *one, bool first)
{
    if (first) {
        *shared = *one;
        return;
    }
    if (one->weakest > shared->weakest)
        shared->weakest = one->weakest;
    if (strcmp(shared->documents, one->documents) != 0)
        shared->documents = "";
    shared->rests_on_place = shared->rests_on_place && one->rests_on_place;
}

/* Shape: each set holds at least one value of its fact, bit 0 the first. */
static inline void oracle_unknown(int32_t day, const uint32_t sets[ORACLE_FACTS],
                                  struct oracle_answer *out)
{
    static struct oracle_seen seen;
    const struct oracle_law law = oracle_law_on(day);
    struct oracle_space space;
    struct oracle_facts facts;
    const struct oracle_case c = {&law, &facts};
    int digits[ORACLE_FACTS] = {0}, values[ORACLE_FACTS];
    uint16_t *numbers;
    size_t at = 0;

    oracle_space_of(sets, &space);
    numbers = malloc(space.size * sizeof *numbers);
    if (!numbers)
        abort();
    seen.count = 0;
    memset(seen.slots, 0, sizeof seen.slots);
    do {
        struct oracle_answer one;

        for (int fact = 0; fact < ORACLE_FACTS; fact++)
            values[fact] = space.values[fact][digits[fact]];
        memcpy(&facts, values, sizeof facts);
        oracle_steps(&c, &one);
        one.documents = oracle_documents(&c, &one, oracle_may_be(sets, FACT_MINOR, YES));
        numbers[at] = (uint16_t)oracle_number(&seen, &one);
        oracle_join(out, &one, at == 0);
        at++;
    } while (oracle_next(&space, digits));
    if (seen.count > 1) {
        oracle_missing_facts(&space, numbers, out);
    } else {
        out->certainty = oracle_certainty(out);
        oracle_late_gaps(&law, sets, out);
    }
    free(numbers);
}

/* Gaps as a cell: alphabetical is by number. */
static inline void oracle_gap_cell(uint32_t gaps, char *cell, size_t size)
{
    size_t used = 0;

    cell[0] = '\0';
    for (int gap = 0; gap < 32; gap++)
        if ((gaps >> gap & 1) != 0)
            used += (size_t)snprintf(cell + used, size - used, "%sA-%02d", used ? ";" : "", gap);
}

/* The missing facts as a cell, alphabetically. */
static inline void oracle_missing_cell(uint32_t missing, char *cell, size_t size)
{
    size_t used = 0;

    cell[0] = '\0';
    while (missing != 0) {
        int least = -1;

        for (int fact = 0; fact < ORACLE_FACTS; fact++)
            if ((missing >> fact & 1) != 0 &&
                (least < 0 || strcmp(oracle_words[fact].name, oracle_words[least].name) < 0))
                least = fact;
        missing &= ~(UINT32_C(1) << least);
        used += (size_t)snprintf(cell + used, size - used, "%s%s", used ? ";" : "",
                                 oracle_words[least].name);
    }
}

#endif
