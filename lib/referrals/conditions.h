/* The conditions under which the law lets a case be issued. */
#ifndef CQ_REFERRALS_CONDITIONS_H
#define CQ_REFERRALS_CONDITIONS_H

#include "referrals/case.h"

/* Whether the law lets this request be issued as it is. Reports what is against it, and what must
 * still be recorded. */
bool cq_intake_check_conditions(struct cq_intake *intake, const struct cq_case *c);

#endif
