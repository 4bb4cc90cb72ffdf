/* Numbers for records: equal bytes have equal numbers. */
#ifndef CQ_LAWCHECK_NUMBERING_H
#define CQ_LAWCHECK_NUMBERING_H

#include <stdint.h>
#include "cq/str.h"

/* Zero-initialise before use. A failure sticks, as that of a string: check bytes.failed once, before
 * the numbers are used. */
struct cq_numbering {
    struct cq_str bytes; /* of all records, each at a multiple of 8 */
    struct cq_numbered {
        size_t start, len;
    } * records;
    size_t count, room;
    uint32_t *slots; /* numbers plus one, by hash; 0 is free */
    size_t slot_count;
};

/* The number of a record, a new one for bytes that are new: 0, 1, … Errors: in numbers->bytes.failed;
 * then 0. */
int cq_numbering_add(struct cq_numbering *numbers, const void *bytes, size_t len);

/* The bytes of a record. Owner: the numbers, until the next addition. */
const void *cq_numbering_get(const struct cq_numbering *numbers, int number);

void cq_numbering_free(struct cq_numbering *numbers);

#endif
