/* The functions that fill the results of the reports. */
#ifndef CQ_REPORTS_REPORT_PRIVATE_H
#define CQ_REPORTS_REPORT_PRIVATE_H

#include "cq/report.h"
#include "result/result_private.h"

cq_report_fill_fn cq_report_contingent, cq_report_law, cq_report_law_paragraphs, cq_report_law_gaps,
    cq_report_runs, cq_report_changes, cq_report_leaving, cq_report_eligibility, cq_report_quality,
    cq_report_facilities, cq_report_check, cq_report_person, cq_report_audit, cq_report_referrals,
    cq_report_overdue, cq_report_payers, cq_report_overtaken, cq_report_reconcile,
    cq_report_find_people, cq_report_registration, cq_report_form2, cq_report_form2_people;

#endif
