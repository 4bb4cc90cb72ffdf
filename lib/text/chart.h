/* Charts as SVG inside HTML, from labels and numbers. Every chart has a title and a description,
 * and shows its numbers in figures or letters, never by colour alone. Failures stick in the page,
 * as in html.h. */
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
    bool hidden;      /* the number is not shown */
};

struct cq_chart {
    const char *id;       /* unique in the page; letters, digits and '-' */
    const char *title;    /* what the bars are */
    const char *describe; /* a description for readers who do not see them */
    const struct cq_chart_bar *bars;
    size_t count;
    const char *const *regions; /* maps: short names by number of the region, 100 of them */
};

/* Draws horizontal bars from zero, each with its label before and its number after it; neither
 * colour nor an axis is needed to read them. Long labels take up to three lines.
 * Shape: the SVG fills the width of its element and uses the classes label, bar and number. */
void cq_chart_bars(struct cq_html *html, const struct cq_chart *chart);

/* Draws a stacked bar for each run of rows with one label, its sum after it, and a legend of the
 * parts. A part has its letter in it where it is wide enough; where a bar has several, their letters
 * and numbers are written below it.
 * Shape: classes s0 to s7 for the parts in the order of their first rows; further parts share
 * s7. */
void cq_chart_stacks(struct cq_html *html, const struct cq_chart *chart);

/* Draws a line through the numbers in their order over an axis of 0; the first, the last and the
 * highest are labelled. Hidden numbers interrupt it. Shape: count is 1 or more. */
void cq_chart_line(struct cq_html *html, const struct cq_chart *chart);

/* Draws the twenty regions as tiles, placed as on a map, each with its name and number; higher
 * numbers are darker. Where no bar is of a region, its number is a dash; bars of other regions are
 * lines below. */
void cq_chart_map(struct cq_html *html, const struct cq_chart *chart);

#endif
