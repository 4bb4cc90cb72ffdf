/* Bars in SVG, and what all charts share. One unit is about one pixel of a telephone's width, so
 * that letters stay readable there and the chart fits beside a table on paper. */
#include "chart_private.h"

#include <stdio.h>
#include <string.h>

#include "cq/utf8.h"

enum { LABEL_COLUMNS = 21 };

void cq_chart_break(struct cq_chart_lines *lines, const char *text)
{
    *lines = (struct cq_chart_lines){0};
    while (*text != '\0' && lines->count < CQ_CHART_LINES) {
        size_t len = strcspn(text, " ");
        for (;;) {
            size_t more = text[len] == ' ' ? len + 1 + strcspn(text + len + 1, " ") : len;
            if (more == len || cq_utf8_width(text, more) > LABEL_COLUMNS)
                break;
            len = more;
        }
        lines->line[lines->count++] = (struct cq_text){text, len};
        text += len;
        text += strspn(text, " ");
    }
    lines->cut = *text != '\0';
}

struct cq_chart_number cq_chart_number(int64_t value)
{
    struct cq_chart_number n;
    snprintf(n.text, sizeof n.text, "%lld", (long long)value);
    return n;
}

int cq_chart_room(const struct cq_chart_lines *lines)
{
    return lines->count > 1 ? lines->count * CQ_CHART_HEIGHT : CQ_CHART_HEIGHT;
}

void cq_chart_text(struct cq_html *html, const char *class, int x, int y, const char *anchor,
                   const char *text)
{
    cq_html_leaf(html, "text", text, "class", class, "x", cq_chart_number(x).text, "y",
                 cq_chart_number(y).text, "text-anchor", anchor, CQ_HTML_END);
}

void cq_chart_label(struct cq_html *html, const struct cq_chart_lines *lines, int middle)
{
    int y = middle - (lines->count - 1) * CQ_CHART_HEIGHT / 2 + 4;
    for (int i = 0; i < lines->count; i++, y += CQ_CHART_HEIGHT) {
        char text[256];
        bool last = lines->cut && i + 1 == lines->count;
        snprintf(text, sizeof text, "%.*s%s", (int)lines->line[i].len, lines->line[i].ptr,
                 last ? "…" : "");
        text[cq_utf8_valid(text, strlen(text))] = '\0';
        cq_chart_text(html, "label", CQ_CHART_LABEL, y, "end", text);
    }
}

void cq_chart_open(struct cq_html *html, const struct cq_chart *chart, int width, int height)
{
    char box[64], title_id[64], describe_id[64], both[132];
    snprintf(box, sizeof box, "0 0 %d %d", width, height);
    snprintf(title_id, sizeof title_id, "%s-title", chart->id);
    snprintf(describe_id, sizeof describe_id, "%s-desc", chart->id);
    snprintf(both, sizeof both, "%s %s", title_id, describe_id);
    cq_html_open(html, "svg", "viewBox", box, "role", "img", "aria-labelledby", both, CQ_HTML_END);
    cq_html_leaf(html, "title", chart->title, "id", title_id, CQ_HTML_END);
    cq_html_leaf(html, "desc", chart->describe, "id", describe_id, CQ_HTML_END);
}

static void draw_bar(struct cq_html *html, const struct cq_chart_bar *bar, int64_t most, int middle)
{
    /* The quotient of two numbers of people: exact far beyond any screen. */
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
