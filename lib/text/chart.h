/* Charts as SVG inside HTML, from labels and numbers. Every chart has a title and a description, and
 * shows its numbers in figures or letters, never by colour alone.
 * All of them: failures stick in the page, as in html.h; nothing of the chart is kept. */
#ifndef CQ_TEXT_CHART_H
#define CQ_TEXT_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "text/html.h"

/* Owner: caller, the texts too. */
struct cq_chart_bar {
    const char *label;
    int64_t number;   /* 0 or more */
    const char *part; /* stacks: what this part of the label's bar is; else NULL */
    int region;       /* maps: number of the region */
    bool hidden;      /* the number is kept back */
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

/* Draws a bar of parts for each run of rows with one label, its sum behind it, and a key of the
 * parts. A part carries the letter of its key where it is wide enough.
 * Shape: classes s0 to s7, of the parts in the order of their first rows; more share s7. */
void cq_chart_stacks(struct cq_html *html, const struct cq_chart *chart);

/* Draws a line through the numbers in their order; the first, the last and the highest are
 * labelled. Hidden ones interrupt it. Shape: count is 1 or more. */
void cq_chart_line(struct cq_html *html, const struct cq_chart *chart);

/* Draws the twenty regions as tiles, placed as on a map, each with its number: the more, the darker.
 * Shape: what is no region of today has no tile; the table beside holds it. */
void cq_chart_map(struct cq_html *html, const struct cq_chart *chart);

#endif
