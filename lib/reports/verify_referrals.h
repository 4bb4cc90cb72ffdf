/* Verifying the referrals of the registry, for the reports audit and check. */
#ifndef CQ_REPORTS_VERIFY_REFERRALS_H
#define CQ_REPORTS_VERIFY_REFERRALS_H

#include "cq/result.h"

/* Counts the findings about referrals and their transitions when each is decided again, and the
 * referrals that cannot be: decided on the facts of earlier law tables.
 * Errors: those of cq_referrals_verify. */
enum cq_code cq_report_verify_referrals(const struct cq_report_request *request, int64_t *findings,
                                        int64_t *earlier, struct cq_err *err);

#endif
