/* Charts of a page. */
#include "result/html_chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/chart.h"
#include "cq/num.h"

/* Copies a label if it is in the buffer of the page: bars are drawn after all are read. */
static const char *label_of(struct cq_page *page, const struct cq_report_section *section,
                            size_t row, size_t column, struct cq_str *text)
{
    const char *shown = cq_report_shown(&section->columns[column],
                                        cq_section_cell(section, row, column), page->buffer);
    size_t at = text->len;
    if (shown != page->buffer)
        return shown;
    cq_str_put(text, shown, strlen(shown) + 1);
    if (text->failed)
        page->html.out.failed = text->failed;
    return text->failed ? "" : text->ptr + at;
}

static void draw(struct cq_page *page, enum cq_report_chart kind, const struct cq_chart *chart)
{
    switch (kind) {
    case CQ_CHART_STACKS: cq_chart_stacks(&page->html, chart); return;
    case CQ_CHART_LINE: cq_chart_line(&page->html, chart); return;
    case CQ_CHART_MAP: cq_chart_map(&page->html, chart); return;
    default: cq_chart_bars(&page->html, chart); return;
    }
}

/* Descriptions of charts for screen readers. */
static const char *const descriptions[] = {
    [CQ_CHART_BARS] = N_("Horizontal bars from zero, a number behind each; the table beside them "
                         "holds the same numbers."),
    [CQ_CHART_STACKS] = N_("Horizontal bars of parts with letters, a key of the letters below; the "
                           "table beside them holds the same numbers."),
    [CQ_CHART_LINE] = N_("A line from left to right, its first, last and highest number written; "
                         "the table beside it holds all of them."),
    [CQ_CHART_MAP] = N_("The twenty regions as tiles where they lie to each other, a number in "
                        "each; the table beside them holds the same numbers."),
};

/* Short names of the regions, for tiles: two words are two lines of nine letters at most. */
static const char *const region_names[100] = {
    [10] = N_("Abai"),          [11] = N_("Akmola"),     [15] = N_("Aktobe"),
    [19] = N_("Almaty region"), [23] = N_("Atyrau"),     [27] = N_("West Kaz."),
    [31] = N_("Jambyl"),        [33] = N_("Jetisu"),     [35] = N_("Karaganda"),
    [39] = N_("Kostanay"),      [43] = N_("Kyzylorda"),  [47] = N_("Mangystau"),
    [55] = N_("Pavlodar"),      [59] = N_("North Kaz."), [61] = N_("Turkistan"),
    [62] = N_("Ulytau"),        [63] = N_("East Kaz."),  [71] = N_("Astana"),
    [75] = N_("Almaty city"),   [79] = N_("Shymkent"),
};

static void add_caption(struct cq_page *page, const struct cq_report_section *section)
{
    const char *across = cq_page_translate(page, section->columns[0].heading);
    const char *unit = cq_page_translate(page, section->columns[section->column_count - 1].heading);
    cq_html_open(&page->html, "figcaption", CQ_HTML_END);
    if (section->chart == CQ_CHART_LINE)
        cq_page_format_all(page, cq_page_translate(page, N_("Height: %s. From left to right: %s.")),
                           (const char *[]){unit, across}, 2);
    else
        cq_page_format_all(page, cq_page_translate(page, N_("%s; by: %s")),
                           (const char *[]){unit, across}, 2);
    cq_html_close(&page->html);
}

static struct cq_chart_bar read_bar(struct cq_page *page, const struct cq_report_section *section,
                                    size_t row, struct cq_str *labels)
{
    const struct cq_report_cell *cell = cq_section_cell(section, row, section->column_count - 1);
    const char *code = cq_section_cell(section, row, 0)->text;
    struct cq_chart_bar bar = {.label = label_of(page, section, row, 0, labels),
                               .number = cell->number,
                               .hidden = cell->hidden};
    int64_t region;
    if (section->chart == CQ_CHART_STACKS)
        bar.part = label_of(page, section, row, 1, labels);
    if (section->chart == CQ_CHART_MAP && code && !cq_num_parse(code, strlen(code), 0, 99, &region))
        bar.region = (int)region; /* 0 where the region is not stated */
    return bar;
}

void cq_page_chart(struct cq_page *page, const struct cq_report_section *section)
{
    struct cq_view_rows shown = cq_view_chart(section, page->brief ? page->view : NULL);
    struct cq_chart_bar *bars = calloc(shown.count + 1, sizeof *bars);
    const char *regions[100] = {0};
    struct cq_str labels = {0};
    char id[96];
    /* Room for all labels that are numbers or days, so that none of them moves. */
    if (shown.failed || !bars ||
        cq_str_reserve(&labels, (shown.count + 1) * 2 * CQ_REPORT_BUFFER)) {
        page->html.out.failed = CQ_B_NOMEM;
        goto done;
    }
    for (size_t i = 0; i < shown.count; i++)
        bars[i] = read_bar(page, section, shown.rows[i], &labels);
    for (size_t i = 0; section->chart == CQ_CHART_MAP && i < 100; i++)
        regions[i] = region_names[i] ? cq_page_translate(page, region_names[i]) : NULL;
    snprintf(id, sizeof id, "chart-%s-%s", page->result->report->name, section->id);
    const struct cq_chart chart = {
        .id = id,
        .title = cq_page_translate(page, section->title),
        .describe = cq_page_translate(page, descriptions[section->chart]),
        .bars = bars,
        .count = shown.count,
        .regions = regions,
    };
    cq_html_open(&page->html, "figure", CQ_HTML_END);
    add_caption(page, section);
    draw(page, section->chart, &chart);
    cq_html_close(&page->html);
done:
    cq_str_free(&labels);
    free(bars);
    free(shown.rows);
}
