/* The report law by paragraph and by gap: what the acts say and leave open, and how many decisions
 * of the day rest on it. */
#include <stdlib.h>
#include <string.h>

#include "cq/list.h"
#include "engine/law_masks.h"
#include "reports/law_count.h"
#include "reports/report_private.h"

static const struct cq_report_column paragraph_columns[] = {
    {"paragraph", N_("Paragraph"), CQ_CELL_CODE, false},
    {"edition", N_("Edition"), CQ_CELL_CODE, false},
    {"since", N_("From"), CQ_CELL_DAY, false},
    {"until", N_("Before"), CQ_CELL_DAY, false},
    {"certainty", N_("Certainty"), CQ_CELL_CODE, false},
    {"source", N_("Where it was read"), CQ_CELL_CODE, false},
    {"summary", N_("What it says"), CQ_CELL_TEXT, false},
    {"implemented_by", N_("What follows it"), CQ_CELL_LIST, false},
    {"reason", N_("Why nothing does"), CQ_CELL_CODE, false},
    {"rules", N_("Rules that cite it"), CQ_CELL_COUNT, false},
    {"decisions", N_("Decisions that rest on it"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column gap_columns[] = {
    {"gap", N_("Gap"), CQ_CELL_CODE, false},
    {"open", N_("What is open"), CQ_CELL_TEXT, false},
    {"rules", N_("Rules that name it"), CQ_CELL_COUNT, false},
    {"decisions", N_("Decisions that show it"), CQ_CELL_COUNT, false},
    {"people", N_("People whom it concerns"), CQ_CELL_COUNT, false},
};

/* How many rules of the day cite a paragraph, each once. */
static int64_t count_citing(const struct cq_law *law, int32_t day, const char *id)
{
    const struct cq_interval *interval = cq_law_interval(law, day);
    const struct cq_rule *last = NULL;
    int64_t count = 0;
    for (size_t i = 0; i < interval->ruling_count; i++) {
        const struct cq_ruling *ruling = &interval->rulings[i];
        if (ruling->rule == last || !cq_text_has(cq_text_of(ruling->basis), ';', id))
            continue;
        last = ruling->rule;
        count++;
    }
    return count;
}

/* How many rules of the day name a gap, each once. */
static int64_t count_naming(const struct cq_law *law, int32_t day, size_t gap)
{
    const struct cq_interval *interval = cq_law_interval(law, day);
    const struct cq_rule *last = NULL;
    int64_t count = 0;
    for (size_t i = 0; i < interval->ruling_count; i++) {
        if (interval->rulings[i].rule == last || (interval->rulings[i].gaps >> gap & 1) == 0)
            continue;
        last = interval->rulings[i].rule;
        count++;
    }
    return count;
}

/* The service asked about, as a sentence. */
static void add_answer(const struct cq_report_request *request, struct cq_report_result *result)
{
    const char *words[1];
    if (request->service == CQ_UNKNOWN) {
        result->answer = cq_report_translate(
            request,
            N_("Every service was asked about, stays in Astana and Almaty too, planned and as "
               "an emergency; where medical indications decide, with and without them."));
        return;
    }
    words[0] =
        cq_report_word(request, "service", cq_fact_value_name(CQ_FACT_SERVICE, request->service));
    result->answer = cq_result_sentence(
        result, cq_report_translate(request, N_("The service asked about: %s.")), words, 1);
}

static void add_figures(const struct cq_report_request *request, struct cq_report_result *result,
                        const struct cq_law_count *count)
{
    cq_result_figure(result, N_("people"), count->all);
    cq_result_figure(result, N_("decisions"), count->asked);
    result->has_day = true;
    add_answer(request, result);
}

enum cq_code cq_report_law_paragraphs(const struct cq_report_request *request,
                                      struct cq_report_result *result, struct cq_err *err)
{
    const struct cq_law *law = request->law;
    struct cq_law_count count;
    struct cq_report_section *rows = CQ_SECTION(result, "rows", paragraph_columns);
    enum cq_code code = cq_law_count(request, result->run, &count, err);
    rows->title = N_("Paragraphs");
    for (size_t i = 0; i < law->paragraph_count && !code; i++) {
        const struct cq_paragraph *p = &law->paragraphs[i];
        if (request->day < p->since || request->day >= p->until)
            continue;
        cq_result_text(result, rows, p->id);
        cq_result_text(result, rows, p->edition);
        cq_result_day(result, rows, p->since);
        cq_result_day(result, rows, p->until);
        cq_result_word(request, result, rows, &paragraph_columns[4],
                       cq_certainty_names[p->certainty]);
        cq_result_code(result, rows, p->source, cq_report_word(request, "source_read", p->source));
        cq_result_text(result, rows, p->summary[request->language]);
        cq_result_text(result, rows, p->implemented_by);
        cq_result_code(result, rows, p->reason,
                       *p->reason ? cq_report_word(request, "unimplemented", p->reason) : "");
        cq_result_number(result, rows, count_citing(law, request->day, p->id));
        cq_result_number(result, rows, count.paragraphs[i]);
    }
    add_figures(request, result, &count);
    result->summary =
        N_("The acts as they hold on %s, what follows each paragraph, and how many decisions on "
           "everybody rest on it.");
    free(count.paragraphs);
    return code;
}

enum cq_code cq_report_law_gaps(const struct cq_report_request *request,
                                struct cq_report_result *result, struct cq_err *err)
{
    const struct cq_law *law = request->law;
    struct cq_law_count count;
    struct cq_report_section *rows = CQ_SECTION(result, "rows", gap_columns);
    enum cq_code code = cq_law_count(request, result->run, &count, err);
    rows->title = N_("Gaps: what the acts leave open");
    for (size_t i = 0; i < law->gap_count && !code; i++) {
        cq_result_text(result, rows, law->gaps[i].id);
        cq_result_text(result, rows, law->gaps[i].open[request->language]);
        cq_result_number(result, rows, count_naming(law, request->day, i));
        cq_result_number(result, rows, count.decisions[i]);
        cq_result_number(result, rows, count.people[i]);
    }
    add_figures(request, result, &count);
    result->summary = N_("What the acts leave open, and how many people it concerns on %s.");
    free(count.paragraphs);
    return code;
}
