/* Rows of lists in words: each column by its heading, each code by its word. */
#include "reports/person_text.h"

#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "result/texts.h"

static const struct {
    const char *name, *heading;
    const char *kind; /* of the words of its codes; NULL for none */
} headings[] = {
    {"birth_date", N_("Birth date"), NULL},
    {"sex", N_("Sex"), "found"},
    {"special_rank", N_("Special rank"), "answer"},
    {"rank", N_("Rank"), NULL},
    {"sponsor_iin", N_("Sponsor's IIN"), NULL},
    {"relation", N_("Relation to the sponsor"), "relation"},
    {"coresident", N_("Lives with the sponsor"), "answer"},
    {"residence", N_("Residence"), NULL},
    {"service_place", N_("Place of service"), NULL},
    {"service_id", N_("Service ID"), NULL},
    {"pension_certificate", N_("Pension certificate"), NULL},
    {"document", N_("Document"), "document"},
    {"document_no", N_("Number of the document"), NULL},
    {"killed_on", N_("Day of the sponsor's death"), NULL},
    {"killed_order", N_("Order about the death"), NULL},
    {"presidential", N_("In the list of the President's Affairs Administration"), "answer"},
    {"duty_injury", N_("Injured on duty"), "answer"},
    {"student_until", N_("Studies until"), NULL},
    {"disabled_before_18", N_("Disabled before the age of 18"), "answer"},
    {"dependent", N_("Dependent on the sponsor"), "answer"},
    {"listed_names", N_("Names as listed"), NULL},
    {"insured", N_("Insured"), "answer"},
    {"paid_until", N_("Paid until"), NULL},
    {"facility", N_("Facility"), NULL},
    {"card_no", N_("Number of the card"), NULL},
    {"papers", N_("Papers seen"), "document"},
    {"registered_on", N_("Registered on"), NULL},
};

const char *cq_person_word(const struct cq_report_request *request, const char *kind,
                           const char *code)
{
    const struct cq_word *word = cq_law_word(request->law, kind, code, strlen(code));
    return word ? word->label[request->language] : code;
}

void cq_person_text_add(struct cq_person_text *text, const char *code, const char *word)
{
    cq_str_printf(&text->codes, "%s%s", text->codes.len > 0 ? "; " : "", code);
    cq_str_printf(&text->words, "%s%s", text->words.len > 0 ? "; " : "", word);
}

void cq_person_text_free(struct cq_person_text *text)
{
    cq_str_free(&text->codes);
    cq_str_free(&text->words);
}

enum cq_code cq_person_lines_open(struct cq_person_lines *lines,
                                  const struct cq_report_request *request, enum cq_kind kind,
                                  int64_t run, struct cq_err *err)
{
    static const char facility_sql[] =
        "SELECT CASE ?3 WHEN 0 THEN name_kk WHEN 1 THEN name_ru ELSE name_en END AS name"
        " FROM facility WHERE facility = ?1 AND name IS NOT NULL AND run_from <= ?2"
        " AND (run_to IS NULL OR run_to > ?2) ORDER BY id LIMIT 1";
    struct cq_str sql = {0};
    lines->request = request;
    cq_list_init(&lines->list, kind, request->law);
    const struct cq_table *table = &lines->list.table;
    cq_str_puts(&sql, "SELECT ");
    for (size_t i = 0; i < table->count; i++)
        cq_str_printf(&sql, "%s%s", i > 0 ? ", " : "", table->columns[i].name);
    cq_str_printf(&sql, "%s FROM %s WHERE id = ?1", table->count > 0 ? "" : "id", table->name);
    enum cq_code code = sql.failed ? cq_err_set(err, sql.failed, NULL)
                                   : cq_db_prepare(request->db, &lines->version, sql.ptr, err);
    cq_str_free(&sql);
    if (!code)
        code = cq_db_prepare(request->db, &lines->facility, facility_sql, err);
    if (!code) {
        sqlite3_bind_int64(lines->facility, 2, run);
        sqlite3_bind_int(lines->facility, 3, (int)request->language);
    }
    return code;
}

void cq_person_lines_close(struct cq_person_lines *lines)
{
    sqlite3_finalize(lines->version);
    sqlite3_finalize(lines->facility);
    cq_list_fini(&lines->list);
}

/* Whether a column has a cell of its own, or is in the name. */
static bool has_cell(const struct cq_person_lines *lines, int column)
{
    return lines->list.kind == CQ_KIND_CONTINGENT &&
           (column == CQ_P_CATEGORY || (column >= CQ_P_LAST_NAME && column <= CQ_P_MIDDLE_NAME));
}

static struct cq_value value_of(sqlite3_stmt *stmt, int column, bool text)
{
    struct cq_value value = {.present = sqlite3_column_type(stmt, column) != SQLITE_NULL};
    if (value.present && text)
        value.text = (struct cq_text){(const char *)sqlite3_column_text(stmt, column),
                                      (size_t)sqlite3_column_bytes(stmt, column)};
    else if (value.present)
        value.number = sqlite3_column_int64(stmt, column);
    return value;
}

/* A code that the lists have no word for, as a later version of the programs may have stored. */
static bool is_known(const struct cq_column *column, const struct cq_value *value)
{
    int64_t count = 0;
    if (column->type != CQ_TYPE_CHOICE)
        return true;
    while (column->values[count])
        count++;
    return value->number >= 0 && value->number < count;
}

/* Appends the words of a value: of each of its codes. */
static void add_words(struct cq_person_lines *lines, size_t heading, const char *codes,
                      struct cq_str *out)
{
    const struct cq_report_request *request = lines->request;
    const char *kind = headings[heading].kind;
    char day[11] = "";
    if (!kind && cq_date_turn(day, codes, strlen(codes)) > 0)
        codes = day;
    cq_str_printf(out, "%s%s: ", out->len > 0 ? "; " : "",
                  cq_report_translate(request, headings[heading].heading));
    while (*codes != '\0') {
        size_t len = kind ? strcspn(codes, "+") : strlen(codes);
        const struct cq_word *word = kind ? cq_law_word(request->law, kind, codes, len) : NULL;
        if (word)
            cq_str_puts(out, word->label[request->language]);
        else
            cq_str_put(out, codes, len);
        codes += len;
        if (*codes == '+') {
            cq_str_puts(out, ", ");
            codes++;
        }
    }
}

/* Appends the name of the region in which a place is. */
static void add_region(struct cq_person_lines *lines, int32_t kato, struct cq_str *out)
{
    const struct cq_region *region = cq_law_region(lines->request->law, cq_kato_region(kato));
    if (region)
        cq_str_printf(out, " (%s)", region->name[lines->request->language]);
}

enum cq_code cq_person_lines_facility(struct cq_person_lines *lines, const char *facility,
                                      struct cq_str *out, struct cq_err *err)
{
    bool row = false;
    sqlite3_reset(lines->facility);
    sqlite3_bind_text(lines->facility, 1, facility, -1, SQLITE_TRANSIENT);
    enum cq_code code = cq_db_step(lines->request->db, lines->facility, &row, err);
    if (!code && row)
        cq_str_printf(out, "%s (%s)", sqlite3_column_text(lines->facility, 0), facility);
    else
        cq_str_puts(out, facility);
    return code;
}

static enum cq_code add_value(struct cq_person_lines *lines, const struct cq_column *column,
                              const struct cq_value *value, struct cq_person_text *text,
                              struct cq_err *err)
{
    struct cq_str code = {0}, name = {0};
    enum cq_code failed = CQ_OK;
    size_t i = 0, count = sizeof headings / sizeof *headings;
    cq_column_print(column, value, &code);
    if (code.failed)
        text->codes.failed = code.failed;
    const char *printed = code.ptr ? code.ptr : "";
    cq_str_printf(&text->codes, "%s%s=%s", text->codes.len > 0 ? "; " : "", column->name, printed);
    while (i < count && strcmp(headings[i].name, column->name) != 0)
        i++;
    bool facility = strcmp(column->name, "facility") == 0;
    if (facility)
        failed = cq_person_lines_facility(lines, printed, &name, err);
    if (name.failed)
        text->words.failed = name.failed;
    if (i < count)
        add_words(lines, i, facility && name.ptr ? name.ptr : printed, &text->words);
    if (i < count && column->type == CQ_TYPE_KATO)
        add_region(lines, (int32_t)value->number, &text->words);
    cq_str_free(&code);
    cq_str_free(&name);
    return failed;
}

/* Last, first and middle name. */
static void add_names(struct cq_person_lines *lines, struct cq_person_text *text)
{
    struct cq_str name = {0};
    for (size_t i = 0; i < lines->list.table.count; i++) {
        int column = lines->list.stored[i];
        const char *part = (const char *)sqlite3_column_text(lines->version, (int)i);
        if (column >= CQ_P_LAST_NAME && column <= CQ_P_MIDDLE_NAME && part)
            cq_str_printf(&name, "%s%s", name.len > 0 ? " " : "", part);
    }
    if (name.failed)
        text->codes.failed = name.failed;
    cq_person_text_add(text, name.ptr ? name.ptr : "", name.ptr ? name.ptr : "");
    cq_str_free(&name);
}

enum cq_code cq_person_lines_add(struct cq_person_lines *lines, int64_t id,
                                 struct cq_person_text *text, struct cq_err *err)
{
    const struct cq_table *table = &lines->list.table;
    bool row = false;
    sqlite3_reset(lines->version);
    sqlite3_bind_int64(lines->version, 1, id);
    enum cq_code code = cq_db_step(lines->request->db, lines->version, &row, err);
    if (code || !row)
        return code;
    if (lines->list.kind == CQ_KIND_CONTINGENT)
        add_names(lines, text);
    for (size_t i = 0; i < table->count && !code; i++) {
        int column = lines->list.stored[i];
        struct cq_value value = value_of(lines->version, (int)i, table->columns[i].text);
        const struct cq_column *of = &lines->list.columns[column];
        bool nobody = of->type == CQ_TYPE_IIN && value.number == 0;
        if (value.present && !nobody && !has_cell(lines, column) && is_known(of, &value))
            code = add_value(lines, of, &value, text, err);
    }
    return code;
}
