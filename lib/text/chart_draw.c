/* What all charts draw. One unit is about one pixel of a telephone's width, so that letters stay
 * readable there and the chart fits beside a table on paper. */
#include "text/chart_draw.h"

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
