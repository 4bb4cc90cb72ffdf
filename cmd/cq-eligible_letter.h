/* --letter. */
#ifndef CQ_ELIGIBLE_LETTER_H
#define CQ_ELIGIBLE_LETTER_H

#include "cq-eligible_session.h"
#include "cq/batch.h"

/* Makes a batch write letters to fd: in Kazakh and Russian, or in English where that is asked for.
 * Shape: the law and the people of the session are open. Errors: in cli->err, then false.
 * Owner: the batch, cq_eligible_letter_close. */
bool cq_eligible_letter_open(const struct cq_eligible *session, struct cq_batch *batch, int fd);

/* Writes the end, unless an error is recorded, and frees. Errors: in cli->err,
 * then false. */
bool cq_eligible_letter_close(const struct cq_eligible *session, struct cq_batch *batch);

#endif
