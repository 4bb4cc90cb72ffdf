/* Verification of what the acts bind a referral to. */
#ifndef CQ_REFERRALS_VERIFY_BINDINGS_H
#define CQ_REFERRALS_VERIFY_BINDINGS_H

#include "referrals/verify_findings.h"

/* Looks whether what its decision calls for was recorded in time, and nothing else. Shape: the
 * referral is as a reader gives it, now; stmt is of cq_verify_found_in_sql.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
extern const char cq_verify_found_in_sql[];
enum cq_code cq_verify_bindings(struct cq_db *db, sqlite3_stmt *stmt, const struct cq_law *law,
                                const struct cq_referral *referral, struct cq_findings *findings,
                                struct cq_err *err);

#endif
