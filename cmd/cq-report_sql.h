/* cq-report law --format=sql. */
#ifndef CQ_REPORT_SQL_H
#define CQ_REPORT_SQL_H

#include "cli.h"
#include "cq/lawsql.h"

/* Writes the law and the decision as SQL, for SQLite if no dialect was named (CQ_UNKNOWN). */
void cq_report_sql(struct cq_cli *cli, int dialect);

#endif
