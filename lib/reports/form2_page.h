/* Form 2 on paper. */
#ifndef CQ_REPORTS_FORM2_PAGE_H
#define CQ_REPORTS_FORM2_PAGE_H

#include "cq/result.h"

/* The sections of the result: its rows, what is left over, and the polyclinics with their names. */
enum { CQ_FORM2_ROWS, CQ_FORM2_LEFT, CQ_FORM2_PLACES, CQ_FORM2_SECTIONS };
/* Their columns. */
enum { CQ_FORM2_FACILITY, CQ_FORM2_LINE, CQ_FORM2_NAME, CQ_FORM2_PEOPLE };
enum { CQ_FORM2_WHAT = 3, CQ_FORM2_LEFT_PEOPLE };

/* Writes the form: for all organisations together and for each, a sheet in Kazakh and one in Russian.
 * Errors: CQ_O_WRITE, CQ_B_NOMEM. */
cq_report_html_fn cq_form2_page;

#endif
