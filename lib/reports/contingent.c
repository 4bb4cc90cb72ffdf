/* The report contingent: how many people the HR lists name, by any dimensions. */
#include <string.h>

#include "reports/contingent_count.h"
#include "cq/report.h"
#include "reports/report_private.h"

static const struct cq_report_column columns[CQ_DIMENSIONS] = {
    [CQ_BY_REGION] = {"region", N_("Region"), CQ_CELL_CODE, false},
    [CQ_BY_AGENCY] = {"agency", N_("Agency"), CQ_CELL_CODE, false},
    [CQ_BY_CATEGORY] = {"category", N_("Category"), CQ_CELL_CODE, false},
    [CQ_BY_BODY] = {"body", N_("Body"), CQ_CELL_CODE, false},
    [CQ_BY_SEX] = {"sex", N_("Sex"), CQ_CELL_CODE, false},
    [CQ_BY_AGE] = {"age", N_("Age, years"), CQ_CELL_CODE, false},
};
static const struct cq_report_column people = {"people", N_("People"), CQ_CELL_COUNT, false};

static const char *const pictures[CQ_DIMENSIONS] = {
    [CQ_BY_REGION] = N_("By region of residence"),
    [CQ_BY_AGENCY] = N_("By agency"),
    [CQ_BY_CATEGORY] = N_("By category"),
    [CQ_BY_BODY] = N_("By body"),
    [CQ_BY_SEX] = N_("By sex"),
    [CQ_BY_AGE] = N_("By age"),
};

static const char *const age_names[AGES] = {"0-17", "18-29", "30-44", "45-59", "60+"};
static const char *const age_labels[AGES] = {"0–17", "18–29", "30–44", "45–59", "60+"};

/* The code and the label of a value; "" where it is not stated. */
static void add_value(struct contingent *c, struct cq_report_result *result,
                      struct cq_report_section *section, enum cq_dimension by, int value)
{
    const struct cq_report_request *request = c->request;
    const struct cq_agency *agency = cq_law_agency_number(request->law, value);
    const struct cq_region *region = cq_law_region(request->law, value);
    const char *code = "", *label = cq_report_translate(request, N_("not stated"));
    char digits[12];

    if (by == CQ_BY_REGION && value < REGIONS - 1) {
        digits[0] = (char)('0' + value / 10);
        digits[1] = (char)('0' + value % 10);
        code = cq_result_copy(result, digits, 2);
        label = region ? region->name[request->language] : code;
    } else if (by == CQ_BY_AGENCY && agency) {
        code = agency->id;
        label = agency->name[request->language];
    } else if (by == CQ_BY_CATEGORY) {
        code = cq_fact_value_name(CQ_FACT_CATEGORY, value);
        label = cq_report_word(request, "category", code);
    } else if (by == CQ_BY_BODY && value < CQ_BODIES) {
        code = cq_fact_value_name(CQ_FACT_BODY, value);
        label = cq_report_word(request, "body", code);
    } else if (by == CQ_BY_SEX && value < SEXES - 1) {
        code = value == 0 ? "m" : "f";
        label = cq_report_word(request, "sex", code);
    } else if (by == CQ_BY_AGE) {
        code = age_names[value];
        label = age_labels[value];
    }
    cq_result_code(result, section, code, label);
}

/* A count as a section over some of the dimensions. */
static struct cq_report_section *add_section(struct contingent *c, struct cq_report_result *result,
                                             const char *id, const struct count *count,
                                             const enum cq_dimension *by, size_t by_count)
{
    struct cq_report_column *own = cq_result_alloc(result, (by_count + 1) * sizeof *own);
    struct cq_report_section *section = cq_result_section(result, id, own, own ? by_count + 1 : 0);
    if (!own)
        return section;
    for (size_t i = 0; i < by_count; i++)
        own[i] = columns[by[i]];
    own[by_count] = people;
    for (uint32_t group = 0; group < count->size; group++) {
        if (count->groups[group] == 0)
            continue;
        uint32_t stride = count->size, rest = group;
        for (size_t i = 0; i < by_count; i++) {
            stride /= (uint32_t)cq_dimension_sizes[by[i]];
            add_value(c, result, section, by[i], (int)(rest / stride));
            rest %= stride;
        }
        cq_result_number(result, section, count->groups[group]);
    }
    return section;
}

static enum cq_report_chart picture_of(enum cq_dimension by)
{
    return by == CQ_BY_REGION ? CQ_CHART_MAP : CQ_CHART_BARS;
}

static void add_sections(struct contingent *c, struct cq_report_result *result)
{
    struct cq_report_section *rows =
        add_section(c, result, "rows", &c->counts[0], c->by, c->by_count);
    rows->title = pictures[c->by[0]];
    rows->chart = c->by_count == 1 ? picture_of(c->by[0]) : CQ_CHART_NONE;
    rows->note = c->several == 0 ? NULL
                                 : N_("Who stands in several groups counts in each of them; "
                                      "totals count everybody once.");
    if (c->by_count == 1)
        return;
    rows->title = N_("In detail");
    for (size_t i = 0; i < c->by_count; i++) {
        struct cq_report_section *one =
            add_section(c, result, cq_dimension_names[c->by[i]], &c->counts[1 + i], &c->by[i], 1);
        one->title = pictures[c->by[i]];
        one->place = CQ_SECTION_PICTURE;
        one->chart = picture_of(c->by[i]);
        rows->columns_total = one;
    }
    rows->rows_total =
        add_section(c, result, "totals", &c->counts[c->count_count - 1], c->by, c->by_count - 1);
    result->sections[result->section_count - 1].place = CQ_SECTION_TOTALS;
}

enum cq_code cq_report_contingent(const struct cq_report_request *request,
                                  struct cq_report_result *result, struct cq_err *err)
{
    struct contingent c = {.request = request, .by = {CQ_BY_REGION, CQ_BY_CATEGORY}, .by_count = 2};
    enum cq_code code;
    if (request->by_count > 0) {
        memcpy(c.by, request->by, request->by_count * sizeof *c.by);
        c.by_count = request->by_count;
    }
    code = cq_contingent_count(&c, result->run, err);
    if (!code) {
        add_sections(&c, result);
        cq_result_sum(result, N_("people"), c.persons, "people", NULL, NULL);
        if (request->suppress == 0) {
            cq_result_figure(result, N_("rows of lists"), c.rows);
            cq_result_figure(result, N_("people in several rows"), c.several);
        }
        result->has_day = true;
        result->summary = N_("People whom the lists of the HR services name on %s: each counted "
                             "once, however many lists name them.");
    }
    cq_contingent_free(&c);
    return code;
}
