/* A line through numbers from left to right. */
#include "text/chart_draw.h"

enum { LEFT = 34, RIGHT = 366, TOP = 26, BOTTOM = 150, LINE_HEIGHT = 176 };

static int x_of(const struct cq_chart *chart, size_t i)
{
    return chart->count < 2 ? (LEFT + RIGHT) / 2
                            : LEFT + (int)((RIGHT - LEFT) * (double)i / (double)(chart->count - 1));
}

static int y_of(const struct cq_chart *chart, size_t i, int64_t most)
{
    double share = most > 0 ? (double)chart->bars[i].number / (double)most : 0;
    return BOTTOM - (int)(share * (BOTTOM - TOP) + 0.5);
}

void cq_chart_line(struct cq_html *html, const struct cq_chart *chart)
{
    size_t last = chart->count - 1, highest = 0;
    int64_t most = 0;
    char number[CQ_HTML_NUMBER];
    for (size_t i = 0; i < chart->count; i++)
        if (!chart->bars[i].hidden && chart->bars[i].number > most) {
            most = chart->bars[i].number;
            highest = i;
        }
    cq_chart_open(html, chart, CQ_CHART_WIDTH, LINE_HEIGHT);
    cq_html_leaf(html, "line", "", "class", "axis", "x1", cq_chart_number(LEFT).text, "y1",
                 cq_chart_number(BOTTOM).text, "x2", cq_chart_number(RIGHT).text, "y2",
                 cq_chart_number(BOTTOM).text, CQ_HTML_END);
    cq_chart_text(html, "label", LEFT - 6, BOTTOM + 4, "end", "0");
    for (size_t i = 0; i < chart->count; i++) {
        int x = x_of(chart, i), y = y_of(chart, i, most);
        if (chart->bars[i].hidden)
            continue;
        if (i > 0 && !chart->bars[i - 1].hidden)
            cq_html_leaf(html, "line", "", "class", "line", "x1",
                         cq_chart_number(x_of(chart, i - 1)).text, "y1",
                         cq_chart_number(y_of(chart, i - 1, most)).text, "x2",
                         cq_chart_number(x).text, "y2", cq_chart_number(y).text, CQ_HTML_END);
        cq_html_leaf(html, "circle", "", "class", "dot", "cx", cq_chart_number(x).text, "cy",
                     cq_chart_number(y).text, "r", "3", CQ_HTML_END);
        if (i == 0 || i == last || i == highest)
            cq_chart_text(html, "number", x, y - 9, "middle",
                          cq_html_number(number, chart->bars[i].number));
    }
    cq_chart_text(html, "label", x_of(chart, 0), BOTTOM + 18, "middle", chart->bars[0].label);
    if (last > 0)
        cq_chart_text(html, "label", x_of(chart, last), BOTTOM + 18, "middle",
                      chart->bars[last].label);
    cq_html_close(html);
}
