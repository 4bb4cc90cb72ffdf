/* The report overtaken: referrals and stays whose own day would be decided otherwise, as known now,
 * with the run, list and line that told so. Both sides are decided under the same law tables: a law
 * that changed is no late knowledge. */
#include "reports/overtaken_tell.h"

#include <stdlib.h>
#include <string.h>

#include "cq/refno.h"
#include "reports/overtaken_sum.h"
#include "reports/report_private.h"

/* For people, `differs` says which of the cells that only data have is another one. */
static const struct cq_report_column columns[] = {
    {"number", N_("Number"), CQ_CELL_TEXT, false},
    {"kind", N_("Kind"), CQ_CELL_CODE, false},
    {"status", N_("Status"), CQ_CELL_CODE, false},
    {"day", N_("Day"), CQ_CELL_DAY, false},
    {"service", N_("Service"), CQ_CELL_CODE, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"differs", N_("What differs"), CQ_CELL_LIST, false},
    {"category", N_("Category"), CQ_CELL_CODE, true},
    {"category_now", N_("Category now"), CQ_CELL_CODE, true},
    {"agency", N_("Agency"), CQ_CELL_CODE, true},
    {"agency_now", N_("Agency now"), CQ_CELL_CODE, true},
    {"outcome", N_("Outcome"), CQ_CELL_CODE, false},
    {"outcome_now", N_("Outcome now"), CQ_CELL_CODE, false},
    {"provider", N_("Provider"), CQ_CELL_CODE, true},
    {"provider_now", N_("Provider now"), CQ_CELL_CODE, true},
    {"facility", N_("Facility"), CQ_CELL_CODE, true},
    {"facility_now", N_("Facility now"), CQ_CELL_CODE, true},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"payer_now", N_("Payer now"), CQ_CELL_CODE, false},
    {"basis_now", N_("Basis now"), CQ_CELL_LIST, false},
    {"told", N_("Told by"), CQ_CELL_LIST, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"list", N_("List"), CQ_CELL_HASH, true},
    {"list_date", N_("List date"), CQ_CELL_DAY, true},
    {"line", N_("Line"), CQ_CELL_NUMBER, false},
};
enum { SERVICE = 4, STATUS = 2, CATEGORY = 7, AGENCY = 9, OUTCOME = 11, PROVIDER = 13 };
enum { FACILITY = 15, PAYER = 17 };

/* Codes and their words for people, both joined. */
struct joined {
    struct cq_str codes, labels;
};

static void join(struct joined *list, const struct cq_report_request *request, const char *code,
                 const char *label)
{
    cq_str_printf(&list->codes, "%s%s", list->codes.len > 0 ? ";" : "", code);
    cq_str_printf(&list->labels, "%s%s", list->labels.len > 0 ? "; " : "",
                  cq_report_translate(request, label));
}

/* Adds the joined codes as a cell, and frees them. */
static void add_joined(struct cq_report_result *r, struct cq_report_section *s, struct joined *list)
{
    const char *codes = cq_result_string(r, &list->codes);
    cq_result_code(r, s, codes, cq_result_string(r, &list->labels));
}

static void add_differs(const struct cq_report_request *request, struct cq_report_result *r,
                        struct cq_report_section *s, const struct cq_overtaken *one)
{
    const struct cq_overtaken_side *then = &one->then, *now = &one->now;
    const struct {
        int column;
        bool differs;
    } cells[] = {
        {CATEGORY, then->category != now->category},
        {AGENCY, then->agency != now->agency},
        {OUTCOME, strcmp(then->outcome, now->outcome) != 0},
        {PROVIDER, strcmp(then->provider, now->provider) != 0},
        {FACILITY, strcmp(then->facility, now->facility) != 0},
        {PAYER, strcmp(then->payer, now->payer) != 0},
    };
    struct joined list = {0};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (cells[i].differs)
            join(&list, request, columns[cells[i].column].name, columns[cells[i].column].heading);
    add_joined(r, s, &list);
}

/* Adds two texts of one vocabulary, then and now. */
static void add_words(const struct cq_report_request *request, struct cq_report_result *r,
                      struct cq_report_section *s, int column, const char *then, const char *now)
{
    cq_result_word(request, r, s, &columns[column], then);
    cq_result_word(request, r, s, &columns[column], now);
}

static void add_numbers(const struct cq_report_request *request, struct cq_report_result *r,
                        struct cq_report_section *s, int column, int then, int now)
{
    cq_result_word_number(request, r, s, &columns[column], then);
    cq_result_word_number(request, r, s, &columns[column], now);
}

static void add_sides(const struct cq_report_request *request, struct cq_report_result *r,
                      struct cq_report_section *s, const struct cq_overtaken *one)
{
    const struct cq_overtaken_side *then = &one->then, *now = &one->now;
    add_differs(request, r, s, one);
    add_numbers(request, r, s, CATEGORY, then->category, now->category);
    add_numbers(request, r, s, AGENCY, then->agency, now->agency);
    add_words(request, r, s, OUTCOME, then->outcome, now->outcome);
    add_words(request, r, s, PROVIDER, then->provider, now->provider);
    add_words(request, r, s, FACILITY, then->facility, now->facility);
    add_words(request, r, s, PAYER, then->payer, now->payer);
    cq_result_text(r, s, now->basis);
}

/* The run that told, or empty cells. */
static void add_told(const struct cq_report_request *request, struct cq_report_result *r,
                     struct cq_report_section *s, const struct cq_overtaken *one)
{
    struct joined list = {0};
    for (int told = 0; told < CQ_TOLD_COUNT; told++)
        if (one->told >> told & 1)
            join(&list, request, cq_overtaken_told_code(told), cq_overtaken_told_label(told));
    add_joined(r, s, &list);
    if (one->run != 0)
        cq_result_number(r, s, one->run);
    else
        cq_result_empty(r, s);
    cq_result_text(r, s, one->list);
    cq_result_day(r, s, one->list_date);
    if (one->line != 0)
        cq_result_number(r, s, one->line);
    else
        cq_result_empty(r, s);
}

static void add_row(const struct cq_report_request *request, struct cq_report_result *r,
                    struct cq_report_section *s, const struct cq_overtaken *one)
{
    char number[CQ_REFNO_LENGTH];
    size_t len = cq_refno_write(number, one->number);
    cq_result_text(r, s, cq_result_copy(r, number, len));
    cq_result_code(r, s, one->stay ? "stay" : "referral",
                   cq_report_translate(request, one->stay ? N_("stay") : N_("referral")));
    cq_result_word_number(request, r, s, &columns[STATUS], one->status);
    cq_result_number(r, s, one->request.day);
    cq_result_word_number(request, r, s, &columns[SERVICE], one->request.service);
    cq_result_iin(request, r, s, one->iin);
    add_sides(request, r, s, one);
    add_told(request, r, s, one);
}

enum cq_code cq_report_overtaken(const struct cq_report_request *request,
                                 struct cq_report_result *result, struct cq_err *err)
{
    struct cq_overtaken_list found = {0};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    rows->title = N_("Decision by decision");
    rows->people = true;
    enum cq_code code = cq_overtaken_find(request, result, &found, err);
    if (!code)
        code = cq_overtaken_tell(request, result, &found, err);
    for (size_t i = 0; i < found.count && !code; i++)
        if (cq_result_has_room(request, rows))
            add_row(request, result, rows, &found.list[i]);
    if (!code)
        code = cq_overtaken_sum(request, result, &found, err);
    result->summary =
        N_("Referrals and stays whose own day would be decided otherwise, by what the "
           "lists have said of that day since, and who would pay.");
    free(found.list);
    return code;
}
