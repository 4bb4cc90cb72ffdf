/* The report quality with --review. */
#ifndef CQ_REPORTS_REVIEW_H
#define CQ_REPORTS_REVIEW_H

#include "result/result_private.h"

cq_report_fill_fn cq_report_review;

#endif
