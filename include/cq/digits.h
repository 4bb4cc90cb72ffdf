/* Numbers as spreadsheets and people write them. */
#ifndef CQ_DIGITS_H
#define CQ_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include "cq/str.h"

/* Takes off what a spreadsheet puts around a text: ="850315100016". */
struct cq_text cq_digits_unwrap(struct cq_text text);

/* Reads the digits of an identifier: also with ="" around it, an apostrophe before it, blanks or
 * dashes between its digits, or .0 behind it. *grouped says whether there were blanks or dashes.
 * Returns how many digits there are; 0 where there is anything else, or more than room. */
size_t cq_digits_read(const char *text, size_t len, char *digits, size_t room, bool *grouped);

#endif
