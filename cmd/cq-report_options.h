/* The options of cq-report, and which of them go together. */
#ifndef CQ_REPORT_OPTIONS_H
#define CQ_REPORT_OPTIONS_H

#include "cli.h"
#include "cq/report.h"

extern const struct cq_option cq_report_option_table[];

extern const char cq_report_all[]; /* the book, in place of a report's name */

/* What is asked for. */
struct cq_report_settings {
    struct cq_report_request request;
    int dialect;        /* of SQL, CQ_UNKNOWN if not given */
    const char *by;     /* NULL if not given */
    const char *agency; /* NULL if not given */
};

/* Reads the options of the command line. Errors: in cli->err, then false; false for --help too. */
bool cq_report_read_options(struct cq_cli *cli, struct cq_report_settings *settings);

/* The report that the operands name, if the options go with it. *report is NULL for the book.
 * Errors: CQ_U_ACTION, CQ_U_OPERAND, CQ_U_COMBINE, CQ_U_VALUE in cli->err, then false. */
bool cq_report_choose(struct cq_cli *cli, struct cq_report_settings *settings,
                      const struct cq_report **report);

/* Whether form 2 has a line of that number, or none is asked for. Errors: CQ_U_VALUE with the lines
 * there are, in cli->err, then false. */
bool cq_report_check_line(struct cq_cli *cli, const struct cq_law *law, int64_t line);

/* Finds the agency that a report asks for among those of the law. Errors: CQ_U_NEEDS, CQ_U_VALUE
 * with the agencies there are, in cli->err, then false. */
bool cq_report_read_agency(struct cq_cli *cli, const struct cq_report *report,
                           const struct cq_law *law, struct cq_report_settings *settings);

#endif
