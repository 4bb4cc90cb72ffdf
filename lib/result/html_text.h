/* A page of a report that is being written, and its texts. */
#ifndef CQ_RESULT_HTML_TEXT_H
#define CQ_RESULT_HTML_TEXT_H

#include "text/html.h"
#include "cq/result.h"
#include "result/cells.h"
#include "result/html_view.h"

struct cq_page {
    struct cq_html html;
    const struct cq_report_result *result; /* whose part is being written */
    const struct cq_report_request *request;
    bool book;                           /* several reports on one page */
    bool brief;                          /* only what the views show of them */
    bool answered;                       /* the answer of the report is above already */
    const char *command;                 /* shows the whole report; where brief */
    const struct cq_section_view *views; /* of the report, up to one without a section; or NULL */
    const struct cq_section_view *view;  /* of the section; NULL where all of it is shown */
    char buffer[CQ_REPORT_BUFFER];
};

/* A text in the language of people. Owner: the catalogue. */
const char *cq_page_translate(const struct cq_page *page, const char *text);

/* Writes a translated text whose "%s" becomes detail, or the details one after the other. */
void cq_page_format(struct cq_page *page, const char *text, const char *detail);
void cq_page_format_all(struct cq_page *page, const char *text, const char *const *details,
                        size_t count);

/* A number or a day as people read it. Owner: the page, until the next call. */
const char *cq_page_number(struct cq_page *page, enum cq_cell cell, int64_t number);

#endif
