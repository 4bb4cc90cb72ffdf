/* Verification of events: those of one referral, and the chain of all. */
#ifndef CQ_REFERRALS_VERIFY_CHAIN_H
#define CQ_REFERRALS_VERIFY_CHAIN_H

#include "referrals/verify_findings.h"

/* Columns of a referral that its events are compared with; the seal is as stored. */
struct cq_sealed {
    int64_t number, issued_at;
    int32_t issued_on;
    int status;
    const unsigned char *seal;
};

/* Checks the events of one referral. Shape: stmt is of cq_verify_events_sql.
 * Errors: those of cq_db_fail, CQ_B_NOMEM. */
extern const char cq_verify_events_sql[];
enum cq_code cq_verify_events(struct cq_db *db, sqlite3_stmt *stmt, const struct cq_sealed *sealed,
                              struct cq_findings *findings, struct cq_err *err);

/* Checks all referrals together: gaps between serials, events without a referral, the chain and its
 * end. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_verify_all(struct cq_db *db, struct cq_findings *findings, struct cq_err *err);

#endif
