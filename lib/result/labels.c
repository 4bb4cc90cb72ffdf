/* The labels of codes for people (words.csv). CSV and JSON have the codes. */
#include "result/result_private.h"

#include <string.h>

#include "cq/facts.h"
#include "cq/kato.h"
#include "cq/lists.h"
#include "cq/referral.h"

/* Columns whose labels are of a kind with another name; for the others the column's name is the
 * kind. */
static const struct {
    const char *column, *kind;
} kinds[] = {
    {"able", "answer"},
    {"category", "category_many"},
    {"kind", "list"},
    {"measure", "quality"},
};

/* Finds the label of a cell; of an empty one, the meaning of empty in that column. */
static const struct cq_word *find_word(const struct cq_report_request *request, const char *column,
                                       const char *code)
{
    if (*code == '\0')
        return cq_law_word(request->law, "empty", column, strlen(column));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].column, column) == 0)
            return cq_law_word(request->law, kinds[i].kind, code, strlen(code));
    return cq_law_word(request->law, column, code, strlen(code));
}

const char *cq_report_word(const struct cq_report_request *request, const char *column,
                           const char *code)
{
    const struct cq_word *word = find_word(request, column, code);
    return word ? word->label[request->language] : code;
}

void cq_result_word(const struct cq_report_request *request, struct cq_report_result *result,
                    struct cq_report_section *section, const struct cq_report_column *column,
                    const char *code)
{
    const struct cq_word *word = find_word(request, column->name, code);
    if (*code == '\0')
        cq_result_code(result, section, "",
                       word ? word->label[request->language]
                            : cq_report_translate(request, N_("not stated")));
    else if (word)
        cq_result_code(result, section, word->code, word->label[request->language]);
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
