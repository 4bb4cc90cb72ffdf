/* What a page shows of a section where it does not show all of it: the first look of the book. */
#ifndef CQ_RESULT_HTML_VIEW_H
#define CQ_RESULT_HTML_VIEW_H

#include "cq/result.h"

/* Owner: static. Zero: the chart, and of the table only how many rows it has. */
struct cq_section_view {
    const char *section; /* its id */
    size_t rows;         /* shown of its table; of a chart's labels, 0 for as many as fit */
    const char *columns; /* their names, separated by blanks; NULL for all */
    const char *only;    /* a column of counts: rows in which it is 0 are not shown */
    const char *most;    /* likewise, and those come first in which it is highest */
    bool last;           /* of the labels of stacks the last are shown, not the highest */
    bool left_out;       /* another section of the book shows the same */
};

/* The rows that are shown, in their order. Owner: caller, free(rows). */
struct cq_view_rows {
    size_t *rows, count;
    enum cq_code failed;
};

/* Chooses the rows of a table. Shape: a NULL view shows them all. */
struct cq_view_rows cq_view_table(const struct cq_report_section *section,
                                  const struct cq_section_view *view);

/* Chooses the rows of a chart: the highest bars, whole stacks, all tiles of a map and all points of
 * a line. */
struct cq_view_rows cq_view_chart(const struct cq_report_section *section,
                                  const struct cq_section_view *view);

/* Whether a column is shown. */
bool cq_view_column(const struct cq_section_view *view, const struct cq_report_column *column);

#endif
