/* Cells of the law tables as they are written, for the report law. */
#ifndef CQ_REPORTS_LAW_CONDITIONS_H
#define CQ_REPORTS_LAW_CONDITIONS_H

#include "text/csvtable.h"
#include "cq/result.h"

/* A cell by the name of its column; empty where the table has none. Owner: the table. */
struct cq_text cq_law_report_cell(const struct cq_csvtable *table,
                                  const struct cq_csvtable_row *row, const char *name);

/* The groups and facts that a row of rules or groups requires, joined by ';':
 * "family_pensioner;near;service=inpatient". Owner: the result. */
const char *cq_law_report_conditions(struct cq_report_result *result,
                                     const struct cq_csvtable *table,
                                     const struct cq_csvtable_row *row);

#endif
