/* The output formats of a result. All of them: errors CQ_O_WRITE, CQ_B_NOMEM; fd stays the
 * caller's. */
#ifndef CQ_RESULT_FORMATS_H
#define CQ_RESULT_FORMATS_H

#include "cq/result.h"

/* The first section as data: CQ_FORMAT_CSV or CQ_FORMAT_JSON. */
enum cq_code cq_result_write_rows(const struct cq_report_result *result, enum cq_format format,
                                  int fd, struct cq_err *err);

/* The first section as CSV for spreadsheets: byte order mark, semicolons, no formulas. */
enum cq_code cq_result_write_excel(const struct cq_report_result *result, int fd,
                                   struct cq_err *err);

/* Tables for people, with the headline figures above them. */
enum cq_code cq_result_write_table(const struct cq_report_result *result,
                                   const struct cq_report_request *request, int fd,
                                   struct cq_err *err);

/* The checks in Prometheus' text format. Shape: the first section is that of report check. */
enum cq_code cq_result_write_prometheus(const struct cq_report_result *result, int fd,
                                        struct cq_err *err);

/* One HTML file with everything in it. */
enum cq_code cq_result_write_html(const struct cq_report_result *result,
                                  const struct cq_report_request *request, int fd,
                                  struct cq_err *err);

#endif
