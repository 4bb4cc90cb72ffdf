/* The tables of the script. */
#ifndef CQ_LAWSQL_TABLES_H
#define CQ_LAWSQL_TABLES_H

#include "lawsql/script.h"

/* Writes the tables of the law and their rows. */
void cq_lawsql_tables(struct cq_lawsql *sql);

#endif
