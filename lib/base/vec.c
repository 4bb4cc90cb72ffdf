/* Growth of arrays: the room doubles, so that adding n elements copies at most 2 n of them. */
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_ROOM = 16 };

void *cq_grow(void *list, size_t need, size_t *room, size_t size)
{
    if (need <= *room && list)
        return list;
    size_t more = *room > SIZE_MAX / 2 ? need : *room * 2;
    if (more < need)
        more = need;
    if (more < FIRST_ROOM)
        more = FIRST_ROOM;
    if (more > SIZE_MAX / size)
        return NULL;
    void *grown = realloc(list, more * size);
    if (grown)
        *room = more;
    return grown;
}

int cq_compare_numbers(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}
