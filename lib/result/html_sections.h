/* The sections of a report as HTML. */
#ifndef CQ_RESULT_HTML_SECTIONS_H
#define CQ_RESULT_HTML_SECTIONS_H

#include "result/html_text.h"

/* A section with its heading, chart and table; one line where it is empty. */
void cq_page_section(struct cq_page *page, const struct cq_report_section *section);

/* Whether a section needs the long side of paper. */
bool cq_page_is_wide(const struct cq_page *page, const struct cq_report_section *section);

/* The sections at first look: charts side by side, tables of the rows that their views choose, and
 * a line for each of the others. */
void cq_page_look(struct cq_page *page);

#endif
