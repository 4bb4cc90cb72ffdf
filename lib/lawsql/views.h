/* The views of the script. */
#ifndef CQ_LAWSQL_VIEWS_H
#define CQ_LAWSQL_VIEWS_H

#include "lawsql/script.h"

/* Writes the views cq_case_facts and cq_decision. */
void cq_lawsql_views(struct cq_lawsql *sql);

#endif
