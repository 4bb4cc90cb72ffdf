/* The labels of codes for people (words.csv). CSV and JSON have the codes. */
#include "result/result_private.h"

#include <limits.h>
#include <string.h>

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/kato.h"
#include "cq/lists.h"
#include "cq/referral.h"
#include "cq/say.h"

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

/* The code of a number as the registry stores it; NULL where it has none. */
typedef const char *code_of_fn(int number);

static const char *category_of(int number)
{
    return number >= 0 && number < CQ_CATEGORIES ? cq_fact_value_name(CQ_FACT_CATEGORY, number)
                                                 : NULL;
}

static const char *service_of(int number)
{
    return number >= 0 && number < CQ_SERVICES ? cq_fact_value_name(CQ_FACT_SERVICE, number) : NULL;
}

static const char *status_of(int number)
{
    return number >= 0 && number < CQ_STATES ? cq_state_names[number] : NULL;
}

static const char *sex_of(int number)
{
    return number == 0 ? "m" : number == 1 ? "f" : NULL;
}

static const char *able_of(int number)
{
    return number ? "yes" : "no";
}

static const struct {
    const char *column;
    code_of_fn *code_of;
} numbered[] = {
    {"category", category_of}, {"service", service_of}, {"status", status_of},
    {"owner", cq_owner_name},  {"sex", sex_of},         {"able", able_of},
};

/* Regions and agencies have their names in tables of their own. Returns false where there is none. */
static bool add_named(const struct cq_report_request *request, struct cq_report_result *result,
                      struct cq_report_section *section, const char *column, int number)
{
    if (strcmp(column, "region") == 0 && number >= 10 && number <= 99) {
        const struct cq_region *region = cq_law_region(request->law, number);
        const char digits[2] = {(char)('0' + number / 10), (char)('0' + number % 10)};
        const char *code = cq_result_copy(result, digits, 2);
        cq_result_code(result, section, code, region ? region->name[request->language] : code);
        return true;
    }
    const struct cq_agency *agency =
        strcmp(column, "agency") == 0 ? cq_law_agency_number(request->law, number) : NULL;
    if (agency)
        cq_result_code(result, section, agency->id, agency->name[request->language]);
    return agency;
}

void cq_result_word_number(const struct cq_report_request *request, struct cq_report_result *result,
                           struct cq_report_section *section, const struct cq_report_column *column,
                           int64_t number)
{
    const char *code = NULL;
    if (number < INT_MIN || number > INT_MAX)
        number = -1;
    if (add_named(request, result, section, column->name, (int)number))
        return;
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++)
        if (strcmp(numbered[i].column, column->name) == 0)
            code = numbered[i].code_of((int)number);
    cq_result_word(request, result, section, column, code ? code : "");
}

/* Labels a column. Equal cells below each other, which are many, share a label. */
static void say_column(const struct cq_report_request *request, struct cq_report_result *result,
                       struct cq_report_section *section, size_t column)
{
    const struct cq_text name = {section->columns[column].name,
                                 strlen(section->columns[column].name)};
    const struct cq_report_cell *last = NULL;
    for (size_t row = 0; row < cq_section_rows(section) && !result->failed; row++) {
        struct cq_report_cell *cell = cq_section_cell(section, row, column);
        if (!cell->text || *cell->text == '\0' || cell->label)
            continue;
        if (last && strcmp(last->text, cell->text) == 0) {
            cell->label = last->label;
            continue;
        }
        struct cq_str words = {0};
        const struct cq_text text = {cell->text, strlen(cell->text)};
        char day[10];
        size_t len = cq_date_turn(day, text.ptr, text.len);
        if (len > 0)
            cell->label = cq_result_copy(result, day, len);
        else if (cq_law_say(request->law, request->language, name, text, &words))
            cell->label = cq_result_string(result, &words);
        else
            continue;
        last = cell;
    }
}

void cq_result_say(const struct cq_report_request *request, struct cq_report_result *result)
{
    for (size_t i = 0; i < result->section_count; i++)
        for (size_t k = 0; k < result->sections[i].column_count; k++) {
            enum cq_cell cell = result->sections[i].columns[k].cell;
            if (cell == CQ_CELL_CODE || cell == CQ_CELL_LIST || cell == CQ_CELL_TEXT)
                say_column(request, result, &result->sections[i], k);
        }
}
