/* Inside the HTML of reports only: a page that is being written. */
#ifndef CQ_REPORT_HTML_H
#define CQ_REPORT_HTML_H

#include "cq/html.h"
#include "result_private.h"

struct cq_page {
    struct cq_html html;
    const struct cq_report_result *result; /* whose part is being written */
    const struct cq_report_request *request;
    bool book; /* several reports on one page */
    char buffer[CQ_REPORT_BUFFER];
};

/* A section of a report with its heading, chart and table. */
void cq_page_section(struct cq_page *page, const struct cq_report_section *section);

/* A table of all its rows. */
void cq_page_table(struct cq_page *page, const struct cq_report_section *section);

/* The parts of a page, in their order. */
void cq_page_begin(struct cq_page *page, const char *title);
/* What the report says in words and headline figures. */
void cq_page_head(struct cq_page *page);
/* What the numbers rest on: who has these lines can make the same page again. */
void cq_page_state(struct cq_page *page, bool day, bool registry);
/* Pictures first. Where counts are kept back, people are not listed by name. */
void cq_page_sections(struct cq_page *page);
/* Ends the page and writes it. Errors: CQ_O_WRITE, CQ_B_NOMEM. */
enum cq_code cq_page_end(struct cq_page *page, int fd, struct cq_err *err);

/* A number or a day as people read it. Owner: the page, until the next call. */
const char *cq_page_number(struct cq_page *page, enum cq_cell cell, int64_t number);

const char *cq_page_say(struct cq_page *page, const char *text);

/* A text whose "%s" is detail. */
void cq_page_filled(struct cq_page *page, const char *text, const char *detail);

#endif
