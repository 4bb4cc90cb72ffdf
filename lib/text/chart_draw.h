/* What all charts draw: the frame, labels, text. */
#ifndef CQ_TEXT_CHART_DRAW_H
#define CQ_TEXT_CHART_DRAW_H

#include "text/chart.h"

enum {
    CQ_CHART_WIDTH = 400,                /* one unit is about one pixel of a telephone's width */
    CQ_CHART_LABEL = 168,                /* the labels' room */
    CQ_CHART_START = CQ_CHART_LABEL + 8, /* where bars begin */
    CQ_CHART_NUMBER = 66,                /* room after the longest bar */
    CQ_CHART_HEIGHT = 15,                /* of a line of text, and of a bar */
    CQ_CHART_GAP = 9
};

/* Attributes take text; coordinates are whole numbers. */
struct cq_chart_number {
    char text[16];
};
struct cq_chart_number cq_chart_number(int64_t value);

/* A label broken into lines at blanks. */
enum { CQ_CHART_LINES = 3 };
struct cq_chart_lines {
    struct cq_text line[CQ_CHART_LINES];
    int count;
    bool cut; /* the text was cut off */
};
void cq_chart_break(struct cq_chart_lines *lines, const char *text);
/* The room that a bar with this label takes. */
int cq_chart_room(const struct cq_chart_lines *lines);
void cq_chart_label(struct cq_html *html, const struct cq_chart_lines *lines, int middle);

/* Opens the SVG with its title and description. */
void cq_chart_open(struct cq_html *html, const struct cq_chart *chart, int width, int height);

/* A line of text. */
void cq_chart_text(struct cq_html *html, const char *class, int x, int y, const char *anchor,
                   const char *text);

#endif
