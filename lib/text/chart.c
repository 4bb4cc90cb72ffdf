/* Bars in SVG. One unit is about one pixel of a telephone's width, so that letters stay readable
 * there and the chart fits beside a table on paper. */
#include "cq/chart.h"

#include <stdio.h>
#include <string.h>

#include "cq/utf8.h"

enum {
    WIDTH = 400,
    LABEL = 168,      /* the labels' room */
    LABEL_COLUMNS = 21,
    LINES = 3,
    BARS = LABEL + 8, /* where bars begin */
    NUMBER = 66,      /* room behind the longest bar */
    LINE = 15,
    BAR = 15,
    GAP = 9
};

/* A label broken into lines at blanks. */
struct lines {
    struct cq_text line[LINES];
    int count;
    bool cut; /* something is left over */
};

static void break_lines(struct lines *lines, const char *text)
{
    *lines = (struct lines){0};
    while (*text != '\0' && lines->count < LINES) {
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

/* Attributes take text; coordinates are whole numbers. */
struct number {
    char text[16];
};

static struct number number(int64_t value)
{
    struct number n;
    snprintf(n.text, sizeof n.text, "%lld", (long long)value);
    return n;
}

static void draw_label(struct cq_html *html, const struct lines *lines, int middle)
{
    int y = middle - (lines->count - 1) * LINE / 2 + 4;
    for (int i = 0; i < lines->count; i++, y += LINE) {
        char text[256];
        bool last = lines->cut && i + 1 == lines->count;
        snprintf(text, sizeof text, "%.*s%s", (int)lines->line[i].len, lines->line[i].ptr,
                 last ? "…" : "");
        text[cq_utf8_valid(text, strlen(text))] = '\0';
        cq_html_leaf(html, "text", text, "class", "label", "x", number(LABEL).text, "y",
                     number(y).text, "text-anchor", "end", CQ_HTML_END);
    }
}

static void draw_bar(struct cq_html *html, const struct cq_chart_bar *bar, int64_t most, int middle)
{
    /* The quotient of two numbers of people: exact far beyond any screen. */
    double share = most > 0 ? (double)bar->number / (double)most : 0;
    int width = (int)(share * (WIDTH - BARS - NUMBER) + 0.5);
    char text[CQ_HTML_NUMBER];
    if (bar->number > 0 && width == 0)
        width = 1;
    cq_html_leaf(html, "rect", "", "class", "bar", "x", number(BARS).text, "y",
                 number(middle - BAR / 2).text, "width", number(width).text, "height",
                 number(BAR).text, CQ_HTML_END);
    cq_html_leaf(html, "text", cq_html_number(text, bar->number), "class", "number", "x",
                 number(BARS + width + 6).text, "y", number(middle + 5).text, CQ_HTML_END);
}

void cq_chart_bars(struct cq_html *html, const struct cq_chart *chart)
{
    struct lines lines;
    int64_t most = 0;
    int height = GAP;
    char box[64], title_id[64], describe_id[64], both[132];

    for (size_t i = 0; i < chart->count; i++) {
        break_lines(&lines, chart->bars[i].label);
        height += (lines.count > 1 ? lines.count * LINE : BAR) + GAP;
        if (chart->bars[i].number > most)
            most = chart->bars[i].number;
    }
    snprintf(box, sizeof box, "0 0 %d %d", WIDTH, height);
    snprintf(title_id, sizeof title_id, "%s-title", chart->id);
    snprintf(describe_id, sizeof describe_id, "%s-desc", chart->id);
    snprintf(both, sizeof both, "%s %s", title_id, describe_id);
    cq_html_open(html, "svg", "viewBox", box, "role", "img", "aria-labelledby", both, CQ_HTML_END);
    cq_html_leaf(html, "title", chart->title, "id", title_id, CQ_HTML_END);
    cq_html_leaf(html, "desc", chart->describe, "id", describe_id, CQ_HTML_END);
    int top = GAP;
    for (size_t i = 0; i < chart->count; i++) {
        break_lines(&lines, chart->bars[i].label);
        int room = lines.count > 1 ? lines.count * LINE : BAR;
        draw_label(html, &lines, top + room / 2);
        draw_bar(html, &chart->bars[i], most, top + room / 2);
        top += room + GAP;
    }
    cq_html_leaf(html, "line", "", "class", "axis", "x1", number(BARS).text, "y1", "0", "x2",
                 number(BARS).text, "y2", number(height).text, CQ_HTML_END);
    cq_html_close(html);
}
