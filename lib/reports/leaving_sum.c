/* Sums of the losses of cover: by cause, region and month, and in one sentence. */
#include "reports/leaving_sum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "result/result_private.h"

enum { SOON = 30 };

static const struct cq_report_column cause_columns[] = {
    {"cause", N_("Cause"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column region_columns[] = {
    {"region", N_("Region"), CQ_CELL_CODE, false},
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
    const char *causes[16];
    int64_t by_cause[16];
    size_t cause_count;
    int64_t by_region[100];
    int64_t soon, all;
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
    int64_t soon_regions[100] = {0}, soon_causes[16] = {0};
    for (size_t i = 0; i < count; i++) {
        int region = first[i].residence ? cq_kato_region(first[i].residence) : 0;
        size_t cause = cause_of(t, first[i].cause);
        t->by_cause[cause]++;
        t->by_region[region]++;
        t->all++;
        if (first[i].day > t->request->day + SOON)
            continue;
        t->soon++;
        if (++soon_regions[region] > soon_regions[t->soon_region])
            t->soon_region = region;
        if (++soon_causes[cause] > soon_causes[t->soon_cause])
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

static void add_pictures(struct tally *t, const struct cq_loss *first, size_t count)
{
    count_people(t, first, count);
    struct cq_report_section *s = CQ_SECTION(t->result, "causes", cause_columns);
    s->title = N_("By cause");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    for (size_t i = 0; i < t->cause_count; i++) {
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
    add_months(t, first, count);
    t->result->answer = sentence(t);
    cq_result_figure(t->result, N_("people lose cover within 30 days"), t->soon);
    cq_result_figure(t->result, N_("people in the days asked about"), t->all);
}

enum cq_code cq_leaving_sum(const struct cq_report_request *request,
                            struct cq_report_result *result, const struct cq_loss *losses,
                            size_t count, struct cq_err *err)
{
    struct tally tally = {.request = request, .result = result};
    struct cq_loss *first = malloc((count + 1) * sizeof *first);
    if (!first)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    add_pictures(&tally, first, first_losses(first, losses, count));
    free(first);
    return CQ_OK;
}
