/* Postings: sorted by the digits of their keys, and packed. */
#include "store/postings.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

enum { DIGIT = 11, DIGITS = 3, FEW = 4096, BLOCK = 32 << 10 };

enum cq_code cq_postings_add(struct cq_postings *p, uint32_t key, int64_t iin)
{
    struct cq_posting *list = cq_grow(p->list, p->count + 1, &p->room, sizeof *list);
    if (!list)
        return CQ_B_NOMEM;
    p->list = list;
    list[p->count++] = (struct cq_posting){iin, key};
    return CQ_OK;
}

void cq_postings_fini(struct cq_postings *p)
{
    free(p->list);
    free(p->spare);
    *p = (struct cq_postings){0};
}

int cq_posting_compare(const struct cq_posting *x, const struct cq_posting *y)
{
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->iin > y->iin) - (x->iin < y->iin);
}

static int by_key(const void *a, const void *b)
{
    return cq_posting_compare(a, b);
}

/* Deals the postings out by one digit of their keys; their order within it stays. */
static void deal(const struct cq_posting *from, struct cq_posting *to, size_t count, unsigned shift)
{
    size_t starts[(1 << DIGIT) + 1] = {0};
    const uint32_t mask = (1u << DIGIT) - 1;
    for (size_t i = 0; i < count; i++)
        starts[(from[i].key >> shift & mask) + 1]++;
    for (size_t d = 0; d < 1u << DIGIT; d++)
        starts[d + 1] += starts[d];
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & mask]++] = from[i];
}

static enum cq_code deal_all(struct cq_postings *p)
{
    struct cq_posting *spare = cq_grow(p->spare, p->count, &p->spare_room, sizeof *spare);
    if (!spare)
        return CQ_B_NOMEM;
    p->spare = spare;
    for (unsigned digit = 0; digit < DIGITS; digit++) {
        size_t room = p->room;
        deal(p->list, p->spare, p->count, digit * DIGIT);
        struct cq_posting *dealt = p->spare;
        p->spare = p->list;
        p->list = dealt;
        p->room = p->spare_room;
        p->spare_room = room;
    }
    return CQ_OK;
}

enum cq_code cq_postings_sort(struct cq_postings *p)
{
    size_t kept = 0;
    bool ordered = true;
    enum cq_code code = CQ_OK;
    for (size_t i = 1; i < p->count && ordered; i++)
        ordered = p->list[i].iin >= p->list[i - 1].iin;
    if (ordered && p->count > FEW)
        code = deal_all(p);
    else if (p->count > 1)
        qsort(p->list, p->count, sizeof *p->list, by_key);
    for (size_t i = 0; i < p->count && !code; i++)
        if (kept == 0 || cq_posting_compare(&p->list[i], &p->list[kept - 1]) != 0)
            p->list[kept++] = p->list[i];
    p->count = code ? p->count : kept;
    return code;
}

static void put_number(struct cq_str *out, uint64_t number)
{
    char bytes[10];
    size_t len = 0;
    for (; number >= 0x80; number >>= 7)
        bytes[len++] = (char)(number | 0x80);
    bytes[len++] = (char)number;
    cq_str_put(out, bytes, len);
}

bool cq_posting_next(struct cq_posting_reader *reader, uint64_t *number)
{
    *number = 0;
    for (unsigned shift = 0; reader->at < reader->size && shift < 63; shift += 7) {
        unsigned char byte = reader->bytes[reader->at++];
        *number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

void cq_postings_pack(const struct cq_postings *p, size_t *at, struct cq_posting_block *block)
{
    uint32_t before = 0;
    cq_str_clear(&block->keys);
    cq_str_clear(&block->people);
    while (*at < p->count && block->people.len < BLOCK) {
        uint32_t key = p->list[*at].key;
        size_t start = block->people.len;
        int64_t iin = 0;
        for (; *at < p->count && p->list[*at].key == key && block->people.len < BLOCK; ++*at) {
            put_number(&block->people, (uint64_t)(p->list[*at].iin - iin));
            iin = p->list[*at].iin;
        }
        put_number(&block->keys, key - before);
        put_number(&block->keys, block->people.len - start);
        before = key;
        if (block->people.failed || block->keys.failed)
            return;
    }
}
