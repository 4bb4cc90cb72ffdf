/* The style sheet of a page. */
#ifndef CQ_RESULT_HTML_STYLE_H
#define CQ_RESULT_HTML_STYLE_H

/* In three pieces, to be written one after the other. */
extern const char cq_report_style[], cq_report_style_charts[], cq_report_style_tables[];

#endif
