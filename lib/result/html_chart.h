/* The counts of a section as a chart. */
#ifndef CQ_RESULT_HTML_CHART_H
#define CQ_RESULT_HTML_CHART_H

#include "result/html_text.h"

/* Shape: the section has a chart and at least one row. */
void cq_page_chart(struct cq_page *page, const struct cq_report_section *section);

#endif
