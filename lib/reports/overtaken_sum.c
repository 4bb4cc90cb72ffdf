/* Sums of what was overtaken: by month of the own day and by payer, then and now, and by what told
 * so. */
#include "reports/overtaken_sum.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "result/result_private.h"

static const struct cq_report_column month_columns[] = {
    {"month", N_("Month"), CQ_CELL_CODE, false},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"payer_now", N_("Payer now"), CQ_CELL_CODE, false},
    {"referrals", N_("Referrals"), CQ_CELL_COUNT, false},
    {"stays", N_("Stays"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column stack_columns[] = {
    {"month", N_("Month"), CQ_CELL_CODE, false},
    {"payer", N_("Payer now"), CQ_CELL_CODE, false},
    {"decisions", N_("Decisions"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column told_columns[] = {
    {"told", N_("Told by"), CQ_CELL_CODE, false},
    {"decisions", N_("Decisions"), CQ_CELL_COUNT, false},
};

static const struct {
    const char *code, *label;
} sources[CQ_TOLD_COUNT] = {
    [CQ_TOLD_PERSON] = {"person", N_("the person's row")},
    [CQ_TOLD_SPONSOR] = {"sponsor", N_("the sponsor's row")},
    [CQ_TOLD_INSURANCE] = {"insurance", N_("the Fund's list")},
    [CQ_TOLD_PRESIDENTIAL] = {"presidential", N_("the President's Affairs list")},
    [CQ_TOLD_FACILITY] = {"facility", N_("the list of facilities")},
    [CQ_TOLD_UNDO] = {"undo", N_("a run taken back")},
};

const char *cq_overtaken_told_code(int told)
{
    return sources[told].code;
}

const char *cq_overtaken_told_label(int told)
{
    return sources[told].label;
}

/* What is counted together. */
struct sum {
    char month[12];
    const char *payer, *payer_now;
    int64_t referrals, stays;
};

static int by_month(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;
    int order = strcmp(x->month, y->month);
    if (order == 0)
        order = strcmp(x->payer, y->payer);
    return order != 0 ? order : strcmp(x->payer_now, y->payer_now);
}

static int by_month_now(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;
    int order = strcmp(x->month, y->month);
    return order != 0 ? order : strcmp(x->payer_now, y->payer_now);
}

typedef int order_fn(const void *, const void *);

/* Adds up sums that are equal in an order. Returns how many are left. */
static size_t add_up(struct sum *sums, size_t count, order_fn *order)
{
    size_t kept = 0;
    if (count > 0)
        qsort(sums, count, sizeof *sums, order);
    for (size_t i = 0; i < count; i++)
        if (kept > 0 && order(&sums[kept - 1], &sums[i]) == 0) {
            sums[kept - 1].referrals += sums[i].referrals;
            sums[kept - 1].stays += sums[i].stays;
        } else {
            sums[kept++] = sums[i];
        }
    return kept;
}

static void add_months(const struct cq_report_request *request, struct cq_report_result *result,
                       const struct sum *sums, size_t count)
{
    struct cq_report_section *s = CQ_SECTION(result, "months", month_columns);
    s->title = N_("By month and payer");
    s->note = N_("A referral counts in the month of its issue, a stay in that of its admission.");
    for (size_t i = 0; i < count; i++) {
        const char *month = cq_result_copy(result, sums[i].month, 7);
        cq_result_code(result, s, month, month);
        cq_result_word(request, result, s, &month_columns[1], sums[i].payer);
        cq_result_word(request, result, s, &month_columns[1], sums[i].payer_now);
        cq_result_number(result, s, sums[i].referrals);
        cq_result_number(result, s, sums[i].stays);
    }
}

static void add_stacks(const struct cq_report_request *request, struct cq_report_result *result,
                       const struct sum *sums, size_t count)
{
    struct cq_report_section *s = CQ_SECTION(result, "stacks", stack_columns);
    s->title = N_("Who would pay now");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_STACKS;
    for (size_t i = 0; i < count; i++) {
        const char *month = cq_result_copy(result, sums[i].month, 7);
        cq_result_code(result, s, month, month);
        cq_result_word(request, result, s, &stack_columns[1], sums[i].payer_now);
        cq_result_number(result, s, sums[i].referrals + sums[i].stays);
    }
}

/* What several rows of one run told counts for each of them. */
static void add_told(const struct cq_report_request *request, struct cq_report_result *result,
                     const struct cq_overtaken_list *found)
{
    int64_t counts[CQ_TOLD_COUNT] = {0};
    struct cq_report_section *s = CQ_SECTION(result, "told", told_columns);
    s->title = N_("What told so");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    for (size_t i = 0; i < found->count; i++)
        for (int told = 0; told < CQ_TOLD_COUNT; told++)
            counts[told] += found->list[i].told >> told & 1;
    for (int told = 0; told < CQ_TOLD_COUNT; told++) {
        if (counts[told] == 0)
            continue;
        cq_result_code(result, s, sources[told].code,
                       cq_report_translate(request, sources[told].label));
        cq_result_number(result, s, counts[told]);
    }
}

static void add_figures(struct cq_report_result *result, const struct cq_overtaken_list *found)
{
    int64_t stays = 0, paid = 0;
    for (size_t i = 0; i < found->count; i++) {
        const struct cq_overtaken *one = &found->list[i];
        stays += one->stay;
        paid += strcmp(one->then.payer, one->now.payer) != 0;
    }
    cq_result_figure(result, N_("referrals overtaken"), (int64_t)found->count - stays);
    cq_result_figure(result, N_("stays overtaken"), stays);
    cq_result_figure(result, N_("of both, with another payer"), paid);
}

enum cq_code cq_overtaken_sum(const struct cq_report_request *request,
                              struct cq_report_result *result,
                              const struct cq_overtaken_list *found, struct cq_err *err)
{
    struct sum *sums = calloc(found->count + 1, sizeof *sums);
    if (!sums)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < found->count; i++) {
        const struct cq_overtaken *one = &found->list[i];
        sums[i] = (struct sum){.payer = one->then.payer,
                               .payer_now = one->now.payer,
                               .referrals = !one->stay,
                               .stays = one->stay};
        cq_date_write(sums[i].month, one->request.day);
        sums[i].month[7] = '\0';
    }
    size_t count = add_up(sums, found->count, by_month);
    add_months(request, result, sums, count);
    add_stacks(request, result, sums, add_up(sums, count, by_month_now));
    add_told(request, result, found);
    add_figures(result, found);
    free(sums);
    return CQ_OK;
}
