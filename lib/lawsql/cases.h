/* The cases of the script. */
#ifndef CQ_LAWSQL_CASES_H
#define CQ_LAWSQL_CASES_H

#include "lawsql/script.h"

/* Writes the bits of facts, the tables for cases where they do not exist yet, and the view
 * cq_case_facts. */
void cq_lawsql_cases(struct cq_lawsql *sql);

#endif
