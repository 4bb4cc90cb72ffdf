/* groups.csv and rules.csv, the two tables that make decisions. */
#ifndef CQ_ENGINE_LAW_RULES_H
#define CQ_ENGINE_LAW_RULES_H

#include "engine/law_cells.h"

/* The columns of both tables, NULL at the end. */
extern const char *const cq_law_rules_group_columns[];
extern const char *const cq_law_rules_rule_columns[];

/* Read the rows of an opened table into r and its law. Errors: in r->err. */
void cq_law_rules_read_groups(struct cq_law_cells *r, size_t rows);
void cq_law_rules_read(struct cq_law_cells *r, size_t rows);

#endif
