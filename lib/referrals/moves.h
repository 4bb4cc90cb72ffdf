/* What the moves of a referral recorded. */
#ifndef CQ_REFERRALS_MOVES_H
#define CQ_REFERRALS_MOVES_H

#include "cq/referral.h"

struct cq_moves_reader;

/* Reads the moves made until a moment. Errors: those of cq_db_fail, CQ_B_NOMEM.
 * Owner: caller, cq_moves_reader_close. */
enum cq_code cq_moves_reader_open(struct cq_moves_reader **reader, struct cq_db *db,
                                  int64_t known_at, struct cq_err *err);
void cq_moves_reader_close(struct cq_moves_reader *reader);

/* Puts into a referral what its moves recorded: over what was stated at issue, and the answer.
 * Shape: its texts are valid until the next call. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_moves_read(struct cq_moves_reader *reader, struct cq_referral *referral,
                           struct cq_err *err);

#endif
