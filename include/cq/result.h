/* A report's result: sections of rows in memory, and the forms it can be written in. The forms
 * (CSV, JSON lines, table, HTML) use results only, so all of them show the same numbers. Requests
 * and the type of a report are here too, since results and forms need both; report.h runs
 * reports. */
#ifndef CQ_RESULT_H
#define CQ_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "cq/csvout.h"
#include "cq/db.h"
#include "cq/law.h"

/* --- results --- */

/* The type of a column, which determines the member of a cell: number for NUMBER, COUNT, DAY and
 * MOMENT, text for the others. */
enum cq_cell {
    CQ_CELL_CODE, /* a code, with a label for people */
    CQ_CELL_TEXT,
    CQ_CELL_LIST,   /* codes joined by ';' */
    CQ_CELL_NUMBER, /* an ordinal: a run, a year */
    CQ_CELL_COUNT,
    CQ_CELL_DAY,    /* as in date.h */
    CQ_CELL_MOMENT, /* milliseconds UTC */
    CQ_CELL_HASH,   /* hexadecimal; shortened for people */
    CQ_CELL_IIN,    /* 12 digits; empty with mask, like names */
    CQ_CELL_NAME,
    CQ_CELL_MESSAGE /* a text of the program: English in data, translated for people */
};

/* Owner: static, or the result. */
struct cq_report_column {
    const char *name;    /* in CSV and JSON */
    const char *heading; /* N_() */
    enum cq_cell cell;
    bool detail; /* in CSV and JSON only */
};

/* A cell that is not present is empty. Owner of the texts: the result, the law, or static. */
struct cq_report_cell {
    bool present;
    bool hidden; /* a suppressed count: it is not shown, and number is 0 */
    int64_t number;
    const char *text;
    const char *label; /* for people, in their language; NULL for the text */
};

/* Where a section is shown. The first section of a result is its rows, which every form has. */
enum cq_section_place {
    CQ_SECTION_PEOPLE,  /* table and HTML */
    CQ_SECTION_PICTURE, /* HTML: a chart with its table beside */
    CQ_SECTION_TOTALS,  /* not by itself: totals of a matrix */
    CQ_SECTION_FRONT    /* HTML of the book: on its first page */
};

enum cq_report_chart {
    CQ_CHART_NONE,
    CQ_CHART_BARS,
    CQ_CHART_STACKS, /* a stacked bar for each label: the second column names the parts */
    CQ_CHART_LINE,
    CQ_CHART_MAP /* labels are regions, by number */
};

struct cq_report_section {
    const char *id;    /* unique in the result; letters, digits and '_' */
    const char *title; /* N_(); NULL for that of the report */
    const struct cq_report_column *columns;
    size_t column_count;
    enum cq_section_place place;
    enum cq_report_chart chart; /* of the first column's labels, last column's counts */
    bool people;                /* a list of people, not counts of them */
    int64_t left_out;           /* rows that a book leaves out */
    const char *note;           /* N_(), below the table; NULL for none */

    /* A matrix in HTML: the last column but one becomes columns. rows_total has the same rows
     * without that column, in the same order; columns_total has that column alone. Both are
     * sections of the same result, or NULL. */
    const struct cq_report_section *rows_total, *columns_total;

    struct cq_report_cell *cells; /* row by row */
    size_t cell_count, cell_room;
};

/* The number of rows of a section. */
static inline size_t cq_section_rows(const struct cq_report_section *section)
{
    return section->column_count > 0 ? section->cell_count / section->column_count : 0;
}

/* A cell of a section. Shape: row and column from 0, both exist. */
static inline struct cq_report_cell *cq_section_cell(const struct cq_report_section *section,
                                                     size_t row, size_t column)
{
    return &section->cells[row * section->column_count + column];
}

/* A headline number. */
struct cq_report_figure {
    const char *label; /* N_() */
    int64_t number;
    const char *counts; /* the column of the first section that it adds up, or NULL */
    const char *column; /* of those rows alone that have one of the words here; NULL for all */
    const char *values; /* these words, joined by ';' */
    bool hidden;
};

#define CQ_REPORT_SECTIONS 16
#define CQ_REPORT_FIGURES 6

struct cq_report_result {
    const struct cq_report *report;
    struct cq_report_section sections[CQ_REPORT_SECTIONS];
    size_t section_count;
    struct cq_report_figure figures[CQ_REPORT_FIGURES];
    size_t figure_count;
    const char *summary; /* N_(), one sentence; its "%s" becomes the day */
    const char *answer;  /* the conclusion, in the language of people; or NULL */
    bool finding;        /* something is wrong: status 1 */
    bool has_day;        /* it is about the day of the request */
    bool signature;      /* on paper it ends with lines to sign */
    int64_t run;         /* the registry's last known run; 0 before the first */
    int64_t run_at;      /* its moment, milliseconds UTC */

    /* private */
    void *memory;
    enum cq_code failed;
};

/* Frees what a result holds. Shape: zeroed or filled; it is zeroed again. */
void cq_result_fini(struct cq_report_result *result);

/* --- requests --- */

/* Since when changes are reported. */
enum cq_since { CQ_SINCE_NONE, CQ_SINCE_LAST, CQ_SINCE_RUN, CQ_SINCE_DAY };

enum cq_dimension {
    CQ_BY_REGION,
    CQ_BY_AGENCY,
    CQ_BY_CATEGORY,
    CQ_BY_BODY,
    CQ_BY_SEX,
    CQ_BY_AGE,
    CQ_DIMENSIONS
};

/* Owner: caller, the pointers too; all of them outlive the result. */
struct cq_report_request {
    struct cq_db *db; /* NULL where the report needs none */
    const struct cq_law *law;
    const char *law_dir; /* folder of the law tables; NULL if built in */
    int64_t known_at;    /* milliseconds UTC; INT64_MAX for now */
    int32_t day;
    bool day_given; /* given explicitly */
    enum cq_dimension by[CQ_DIMENSIONS];
    size_t by_count;                      /* 0 for the report's own choice */
    enum cq_language language;            /* of the labels in the law tables */
    cq_translate_fn *translate;           /* texts for people; NULL leaves them English */
    cq_translate_many_fn *translate_many; /* those that count; NULL gives them the form of many */
    bool excel;                           /* CSV for spreadsheets */
    size_t width;                         /* of tables: columns of the terminal; 0 for no folding */

    /* Options of some reports only; see cq_report_options. */
    enum cq_since since;
    int64_t since_run;
    int32_t since_day;
    int64_t days;            /* 0 for the report's own choice */
    int service;             /* value of CQ_FACT_SERVICE, CQ_UNKNOWN if not given */
    int64_t iin;             /* 0 if not given */
    const char *name, *born; /* whom to find; NULL if not given */
    int agency;              /* number; 0 if not given */
    int64_t year;            /* whose last day it is about; 0 if not given */
    int64_t line;            /* of form 2, whose people are listed; 0 if not given */
    bool mask;               /* no names, no IINs */
    bool verify;
    bool review;
    bool timeline;
    bool full;         /* the book with its long lists */
    int64_t suppress;  /* counts from 1 to this are suppressed; 0 for none */
    int64_t now;       /* milliseconds UTC */
    const char *actor; /* who runs the report, for the log */
    size_t shown;      /* rows of a list of people in a book; 0 for all */
};

/* Options that a report takes, as bits. */
enum cq_report_options {
    CQ_TAKES_BY = 1,
    CQ_TAKES_SINCE = 2,
    CQ_TAKES_DAYS = 4,
    CQ_TAKES_SERVICE = 8,
    CQ_TAKES_IIN = 16,
    CQ_TAKES_MASK = 32,
    CQ_TAKES_VERIFY = 64,
    CQ_TAKES_SUPPRESS = 128,
    CQ_TAKES_REVIEW = 256,
    CQ_TAKES_AGENCY = 512,
    CQ_TAKES_NAME = 1024,
    CQ_TAKES_TIMELINE = 2048,
    CQ_TAKES_YEAR = 4096,
    CQ_TAKES_LINE = 8192,
    CQ_TAKES_FULL = 16384
};

/* --- what a report is --- */

enum cq_report_registry {
    CQ_REGISTRY_NONE,
    CQ_REGISTRY_READ,
    CQ_REGISTRY_LOG /* each run may write lines to the log */
};

/* Fills a result whose report, run and moment are set. Errors: those of cq_report_run. */
typedef enum cq_code cq_report_fill_fn(const struct cq_report_request *request,
                                       struct cq_report_result *result, struct cq_err *err);

/* Writes a result as a page of its own, in place of the usual one. Errors: CQ_O_WRITE, CQ_B_NOMEM.
 * Owner: fd stays the caller's. */
typedef enum cq_code cq_report_html_fn(const struct cq_report_result *result,
                                       const struct cq_report_request *request, int fd,
                                       struct cq_err *err);

struct cq_report {
    const char *name;
    const char *by; /* the value of --by, or the option, that asks for this one; NULL for the plain
                        * report */
    const char *title; /* N_() */
    enum cq_report_registry registry;
    unsigned takes;    /* bits of cq_report_options */
    unsigned formats;  /* that only this report has: bits 1 << enum cq_format */
    const char *known; /* a column by which another report shows the sums too, or NULL */
    cq_report_fill_fn *fill;
    cq_report_html_fn *html; /* NULL for the usual page */
};

/* Whether a result is about people one by one: no one else may read its file. */
bool cq_result_is_private(const struct cq_report_result *result,
                          const struct cq_report_request *request);

/* Writes a result to a descriptor.
 * Shape: the same result and request give the same bytes. format is CSV, JSON, TABLE or HTML, or
 * PROMETHEUS where the report has it.
 * Errors: CQ_O_WRITE, CQ_B_NOMEM. Owner: fd stays the caller's. */
enum cq_code cq_result_write(const struct cq_report_result *result,
                             const struct cq_report_request *request, enum cq_format format, int fd,
                             struct cq_err *err);

#endif
