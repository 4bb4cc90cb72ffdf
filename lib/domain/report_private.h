/* What the parts of reports tell each other: filling results, and the forms. */
#ifndef CQ_REPORT_PRIVATE_H
#define CQ_REPORT_PRIVATE_H

#include "cq/report.h"

/* --- filling a result: failures are kept in result->failed --- */

/* A new section. Shape: it stays where it is until the result goes. */
struct cq_report_section *cq_result_section(struct cq_report_result *result, const char *id,
                                            const struct cq_report_column *columns, size_t count);
void cq_result_figure(struct cq_report_result *result, const char *label, int64_t number);

/* Cells, row by row. Texts must outlive the result unless cq_result_copy kept them; a label is in
 * the language of people already. */
void cq_result_code(struct cq_report_result *result, struct cq_report_section *section,
                    const char *code, const char *label);
void cq_result_text(struct cq_report_result *result, struct cq_report_section *section,
                    const char *text);
void cq_result_number(struct cq_report_result *result, struct cq_report_section *section,
                      int64_t number);
void cq_result_empty(struct cq_report_result *result, struct cq_report_section *section);
/* A day; open ends are empty. */
void cq_result_day(struct cq_report_result *result, struct cq_report_section *section,
                   int32_t day);

/* Memory that goes with the result. Texts: "" when memory is out. */
void *cq_result_alloc(struct cq_report_result *result, size_t size);
const char *cq_result_copy(struct cq_report_result *result, const char *text, size_t len);

/* --- words --- */

const char *cq_report_say(const struct cq_report_request *request, const char *text);
/* A translated text in which "%s" becomes detail: catalogues are not trusted as formats. */
enum cq_code cq_report_fill(struct cq_str *out, const char *text, const char *detail);
/* A cell for people, and as data; "" where it is empty. Owner: the result, or buffer. */
#define CQ_REPORT_BUFFER 32
const char *cq_report_shown(const struct cq_report_column *column,
                            const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER]);
const char *cq_report_data(const struct cq_report_column *column,
                           const struct cq_report_cell *cell, char buffer[CQ_REPORT_BUFFER]);

static inline bool cq_report_is_number(const struct cq_report_column *column)
{
    return column->cell == CQ_CELL_COUNT || column->cell == CQ_CELL_NUMBER;
}

/* --- the reports and the forms --- */

enum cq_code cq_report_contingent(const struct cq_report_request *request,
                                  struct cq_report_result *result, struct cq_err *err);
enum cq_code cq_report_law(const struct cq_report_request *request,
                           struct cq_report_result *result, struct cq_err *err);
enum cq_code cq_report_runs(const struct cq_report_request *request,
                            struct cq_report_result *result, struct cq_err *err);

enum cq_code cq_report_rows(const struct cq_report_result *result, enum cq_format format, int fd,
                            struct cq_err *err);
enum cq_code cq_report_excel(const struct cq_report_result *result, int fd, struct cq_err *err);
enum cq_code cq_report_table(const struct cq_report_result *result,
                             const struct cq_report_request *request, int fd, struct cq_err *err);
enum cq_code cq_report_html(const struct cq_report_result *result,
                            const struct cq_report_request *request, int fd, struct cq_err *err);

/* Writes all bytes. Errors: CQ_O_WRITE. */
enum cq_code cq_report_put(int fd, const struct cq_str *bytes, struct cq_err *err);

extern const char cq_report_style[];

#endif
