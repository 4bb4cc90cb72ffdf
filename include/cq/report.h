/* Reports: what each one counts or lists, and the book of them.
 *
 * A report is defined once. Running it gives a result (result.h), which can be written in any form.
 * A new report is a function that fills a result, and a row in the list of reports. */
#ifndef CQ_REPORT_H
#define CQ_REPORT_H

#include "cq/result.h"

/* The list of reports; it ends with a row whose name is NULL. */
extern const struct cq_report cq_reports[];

/* A report by its name, and by a value of --by that makes it another one; NULL where there is none.
 * Shape: by may be NULL, and is ignored where the report has no such value. */
const struct cq_report *cq_report_find(const char *name, const char *by);

/* The names of the dimensions, NULL at the end. */
extern const char *const cq_dimension_names[CQ_DIMENSIONS + 1];

/* Parses dimensions joined by ','. Returns false where one is unknown, empty or repeated. */
bool cq_report_parse_by(const char *text, enum cq_dimension by[CQ_DIMENSIONS], size_t *count);

/* Reads since when changes are reported: "last", a run or a day YYYY-MM-DD. Returns false where it
 * is none of them. */
bool cq_report_parse_since(const char *text, struct cq_report_request *request);

/* Checks whom a request asks to find. Errors: CQ_U_NAME, CQ_U_BORN, CQ_U_FIND, CQ_B_NOMEM. */
enum cq_code cq_report_check_question(const struct cq_report_request *request);

/* The line of form 2 with a number; NULL where there is none. */
const struct cq_form2_line *cq_report_form2_line(const struct cq_law *law, int64_t number);

/* Runs a report.
 * Shape: the registry is read in one transaction; result need not be initialised. Texts in the
 * result may belong to the law or the catalogue.
 * Errors: those of cq_db_fail, of cq_law_read, CQ_B_NOMEM, CQ_D_NO_RUN for changes since a run that
 * does not exist.
 * Owner: caller, cq_result_fini in any case. */
enum cq_code cq_report_run(const struct cq_report *report, const struct cq_report_request *request,
                           struct cq_report_result *result, struct cq_err *err);

/* Options that the book takes: bits of cq_report_options. */
#define CQ_BOOK_TAKES                                                                              \
    (CQ_TAKES_BY | CQ_TAKES_SINCE | CQ_TAKES_DAYS | CQ_TAKES_SERVICE | CQ_TAKES_MASK |             \
     CQ_TAKES_SUPPRESS | CQ_TAKES_FULL)

/* Writes the reports of the book as one HTML page with a table of contents.
 * Shape: request as for each of them; a report ignores options that it does not take. All are read
 * in one transaction.
 * Errors: as cq_report_run and cq_result_write. Owner: fd stays the caller's. */
enum cq_code cq_report_book(const struct cq_report_request *request, int fd, struct cq_err *err);

#endif
