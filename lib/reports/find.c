/* People by parts of a name and a birth date, for somebody at the desk who does not know the IIN.
 * Each person shown adds a line to the log; what was asked for is written nowhere. */
#include "reports/report_private.h"

#include <stdlib.h>
#include <string.h>

#include "cq/audit.h"
#include "cq/facts.h"
#include "cq/kato.h"
#include "cq/list.h"
#include "cq/registry.h"
#include "people/find.h"
#include "people/twin_compare.h"

static const struct cq_report_column columns[] = {
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"middle_name", N_("Middle name"), CQ_CELL_NAME, false},
    {"birth_date", N_("Birth date"), CQ_CELL_DAY, false},
    {"sex", N_("Sex"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"region", N_("Region"), CQ_CELL_CODE, false},
    {"reason", N_("Why"), CQ_CELL_CODE, false},
};
enum { REGION = 8 };

static const struct {
    unsigned bit;
    const char *code;
} reasons[] = {
    {CQ_TWIN_SAME, "same"},
    {CQ_TWIN_SPELLING, "spelling"},
    {CQ_FIND_BEGINNING, "beginning"},
    {CQ_FIND_INITIAL, "initial"},
    {CQ_FIND_ONE_OF_TWO, "one_of_two"},
    {CQ_TWIN_ONE_LETTER, "one_letter"},
    {CQ_FIND_OTHER_NAME, "other_name"},
    {CQ_TWIN_BIRTH_SWAPPED, "birth_swapped"},
    {CQ_TWIN_BIRTH_DIGIT, "birth_digit"},
    {CQ_FIND_YEAR, "birth_year"},
    {CQ_FIND_TIED, "tied"},
};

/* Codes joined for data, and their words for people; each once. */
struct joined {
    struct cq_str codes, words;
};

static void join(struct joined *list, const char *code, const char *word)
{
    struct cq_text all = {list->codes.ptr ? list->codes.ptr : "", list->codes.len};
    if (list->codes.len > 0 && cq_text_has(all, ';', code))
        return;
    cq_str_printf(&list->codes, "%s%s", list->codes.len > 0 ? ";" : "", code);
    cq_str_printf(&list->words, "%s%s", list->words.len > 0 ? "; " : "", word);
}

static void add_joined(struct cq_report_result *r, struct cq_report_section *s, struct joined *list)
{
    const char *codes = cq_result_string(r, &list->codes);
    const char *words = cq_result_string(r, &list->words);
    if (*codes == '\0')
        cq_result_empty(r, s);
    else
        cq_result_code(r, s, codes, words);
}

static const char *word_of(const struct cq_report_request *request, const char *kind,
                           const char *code)
{
    const struct cq_word *word = cq_law_word(request->law, kind, code, strlen(code));
    return word ? word->label[request->language] : code;
}

static void add_reasons(const struct cq_report_request *request, struct cq_report_result *r,
                        struct cq_report_section *s, unsigned bits)
{
    struct joined list = {0};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if ((bits & reasons[i].bit) != 0)
            join(&list, reasons[i].code, word_of(request, "found", reasons[i].code));
    add_joined(r, s, &list);
}

/* What a person is on the day, by all the rows that hold. */
struct standing {
    struct joined categories, agencies;
    int32_t residence;
};

static void add_row(const struct cq_report_request *request, sqlite3_stmt *stmt,
                    struct standing *standing)
{
    const struct cq_agency *agency =
        cq_law_agency_number(request->law, cq_id_agency(sqlite3_column_int64(stmt, 0)));
    int category = sqlite3_column_int(stmt, 1);
    if (category > CQ_CATEGORY_NONE && category < CQ_CATEGORIES) {
        const char *code = cq_fact_value_name(CQ_FACT_CATEGORY, category);
        join(&standing->categories, code, word_of(request, "category", code));
    }
    if (agency)
        join(&standing->agencies, agency->id, agency->name[request->language]);
    if (standing->residence == 0)
        standing->residence = sqlite3_column_int(stmt, 2);
}

static enum cq_code read_standing(const struct cq_report_request *request, int64_t run, int64_t iin,
                                  struct standing *standing, struct cq_err *err)
{
    static const char sql[] =
        "SELECT id, category, residence FROM person WHERE id >= ?1 AND id < ?2 AND run_from <= ?3"
        " AND (run_to IS NULL OR run_to > ?3) AND (valid_from IS NULL OR valid_from <= ?4)"
        " AND (valid_to IS NULL OR valid_to > ?4) ORDER BY id";
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(request->db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, iin << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(stmt, 2, (iin + 1) << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(stmt, 3, run);
    sqlite3_bind_int64(stmt, 4, request->day);
    while (!code && !(code = cq_db_step(request->db, stmt, &row, err)) && row)
        add_row(request, stmt, standing);
    sqlite3_finalize(stmt);
    return code;
}

static void add_standing(const struct cq_report_request *request, struct cq_report_result *r,
                         struct cq_report_section *s, struct standing *standing)
{
    add_joined(r, s, &standing->categories);
    add_joined(r, s, &standing->agencies);
    if (standing->residence != 0)
        cq_result_word_number(request, r, s, &columns[REGION], cq_kato_region(standing->residence));
    else
        cq_result_empty(r, s);
}

/* The word for one person: "man", not "men". */
static void add_sex(const struct cq_report_request *request, struct cq_report_result *r,
                    struct cq_report_section *s, int sex)
{
    const char *code = sex == 0 ? "m" : "f";
    if (sex < 0)
        cq_result_empty(r, s);
    else
        cq_result_code(r, s, code, word_of(request, "found", code));
}

/* Adds a person and the line of the log. */
static enum cq_code add_person(const struct cq_report_request *request, struct cq_report_result *r,
                               struct cq_report_section *s, sqlite3_stmt *entry,
                               const struct cq_found *found, struct cq_err *err)
{
    struct standing standing = {.residence = 0};
    int64_t iin = found->id >> CQ_GROUP_SHIFT;
    const struct cq_audit line = {request->now, request->actor, "find", iin, NULL};
    bool row = false;
    sqlite3_reset(entry);
    sqlite3_bind_int64(entry, 1, found->id);
    enum cq_code code = cq_db_step(request->db, entry, &row, err);
    if (!code)
        code = read_standing(request, r->run, iin, &standing, err);
    if (!code)
        code = cq_audit_add(request->db, &line, err);
    if (!code) {
        cq_result_iin(request, r, s, iin);
        for (int i = 0; i < 3; i++)
            cq_result_name(request, r, s, entry, i);
        cq_result_day(r, s, sqlite3_column_int(entry, 3));
        add_sex(request, r, s, cq_db_column_int(entry, 4, -1));
        add_standing(request, r, s, &standing);
        add_reasons(request, r, s, found->reasons);
    }
    cq_str_free(&standing.categories.codes);
    cq_str_free(&standing.categories.words);
    cq_str_free(&standing.agencies.codes);
    cq_str_free(&standing.agencies.words);
    return code;
}

/* Says what the rows cannot: that there are none, or that the question does not single one out. */
static void add_answer(const struct cq_report_request *request, struct cq_report_result *r,
                       const struct cq_find_result *found)
{
    if (found->count == 0)
        r->answer = cq_report_translate(
            request, N_("Nobody fits. Give fewer parts of the name, or the birth date alone."));
    else if (found->tied > CQ_FIND_BEST || found->more)
        r->answer = cq_report_translate(
            request, N_("More people fit as well as these. Ask for one more name or for the birth "
                        "date."));
    else if (found->tied > 1)
        r->answer = cq_report_translate(
            request, N_("The question does not tell those marked so apart: ask for something "
                        "more."));
}

static enum cq_code read_question(const struct cq_report_request *request,
                                  struct cq_find_question *question)
{
    enum cq_code code = request->name || request->born ? CQ_OK : CQ_U_FIND;
    if (!code && request->name)
        code = cq_find_read_names(question, request->name);
    if (!code && request->born)
        code = cq_find_read_born(question, request->born);
    return code;
}

enum cq_code cq_report_check_question(const struct cq_report_request *request)
{
    struct cq_find_question question = {.part_count = 0};
    return read_question(request, &question);
}

enum cq_code cq_report_find_people(const struct cq_report_request *request,
                                   struct cq_report_result *result, struct cq_err *err)
{
    static const char entry_sql[] = "SELECT last_name, first_name, middle_name, birth_date, sex"
                                    " FROM person WHERE id = ?1";
    struct cq_find_question question = {.part_count = 0};
    struct cq_find_result found = {0};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    sqlite3_stmt *entry = NULL;
    enum cq_code code = read_question(request, &question);
    rows->title = N_("The best first");
    rows->people = true;
    rows->note = N_("The log has a line for each person shown.");
    if (code)
        return cq_err_set(err, code, NULL);
    code = cq_people_find(&found, request->db, result->run, request->day, &question, err);
    if (!code)
        code = cq_db_prepare(request->db, &entry, entry_sql, err);
    for (size_t i = 0; i < found.count && i < CQ_FIND_BEST && !code; i++)
        code = add_person(request, result, rows, entry, &found.list[i], err);
    if (!code)
        add_answer(request, result, &found);
    cq_result_figure(result, N_("people shown"), (int64_t)cq_section_rows(rows));
    result->has_day = true;
    result->summary = N_("Who fits what is known of a person, on %s.");
    sqlite3_finalize(entry);
    free(found.list);
    return code;
}
