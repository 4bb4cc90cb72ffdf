/* Writes answers as rows with the columns of cq-eligible. */
#ifndef CQ_ANSWER_H
#define CQ_ANSWER_H

#include <stdint.h>
#include "cq/csvout.h"
#include "cq/law.h"
#include "cq/date.h"
#include "cq/person.h"

#define CQ_ANSWER_COLUMNS 18
#define CQ_ANSWER_CELLS 15 /* of these, service to gaps */

/* as_of service outcome category agency provider facility payer referral documents reasons missing
 * rule basis certainty gaps changes_on change_cause */
extern const char *const cq_answer_columns[CQ_ANSWER_COLUMNS];

/* A writer of answers. It caches the cells of answers, since most are the same. */
struct cq_answers;

/* Opens a writer. Errors: CQ_B_NOMEM. Owner: caller, cq_answers_free. The law outlives it. */
enum cq_code cq_answers_new(struct cq_answers **answers, const struct cq_law *law,
                            struct cq_err *err);
void cq_answers_free(struct cq_answers *answers);

/* Writes the cells of one answer into the current row of out.
 * Shape: service is a value of CQ_FACT_SERVICE, CQ_UNKNOWN for an empty cell; category likewise.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_answers_write(struct cq_answers *answers, struct cq_out *out, enum cq_format format,
                              int32_t day, int service, const struct cq_answer *answer,
                              struct cq_err *err);

/* The cells of an answer from service to gaps. Owner: answers, until the next call.
 * Errors: CQ_B_NOMEM. */
enum cq_code cq_answers_cells(struct cq_answers *answers, int service,
                              const struct cq_answer *answer, const char *cells[CQ_ANSWER_CELLS]);

/* Sets an answer without a decision: undetermined, with one reason ("bad_iin", "bad_fact"). */
void cq_answer_refuse(struct cq_answer *answer, const char *reason);

#endif
