/* Charts as SVG inside HTML, from labels and numbers. */
#ifndef CQ_CHART_H
#define CQ_CHART_H

#include <stddef.h>
#include <stdint.h>
#include "cq/html.h"

struct cq_chart_bar {
    const char *label;
    int64_t number;       /* 0 or more */
};

struct cq_chart {
    const char *id;       /* unique in the page; letters, digits and '-' */
    const char *title;    /* what the bars are */
    const char *describe; /* what a reader who does not see them should know */
    const struct cq_chart_bar *bars;
    size_t count;
};

/* Draws horizontal bars from zero, each with its label before and its number behind it, so that
 * neither colour nor an axis has to be read. Long labels take up to three lines.
 * Shape: the SVG is as wide as its place and uses the classes label, bar and number. */
void cq_chart_bars(struct cq_html *html, const struct cq_chart *chart);

#endif
