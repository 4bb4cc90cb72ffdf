/* Reports: what each one counts or lists, and the forms it can be written in.
 *
 * A report is defined once. Running it gives a result, sections of rows in memory; the forms (CSV,
 * JSON lines, table, HTML) know results only, so all of them show the same numbers.
 * A new report is a function that fills a result, and a row in the list of reports. */
#ifndef CQ_REPORT_H
#define CQ_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/csvout.h"
#include "cq/db.h"
#include "cq/law.h"

/* --- results --- */

enum cq_cell {
    CQ_CELL_CODE,    /* a code, with a label for people */
    CQ_CELL_TEXT,
    CQ_CELL_LIST,    /* codes joined by ';' */
    CQ_CELL_NUMBER,  /* an ordinal: a run, a year */
    CQ_CELL_COUNT,
    CQ_CELL_DAY,
    CQ_CELL_MOMENT,
    CQ_CELL_HASH     /* hexadecimal; people see its beginning */
};

struct cq_report_column {
    const char *name;     /* in CSV and JSON */
    const char *heading;  /* N_() */
    enum cq_cell cell;
    bool detail;          /* left out where people read: CSV and JSON only */
};

/* A cell that is not present is empty. */
struct cq_report_cell {
    bool present;
    int64_t number;       /* NUMBER, COUNT, DAY, MOMENT */
    const char *text;     /* the others */
    const char *label;    /* what people read instead, in their language; NULL for the text */
};

/* Where a section shows. The first section of a result is its rows: every form has it. */
enum cq_section_place {
    CQ_SECTION_PEOPLE,    /* table and HTML */
    CQ_SECTION_PICTURE,   /* HTML: a chart with its table beside */
    CQ_SECTION_TOTALS     /* nowhere by itself: totals of a matrix */
};

struct cq_report_section {
    const char *id;
    const char *title;                      /* N_(); NULL for that of the report */
    const struct cq_report_column *columns;
    size_t column_count;
    enum cq_section_place place;
    bool chart;                             /* bars: first column's labels, last column's counts */
    const char *note;                       /* N_(), below the table; NULL for none */

    /* A matrix in HTML: the last column but one becomes columns. rows_total has the same rows
     * without that column, in the same order; columns_total has that column alone. */
    const struct cq_report_section *rows_total, *columns_total;

    struct cq_report_cell *cells;           /* row by row */
    size_t cell_count, cell_room;
};

/* A headline number. */
struct cq_report_figure {
    const char *label;                      /* N_() */
    int64_t number;
};

#define CQ_REPORT_SECTIONS 16
#define CQ_REPORT_FIGURES 6

struct cq_report_result {
    const struct cq_report *report;
    struct cq_report_section sections[CQ_REPORT_SECTIONS];
    size_t section_count;
    struct cq_report_figure figures[CQ_REPORT_FIGURES];
    size_t figure_count;
    const char *summary;                    /* N_(), one sentence; "%s" stands for the day */
    bool has_day;                           /* it speaks of the day asked for */
    int64_t run, run_at;                    /* the registry's last known run; 0 before the first */
    void *memory;
    enum cq_code failed;
};

void cq_report_fini(struct cq_report_result *result);

/* --- reports --- */

enum cq_dimension { CQ_BY_REGION, CQ_BY_AGENCY, CQ_BY_CATEGORY, CQ_BY_BODY, CQ_BY_SEX, CQ_BY_AGE,
                    CQ_DIMENSIONS };
extern const char *const cq_dimension_names[CQ_DIMENSIONS + 1]; /* NULL at the end */

struct cq_report_request {
    struct cq_db *db;                       /* NULL where the report needs none */
    const struct cq_law *law;
    const char *law_dir;                    /* where the law came from; NULL if built in */
    int64_t known_at;                       /* milliseconds UTC; INT64_MAX for now */
    int32_t day;
    bool day_given;                         /* asked for, not by default */
    enum cq_dimension by[CQ_DIMENSIONS];
    size_t by_count;                        /* 0 for the report's own choice */
    enum cq_language language;              /* of the labels in the law tables */
    const char *(*translate)(const char *text); /* texts for people; NULL leaves them English */
    bool excel;                             /* CSV for spreadsheets */
};

struct cq_report {
    const char *name;
    const char *title;                      /* N_() */
    bool registry;                          /* reads it */
    bool by;                                /* takes dimensions */
    enum cq_code (*run)(const struct cq_report_request *request, struct cq_report_result *result,
                        struct cq_err *err);
};

extern const struct cq_report cq_reports[]; /* ends with a row whose name is NULL */
const struct cq_report *cq_report_find(const char *name);

/* Reads dimensions joined by ','. Returns false where one is unknown, empty or named twice. */
bool cq_report_by(const char *text, enum cq_dimension by[CQ_DIMENSIONS], size_t *count);

/* Runs a report. Shape: the registry is read in one transaction; result need not be initialised.
 * Texts in the result may belong to the law.
 * Errors: those of cq_db_fail, of cq_law_read, CQ_B_NOMEM.
 * Owner: caller, cq_report_fini in any case. */
enum cq_code cq_report_run(const struct cq_report *report, const struct cq_report_request *request,
                           struct cq_report_result *result, struct cq_err *err);

/* --- forms --- */

/* Writes a result. Shape: the same result and request give the same bytes.
 * Errors: CQ_O_WRITE, CQ_B_NOMEM. */
enum cq_code cq_report_write(const struct cq_report_result *result,
                             const struct cq_report_request *request, enum cq_format format,
                             int fd, struct cq_err *err);

#endif
