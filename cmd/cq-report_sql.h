/* The part of cq-report that writes SQL. */
#ifndef CQ_REPORT_SQL_H
#define CQ_REPORT_SQL_H

#include "cli.h"
#include "cq/lawsql.h"

/* Whether the form and the dialect (CQ_UNKNOWN if none was named) go with the report.
 * Errors: CQ_U_COMBINE in cli->err. */
bool cq_report_sql_fits(struct cq_cli *cli, const char *report, int dialect);

/* Writes the law and the decision as SQL, for SQLite if no dialect was named. */
void cq_report_sql(struct cq_cli *cli, int dialect);

#endif
