/* How many lines a text of a letter needs. */
#ifndef CQ_ANSWERS_LETTER_LINES_H
#define CQ_ANSWERS_LETTER_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Lines that the text of some HTML needs in a column.
 * Shape: width is how many small letters a line of the column holds; with items, each item of a list
 * begins a line. */
int cq_letter_lines(const char *html, size_t len, int width, bool items);

#endif
