/* Words in lists with '|' between, as values and aliases of columns are: the first is the name. */
#ifndef CQ_TEXT_CHOICE_H
#define CQ_TEXT_CHOICE_H

#include <stdbool.h>
#include "cq/str.h"

bool cq_choice_same(struct cq_text a, struct cq_text b);

/* A string that was built, as a text. */
struct cq_text cq_choice_text(const struct cq_str *s);

/* The first of the words. */
struct cq_text cq_choice_name(const char *list);

/* Whether text is one of the words; list may be NULL. */
bool cq_choice_has(const char *list, struct cq_text text);

/* Whether text has the letters of one of the words; blanks, points, commas and hyphens do not count.
 * list may be NULL. */
bool cq_choice_has_letters(const char *list, struct cq_text text);

/* Whether a name, folded, is that folded text: names with '_' are found with blanks too. */
bool cq_choice_is_name(struct cq_text name, struct cq_text folded);

#endif
