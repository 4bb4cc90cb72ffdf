/* The words of a table's columns and cells, from words.csv. */
#ifndef CQ_SAY_H
#define CQ_SAY_H

#include <stdbool.h>
#include "cq/csvout.h"
#include "cq/law.h"

/* Makes a reader of a language, for cq_out_open_for. Units: width in columns of a terminal, 0 for
 * lines that are not folded. Owner: caller; the law outlives it. */
void cq_table_reader_init(struct cq_table_reader *reader, const struct cq_law *law,
                          enum cq_language language, size_t width);

/* Appends a cell in words: of codes those that have a word in that column, the others as they are.
 * Returns false, and appends nothing, for a column that holds no codes.
 * Errors: in out->failed. */
bool cq_law_say(const struct cq_law *law, enum cq_language language, struct cq_text column,
                struct cq_text cell, struct cq_str *out);

/* Appends the heading of a column. Returns false where none is known. Errors: in out->failed. */
bool cq_law_say_column(const struct cq_law *law, enum cq_language language, struct cq_text column,
                       struct cq_str *out);

#endif
