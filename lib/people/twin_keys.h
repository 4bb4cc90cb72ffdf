/* Keys that two entries of one person have in common, whatever mistake was made. */
#ifndef CQ_PEOPLE_TWIN_KEYS_H
#define CQ_PEOPLE_TWIN_KEYS_H

#include <stddef.h>
#include <stdint.h>

/* What the keys are made of. Shape: last and first are skeletons (base/name_sound.h). */
struct cq_twin_traits {
    uint32_t last, first;
    int32_t birth;
};

enum { CQ_TWIN_DAY_AND_MONTH, CQ_TWIN_YEAR, CQ_TWIN_FIRST, CQ_TWIN_LAST, CQ_TWIN_KEYS };

struct cq_twin_key {
    uint64_t key;
    uint32_t then, entry; /* what orders those who have the key in common */
};

/* Both names, in any order. */
uint64_t cq_twin_names(const struct cq_twin_traits *traits);

/* A key: both names with day and month in any order, or with the year; one name with the birth date. */
struct cq_twin_key cq_twin_key(const struct cq_twin_traits *traits, int which, uint32_t entry);

/* Lays equal keys side by side, in the order of `then` and entry: keys into out. Shape: count is below
 * 2^32; starts has CQ_TWIN_BUCKETS + 1 entries. The order of other keys is that of a hash. */
enum { CQ_TWIN_BUCKETS = 1 << 16 };
void cq_twin_sort(const struct cq_twin_key *keys, size_t count, struct cq_twin_key *out,
                  uint32_t *starts);

#endif
