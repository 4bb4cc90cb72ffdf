/* The citations of all rules, clauses written out. */
#ifndef CQ_LAWCHECK_CITATIONS_H
#define CQ_LAWCHECK_CITATIONS_H

#include "lawcheck/findings.h"

/* A citation of a rule, by itself or through a clause, and the days on which it is cited. */
struct cq_lawcheck_citation {
    const char *id; /* interned */
    int32_t since, until;
    size_t rule;
};

struct cq_lawcheck_citations {
    const struct cq_lawcheck_citation *list; /* in order of the rules */
    size_t count;
};

/* Collects them. Errors: in the reader. Owner: the reader's law. */
void cq_lawcheck_citations_collect(struct cq_law_cells *r, struct cq_lawcheck_citations *citations);

/* Whether a rule cites a paragraph on a day of its row, or a basis reads as it there. */
bool cq_lawcheck_is_cited(const struct cq_law *law, const struct cq_lawcheck_citations *citations,
                          const struct cq_paragraph *paragraph);

/* Whether a rule has cases that a row of its clause is about. Shape: its groups are taken field by
 * field, so that a case may be too many, never too few. */
bool cq_lawcheck_is_about(const struct cq_law_cells *r, size_t rule,
                          const struct cq_clause_row *clause);

/* The act of a citation. */
struct cq_text cq_lawcheck_act(const char *citation);

#endif
