/* --replay. */
#ifndef CQ_ELIGIBLE_REPLAY_H
#define CQ_ELIGIBLE_REPLAY_H

#include "cq-eligible_session.h"

/* Makes the receipts of a file again; differences become status 1.
 * Shape: the law is open; facts true leaves the registry out. Errors: in cli->err, then false. */
bool cq_eligible_replay(const struct cq_eligible *session, const char *file, bool facts);

#endif
