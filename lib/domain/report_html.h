/* Inside the HTML of reports only: a page that is being written. */
#ifndef CQ_REPORT_HTML_H
#define CQ_REPORT_HTML_H

#include "cq/html.h"
#include "report_private.h"

struct cq_page {
    struct cq_html html;
    const struct cq_report_result *result; /* whose part is being written */
    const struct cq_report_request *request;
    bool book;                             /* several reports on one page */
    char buffer[CQ_REPORT_BUFFER];
};

/* A section of a report with its heading, chart and table. */
void cq_page_section(struct cq_page *page, const struct cq_report_section *section);

/* A table of all its rows. */
void cq_page_table(struct cq_page *page, const struct cq_report_section *section);

const char *cq_page_say(struct cq_page *page, const char *text);

/* A text whose "%s" is detail. */
void cq_page_filled(struct cq_page *page, const char *text, const char *detail);

#endif
