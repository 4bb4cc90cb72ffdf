/* The words of reports: what codes are called where people read. CSV and JSON keep the codes. */
#include "result_private.h"

#include <string.h>

#include "cq/facts.h"
#include "cq/kato.h"
#include "cq/lists.h"
#include "cq/referral.h"
#include "cq/words.h"

static const struct {
    const char *column, *code, *label;
} words[] = {
    {"category", "employee", N_("employees")},
    {"category", "family", N_("family members")},
    {"category", "pensioner", N_("pensioners")},
    {"category", "child_of_fallen", N_("children of the fallen")},
    {"sex", "m", N_("men")},
    {"sex", "f", N_("women")},
    {"service", "outpatient;inpatient", N_("all care")},
    {"payer", "", N_("no payer")},
    {"status", "issued", N_("issued")},
    {"status", "accepted", N_("accepted")},
    {"status", "rejected", N_("rejected")},
    {"status", "admitted", N_("admitted")},
    {"status", "completed", N_("completed")},
    {"status", "cancelled", N_("cancelled")},
    {"status", "expired", N_("expired")},
    {"change", "joined", N_("joined")},
    {"change", "changed", N_("changed")},
    {"change", "left", N_("left")},
    {"cause", "past_valid", N_("past its last day")},
    {"cause", "waiting", N_("waits too long")},
    {"owner", "mvd", N_("internal affairs (MVD-MO)")},
    {"owner", "health_subject", N_("health-care subject")},
    {"owner", "phc", N_("primary health care")},
    {"owner", "presidential", N_("President's Affairs")},
    {"owner", "civil_protection", N_("civil protection")},
    {"owner", "sanatorium", N_("sanatorium")},
    {"owner", "mental_health", N_("mental health organisation")},
    {"trigger", "no_organisation", N_("no MVD-MO for this service")},
    {"trigger", "department", N_("no department")},
    {"trigger", "specialist", N_("no specialist")},
    {"trigger", "equipment", N_("no special equipment")},
    {"trigger", "other_area", N_("the MVD-MO serves another area")},
    {"able", "yes", N_("yes")},
    {"able", "no", N_("no")},
    {"severity", "error", N_("error")},
    {"severity", "warning", N_("warning")},
    {"severity", "notice", N_("notice")},
    {"result", "ok", N_("in order")},
    {"result", "found", N_("found")},
    {"source", "contingent", N_("HR list")},
    {"source", "insurance", N_("Fund's list")},
    {"source", "presidential", N_("President's Affairs list")},
    {"source", "card", N_("outpatient card")},
    {"source", "review", N_("contradiction, not taken")},
    {"source", "referral", N_("referral")},
    {"source", "event", N_("move of a referral")},
    {"action", "import", N_("list imported")},
    {"action", "undo", N_("run taken back")},
    {"action", "read", N_("history of a person read")},
    {"action", "issue", N_("referral issued")},
    {"action", "accept", N_("referral accepted")},
    {"action", "reject", N_("referral rejected")},
    {"action", "admit", N_("admitted")},
    {"action", "complete", N_("stay completed")},
    {"action", "cancel", N_("referral cancelled")},
    {"action", "expire", N_("referral expired")},
    {"measure", "missing", N_("with a missing field")},
    {"measure", "warned", N_("with warnings in the last list")},
    {"measure", "conflicts", N_("contradict the registry")},
    {"measure", "orphans", N_("without a known sponsor")},
    {"measure", "lookalikes", N_("with Latin letters in a name")},
    {"measure", "no_card", N_("without an outpatient card")},
    {"measure", "twins", N_("probable duplicates")},
};

/* "" with a fixed code, NULL where there is no word. */
static const char *find(const char *column, const char *code, const char **own)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].column, column) == 0 && strcmp(words[i].code, code) == 0) {
            *own = words[i].code;
            return words[i].label;
        }
    const struct cq_word *shared = cq_word_find(column, code, strlen(code));
    if (shared)
        *own = shared->code;
    return shared ? shared->text : NULL;
}

const char *cq_report_word(const struct cq_report_request *request, const char *column,
                           const char *code)
{
    const char *own, *label = find(column, code, &own);
    return label ? cq_report_say(request, label) : code;
}

void cq_result_word(const struct cq_report_request *request, struct cq_report_result *result,
                    struct cq_report_section *section, const struct cq_report_column *column,
                    const char *code)
{
    const char *own, *label = find(column->name, code, &own);
    if (label)
        cq_result_code(result, section, own, cq_report_say(request, label));
    else if (*code == '\0')
        cq_result_code(result, section, "", cq_report_say(request, N_("not stated")));
    else
        cq_result_code(result, section, cq_result_copy(result, code, strlen(code)), NULL);
}

static void add_region(const struct cq_report_request *request, struct cq_report_result *result,
                       struct cq_report_section *section, int64_t number)
{
    const struct cq_region *region = cq_law_region(request->law, (int)number);
    const char digits[2] = {(char)('0' + number / 10 % 10), (char)('0' + number % 10)};
    const char *code = cq_result_copy(result, digits, 2);
    cq_result_code(result, section, code, region ? region->name[request->language] : code);
}

void cq_result_word_number(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_report_section *section, const struct cq_report_column *column,
                           int64_t number)
{
    const char *name = column->name, *code = NULL;
    if (strcmp(name, "region") == 0 && number >= 10 && number <= 99) {
        add_region(request, result, section, number);
        return;
    }
    if (strcmp(name, "agency") == 0) {
        const struct cq_agency *agency = cq_law_agency_number(request->law, (int)number);
        if (agency) {
            cq_result_code(result, section, agency->id, agency->name[request->language]);
            return;
        }
    }
    if (strcmp(name, "category") == 0 && number >= 0 && number < CQ_CATEGORIES)
        code = cq_fact_value_name(CQ_FACT_CATEGORY, (int)number);
    else if (strcmp(name, "service") == 0 && number >= 0 && number < CQ_SERVICES)
        code = cq_fact_value_name(CQ_FACT_SERVICE, (int)number);
    else if (strcmp(name, "status") == 0 && number >= 0 && number < CQ_STATES)
        code = cq_state_names[number];
    else if (strcmp(name, "owner") == 0)
        code = cq_owner_name((int)number);
    else if (strcmp(name, "sex") == 0 && (number == 0 || number == 1))
        code = number == 0 ? "m" : "f";
    else if (strcmp(name, "able") == 0)
        code = number ? "yes" : "no";
    cq_result_word(request, result, section, column, code ? code : "");
}
