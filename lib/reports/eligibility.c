/* Eligibility: the decisions on everybody of the registry for one service, counted by category.
 * The engine decides as for `cq-eligible --all`; most answers are one of a few dozen. */
#include "reports/report_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/person.h"

static const struct cq_report_column columns[] = {
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"outcome", N_("Outcome"), CQ_CELL_CODE, false},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"gaps", N_("Gaps"), CQ_CELL_LIST, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column category_columns[] = {
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"outcome", N_("Outcome"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column payer_columns[] = {
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};

struct group {
    int category;
    const char *outcome, *payer;
    uint64_t gaps;
    int64_t people;
};

struct eligibility {
    struct group *groups;
    size_t count, room, last;
    int64_t people, entitled, unknown;
};

static bool same_group(const struct group *group, int category, const struct cq_decision *d)
{
    return group->category == category && group->gaps == d->gaps &&
           strcmp(group->outcome, d->outcome) == 0 && strcmp(group->payer, d->payer) == 0;
}

static enum cq_code count_answer(struct eligibility *e, const struct cq_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    size_t i = e->last;
    e->people++;
    e->entitled += d->entitled;
    e->unknown += strcmp(d->outcome, "undetermined") == 0;
    if (i >= e->count || !same_group(&e->groups[i], answer->category, d))
        for (i = 0; i < e->count && !same_group(&e->groups[i], answer->category, d);)
            i++;
    if (i == e->count) {
        struct group *groups = cq_grow(e->groups, e->count + 1, &e->room, sizeof *groups);
        if (!groups)
            return CQ_B_NOMEM;
        e->groups = groups;
        e->groups[e->count++] = (struct group){answer->category, d->outcome, d->payer, d->gaps, 0};
    }
    e->groups[i].people++;
    e->last = i;
    return CQ_OK;
}

static enum cq_code count_all(struct eligibility *e, const struct cq_report_request *request,
                              int service, int64_t run, struct cq_err *err)
{
    struct cq_people *people = NULL;
    struct cq_answer answers[CQ_ROLES_MAX];
    const struct cq_request ask = cq_request_default(service, request->day);
    int64_t iin = 0;
    int count;
    enum cq_code code = cq_people_open(&people, request->db, request->law, run, err);
    while (!code) {
        code = cq_people_next(people, iin, request->day, request->day + 1, &iin, err);
        if (code || iin == 0)
            break;
        code = cq_people_decide(people, iin, &ask, answers, &count, err);
        if (!code && count_answer(e, &answers[0]))
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    cq_people_close(people);
    return code;
}

/* In the order of the categories, then the words. */
static int by_words(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    int order = x->category - y->category;
    if (order == 0)
        order = strcmp(x->outcome, y->outcome);
    if (order == 0)
        order = strcmp(x->payer, y->payer);
    return order != 0 ? order : x->gaps < y->gaps ? -1 : x->gaps > y->gaps;
}

static const char *gap_names(const struct cq_report_request *request,
                             struct cq_report_result *result, uint64_t gaps)
{
    struct cq_str out = {0};
    if (cq_decision_gaps(request->law, gaps, &out))
        result->failed = CQ_B_NOMEM;
    return cq_result_string(result, &out);
}

static void add_pictures(const struct eligibility *e, const struct cq_report_request *request,
                         struct cq_report_result *result)
{
    struct cq_report_section *s = CQ_SECTION(result, "categories", category_columns);
    s->title = N_("Outcomes by category");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_STACKS;
    for (size_t i = 0, end; i < e->count; i = end) {
        const struct group *g = &e->groups[i];
        int64_t people = 0;
        for (end = i; end < e->count && e->groups[end].category == g->category &&
                      strcmp(e->groups[end].outcome, g->outcome) == 0;)
            people += e->groups[end++].people;
        cq_result_word_number(request, result, s, &category_columns[0], g->category);
        cq_result_word(request, result, s, &category_columns[1], g->outcome);
        cq_result_number(result, s, people);
    }
    s = CQ_SECTION(result, "payers", payer_columns);
    s->title = N_("By payer");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    static const char *const payers[] = {
        "budget", "fund_gobmp", "fund_osms", "paid", "presidential_rules", "not_stated", ""};
    for (size_t p = 0; p < sizeof payers / sizeof *payers; p++) {
        int64_t people = 0;
        for (size_t i = 0; i < e->count; i++)
            people += strcmp(e->groups[i].payer, payers[p]) == 0 ? e->groups[i].people : 0;
        if (people == 0)
            continue;
        cq_result_word(request, result, s, &payer_columns[0], payers[p]);
        cq_result_number(result, s, people);
    }
}

enum cq_code cq_report_eligibility(const struct cq_report_request *request,
                                   struct cq_report_result *result, struct cq_err *err)
{
    struct eligibility e = {0};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    int service = request->service == CQ_UNKNOWN ? CQ_SERVICE_OUTPATIENT : request->service;
    const char *words[1];
    enum cq_code code = count_all(&e, request, service, result->run, err);
    rows->title = N_("In detail");
    if (e.count > 0)
        qsort(e.groups, e.count, sizeof *e.groups, by_words);
    for (size_t i = 0; i < e.count && !code; i++) {
        const struct group *g = &e.groups[i];
        cq_result_word_number(request, result, rows, &columns[0], g->category);
        cq_result_word(request, result, rows, &columns[1], g->outcome);
        cq_result_word(request, result, rows, &columns[2], g->payer);
        cq_result_text(result, rows, gap_names(request, result, g->gaps));
        cq_result_number(result, rows, g->people);
    }
    add_pictures(&e, request, result);
    cq_result_sum(result, N_("people"), e.people, "people", NULL, NULL);
    cq_result_sum(result, N_("entitled"), e.entitled, "people", "outcome", "eligible;conditional");
    cq_result_sum(result, N_("cannot be told"), e.unknown, "people", "outcome", "undetermined");
    words[0] = cq_report_word(request, "service", cq_fact_value_name(CQ_FACT_SERVICE, service));
    result->answer = cq_result_sentence(
        result, cq_report_translate(request, N_("The service asked about: %s.")), words, 1);
    result->has_day = true;
    result->summary = N_("What everybody in the lists would be answered on %s, each person once.");
    free(e.groups);
    return code;
}
