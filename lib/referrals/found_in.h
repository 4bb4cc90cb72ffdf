/* The referral during which a disorder was found. */
#ifndef CQ_REFERRALS_FOUND_IN_H
#define CQ_REFERRALS_FOUND_IN_H

#include "referrals/case.h"

/* Looks whether the referral that a request names can be the one during which the disorder was
 * found: it is there, of the same person, of a service that the binding accepts, issued on or before
 * the day, and stands. *why becomes the code of what speaks against it, NULL for nothing.
 * Errors: those of cq_db_fail. */
enum cq_code cq_intake_check_found_in(struct cq_intake *intake, const struct cq_case *c,
                                      const struct cq_binding *binding, const char **why,
                                      struct cq_err *err);

#endif
