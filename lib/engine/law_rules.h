/* groups.csv, clauses.csv and rules.csv, the tables that make decisions. */
#ifndef CQ_ENGINE_LAW_RULES_H
#define CQ_ENGINE_LAW_RULES_H

#include "engine/law_cells.h"

/* One column a fact, in the order of enum cq_fact. */
#define CQ_LAW_FACT_COLUMNS                                                                        \
    "category", "body", "special_rank", "sponsor", "kin", "coresident", "minor", "service",        \
        "urgency", "destination", "home", "place", "indicated", "package", "insured",              \
        "presidential", "duty_injury"

/* The columns of the tables, NULL at the end. */
extern const char *const cq_law_rules_group_columns[];
extern const char *const cq_law_rules_clause_columns[];
extern const char *const cq_law_rules_rule_columns[];

/* Read the rows of an opened table into r and its law. Errors: in r->err. */
void cq_law_rules_read_groups(struct cq_law_cells *r, size_t rows);
void cq_law_rules_read_clauses(struct cq_law_cells *r, size_t rows);
void cq_law_rules_read(struct cq_law_cells *r, size_t rows);

#endif
