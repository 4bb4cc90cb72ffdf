/* Sums of the losses of cover: by cause, region and month, and in one sentence. */
#include "reports/leaving_sum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "result/result_private.h"

static const struct cq_report_column cause_columns[] = {
    {"cause", N_("Cause"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column region_columns[] = {
    {"region", N_("Region"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column soon_columns[] = {
    {"region", N_("Region"), CQ_CELL_CODE, false},
    {"cause", N_("Cause"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column month_columns[] = {
    {"month", N_("Month"), CQ_CELL_CODE, false},
    {"cause", N_("Cause"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};

int cq_loss_by_day(const void *a, const void *b)
{
    const struct cq_loss *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->iin != y->iin)
        return x->iin < y->iin ? -1 : 1;
    return x->services < y->services ? -1 : x->services > y->services;
}

/* People who lose cover, each counted once, by their first loss. */
struct tally {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    int32_t last; /* day asked about */
    const char *causes[16];
    int64_t by_cause[16];
    size_t cause_count;
    int64_t by_region[100];
    int64_t soon, all;
    int64_t soon_regions[100], soon_causes[16], soon_both[100][16];
    int soon_region, soon_cause;
};

static size_t cause_of(struct tally *t, const char *cause)
{
    size_t i = 0;
    while (i < t->cause_count && strcmp(t->causes[i], cause) != 0)
        i++;
    if (i == t->cause_count && i < 16)
        t->causes[t->cause_count++] = cause;
    return i < 16 ? i : 15;
}

static int by_iin(const void *a, const void *b)
{
    const struct cq_loss *x = a, *y = b;
    return x->iin != y->iin ? (x->iin < y->iin ? -1 : 1) : cq_loss_by_day(a, b);
}

/* Keeps the first loss of each person, in order of the days. Returns how many there are. */
static size_t first_losses(struct cq_loss *first, const struct cq_loss *losses, size_t count)
{
    size_t n = 0;
    if (count == 0)
        return 0;
    memcpy(first, losses, count * sizeof *first);
    qsort(first, count, sizeof *first, by_iin);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || first[i].iin != first[i - 1].iin)
            first[n++] = first[i];
    qsort(first, n, sizeof *first, cq_loss_by_day);
    return n;
}

static void add_months(struct tally *t, const struct cq_loss *first, size_t count)
{
    struct cq_report_section *s = CQ_SECTION(t->result, "months", month_columns);
    s->title = N_("By month");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_STACKS;
    for (size_t i = 0, end; i < count; i = end) {
        char day[12];
        int64_t causes[16] = {0};
        cq_date_write(day, first[i].day);
        int32_t next = cq_date_month_after(first[i].day, 1);
        for (end = i; end < count && first[end].day < next; end++)
            causes[cause_of(t, first[end].cause)]++;
        const char *month = cq_result_copy(t->result, day, 7);
        for (size_t c = 0; c < t->cause_count; c++) {
            if (causes[c] == 0)
                continue;
            cq_result_code(t->result, s, month, month);
            cq_result_word(t->request, t->result, s, &month_columns[1], t->causes[c]);
            cq_result_number(t->result, s, causes[c]);
        }
    }
}

static void count_people(struct tally *t, const struct cq_loss *first, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int region = first[i].residence ? cq_kato_region(first[i].residence) : 0;
        size_t cause = cause_of(t, first[i].cause);
        if (first[i].day <= t->last) {
            t->by_cause[cause]++;
            t->by_region[region]++;
            t->all++;
        }
        if (first[i].day > t->request->day + CQ_LEAVING_SOON)
            continue;
        t->soon++;
        t->soon_both[region][cause]++;
        if (++t->soon_regions[region] > t->soon_regions[t->soon_region])
            t->soon_region = region;
        if (++t->soon_causes[cause] > t->soon_causes[t->soon_cause])
            t->soon_cause = (int)cause;
    }
}

/* How many, where and why, in one sentence. */
static const char *sentence(const struct tally *t)
{
    const struct cq_report_request *request = t->request;
    const struct cq_region *region = cq_law_region(request->law, t->soon_region);
    char number[24];
    if (t->soon == 0)
        return cq_report_translate(request, N_("Nobody loses cover within 30 days."));
    snprintf(number, sizeof number, "%" PRId64, t->soon);
    const char *words[] = {
        number,
        region ? region->name[request->language] : cq_report_translate(request, N_("not stated")),
        cq_report_word(request, "cause", t->causes[t->soon_cause]),
    };
    return cq_result_sentence(
        t->result,
        cq_report_translate(request,
                            N_("People who lose cover within 30 days: %s; most of them live "
                               "here: %s; the most frequent cause: %s.")),
        words, 3);
}

/* The region with the most losses below a number, after those that have it; -1 after the last. */
static int next_region(const struct tally *t, int before)
{
    const int64_t *counts = t->soon_regions;
    int64_t last = before < 0 ? INT64_MAX : counts[before];
    int best = -1;
    for (int i = 0; i < 100; i++) {
        bool after = counts[i] < last || (counts[i] == last && i > before);
        if (counts[i] > 0 && after && (best < 0 || counts[i] > counts[best]))
            best = i;
    }
    return best;
}

/* Who loses cover soon, as a table of regions and causes: most first. */
static void add_soon(struct tally *t)
{
    struct cq_report_result *r = t->result;
    struct cq_report_section *both = CQ_SECTION(r, "soon", soon_columns);
    struct cq_report_section *regions = CQ_SECTION(r, "soon_regions", region_columns);
    struct cq_report_section *causes = CQ_SECTION(r, "soon_causes", cause_columns);
    both->title = N_("Who loses cover within 30 days: where and why");
    both->place = CQ_SECTION_FRONT;
    regions->place = causes->place = CQ_SECTION_TOTALS;
    both->rows_total = regions;
    both->columns_total = causes;
    for (size_t c = 0; c < t->cause_count; c++) {
        if (t->soon_causes[c] == 0)
            continue;
        cq_result_word(t->request, r, causes, &cause_columns[0], t->causes[c]);
        cq_result_number(r, causes, t->soon_causes[c]);
    }
    for (int i = next_region(t, -1); i >= 0; i = next_region(t, i)) {
        cq_result_word_number(t->request, r, regions, &region_columns[0], i);
        cq_result_number(r, regions, t->soon_regions[i]);
        for (size_t c = 0; c < t->cause_count; c++) {
            if (t->soon_both[i][c] == 0)
                continue;
            cq_result_word_number(t->request, r, both, &soon_columns[0], i);
            cq_result_word(t->request, r, both, &soon_columns[1], t->causes[c]);
            cq_result_number(r, both, t->soon_both[i][c]);
        }
    }
}

static void add_pictures(struct tally *t, const struct cq_loss *first, size_t count)
{
    count_people(t, first, count);
    struct cq_report_section *s = CQ_SECTION(t->result, "causes", cause_columns);
    s->title = N_("By cause");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    for (size_t i = 0; i < t->cause_count; i++) {
        if (t->by_cause[i] == 0)
            continue;
        cq_result_word(t->request, t->result, s, &cause_columns[0], t->causes[i]);
        cq_result_number(t->result, s, t->by_cause[i]);
    }
    s = CQ_SECTION(t->result, "regions", region_columns);
    s->title = N_("By region of residence");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_MAP;
    for (int i = 1; i <= 100; i++) {
        int region = i % 100; /* not stated comes last */
        if (t->by_region[region] == 0)
            continue;
        cq_result_word_number(t->request, t->result, s, &region_columns[0], region);
        cq_result_number(t->result, s, t->by_region[region]);
    }
    size_t asked = 0;
    while (asked < count && first[asked].day <= t->last)
        asked++;
    add_months(t, first, asked);
    add_soon(t);
    t->result->answer = sentence(t);
    cq_result_figure(t->result, N_("people lose cover within 30 days"), t->soon);
    cq_result_figure(t->result, N_("people in the days asked about"), t->all);
}

enum cq_code cq_leaving_sum(const struct cq_report_request *request,
                            struct cq_report_result *result, const struct cq_loss *losses,
                            size_t count, int32_t last, struct cq_err *err)
{
    struct tally tally = {.request = request, .result = result, .last = last};
    struct cq_loss *first = malloc((count + 1) * sizeof *first);
    if (!first)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    add_pictures(&tally, first, first_losses(first, losses, count));
    free(first);
    return CQ_OK;
}
