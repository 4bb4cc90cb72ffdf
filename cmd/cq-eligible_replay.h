/* --replay. */
#ifndef CQ_ELIGIBLE_REPLAY_H
#define CQ_ELIGIBLE_REPLAY_H

#include "cq-eligible_session.h"

/* Recomputes the receipts of a file; differences become status 1.
 * Shape: the law is open; with facts true the registry is not opened. Errors: in cli->err, then
 * false. */
bool cq_eligible_replay(const struct cq_eligible *session, const char *file, bool facts);

#endif
