/* --explain. */
#ifndef CQ_ELIGIBLE_EXPLAIN_H
#define CQ_ELIGIBLE_EXPLAIN_H

#include "cq-eligible_session.h"
#include "cq/batch.h"

struct cq_eligible_explain;

/* Starts explanations: answers as paragraphs for people, written to fd.
 * Shape: the laws of the session are open, and its people unless the questions are facts;
 * all_facts is that of --why-not. Errors: CQ_B_NOMEM in cli->err, then NULL.
 * Owner: caller, cq_eligible_explain_close. */
struct cq_eligible_explain *cq_eligible_explain_open(const struct cq_eligible *session,
                                                     bool all_facts, int fd);

/* Explains one question: a function for cq_batch.explain. Errors: CQ_O_WRITE, CQ_B_NOMEM, those of
 * cq_people_explain. */
enum cq_code cq_eligible_explain(const struct cq_question *question, void *explain,
                                 struct cq_err *err);

/* Writes what is left, unless an error is recorded, and frees. Errors: CQ_O_WRITE in cli->err, then
 * false. */
bool cq_eligible_explain_close(struct cq_eligible_explain *explain);

#endif
