/* Stacked bars with one scale; the legend is below. */
#include "text/chart_draw.h"

#include <stdio.h>
#include <string.h>

#include "cq/utf8.h"

enum {
    PARTS = 24,
    CLASSES = 8,
    ROOM = CQ_CHART_WIDTH - CQ_CHART_START - CQ_CHART_NUMBER,
    KEY = 20,
    WIDTH = 7 /* of a digit, for where the line below a bar is broken */
};

struct key {
    const char *parts[PARTS];
    size_t count;
};

static size_t part_of(struct key *key, const char *part)
{
    size_t i = 0;
    while (i < key->count && strcmp(key->parts[i], part) != 0)
        i++;
    if (i == key->count && i < PARTS)
        key->parts[key->count++] = part;
    return i < PARTS ? i : PARTS - 1;
}

static const char *class_of(size_t part)
{
    static const char *const classes[CLASSES] = {"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"};
    return classes[part < CLASSES ? part : CLASSES - 1];
}

static void draw_letter(struct cq_html *html, size_t part, int x, int y)
{
    const char letter[2] = {(char)('A' + part), '\0'};
    const char *class = part < 2 ? "letter on" : "letter";
    cq_chart_text(html, class, x, y, "middle", letter);
}

/* The end of the rows from first on that have its label. */
static size_t end_of(const struct cq_chart *chart, size_t first)
{
    size_t end = first;
    while (end < chart->count && strcmp(chart->bars[end].label, chart->bars[first].label) == 0)
        end++;
    return end;
}

static int64_t sum_of(const struct cq_chart *chart, size_t first, size_t end, bool *hidden)
{
    int64_t sum = 0;
    *hidden = false;
    for (; first < end; first++) {
        sum += chart->bars[first].hidden ? 0 : chart->bars[first].number;
        *hidden = *hidden || chart->bars[first].hidden;
    }
    return sum;
}

static void draw_stack(struct cq_html *html, const struct cq_chart *chart, struct key *key,
                       size_t first, size_t end, int64_t most, int middle)
{
    char text[CQ_HTML_NUMBER];
    bool hidden;
    int64_t sum = sum_of(chart, first, end, &hidden), done = 0;
    int x = CQ_CHART_START, at = x;
    for (size_t i = first; i < end; i++) {
        const struct cq_chart_bar *bar = &chart->bars[i];
        size_t part = part_of(key, bar->part);
        if (bar->hidden)
            continue;
        done += bar->number;
        at = CQ_CHART_START + (int)((double)done / (double)(most > 0 ? most : 1) * ROOM + 0.5);
        cq_html_leaf(html, "rect", "", "class", class_of(part), "x", cq_chart_number(x).text, "y",
                     cq_chart_number(middle - CQ_CHART_HEIGHT / 2).text, "width",
                     cq_chart_number(at - x).text, "height", cq_chart_number(CQ_CHART_HEIGHT).text,
                     CQ_HTML_END);
        if (at - x >= 14)
            draw_letter(html, part, (x + at) / 2, middle + 5);
        x = at;
    }
    cq_chart_text(html, "number", at + 6, middle + 5, "start",
                  hidden ? "…" : cq_html_number(text, sum));
}

/* The parts of a bar as text, "A 12": those that are there. */
static size_t write_part(struct key *key, const struct cq_chart_bar *bar, char text[64])
{
    char number[CQ_HTML_NUMBER];
    snprintf(text, 64, "%c %s", (char)('A' + part_of(key, bar->part)),
             bar->hidden ? "…" : cq_html_number(number, bar->number));
    return cq_utf8_width(text, strlen(text)) * WIDTH + 2 * WIDTH;
}

/* Writes the parts below their bar, in as many lines as they take; a bar of one part has its number
 * already. Returns the height; draws nothing without html. */
static int write_parts(struct cq_html *html, const struct cq_chart *chart, struct key *key,
                       size_t first, size_t end, int y)
{
    size_t x = 0;
    int lines = 1;
    if (end - first < 2)
        return 0;
    for (size_t i = first; i < end; i++) {
        char text[64];
        size_t width = write_part(key, &chart->bars[i], text);
        if (x > 0 && x + width > CQ_CHART_WIDTH - CQ_CHART_START) {
            x = 0;
            lines++;
        }
        if (html)
            cq_chart_text(html, "part", CQ_CHART_START + 3 + (int)x, y + lines * CQ_CHART_HEIGHT,
                          "start", text);
        x += width;
    }
    return lines * CQ_CHART_HEIGHT;
}

/* The room of a bar with its label and its parts. */
static int room_of(const struct cq_chart *chart, struct key *key, size_t first, size_t end)
{
    struct cq_chart_lines lines;
    cq_chart_break(&lines, chart->bars[first].label);
    int label = cq_chart_room(&lines);
    int bar = CQ_CHART_HEIGHT + write_parts(NULL, chart, key, first, end, 0);
    return label > bar ? label : bar;
}

static void draw_key(struct cq_html *html, const struct key *key, int top)
{
    for (size_t i = 0; i < key->count; i++) {
        int y = top + (int)i * KEY;
        cq_html_leaf(html, "rect", "", "class", class_of(i), "x", "0", "y", cq_chart_number(y).text,
                     "width", "16", "height", "16", CQ_HTML_END);
        draw_letter(html, i, 8, y + 12);
        cq_chart_text(html, "label", 24, y + 12, "start", key->parts[i]);
    }
}

void cq_chart_stacks(struct cq_html *html, const struct cq_chart *chart)
{
    struct cq_chart_lines lines;
    struct key key = {.count = 0};
    int64_t most = 0;
    int height = CQ_CHART_GAP, top = CQ_CHART_GAP;
    bool hidden;
    for (size_t i = 0; i < chart->count; i++)
        part_of(&key, chart->bars[i].part);
    for (size_t i = 0, end; i < chart->count; i = end) {
        end = end_of(chart, i);
        height += room_of(chart, &key, i, end) + CQ_CHART_GAP;
        int64_t sum = sum_of(chart, i, end, &hidden);
        most = sum > most ? sum : most;
    }
    cq_chart_open(html, chart, CQ_CHART_WIDTH, height + (int)key.count * KEY + CQ_CHART_GAP);
    for (size_t i = 0, end; i < chart->count; i = end) {
        end = end_of(chart, i);
        cq_chart_break(&lines, chart->bars[i].label);
        cq_chart_label(html, &lines, top + cq_chart_room(&lines) / 2);
        draw_stack(html, chart, &key, i, end, most, top + CQ_CHART_HEIGHT / 2);
        write_parts(html, chart, &key, i, end, top + CQ_CHART_HEIGHT - 2);
        top += room_of(chart, &key, i, end) + CQ_CHART_GAP;
    }
    cq_html_leaf(html, "line", "", "class", "axis", "x1", cq_chart_number(CQ_CHART_START).text,
                 "y1", "0", "x2", cq_chart_number(CQ_CHART_START).text, "y2",
                 cq_chart_number(height).text, CQ_HTML_END);
    draw_key(html, &key, height + CQ_CHART_GAP);
    cq_html_close(html);
}
