/* Reports: what each one counts or lists.
 *
 * A report is defined once. Running it gives a result (result.h), which can be written in any form.
 * A new report is a function that fills a result, and a row in the list of reports. */
#ifndef CQ_REPORT_H
#define CQ_REPORT_H

#include "cq/result.h"

extern const char *const cq_dimension_names[CQ_DIMENSIONS + 1]; /* NULL at the end */

extern const struct cq_report cq_reports[]; /* ends with a row whose name is NULL */
const struct cq_report *cq_report_find(const char *name);

/* Reads dimensions joined by ','. Returns false where one is unknown, empty or named twice. */
bool cq_report_by(const char *text, enum cq_dimension by[CQ_DIMENSIONS], size_t *count);

/* Reads what --since means: "last", a run or a day. Returns false where it is none of them. */
bool cq_report_since(const char *text, struct cq_report_request *request);

/* Runs a report. Shape: the registry is read in one transaction; result need not be initialised.
 * Texts in the result may belong to the law.
 * Errors: those of cq_db_fail, of cq_law_read, CQ_B_NOMEM.
 * Owner: caller, cq_report_fini in any case. */
enum cq_code cq_report_run(const struct cq_report *report, const struct cq_report_request *request,
                           struct cq_report_result *result, struct cq_err *err);

/* The reports of a morning on one page with its contents, in their order.
 * Shape: request as for each of them; options that a report does not take mean nothing to it.
 * Errors: as cq_report_run and cq_report_write. */
enum cq_code cq_report_book(const struct cq_report_request *request, int fd, struct cq_err *err);

#endif
