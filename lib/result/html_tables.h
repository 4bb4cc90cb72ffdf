/* The rows of a section as an HTML table. */
#ifndef CQ_RESULT_HTML_TABLES_H
#define CQ_RESULT_HTML_TABLES_H

#include "result/html_text.h"

/* A table of the rows that the view of the page shows; none where it shows no row. Returns how many
 * it shows. */
size_t cq_page_table(struct cq_page *page, const struct cq_report_section *section);

/* A table in which the values of the last column but one are columns, with totals at the ends.
 * Shape: the section has rows_total and columns_total; the first figure is the grand total. */
void cq_page_matrix(struct cq_page *page, const struct cq_report_section *section);

#endif
