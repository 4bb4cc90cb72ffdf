/* What the parts of verifying tell each other. */
#ifndef CQ_REFER_VERIFY_H
#define CQ_REFER_VERIFY_H

#include "referral_private.h"

/* Notes a finding. Shape: detail NULL for nothing. Errors: CQ_B_NOMEM. */
struct cq_findings;
enum cq_code cq_findings_add(struct cq_findings *findings, int64_t number, enum cq_verified kind,
                             const char *detail);

/* Looks at what all referrals are together: gaps between serials, events without a referral, the
 * chain and its end. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_verify_whole(struct cq_db *db, struct cq_findings *findings, struct cq_err *err);

/* Looks at the events of one referral. Shape: stmt is cq_verify_events_sql. */
extern const char cq_verify_events_sql[];
struct cq_sealed {
    int64_t number, issued_at;
    int32_t issued_on;
    int status;
    const unsigned char *seal; /* as stored */
};
enum cq_code cq_verify_events(struct cq_db *db, sqlite3_stmt *stmt, const struct cq_sealed *sealed,
                              struct cq_findings *findings, struct cq_err *err);

#endif
