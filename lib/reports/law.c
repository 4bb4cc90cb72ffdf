/* The report law: rules as the tables state them, editions, gaps, acts, groups. */
#include <string.h>

#include "text/csvtable.h"
#include "cq/date.h"
#include "cq/list.h"
#include "engine/law_cells.h"
#include "reports/law_conditions.h"
#include "reports/report_private.h"

static const char *const certainties[] = {"text", "read", "inferred", "superseded", ""};
enum { CERTAINTIES = sizeof certainties / sizeof *certainties };

static const struct cq_report_column rule_columns[] = {
    {"rule", N_("Rule"), CQ_CELL_CODE, false},
    {"since", N_("From"), CQ_CELL_DAY, false},
    {"until", N_("Before"), CQ_CELL_DAY, false},
    {"conditions", N_("Conditions"), CQ_CELL_LIST, false},
    {"outcome", N_("Outcome"), CQ_CELL_CODE, false},
    {"provider", N_("Provider"), CQ_CELL_CODE, false},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"referral", N_("Referral"), CQ_CELL_CODE, false},
    {"reasons", N_("Reasons"), CQ_CELL_LIST, false},
    {"basis", N_("Basis"), CQ_CELL_LIST, false},
    {"certainty", N_("Certainty"), CQ_CELL_CODE, false},
    {"gaps", N_("Gaps"), CQ_CELL_LIST, false},
};
static const struct cq_report_column certainty_columns[] = {
    {"certainty", N_("Certainty"), CQ_CELL_CODE, false},
    {"rules", N_("Rules"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column edition_columns[] = {
    {"edition", N_("Edition"), CQ_CELL_CODE, false},
    {"act", N_("Act"), CQ_CELL_CODE, false},
    {"since", N_("From"), CQ_CELL_DAY, false},
    {"until", N_("Before"), CQ_CELL_DAY, false},
    {"note", N_("What is at hand"), CQ_CELL_TEXT, false},
};
static const struct cq_report_column gap_columns[] = {
    {"gap", N_("Gap"), CQ_CELL_CODE, false},
    {"fact", N_("Fact"), CQ_CELL_TEXT, false},
    {"open", N_("What is open"), CQ_CELL_TEXT, false},
    {"rules", N_("Rules that name it"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column act_columns[] = {
    {"act", N_("Act"), CQ_CELL_CODE, false},
    {"title", N_("Title"), CQ_CELL_TEXT, false},
    {"rules", N_("Rules that cite it"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column group_columns[] = {
    {"group", N_("Group"), CQ_CELL_CODE, false},
    {"since", N_("From"), CQ_CELL_TEXT, false},
    {"until", N_("Before"), CQ_CELL_TEXT, false},
    {"conditions", N_("Conditions"), CQ_CELL_LIST, false},
};

static const char *gap_list(const struct cq_law *law, struct cq_report_result *result,
                            uint64_t gaps)
{
    struct cq_str out = {0};
    for (size_t i = 0; i < law->gap_count; i++)
        if ((gaps >> i & 1) != 0)
            cq_str_printf(&out, "%s%s", out.len > 0 ? ";" : "", law->gaps[i].id);
    return cq_result_string(result, &out);
}

/* Whether a list of citations "ACT:PARAGRAPH;..." names an act. */
static bool cites(const char *basis, const char *act)
{
    struct cq_text rest = cq_text_of(basis), citation, part;
    while (cq_text_next(&rest, ';', &citation))
        if (cq_text_next(&citation, ':', &part) && citation.ptr && cq_text_is(part, act))
            return true;
    return false;
}

/* Without a day in the request the whole law is shown, else what is in force on the day. */
static bool in_force(const struct cq_report_request *request, int32_t since, int32_t until)
{
    return !request->day_given || (since <= request->day && request->day < until);
}

static size_t certainty_of(const struct cq_rule *rule)
{
    size_t i = 0;
    while (i + 1 < CERTAINTIES && strcmp(certainties[i], cq_certainty_names[rule->certainty]) != 0)
        i++;
    return i;
}

/* Sums over the rules that are shown. */
struct tally {
    int64_t rules, entitled, certainty[CERTAINTIES], gaps[64];
};

static void add_rules(const struct cq_report_request *request, struct cq_report_result *result,
                      const struct cq_csvtable *table, struct tally *tally)
{
    const struct cq_law *law = request->law;
    struct cq_report_section *section = CQ_SECTION(result, "rows", rule_columns);
    section->title = N_("Rules");
    section->note = N_("A condition without '=' is the name of a group; groups stand below.");
    for (size_t i = 0, row = 1; i < law->rule_count && row < table->count; i++) {
        const struct cq_rule *rule = &law->rules[i];
        while (row + 1 < table->count && table->rows[row].line != rule->line)
            row++;
        if (!in_force(request, rule->since, rule->until))
            continue;
        tally->rules++;
        tally->entitled += rule->entitled;
        tally->certainty[certainty_of(rule)]++;
        for (size_t gap = 0; gap < law->gap_count; gap++)
            tally->gaps[gap] += (int64_t)(rule->gaps >> gap & 1);
        cq_result_text(result, section, rule->id);
        cq_result_day(result, section, rule->since);
        cq_result_day(result, section, rule->until);
        cq_result_text(result, section, cq_law_report_conditions(result, table, &table->rows[row]));
        cq_result_text(result, section, rule->outcome);
        cq_result_text(result, section, rule->provider);
        cq_result_text(result, section, rule->payer);
        cq_result_text(result, section, rule->referral);
        cq_result_text(result, section, rule->reasons);
        cq_result_text(result, section, rule->basis);
        cq_result_text(result, section, cq_certainty_names[rule->certainty]);
        cq_result_text(result, section, gap_list(law, result, rule->gaps));
    }
}

static void add_certainties(const struct cq_report_request *request,
                            struct cq_report_result *result, const struct tally *tally)
{
    struct cq_report_section *section = CQ_SECTION(result, "certainty", certainty_columns);
    section->title = N_("What the rules rest on");
    section->place = CQ_SECTION_PICTURE;
    section->chart = CQ_CHART_BARS;
    for (size_t i = 0; i < CERTAINTIES; i++) {
        if (tally->certainty[i] == 0)
            continue;
        cq_result_word(request, result, section, &certainty_columns[0], certainties[i]);
        cq_result_number(result, section, tally->certainty[i]);
    }
}

static size_t add_editions(const struct cq_report_request *request, struct cq_report_result *result)
{
    const struct cq_law *law = request->law;
    struct cq_report_section *section = CQ_SECTION(result, "editions", edition_columns);
    size_t shown = 0;
    section->title = N_("Editions");
    for (size_t i = 0; i < law->edition_count; i++) {
        const struct cq_edition *edition = &law->editions[i];
        if (!in_force(request, edition->since, edition->until))
            continue;
        shown++;
        cq_result_text(result, section, edition->id);
        cq_result_text(result, section, edition->act);
        cq_result_day(result, section, edition->since);
        cq_result_day(result, section, edition->until);
        cq_result_text(result, section, edition->note);
    }
    return shown;
}

static void add_gaps(const struct cq_report_request *request, struct cq_report_result *result,
                     const struct tally *tally)
{
    const struct cq_law *law = request->law;
    struct cq_report_section *section = CQ_SECTION(result, "gaps", gap_columns);
    section->title = N_("Gaps: what the acts leave open");
    for (size_t i = 0; i < law->gap_count; i++) {
        const struct cq_gap *gap = &law->gaps[i];
        cq_result_text(result, section, gap->id);
        cq_result_text(result, section, gap->fact);
        cq_result_text(result, section, gap->open[request->language]);
        cq_result_number(result, section, tally->gaps[i]);
    }
}

static void add_acts(const struct cq_report_request *request, struct cq_report_result *result)
{
    const struct cq_law *law = request->law;
    struct cq_report_section *section = CQ_SECTION(result, "acts", act_columns);
    section->title = N_("Acts");
    for (size_t i = 0; i < law->act_count; i++) {
        int64_t count = 0;
        for (size_t k = 0; k < law->rule_count; k++)
            count += in_force(request, law->rules[k].since, law->rules[k].until) &&
                     cites(law->rules[k].basis, law->acts[i].id);
        cq_result_text(result, section, law->acts[i].id);
        cq_result_text(result, section, law->acts[i].title[request->language]);
        cq_result_number(result, section, count);
    }
}

static void add_cell(struct cq_report_result *result, struct cq_report_section *section,
                     const struct cq_csvtable *table, const struct cq_csvtable_row *row,
                     const char *column)
{
    struct cq_text cell = cq_law_report_cell(table, row, column);
    cq_result_text(result, section, cq_result_copy(result, cell.ptr, cell.len));
}

/* Groups are shown whole on any day: rules name them. */
static void add_groups(struct cq_report_result *result, const struct cq_csvtable *table)
{
    struct cq_report_section *section = CQ_SECTION(result, "groups", group_columns);
    section->title = N_("Groups: any one of the rows is enough");
    for (size_t i = 1; i < table->count; i++) {
        const struct cq_csvtable_row *row = &table->rows[i];
        add_cell(result, section, table, row, "group");
        add_cell(result, section, table, row, "since");
        add_cell(result, section, table, row, "until");
        cq_result_text(result, section, cq_law_report_conditions(result, table, row));
    }
}

enum cq_code cq_report_law(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_err *err)
{
    struct cq_csvtable rules = {0}, groups = {0};
    struct cq_law_files files = {0};
    struct tally tally = {0};
    enum cq_code code = CQ_OK;
    if (request->law_dir)
        code = cq_law_files_read(&files, request->law_dir, err);
    else
        cq_law_files_embedded(&files);
    const struct cq_text *bytes = files.bytes;
    if (!code)
        code = cq_csvtable_read(&rules, bytes[CQ_LAW_TABLE_RULES].ptr,
                                bytes[CQ_LAW_TABLE_RULES].len, err);
    if (!code)
        code = cq_csvtable_read(&groups, bytes[CQ_LAW_TABLE_GROUPS].ptr,
                                bytes[CQ_LAW_TABLE_GROUPS].len, err);
    if (!code) {
        add_rules(request, result, &rules, &tally);
        add_certainties(request, result, &tally);
        size_t editions = add_editions(request, result);
        add_gaps(request, result, &tally);
        add_acts(request, result);
        add_groups(result, &groups);
        cq_result_figure(result, N_("rules"), tally.rules);
        cq_result_figure(result, N_("of them entitle"), tally.entitled);
        cq_result_figure(result, N_("editions"), (int64_t)editions);
        cq_result_figure(result, N_("gaps"), (int64_t)request->law->gap_count);
        result->has_day = request->day_given;
        result->summary = request->day_given
                              ? N_("The rules that decide on %s, the editions they come from, and "
                                   "what the acts leave open.")
                              : N_("The rules of every day, the editions they come from, and what "
                                   "the acts leave open.");
    }
    cq_csvtable_fini(&rules);
    cq_csvtable_fini(&groups);
    cq_law_files_fini(&files);
    return code;
}
