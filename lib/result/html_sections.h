/* The sections of a report as HTML. */
#ifndef CQ_RESULT_HTML_SECTIONS_H
#define CQ_RESULT_HTML_SECTIONS_H

#include "result/html_text.h"

/* A section with its heading, chart and table. */
void cq_page_section(struct cq_page *page, const struct cq_report_section *section);

#endif
