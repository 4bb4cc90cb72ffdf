/* Numbers for records: a hash table of records that stay in the order of their arrival. */
#include "lawcheck/numbering.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { ALIGNED = 8 };

/* Eight bytes at a time: records are made of words. */
static size_t hash_of(const void *bytes, size_t len)
{
    const char *at = bytes;
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ len, word;

    for (; len > 0; len -= sizeof word, at += sizeof word) {
        word = 0;
        if (len < sizeof word) {
            memcpy(&word, at, len);
            len = sizeof word;
        } else {
            memcpy(&word, at, sizeof word);
        }
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (size_t)hash;
}

/* The slot of a record, or the free one where it belongs. */
static uint32_t *find_slot(const struct cq_numbering *n, const void *bytes, size_t len)
{
    size_t at = hash_of(bytes, len) % n->slot_count;

    for (;; at = (at + 1) % n->slot_count) {
        uint32_t number = n->slots[at];

        if (number == 0 || (n->records[number - 1].len == len &&
                            memcmp(n->bytes.ptr + n->records[number - 1].start, bytes, len) == 0))
            return &n->slots[at];
    }
}

/* Keeps at least half of the slots free. */
static void make_slots(struct cq_numbering *n)
{
    size_t wanted = n->slot_count == 0 ? 256 : 2 * n->slot_count;
    uint32_t *slots;

    if (2 * (n->count + 1) <= n->slot_count)
        return;
    slots = calloc(wanted, sizeof *slots);
    if (!slots) {
        n->bytes.failed = CQ_B_NOMEM;
        return;
    }
    free(n->slots);
    n->slots = slots;
    n->slot_count = wanted;
    for (size_t i = 0; i < n->count; i++)
        *find_slot(n, n->bytes.ptr + n->records[i].start, n->records[i].len) = (uint32_t)i + 1;
}

static void append(struct cq_numbering *n, const void *bytes, size_t len)
{
    static const char zeros[ALIGNED];
    struct cq_numbered *records = cq_grow(n->records, n->count + 1, &n->room, sizeof *records);

    if (!records) {
        n->bytes.failed = CQ_B_NOMEM;
        return;
    }
    n->records = records;
    n->records[n->count] = (struct cq_numbered){n->bytes.len, len};
    cq_str_put(&n->bytes, bytes, len);
    cq_str_put(&n->bytes, zeros, (ALIGNED - len % ALIGNED) % ALIGNED);
}

int cq_numbering_add(struct cq_numbering *n, const void *bytes, size_t len)
{
    uint32_t *slot;

    make_slots(n);
    if (n->bytes.failed)
        return 0;
    slot = find_slot(n, bytes, len);
    if (*slot == 0) {
        append(n, bytes, len);
        if (n->bytes.failed)
            return 0;
        *slot = (uint32_t)++n->count;
    }
    return (int)*slot - 1;
}

const void *cq_numbering_get(const struct cq_numbering *n, int number)
{
    return n->bytes.ptr + n->records[number].start;
}

void cq_numbering_free(struct cq_numbering *n)
{
    cq_str_free(&n->bytes);
    free(n->records);
    free(n->slots);
    *n = (struct cq_numbering){0};
}
