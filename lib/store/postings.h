/* Postings: which IINs a key has. Kept in blocks of some KB, sorted by key and IIN. */
#ifndef CQ_STORE_POSTINGS_H
#define CQ_STORE_POSTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include "cq/str.h"

struct cq_posting {
    int64_t iin;
    uint32_t key;
};

struct cq_postings {
    struct cq_posting *list, *spare;
    size_t count, room, spare_room;
};

enum { CQ_POSTING_BYTES = 4 }; /* that one takes, about, once it is packed */

/* The order by key and IIN: below 0, 0 or above. */
int cq_posting_compare(const struct cq_posting *a, const struct cq_posting *b);

/* Errors: CQ_B_NOMEM. Owner: caller, cq_postings_fini. */
enum cq_code cq_postings_add(struct cq_postings *p, uint32_t key, int64_t iin);
void cq_postings_fini(struct cq_postings *p);

/* Sorts them by key and IIN, each once. Faster where they were added in the order of IINs.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_postings_sort(struct cq_postings *p);

/* A block: keys has for each key its distance from the one before and how many bytes of people are
 * its own, people their IINs by distance; numbers are in groups of seven bits, lowest first. A key
 * may go on in the next block. */
struct cq_posting_block {
    struct cq_str keys, people;
};

/* Packs the block that begins at a place, which moves on to the next. Shape: sorted; the block is
 * cleared first. Errors: in the strings. */
void cq_postings_pack(const struct cq_postings *p, size_t *at, struct cq_posting_block *block);

/* Reads numbers as they are packed. Returns false at the end. */
struct cq_posting_reader {
    const unsigned char *bytes;
    size_t size, at;
};
bool cq_posting_next(struct cq_posting_reader *reader, uint64_t *number);

#endif
