/* Rows as a table for people: aligned, and folded to a width. */
#ifndef CQ_TEXT_TABLE_H
#define CQ_TEXT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/err.h"
#include "cq/str.h"

struct cq_table;

/* Opens a table that is written when all its rows are known, into lines of at most width columns of
 * a terminal; 0 for lines as long as they get. A row that is not readable in so few columns is written
 * as a list, a line or more for each cell that states anything.
 * Errors: CQ_B_NOMEM. Owner: caller, cq_table_free. */
enum cq_code cq_table_new(struct cq_table **table, size_t columns, size_t width);
void cq_table_free(struct cq_table *table);

/* Appends the next cell, row by row; the first row is the header. A number is aligned to the right.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_table_add(struct cq_table *table, const char *text, size_t len, bool number);

/* Forgets all cells. */
void cq_table_clear(struct cq_table *table);

/* Takes lines that were written, and clears them. */
typedef void cq_table_sink_fn(struct cq_str *lines, void *context);

/* Writes the table's lines, some at a time. Errors: CQ_B_NOMEM. */
enum cq_code cq_table_write(const struct cq_table *table, cq_table_sink_fn *sink, void *context);

/* Appends a text in lines of at most width columns; 0 for one line. It is broken at blanks and after
 * the marks of a list, a word only where it is longer than a line. Errors: in out->failed. */
void cq_table_fold(struct cq_str *out, const char *text, size_t width);

#endif
