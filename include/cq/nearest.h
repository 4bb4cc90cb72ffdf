/* The right word that is nearest to a wrong one: what somebody who mistyped it probably meant. */
#ifndef CQ_NEAREST_H
#define CQ_NEAREST_H

#include <stddef.h>

/* A search. Zero-initialise, then offer words: the first of the nearest stays. */
struct cq_nearest {
    const char *name; /* of the value, NULL while no word is near; ends at name_len */
    size_t name_len;
    size_t distance;
};

/* How many changes a word of a command may have: a letter more, less or other, or two swapped. */
enum { CQ_NEAR_WORD = 2 };

/* Offers the words of one value, "employee|қызметкер|сотрудник", of which the first is its name. A word
 * is near with at most limit changes that are less than half of its letters.
 * Shape: valid UTF-8; wanted is folded (cq_utf8_fold), the words need not be. */
void cq_nearest_offer(struct cq_nearest *nearest, const char *wanted, size_t wanted_len,
                      const char *words, size_t limit);

/* The name of the nearest of values, NULL at the end, for a word of a command; "" where none is near
 * or the word is no text. Owner: out, which is returned. */
const char *cq_nearest_of(const char *const *values, const char *wanted, char *out, size_t size);

#endif
