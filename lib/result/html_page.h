/* The elements of a page, in order: for one report, and for the book. */
#ifndef CQ_RESULT_HTML_PAGE_H
#define CQ_RESULT_HTML_PAGE_H

#include "result/html_text.h"

/* Begins the page: its head, its style sheet and its body. */
void cq_page_begin(struct cq_page *page, const char *title);

/* Writes the title, the sentences and the headline figures of the report. */
void cq_page_head(struct cq_page *page);

/* Writes the day, the run and the law that the numbers are computed from: they reproduce the
 * page. */
void cq_page_state(struct cq_page *page, bool day, bool registry);

/* Writes the sections, pictures first. Where counts are hidden, people are not listed by name. */
void cq_page_sections(struct cq_page *page);

/* Ends the page and writes it to a descriptor. Errors: CQ_O_WRITE, CQ_B_NOMEM.
 * Owner: caller, cq_html_fini(&page->html) in any case. */
enum cq_code cq_page_end(struct cq_page *page, int fd, struct cq_err *err);

#endif
