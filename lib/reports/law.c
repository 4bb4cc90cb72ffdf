/* The report law: rules as the tables state them, editions, gaps, acts, groups. */
#include <string.h>

#include "text/csvtable.h"
#include "cq/date.h"
#include "cq/list.h"
#include "engine/law_cells.h"
#include "engine/law_masks.h"
#include "reports/law_conditions.h"
#include "reports/law_readings.h"
#include "reports/report_private.h"

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
static const struct cq_report_column holiday_columns[] = {
    {"month", N_("Month"), CQ_CELL_NUMBER, false}, {"day", N_("Day"), CQ_CELL_NUMBER, false},
    {"name", N_("Holiday"), CQ_CELL_TEXT, false},  {"since", N_("From"), CQ_CELL_DAY, false},
    {"until", N_("Before"), CQ_CELL_DAY, false},   {"moves", N_("Moves on"), CQ_CELL_CODE, false},
    {"basis", N_("Basis"), CQ_CELL_LIST, false},
};
static const struct cq_report_column clause_columns[] = {
    {"clause", N_("Clause"), CQ_CELL_CODE, false},
    {"since", N_("From"), CQ_CELL_TEXT, false},
    {"until", N_("Before"), CQ_CELL_TEXT, false},
    {"conditions", N_("Conditions"), CQ_CELL_LIST, false},
    {"basis", N_("Basis"), CQ_CELL_LIST, false},
    {"certainty", N_("Certainty"), CQ_CELL_CODE, false},
    {"gaps", N_("Gaps"), CQ_CELL_LIST, false},
};
static const struct cq_report_column late_columns[] = {
    {"adds", N_("Adds"), CQ_CELL_CODE, false},
    {"since", N_("From"), CQ_CELL_TEXT, false},
    {"until", N_("Before"), CQ_CELL_TEXT, false},
    {"basis", N_("Basis"), CQ_CELL_LIST, false},
    {"outcome", N_("Outcome"), CQ_CELL_LIST, false},
    {"rests_on", N_("Rests on"), CQ_CELL_CODE, false},
    {"conditions", N_("Conditions"), CQ_CELL_LIST, false},
};
static const struct cq_report_column binding_columns[] = {
    {"requirement", N_("What binds a referral"), CQ_CELL_CODE, false},
    {"since", N_("From"), CQ_CELL_TEXT, false},
    {"until", N_("Before"), CQ_CELL_TEXT, false},
    {"stage", N_("When"), CQ_CELL_CODE, false},
    {"need", N_("How much"), CQ_CELL_CODE, false},
    {"accepts", N_("What is accepted"), CQ_CELL_LIST, false},
    {"service", N_("Service"), CQ_CELL_LIST, false},
    {"urgency", N_("Urgency"), CQ_CELL_LIST, false},
    {"reason", N_("Reasons"), CQ_CELL_CODE, false},
    {"referral", N_("Referral"), CQ_CELL_CODE, false},
    {"cites", N_("Decisions that cite"), CQ_CELL_LIST, false},
    {"basis", N_("Basis"), CQ_CELL_LIST, false},
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

/* Sums over the rules that are shown. */
struct tally {
    int64_t rules, entitled, certainty[CQ_CERTAINTIES], gaps[64];
};

/* The values of a fact joined by '|', where the conditions of the row do not state it. */
static void append_values(struct cq_str *out, const char *conditions, enum cq_fact fact,
                          uint64_t bits)
{
    const char *const *values = cq_fact_values(fact);
    uint64_t bit = cq_fact_field(fact) & -cq_fact_field(fact);
    const char *separator = "=";

    if (bits == cq_fact_field(fact) || strstr(conditions, cq_fact_name(fact)))
        return;
    cq_str_printf(out, ";%s", cq_fact_name(fact));
    for (size_t i = 0; values[i]; i++, bit <<= 1) {
        if ((bits & bit) == 0)
            continue;
        cq_str_printf(out, "%s%s", separator, values[i]);
        separator = "|";
    }
}

/* The conditions of a rule; of one with a clause also whom the reading is about. */
static const char *conditions_of(struct cq_report_result *result, const struct cq_rule *rule,
                                 const char *conditions, const struct cq_law_reading *reading)
{
    struct cq_str out = {0};

    if (!strchr(rule->basis, '@'))
        return conditions;
    cq_str_puts(&out, conditions);
    append_values(&out, conditions, CQ_FACT_CATEGORY, reading->category);
    append_values(&out, conditions, CQ_FACT_BODY, reading->body);
    return cq_result_string(result, &out);
}

static void add_reading(struct cq_report_result *result, struct cq_report_section *section,
                        const struct cq_report_request *request, const struct cq_rule *rule,
                        const char *conditions, const struct cq_law_reading *reading)
{
    cq_result_text(result, section, rule->id);
    cq_result_day(result, section, reading->since);
    cq_result_day(result, section, reading->until);
    cq_result_text(result, section, conditions_of(result, rule, conditions, reading));
    cq_result_text(result, section, rule->outcome);
    cq_result_text(result, section, rule->provider);
    cq_result_text(result, section, rule->payer);
    cq_result_text(result, section, rule->referral);
    cq_result_text(result, section, rule->reasons);
    cq_result_text(result, section, reading->basis);
    cq_result_text(result, section, cq_certainty_names[reading->certainty]);
    cq_result_text(result, section, gap_list(request->law, result, reading->gaps));
}

static void add_rule(const struct cq_report_request *request, struct cq_report_result *result,
                     struct cq_report_section *section, const struct cq_rule *rule,
                     const char *conditions, struct tally *tally)
{
    static struct cq_law_reading readings[CQ_LAW_READINGS_MAX];
    int32_t day = request->day_given ? request->day : CQ_DAY_MIN;
    size_t count = cq_law_readings(request->law, rule, day, readings);
    enum cq_certainty weakest = CQ_CERTAINTY_NONE;
    uint64_t gaps = 0;

    for (size_t i = 0; i < count; i++) {
        if (!in_force(request, readings[i].since, readings[i].until))
            continue;
        add_reading(result, section, request, rule, conditions, &readings[i]);
        weakest = readings[i].certainty > weakest ? readings[i].certainty : weakest;
        gaps |= readings[i].gaps;
    }
    tally->rules++;
    tally->entitled += rule->entitled;
    tally->certainty[weakest]++;
    for (size_t gap = 0; gap < request->law->gap_count; gap++)
        tally->gaps[gap] += (int64_t)(gaps >> gap & 1);
}

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
        if (in_force(request, rule->since, rule->until))
            add_rule(request, result, section, rule,
                     cq_law_report_conditions(result, table, &table->rows[row]), tally);
    }
}

static void add_certainties(const struct cq_report_request *request,
                            struct cq_report_result *result, const struct tally *tally)
{
    struct cq_report_section *section = CQ_SECTION(result, "certainty", certainty_columns);
    section->title = N_("What the rules rest on");
    section->place = CQ_SECTION_PICTURE;
    section->chart = CQ_CHART_BARS;
    for (size_t i = 1; i <= CQ_CERTAINTIES; i++) { /* rules without a basis last */
        size_t certainty = i % CQ_CERTAINTIES;
        if (tally->certainty[certainty] == 0)
            continue;
        cq_result_word(request, result, section, &certainty_columns[0],
                       cq_certainty_names[certainty]);
        cq_result_number(result, section, tally->certainty[certainty]);
    }
}

/* What is at hand of an edition, for people. */
static const char *note_of(const struct cq_report_request *request,
                           const struct cq_edition *edition)
{
    const struct cq_word *word =
        cq_law_word(request->law, "at_hand", edition->id, strlen(edition->id));
    return word ? word->label[request->language] : edition->note;
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
        cq_result_code(result, section, edition->note, note_of(request, edition));
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

static void add_holidays(const struct cq_report_request *request, struct cq_report_result *result)
{
    const struct cq_law *law = request->law;
    struct cq_report_section *section = CQ_SECTION(result, "holidays", holiday_columns);
    section->title = N_("Holidays: days that are not worked");
    section->note = N_("One that moves on and falls on a Saturday or Sunday makes the next working "
                       "day free. Lists of the calendar correct single days.");
    for (size_t i = 0; i < law->holiday_count; i++) {
        const struct cq_holiday *h = &law->holidays[i];
        if (!in_force(request, h->since, h->until))
            continue;
        cq_result_number(result, section, h->month);
        cq_result_number(result, section, h->mday);
        cq_result_text(result, section, h->name[request->language]);
        cq_result_day(result, section, h->since);
        cq_result_day(result, section, h->until);
        cq_result_code(result, section, h->moves ? "yes" : "no",
                       cq_report_word(request, "answer", h->moves ? "yes" : "no"));
        cq_result_text(result, section, h->basis);
    }
}

static void add_cell(struct cq_report_result *result, struct cq_report_section *section,
                     const struct cq_csvtable *table, const struct cq_csvtable_row *row,
                     const char *column)
{
    struct cq_text cell = cq_law_report_cell(table, row, column);
    cq_result_text(result, section, cq_result_copy(result, cell.ptr, cell.len));
}

/* Adds the rows of a table as they are written, its conditions joined. They are shown whole on any
 * day: rules name them. */
static void add_table(struct cq_report_result *result, struct cq_report_section *section,
                      const struct cq_csvtable *table)
{
    for (size_t i = 1; i < table->count; i++) {
        const struct cq_csvtable_row *row = &table->rows[i];
        for (size_t column = 0; column < section->column_count; column++) {
            const char *name = section->columns[column].name;
            if (strcmp(name, "conditions") == 0)
                cq_result_text(result, section, cq_law_report_conditions(result, table, row));
            else
                add_cell(result, section, table, row, name);
        }
    }
}

/* The tables that are read again, for their conditions. */
enum { RULES, GROUPS, CLAUSES, LATE, BINDINGS, TABLES };

static enum cq_code read_tables(const struct cq_text *bytes, struct cq_csvtable *tables,
                                struct cq_err *err)
{
    static const enum cq_law_table files[TABLES] = {CQ_LAW_TABLE_RULES, CQ_LAW_TABLE_GROUPS,
                                                    CQ_LAW_TABLE_CLAUSES, CQ_LAW_TABLE_LATE,
                                                    CQ_LAW_TABLE_BINDINGS};
    enum cq_code code = CQ_OK;
    for (int i = 0; i < TABLES && !code; i++)
        code = cq_csvtable_read(&tables[i], bytes[files[i]].ptr, bytes[files[i]].len, err);
    return code;
}

static void add_tables(struct cq_report_result *result, const struct cq_csvtable *tables)
{
    struct cq_report_section *section = CQ_SECTION(result, "groups", group_columns);
    section->title = N_("Groups: any one of the rows is enough");
    add_table(result, section, &tables[GROUPS]);
    section = CQ_SECTION(result, "clauses", clause_columns);
    section->title = N_("Clauses: parts of a basis, by whom it is about");
    add_table(result, section, &tables[CLAUSES]);
    section = CQ_SECTION(result, "late", late_columns);
    section->title = N_("Added to decisions: gaps and weaker certainty");
    add_table(result, section, &tables[LATE]);
    section = CQ_SECTION(result, "bindings", binding_columns);
    section->title = N_("What the acts bind referrals to");
    add_table(result, section, &tables[BINDINGS]);
}

enum cq_code cq_report_law(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_err *err)
{
    struct cq_csvtable tables[TABLES] = {0};
    struct cq_law_files files = {0};
    struct tally tally = {0};
    enum cq_code code = CQ_OK;
    if (request->law_dir)
        code = cq_law_files_read(&files, request->law_dir, err);
    else
        cq_law_files_embedded(&files);
    if (!code)
        code = read_tables(files.bytes, tables, err);
    if (!code) {
        add_rules(request, result, &tables[RULES], &tally);
        add_certainties(request, result, &tally);
        size_t editions = add_editions(request, result);
        add_gaps(request, result, &tally);
        add_acts(request, result);
        add_holidays(request, result);
        add_tables(result, tables);
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
    for (int i = 0; i < TABLES; i++)
        cq_csvtable_fini(&tables[i]);
    cq_law_files_fini(&files);
    return code;
}
