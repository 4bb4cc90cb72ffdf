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
};

/* Append text, printf output (below 2048 bytes, no names in it), a text in quotes, a day with its
 * mark (NULL where it is open). */
void cq_lawsql_add(struct cq_lawsql *sql, const char *text);
void cq_lawsql_addf(struct cq_lawsql *sql, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void cq_lawsql_quote(struct cq_lawsql *sql, const char *text);
void cq_lawsql_day(struct cq_lawsql *sql, int32_t day);

#endif
