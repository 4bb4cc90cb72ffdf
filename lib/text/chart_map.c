/* Draws the regions as tiles of one size, so that a city has as much room as a large region. */
#include "text/chart_draw.h"

#include <string.h>

#include "cq/utf8.h"

enum { TILE = 65, SPACE = 2, COLUMNS = 6, ROWS = 5, SHADES = 5, FITS = 8 };

/* The current regions, placed as on a map. Six tiles across leave letters that are read on a
 * telephone. */
static const struct {
    int region, column, row;
} tiles[] = {
    {39, 2, 0}, {59, 3, 0}, {55, 4, 0}, {27, 0, 1}, {15, 1, 1}, {11, 2, 1}, {71, 3, 1},
    {10, 4, 1}, {63, 5, 1}, {23, 0, 2}, {62, 2, 2}, {35, 3, 2}, {33, 5, 2}, {47, 0, 3},
    {43, 1, 3}, {61, 2, 3}, {31, 3, 3}, {19, 4, 3}, {79, 2, 4}, {75, 4, 4},
};
enum { TILES = sizeof tiles / sizeof *tiles };

static const struct cq_chart_bar *find(const struct cq_chart *chart, int region)
{
    for (size_t i = 0; i < chart->count; i++)
        if (chart->bars[i].region == region)
            return &chart->bars[i];
    return NULL;
}

/* Draws a region's name in one or two lines, broken at its first blank; a long line is pressed into
 * the tile. */
static void draw_name(struct cq_html *html, const char *name, int x, int y)
{
    for (int line = 0; line < 2 && *name != '\0'; line++, y += CQ_CHART_HEIGHT) {
        size_t len = line == 0 ? strcspn(name, " ") : strlen(name);
        bool press = cq_utf8_width(name, len) > FITS;
        cq_html_open(html, "text", "class", "tile-name", "x", cq_chart_number(x).text, "y",
                     cq_chart_number(y).text, "text-anchor", "middle", "textLength",
                     press ? cq_chart_number(TILE - 4).text : NULL, "lengthAdjust",
                     press ? "spacingAndGlyphs" : NULL, CQ_HTML_END);
        cq_html_part(html, name, len);
        cq_html_close(html);
        name += len;
        name += strspn(name, " ");
    }
}

static void draw_tile(struct cq_html *html, const struct cq_chart_bar *bar, const char *name,
                      int column, int row, int64_t most)
{
    static const char *const shades[SHADES + 1] = {"m0", "m1", "m2", "m3", "m4", "m5"};
    int x = column * (TILE + SPACE), y = row * (TILE + SPACE), shade = 0;
    char number[CQ_HTML_NUMBER];
    if (bar && !bar->hidden && bar->number > 0 && most > 0)
        shade = 1 + (int)((double)bar->number / (double)most * (SHADES - 1) + 0.5);
    cq_html_leaf(html, "rect", "", "class", shades[shade > SHADES ? SHADES : shade], "x",
                 cq_chart_number(x).text, "y", cq_chart_number(y).text, "width",
                 cq_chart_number(TILE).text, "height", cq_chart_number(TILE).text, CQ_HTML_END);
    draw_name(html, name ? name : bar ? bar->label : "", x + TILE / 2, y + 16);
    cq_chart_text(html, "number", x + TILE / 2, y + 54, "middle",
                  !bar          ? "–"
                  : bar->hidden ? "…"
                                : cq_html_number(number, bar->number));
}

static bool has_tile(int region)
{
    for (size_t i = 0; i < TILES; i++)
        if (tiles[i].region == region)
            return true;
    return false;
}

/* Bars without a tile: people whose region is not stated, and regions of former years. */
static size_t count_others(const struct cq_chart *chart)
{
    size_t count = 0;
    for (size_t i = 0; i < chart->count; i++)
        count += !has_tile(chart->bars[i].region);
    return count;
}

static void draw_others(struct cq_html *html, const struct cq_chart *chart, int y)
{
    for (size_t i = 0; i < chart->count; i++) {
        const struct cq_chart_bar *bar = &chart->bars[i];
        char number[CQ_HTML_NUMBER];
        if (has_tile(bar->region))
            continue;
        cq_html_open(html, "text", "class", "label", "x", "0", "y", cq_chart_number(y).text,
                     CQ_HTML_END);
        cq_html_text(html, bar->label);
        cq_html_text(html, ": ");
        cq_html_text(html, bar->hidden ? "…" : cq_html_number(number, bar->number));
        cq_html_close(html);
        y += CQ_CHART_HEIGHT;
    }
}

void cq_chart_map(struct cq_html *html, const struct cq_chart *chart)
{
    const int height = ROWS * (TILE + SPACE) - SPACE;
    int64_t most = 0;
    size_t others = count_others(chart);
    for (size_t i = 0; i < chart->count; i++)
        if (!chart->bars[i].hidden && chart->bars[i].number > most &&
            has_tile(chart->bars[i].region))
            most = chart->bars[i].number;
    cq_chart_open(html, chart, COLUMNS * (TILE + SPACE) - SPACE,
                  height + (int)others * CQ_CHART_HEIGHT + (others > 0 ? CQ_CHART_GAP : 0));
    for (size_t i = 0; i < TILES; i++)
        draw_tile(html, find(chart, tiles[i].region),
                  chart->regions ? chart->regions[tiles[i].region] : NULL, tiles[i].column,
                  tiles[i].row, most);
    draw_others(html, chart, height + CQ_CHART_GAP + CQ_CHART_HEIGHT / 2);
    cq_html_close(html);
}
