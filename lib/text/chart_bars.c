/* Bars in SVG. */
#include "text/chart_draw.h"

static void draw_bar(struct cq_html *html, const struct cq_chart_bar *bar, int64_t most, int middle)
{
    /* A quotient of two counts: a double is exact enough for any screen. */
    double share = most > 0 && !bar->hidden ? (double)bar->number / (double)most : 0;
    int width = (int)(share * (CQ_CHART_WIDTH - CQ_CHART_START - CQ_CHART_NUMBER) + 0.5);
    char text[CQ_HTML_NUMBER];
    if (bar->number > 0 && width == 0 && !bar->hidden)
        width = 1;
    cq_html_leaf(html, "rect", "", "class", "bar", "x", cq_chart_number(CQ_CHART_START).text, "y",
                 cq_chart_number(middle - CQ_CHART_HEIGHT / 2).text, "width",
                 cq_chart_number(width).text, "height", cq_chart_number(CQ_CHART_HEIGHT).text,
                 CQ_HTML_END);
    cq_html_leaf(html, "text", bar->hidden ? "…" : cq_html_number(text, bar->number), "class",
                 "number", "x", cq_chart_number(CQ_CHART_START + width + 6).text, "y",
                 cq_chart_number(middle + 5).text, CQ_HTML_END);
}

void cq_chart_bars(struct cq_html *html, const struct cq_chart *chart)
{
    struct cq_chart_lines lines;
    int64_t most = 0;
    int height = CQ_CHART_GAP;

    for (size_t i = 0; i < chart->count; i++) {
        cq_chart_break(&lines, chart->bars[i].label);
        height += cq_chart_room(&lines) + CQ_CHART_GAP;
        if (chart->bars[i].number > most && !chart->bars[i].hidden)
            most = chart->bars[i].number;
    }
    cq_chart_open(html, chart, CQ_CHART_WIDTH, height);
    int top = CQ_CHART_GAP;
    for (size_t i = 0; i < chart->count; i++) {
        cq_chart_break(&lines, chart->bars[i].label);
        int room = cq_chart_room(&lines);
        cq_chart_label(html, &lines, top + room / 2);
        draw_bar(html, &chart->bars[i], most, top + room / 2);
        top += room + CQ_CHART_GAP;
    }
    cq_html_leaf(html, "line", "", "class", "axis", "x1", cq_chart_number(CQ_CHART_START).text,
                 "y1", "0", "x2", cq_chart_number(CQ_CHART_START).text, "y2",
                 cq_chart_number(height).text, CQ_HTML_END);
    cq_html_close(html);
}
