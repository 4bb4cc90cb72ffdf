/* Filling results: for the reports. */
#ifndef CQ_RESULT_RESULT_PRIVATE_H
#define CQ_RESULT_RESULT_PRIVATE_H

#include "cq/result.h"
#include "result/texts.h"

/* --- filling a result: failures are kept in result->failed --- */

/* A new section. Shape: its address is stable until the result is freed. */
struct cq_report_section *cq_result_section(struct cq_report_result *result, const char *id,
                                            const struct cq_report_column *columns, size_t count);
/* The same for an array of columns. */
#define CQ_SECTION(result, id, columns)                                                            \
    cq_result_section(result, id, columns, sizeof(columns) / sizeof *(columns))

void cq_result_figure(struct cq_report_result *result, const char *label, int64_t number);
/* A figure that adds up a column of the first section; only rows that have one of the values in
 * another column, unless that is NULL. */
void cq_result_sum(struct cq_report_result *result, const char *label, int64_t number,
                   const char *counts, const char *column, const char *values);

/* Cells, row by row. Texts must outlive the result unless cq_result_copy copied them; a label is in
 * the language of people already. */
void cq_result_code(struct cq_report_result *result, struct cq_report_section *section,
                    const char *code, const char *label);
void cq_result_text(struct cq_report_result *result, struct cq_report_section *section,
                    const char *text);
void cq_result_number(struct cq_report_result *result, struct cq_report_section *section,
                      int64_t number);
void cq_result_empty(struct cq_report_result *result, struct cq_report_section *section);
/* An empty cell that people see as a dash: nobody says the number. */
void cq_result_dash(struct cq_report_result *result, struct cq_report_section *section);
/* A day; open ends are empty. */
void cq_result_day(struct cq_report_result *result, struct cq_report_section *section, int32_t day);

/* A cell by the column's name: codes of the suite's vocabularies get their label. Integers are
 * values of facts, numbers of agencies, regions, owners or states. */
void cq_result_word(const struct cq_report_request *request, struct cq_report_result *result,
                    struct cq_report_section *section, const struct cq_report_column *column,
                    const char *code);
void cq_result_word_number(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_report_section *section, const struct cq_report_column *column,
                           int64_t number);

/* The label of a code for people, the code itself where no word is known. */
const char *cq_report_word(const struct cq_report_request *request, const char *column,
                           const char *code);

/* Gives every code that has no label yet its words: in lists, conditions and texts too.
 * Errors: in result->failed. */
void cq_result_say(const struct cq_report_request *request, struct cq_report_result *result);

/* An IIN as text; empty with --mask. */
void cq_result_iin(const struct cq_report_request *request, struct cq_report_result *result,
                   struct cq_report_section *section, int64_t iin);
/* A name; empty with --mask. */
void cq_result_name(const struct cq_report_request *request, struct cq_report_result *result,
                    struct cq_report_section *section, sqlite3_stmt *stmt, int column);

/* Whether a list of people has room for one more row. If not (in a book), counts it as left out. */
bool cq_result_has_room(const struct cq_report_request *request, struct cq_report_section *section);

/* Memory that is freed with the result. Texts: "" without memory. */
void *cq_result_alloc(struct cq_report_result *result, size_t size);
const char *cq_result_copy(struct cq_report_result *result, const char *text, size_t len);
/* A string, which is freed; its failure becomes the result's. */
const char *cq_result_string(struct cq_report_result *result, struct cq_str *text);
/* A column of a query; "" where it is NULL. */
const char *cq_result_column(struct cq_report_result *result, sqlite3_stmt *stmt, int column);

/* A translated text in which each "%s" becomes the next detail. */
const char *cq_result_sentence(struct cq_report_result *result, const char *text,
                               const char *const *details, size_t count);

/* --- queries --- */

/* Adds the rows that a query returns: one column of it for each column of the section.
 * Shape: params are bound from ?1 on, as many as the query has. Errors: those of cq_db_fail. */
enum cq_code cq_result_query(const struct cq_report_request *request,
                             struct cq_report_result *result, struct cq_report_section *section,
                             const char *sql, const int64_t *params, struct cq_err *err);

/* Runs a query that returns one integer. Errors: those of cq_db_fail. */
enum cq_code cq_report_count(const struct cq_report_request *request, const char *sql,
                             const int64_t *params, int64_t *number, struct cq_err *err);

/* Rows known at run ?1 and valid on day ?2. */
#define CQ_SQL_KNOWN " run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
#define CQ_SQL_VALID                                                                               \
    " (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to > ?2)"
#define CQ_SQL_NOW CQ_SQL_KNOWN " AND" CQ_SQL_VALID

#endif
