/* The findings of a verification, kept until all are known. */
#ifndef CQ_REFERRALS_VERIFY_FINDINGS_H
#define CQ_REFERRALS_VERIFY_FINDINGS_H

#include "cq/verify.h"

/* Zero-initialise before use. */
struct cq_findings {
    struct cq_kept_finding *list;
    size_t count, room;
    struct cq_str texts; /* their details */
};

/* Adds a finding. Shape: detail NULL for nothing. Errors: CQ_B_NOMEM. */
enum cq_code cq_findings_add(struct cq_findings *findings, int64_t number, enum cq_verified kind,
                             const char *detail);

/* Reports all findings in order of their numbers, and counts them. */
void cq_findings_report(struct cq_findings *findings, struct cq_verify *verify);

void cq_findings_free(struct cq_findings *findings);

#endif
