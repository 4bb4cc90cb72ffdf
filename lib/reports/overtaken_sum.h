/* Sums of what was overtaken, and the words for what told so. */
#ifndef CQ_REPORTS_OVERTAKEN_SUM_H
#define CQ_REPORTS_OVERTAKEN_SUM_H

#include "reports/overtaken_find.h"

/* Adds the sums by month and payer, the pictures and the figures. Errors: CQ_B_NOMEM. */
enum cq_code cq_overtaken_sum(const struct cq_report_request *request,
                              struct cq_report_result *result,
                              const struct cq_overtaken_list *found, struct cq_err *err);

/* The word for people of a source of CQ_TOLD_*, N_(); and its code. */
const char *cq_overtaken_told_label(int told);
const char *cq_overtaken_told_code(int told);

#endif
