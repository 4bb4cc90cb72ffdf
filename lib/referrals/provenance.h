/* The rows that a referral was decided from, as hashes. */
#ifndef CQ_REFERRALS_PROVENANCE_H
#define CQ_REFERRALS_PROVENANCE_H

#include "cq/referral.h"

struct cq_provenance;

/* Which columns are hashed. A list that says the same in another row changes the column `hash` of
 * what it finds, so referrals leave it out; those of before held it. */
enum cq_provenance_form { CQ_PROVENANCE_CELLS, CQ_PROVENANCE_EARLIER };

/* Opens the rows as a run left them. Errors: those of cq_db_fail, CQ_B_NOMEM.
 * Owner: caller, cq_provenance_close. */
enum cq_code cq_provenance_open(struct cq_provenance **provenance, struct cq_db *db, int64_t run,
                                enum cq_provenance_form form, struct cq_err *err);
void cq_provenance_close(struct cq_provenance *provenance);

/* The hashes for a person. Errors: those of cq_db_fail. */
enum cq_code cq_provenance_read(struct cq_provenance *provenance, int64_t iin,
                                unsigned char hashes[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES],
                                struct cq_err *err);

#endif
