/* Columns and cells of a file of cases. */
#ifndef CQ_ANSWERS_CASES_COLUMNS_H
#define CQ_ANSWERS_CASES_COLUMNS_H

#include "cq/columns.h"
#include "cq/decide.h"

/* The cells of an answer that a case may expect. */
enum cq_want {
    CQ_WANT_OUTCOME,
    CQ_WANT_PROVIDER,
    CQ_WANT_PAYER,
    CQ_WANT_REFERRAL,
    CQ_WANT_REASONS,
    CQ_WANT_BASIS,
    CQ_WANT_MISSING,
    CQ_WANT_GAPS,
    CQ_WANT_CERTAINTY,
    CQ_WANT_DOCUMENTS,
    CQ_WANTS
};
extern const char *const cq_want_names[CQ_WANTS]; /* "outcome" */

/* Columns of a file of cases: the facts by number, then these. */
enum {
    CQ_CASE_AS_OF = CQ_FACTS,
    CQ_CASE_NAME,
    CQ_CASE_WANT, /* the first of the answer */
    CQ_CASE_COLUMNS = CQ_CASE_WANT + CQ_WANTS
};

/* The columns of a file: names, and headers in the words of the law tables. */
struct cq_case_columns {
    struct cq_column column[CQ_CASE_COLUMNS];
    struct cq_str names[CQ_CASE_COLUMNS], aliases[CQ_CASE_COLUMNS];
    int map[CQ_CASE_COLUMNS]; /* field of each, -1 for none */
};

/* Names the columns. Errors: CQ_B_NOMEM.
 * Owner: caller, cq_case_columns_fini in any case; columns are zeroed before. */
enum cq_code cq_case_columns_init(struct cq_case_columns *columns, const struct cq_law *law,
                                  struct cq_err *err);

/* Finds them in a header. Errors: those of cq_columns_map. */
enum cq_code cq_case_columns_map(struct cq_case_columns *columns, const struct cq_row *header,
                                 struct cq_err *err);
void cq_case_columns_fini(struct cq_case_columns *columns);

/* A cell of a row, trimmed; empty where the column is not there. */
struct cq_text cq_case_cell(const struct cq_case_columns *columns, const struct cq_row *row,
                            int column);

/* Whether an expected cell, codes or words joined by ';', is that answer. "?" is any. */
bool cq_case_agrees(const struct cq_law *law, enum cq_want want, struct cq_text expected,
                    const char *got);

/* The cells of a decision, in order of cq_want. Owner: the law, and lists, which is cleared first.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_case_cells(const struct cq_law *law, const struct cq_decision *decision,
                           struct cq_str lists[2], const char *cells[CQ_WANTS]);

#endif
