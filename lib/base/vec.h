/* The growth of arrays, and the order of numbers in them. */
#ifndef CQ_BASE_VEC_H
#define CQ_BASE_VEC_H

#include <stddef.h>

/* Makes room for at least need elements of size bytes, doubling the room there is.
 * Shape: list NULL and *room 0 at first. Returns the list, which may have moved, or NULL where
 * there is no memory or the size overflows: then list and *room are as they were.
 * Owner: caller, free. */
void *cq_grow(void *list, size_t need, size_t *room, size_t size);

/* Compares two int64_t, for qsort and bsearch. */
int cq_compare_numbers(const void *a, const void *b);

#endif
