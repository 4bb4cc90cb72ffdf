/* Lists inside one cell: parts with a separator between, as in "of_age;not_insured" or "a|b". */
#ifndef CQ_LIST_H
#define CQ_LIST_H

#include <stdbool.h>
#include "cq/str.h"

/* A C string as a text. Owner: as the string's. */
struct cq_text cq_text_of(const char *string);

/* Whether a text is that string. */
bool cq_text_is(struct cq_text text, const char *string);

/* Whether two texts are the same. */
bool cq_text_equal(struct cq_text a, struct cq_text b);

/* Splits the next part off a list. Returns false at the end; an empty list has one empty part.
 * Shape: rest->ptr is not NULL at first, and is NULL after the last part. */
bool cq_text_next(struct cq_text *rest, char mark, struct cq_text *part);

/* Whether one of the parts of a list is that string. */
bool cq_text_has(struct cq_text list, char mark, const char *string);

#endif
