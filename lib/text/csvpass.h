/* Rows of a list that say nothing of a person or a facility: empty ones, totals, the numbers of the
 * columns. Source: cq-csv(5). */
#ifndef CQ_TEXT_CSVPASS_H
#define CQ_TEXT_CSVPASS_H

#include <stdbool.h>
#include "cq/csvin.h"

/* A cell that numbers its row does not count: number is the column of those, -1 where there is
 * none. */

/* Whether no cell of a row states anything: blanks and delimiters only. */
bool cq_csvpass_is_blank(const struct cq_row *row, int number);

/* Whether a row is one of totals: its first cell begins with such a word, and every other one is
 * empty or a count. Twelve digits are no count: a row that names a person is no total. */
bool cq_csvpass_is_total(const struct cq_row *row, int number);

/* Whether the cells of a row are the numbers of the columns: 1, 2, 3 and so on. */
bool cq_csvpass_is_numbering(const struct cq_row *row);

#endif
