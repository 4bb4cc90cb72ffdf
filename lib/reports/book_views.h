/* What the book of the morning shows of each report. */
#ifndef CQ_REPORTS_BOOK_VIEWS_H
#define CQ_REPORTS_BOOK_VIEWS_H

#include "result/html_view.h"

/* Rows of a list of people that the book shows. */
#define CQ_BOOK_ROWS 5

/* The views of a report's sections, up to one without a section. Sections that are not among them
 * have their chart, or one line. */
const struct cq_section_view *cq_book_views(const char *report);

#endif
