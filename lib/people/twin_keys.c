/* Keys, and their order. Keys are hashes: dealt out by their first bits, a few fall together, and only
 * those are sorted. */
#include "people/twin_keys.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"

uint64_t cq_twin_names(const struct cq_twin_traits *t)
{
    uint64_t low = t->last < t->first ? t->last : t->first;
    return low << 32 | (t->last < t->first ? t->first : t->last);
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ b * 0x9e3779b97f4a7c15u) * 0xff51afd7ed558ccdu;
    return (x ^ x >> 33) * 0xc4ceb9fe1a85ec53u;
}

struct cq_twin_key cq_twin_key(const struct cq_twin_traits *t, int which, uint32_t entry)
{
    int year, month, day;
    if (which == CQ_TWIN_FIRST)
        return (struct cq_twin_key){mix(t->first, (uint32_t)t->birth), t->last, entry};
    if (which == CQ_TWIN_LAST)
        return (struct cq_twin_key){mix(t->last, (uint32_t)t->birth), t->first, entry};
    cq_date_split(t->birth, &year, &month, &day);
    int low = day < month ? day : month, high = day < month ? month : day;
    if (which == CQ_TWIN_DAY_AND_MONTH)
        return (struct cq_twin_key){mix(cq_twin_names(t), (uint64_t)(low * 32 + high)),
                                    (uint32_t)year, entry};
    return (struct cq_twin_key){mix(cq_twin_names(t), (uint64_t)(year + 4096)),
                                (uint32_t)(month * 32 + day), entry};
}

static int by_key(const void *a, const void *b)
{
    const struct cq_twin_key *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->then != y->then)
        return x->then < y->then ? -1 : 1;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

static size_t bucket_of(const struct cq_twin_key *key)
{
    return key->key >> 48;
}

void cq_twin_sort(const struct cq_twin_key *keys, size_t count, struct cq_twin_key *out,
                  uint32_t *starts)
{
    memset(starts, 0, (CQ_TWIN_BUCKETS + 1) * sizeof *starts);
    for (size_t i = 0; i < count; i++)
        starts[bucket_of(&keys[i]) + 1]++;
    for (size_t b = 0; b < CQ_TWIN_BUCKETS; b++)
        starts[b + 1] += starts[b];
    for (size_t i = 0; i < count; i++) /* a start moves to the end of its bucket */
        out[starts[bucket_of(&keys[i])]++] = keys[i];
    for (size_t b = 0, first = 0; b < CQ_TWIN_BUCKETS; first = starts[b++])
        if (starts[b] - first > 1)
            qsort(out + first, starts[b] - first, sizeof *out, by_key);
}
