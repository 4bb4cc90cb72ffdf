/* The law and the decision as SQL: tables and one view that decides like cq_decide, for data in
 * another database. Only the text is written; nothing is run. */
#ifndef CQ_LAWSQL_H
#define CQ_LAWSQL_H

#include "cq/law.h"
#include "cq/str.h"

enum cq_sql { CQ_SQL_SQLITE, CQ_SQL_POSTGRESQL, CQ_SQL_CLICKHOUSE, CQ_SQLS };

/* The names of the dialects, NULL at the end: a list for options. */
extern const char *const cq_sql_names[];

/* Appends a script that creates the tables of the law (cq_law_part, cq_law_rule, cq_law_ruling,
 * cq_law_mask, cq_law_late, cq_law_document, cq_fact_value), the tables cq_facts(id, day, facts) and
 * cq_case (facts as texts, several values joined by '|') where they do not exist yet, and the views
 * cq_case_facts and cq_decision.
 * Shape: the law is proved; id is unique in cq_facts; facts is a word as facts.h packs it, with
 * service and destination known. cq_decision has a row for each: id, day and the columns of struct
 * cq_decision, lists joined by ';'. Errors: CQ_B_NOMEM. Source: cq-law(5). */
enum cq_code cq_law_sql(const struct cq_law *law, enum cq_sql dialect, struct cq_str *out);

#endif
