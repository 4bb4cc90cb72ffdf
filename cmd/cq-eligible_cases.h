/* --cases: cases of the law, decided and compared. */
#ifndef CQ_ELIGIBLE_CASES_H
#define CQ_ELIGIBLE_CASES_H

#include "cq-eligible_session.h"
#include "cq/batch.h"

/* Decides the cases of a file, "-" for standard input, and writes verdicts, coverage and proposals.
 * A case that differs or cannot be read is a finding. Errors: in session->cli->err. */
void cq_eligible_cases(struct cq_eligible *session, const struct cq_batch *batch, const char *path);

#endif
