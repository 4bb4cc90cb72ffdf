/* Cases of the law: rows of facts with the answers that a lawyer expects. Each is decided and
 * compared; what no case reaches is named, and cases are proposed that together with them would find
 * any change of the law by which an answer differs. */
#ifndef CQ_CASES_H
#define CQ_CASES_H

#include "cq/batch.h"
#include "cq/csvin.h"

/* What a run found. */
struct cq_case_counts {
    int64_t cases, agreed, differed, unreadable;
    int64_t rules, rules_reached;           /* of the law */
    int64_t paragraphs, paragraphs_reached; /* that a rule cites */
    int64_t proposed;
};

/* Opens a CSV of cases. Errors: those of cq_columns_open. Owner: caller, cq_csvin_close. */
enum cq_code cq_cases_open(const struct cq_law *law, struct cq_csvin **in,
                           const struct cq_csv_input *input, struct cq_err *err);

/* Decides the cases of a CSV and writes verdicts, coverage and proposals to fd.
 * Shape: of the batch its law, day, format, report and what the options ask, as for rows of facts; in
 * was opened above; facts, as_of and want_* columns, headers as codes or in the words of
 * words.csv; a fact cell is a value, `a|b` or empty (unknown); a want_ cell is compared as a whole,
 * `?` asks for nothing. Columns out: kind (case, rule, paragraph, proposed), name, cases, verdict,
 * differs, then as_of, the facts and the want_ columns of cases and proposals.
 * Errors: CQ_F_HEADER_TWICE, CQ_F_HEADER_MISSING, O, CQ_B_NOMEM. */
enum cq_code cq_cases_run(const struct cq_batch *batch, struct cq_csvin *in, const char *name,
                          int fd, struct cq_case_counts *counts, struct cq_err *err);

#endif
