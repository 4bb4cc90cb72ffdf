/* Which run told what overtook a referral or stay. */
#ifndef CQ_REPORTS_OVERTAKEN_TELL_H
#define CQ_REPORTS_OVERTAKEN_TELL_H

#include "reports/overtaken_find.h"

/* Finds which run told each of those found. Errors: those of cq_db_fail, CQ_B_NOMEM. */
enum cq_code cq_overtaken_tell(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_overtaken_list *found,
                               struct cq_err *err);

#endif
