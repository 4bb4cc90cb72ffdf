/* Inside the writing of SQL only. The script is written once, in SQL with a few marks, and then
 * put into a dialect:
 *   [a & b] [a | b] [~a]   bits, one operator a bracket
 *   $D(2025-09-20)         a day
 *   $NAME                  a word of the dialect, from its table in lawsql.c
 * Texts in quotes stay as they are. */
#ifndef CQ_LAWSQL_PRIVATE_H
#define CQ_LAWSQL_PRIVATE_H

#include "cq/lawsql.h"

/* A script being written; the first error is kept and nothing is added behind it. */
struct cq_lawsql {
    const struct cq_law *law;
    enum cq_sql dialect;
    struct cq_str text;
    enum cq_code code;
};

void cq_lawsql_add(struct cq_lawsql *sql, const char *text);
void cq_lawsql_addf(struct cq_lawsql *sql, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A text in quotes. */
void cq_lawsql_quote(struct cq_lawsql *sql, const char *text);
/* A day with its mark; NULL where it is open. */
void cq_lawsql_day(struct cq_lawsql *sql, int32_t day);

/* The two halves of the script, with marks. */
void cq_lawsql_tables(struct cq_lawsql *sql);
void cq_lawsql_views(struct cq_lawsql *sql);

#endif
