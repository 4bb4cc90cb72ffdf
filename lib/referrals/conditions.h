/* The conditions under which the law lets a case be issued. */
#ifndef CQ_REFERRALS_CONDITIONS_H
#define CQ_REFERRALS_CONDITIONS_H

#include "referrals/case.h"

/* Checks what the acts bind the referral to, and warns of what is still to be recorded. *good becomes
 * whether it can be issued; what speaks against it is reported. Errors: those of cq_db_fail. */
enum cq_code cq_intake_check_conditions(struct cq_intake *intake, const struct cq_case *c,
                                        bool *good, struct cq_err *err);

#endif
