/* Draws the regions as tiles of one size, so that a city has as much room as a large region. */
#include "text/chart_draw.h"

#include <string.h>

#include "cq/utf8.h"

enum { TILE = 64, SPACE = 3, COLUMNS = 7, ROWS = 5, SHADES = 5 };

/* The current regions, placed as on a map. */
static const struct {
    int region, column, row;
} tiles[] = {
    {59, 3, 0}, {27, 0, 1}, {15, 1, 1}, {39, 2, 1}, {11, 3, 1}, {55, 4, 1}, {63, 6, 1},
    {23, 0, 2}, {62, 2, 2}, {71, 3, 2}, {35, 4, 2}, {10, 5, 2}, {33, 6, 2}, {47, 0, 3},
    {43, 2, 3}, {61, 3, 3}, {31, 4, 3}, {19, 5, 3}, {79, 3, 4}, {75, 5, 4},
};
enum { TILES = sizeof tiles / sizeof *tiles };

static const struct cq_chart_bar *find(const struct cq_chart *chart, int region)
{
    for (size_t i = 0; i < chart->count; i++)
        if (chart->bars[i].region == region)
            return &chart->bars[i];
    return NULL;
}

/* Draws a region's name in two lines: broken at its first blank or hyphen; of more words the last,
 * which means region, is left out. */
static void draw_name(struct cq_html *html, const char *label, int x, int y)
{
    const char *start = label, *last = strrchr(label, ' ');
    size_t len = strlen(label);
    if (last && strcspn(label, " -") < (size_t)(last - label))
        len = (size_t)(last - label);
    for (int line = 0; line < 2 && len > 0; line++) {
        char part[96];
        size_t cut = strcspn(start, "- ");
        if (line > 0 || cut >= len)
            cut = len;
        else
            cut += start[cut] == '-';
        size_t take = cut < sizeof part - 4 ? cut : sizeof part - 4;
        memcpy(part, start, take);
        part[take] = '\0';
        while (take > 0 && cq_utf8_width(part, take) > 14) {
            do
                take--;
            while (take > 0 && ((unsigned char)part[take] & 0xc0) == 0x80);
            memcpy(part + take, "…", 4);
        }
        cq_chart_text(html, "tile-name", x, y + line * 9, "middle", part);
        len -= cut;
        start += cut + (len > 0 && start[cut] == ' ');
        len -= len > 0 && start[-1] == ' ';
    }
}

static void draw_tile(struct cq_html *html, const struct cq_chart_bar *bar, int column, int row,
                      int64_t most)
{
    static const char *const shades[SHADES + 1] = {"m0", "m1", "m2", "m3", "m4", "m5"};
    int x = column * (TILE + SPACE), y = row * (TILE + SPACE), shade = 0;
    char number[CQ_HTML_NUMBER];
    if (bar && !bar->hidden && bar->number > 0 && most > 0)
        shade = 1 + (int)((double)bar->number / (double)most * (SHADES - 1) + 0.5);
    cq_html_leaf(html, "rect", "", "class", shades[shade > SHADES ? SHADES : shade], "x",
                 cq_chart_number(x).text, "y", cq_chart_number(y).text, "width",
                 cq_chart_number(TILE).text, "height", cq_chart_number(TILE).text, CQ_HTML_END);
    if (!bar)
        return;
    draw_name(html, bar->label, x + TILE / 2, y + 14);
    cq_chart_text(html, "number", x + TILE / 2, y + 46, "middle",
                  bar->hidden ? "…" : cq_html_number(number, bar->number));
}

void cq_chart_map(struct cq_html *html, const struct cq_chart *chart)
{
    int64_t most = 0;
    for (size_t i = 0; i < chart->count; i++)
        if (!chart->bars[i].hidden && chart->bars[i].number > most)
            most = chart->bars[i].number;
    cq_chart_open(html, chart, COLUMNS * (TILE + SPACE) - SPACE, ROWS * (TILE + SPACE) - SPACE);
    for (size_t i = 0; i < TILES; i++)
        draw_tile(html, find(chart, tiles[i].region), tiles[i].column, tiles[i].row, most);
    cq_html_close(html);
}
