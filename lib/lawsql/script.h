/* The script, written once, in SQL with a few marks, which lawsql.c translates into a dialect:
 *   [a & b] [a | b] [~a]   bits, one operator a bracket
 *   $D(2025-09-20)         a day
 *   $NAME                  a word of the dialect, from its table in lawsql.c
 * Texts in quotes stay as they are. */
#ifndef CQ_LAWSQL_SCRIPT_H
#define CQ_LAWSQL_SCRIPT_H

#include "cq/lawsql.h"

struct cq_lawsql {
    const struct cq_law *law;
    enum cq_sql dialect;
    struct cq_str text; /* a failure sticks in it */
    const char *table;  /* the one being written */
    size_t rows, cells; /* of the table, of its last row */
};

/* Append text, printf output (below 2048 bytes, no names in it), a text in quotes. */
void cq_lawsql_add(struct cq_lawsql *sql, const char *text);
void cq_lawsql_addf(struct cq_lawsql *sql, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void cq_lawsql_quote(struct cq_lawsql *sql, const char *text);

/* Writes a table without rows: a comment, its name, its columns and key. */
void cq_lawsql_table(struct cq_lawsql *sql, const char *comment, const char *name,
                     const char *columns);
/* Begin a row of that table, append its cells (a day is NULL where it is open), end the rows. */
void cq_lawsql_row(struct cq_lawsql *sql);
void cq_lawsql_number(struct cq_lawsql *sql, uint64_t number);
void cq_lawsql_string(struct cq_lawsql *sql, const char *text);
void cq_lawsql_day(struct cq_lawsql *sql, int32_t day);
void cq_lawsql_end_rows(struct cq_lawsql *sql);

#endif
