/* The report form2: table 01 of form 2, how many people are attached, line by line and by medical
 * organisation; and the people of a line. What a line counts stands in form2.csv. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/audit.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/registry.h"
#include "reports/form2_count.h"
#include "reports/form2_page.h"
#include "reports/report_private.h"

static const struct cq_report_column columns[] = {
    [CQ_FORM2_FACILITY] = {"facility", N_("Medical organisation"), CQ_CELL_CODE, false},
    [CQ_FORM2_LINE] = {"line", N_("Line code"), CQ_CELL_TEXT, false},
    [CQ_FORM2_NAME] = {"name", N_("What counts"), CQ_CELL_CODE, false},
    [CQ_FORM2_PEOPLE] = {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column left_columns[] = {
    [CQ_FORM2_FACILITY] = {"facility", N_("Medical organisation"), CQ_CELL_CODE, false},
    [CQ_FORM2_LINE] = {"line", N_("Line code"), CQ_CELL_TEXT, false},
    [CQ_FORM2_NAME] = {"name", N_("What counts"), CQ_CELL_CODE, false},
    [CQ_FORM2_WHAT] = {"what", N_("Of them"), CQ_CELL_CODE, false},
    [CQ_FORM2_LEFT_PEOPLE] = {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column place_columns[] = {
    {"facility", N_("Medical organisation"), CQ_CELL_CODE, false},
    {"name_kk", "kk", CQ_CELL_TEXT, false},
    {"name_ru", "ru", CQ_CELL_TEXT, false},
    {"name_en", "en", CQ_CELL_TEXT, false},
};

/* The counts of one organisation, or of all; by line. */
struct sheet {
    int64_t *people, *in_no_part, *unstated; /* unstated: whose sex is not stated */
};

struct filling {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    const struct cq_form2_line *lines;
    size_t line_count;
    struct cq_form2 form;
    struct sheet *sheets; /* that of all, then one for each place */
    int64_t *memory;
};

static bool is_part(const struct filling *f, size_t part, size_t whole)
{
    return f->lines[part].kept && strcmp(f->lines[part].of, f->lines[whole].line) == 0;
}

/* Whether a line has parts of which each person is in one at most; and one of women. */
static bool has_parts(const struct filling *f, size_t whole, bool women)
{
    for (size_t i = 0; i < f->line_count; i++)
        if (is_part(f, i, whole) && f->lines[i].women == women)
            return true;
    return false;
}

static bool is_in_part(const struct filling *f, size_t whole, const struct cq_form2_person *p)
{
    for (size_t i = 0; i < f->line_count; i++)
        if (is_part(f, i, whole) && !f->lines[i].women && cq_form2_counts(&f->lines[i], p))
            return true;
    return false;
}

static void count_person(struct filling *f, struct sheet *sheet, const struct cq_form2_person *p)
{
    for (size_t i = 0; i < f->line_count; i++) {
        if (!cq_form2_counts(&f->lines[i], p))
            continue;
        sheet->people[i]++;
        sheet->in_no_part[i] += has_parts(f, i, false) && !is_in_part(f, i, p);
        sheet->unstated[i] += p->sex < 0 && has_parts(f, i, true);
    }
}

/* A line is the sum of its parts and of who is in none. */
static bool adds_up(const struct filling *f, const struct sheet *sheet)
{
    for (size_t whole = 0; whole < f->line_count; whole++) {
        int64_t sum = sheet->in_no_part[whole];
        for (size_t i = 0; i < f->line_count; i++)
            if (is_part(f, i, whole) && !f->lines[i].women)
                sum += sheet->people[i];
        if (has_parts(f, whole, false) && sum != sheet->people[whole])
            return false;
    }
    return true;
}

static enum cq_code count(struct filling *f, struct cq_err *err)
{
    size_t sheets = f->form.place_count + 1, n = f->line_count;
    f->sheets = calloc(sheets, sizeof *f->sheets);
    f->memory = calloc(sheets * n * 3 + 1, sizeof *f->memory);
    if (!f->sheets || !f->memory)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t s = 0; s < sheets; s++)
        f->sheets[s] = (struct sheet){&f->memory[3 * s * n], &f->memory[(3 * s + 1) * n],
                                      &f->memory[(3 * s + 2) * n]};
    for (size_t i = 0; i < f->form.count; i++) {
        const struct cq_form2_person *p = &f->form.people[i];
        count_person(f, &f->sheets[0], p);
        count_person(f, &f->sheets[1 + p->place], p);
    }
    for (size_t s = 0; s < sheets; s++)
        if (!adds_up(f, &f->sheets[s]))
            return cq_err_set(err, CQ_B_BUG, "form2");
    return CQ_OK;
}

/* The name of an organisation in the language of people, or its code. */
static void add_place(struct filling *f, struct cq_report_section *s, size_t sheet)
{
    if (sheet == 0) {
        cq_result_code(f->result, s, "", cq_report_word(f->request, "form2", "all"));
        return;
    }
    const struct cq_form2_place *place = &f->form.places[sheet - 1];
    const char *name = place->name[f->request->language];
    cq_result_code(f->result, s, place->code, *name != '\0' ? name : place->code);
}

static void add_line(struct filling *f, struct cq_report_section *s, size_t sheet, size_t line)
{
    const struct cq_form2_line *l = &f->lines[line];
    add_place(f, s, sheet);
    cq_result_text(f->result, s, l->line);
    cq_result_code(f->result, s, l->label[CQ_EN], l->label[f->request->language]);
}

static void add_rows(struct filling *f, struct cq_report_section *rows)
{
    for (size_t s = 0; s <= f->form.place_count; s++)
        for (size_t i = 0; i < f->line_count; i++) {
            add_line(f, rows, s, i);
            if (f->lines[i].kept)
                cq_result_number(f->result, rows, f->sheets[s].people[i]);
            else
                cq_result_dash(f->result, rows);
        }
}

static void add_left(struct filling *f, struct cq_report_section *left, size_t sheet, size_t line,
                     const char *what, int64_t people)
{
    if (people == 0)
        return;
    add_line(f, left, sheet, line);
    cq_result_code(f->result, left, what, cq_report_word(f->request, "form2", what));
    cq_result_number(f->result, left, people);
}

static void add_all_left(struct filling *f, struct cq_report_section *left)
{
    for (size_t s = 0; s <= f->form.place_count; s++)
        for (size_t i = 0; i < f->line_count; i++) {
            add_left(f, left, s, i, "in_no_part", f->sheets[s].in_no_part[i]);
            add_left(f, left, s, i, "sex_not_stated", f->sheets[s].unstated[i]);
        }
}

static void add_names(struct filling *f, struct cq_report_section *places)
{
    for (size_t i = 0; i < f->form.place_count; i++) {
        const struct cq_form2_place *place = &f->form.places[i];
        cq_result_code(f->result, places, place->code, NULL);
        for (int language = 0; language < CQ_LANGUAGES; language++)
            cq_result_text(f->result, places, place->name[language]);
    }
}

static void add_words(struct filling *f)
{
    struct cq_str text = {0};
    cq_str_printf(&text, "%s %s", cq_report_word(f->request, "form2", "due"),
                  cq_report_word(f->request, "form2", "dash"));
    f->result->answer = cq_result_string(f->result, &text);
    f->result->has_day = true;
    f->result->summary =
        N_("Who had a card at a polyclinic of the bodies' medical organisations on "
           "%s: each person once, in the first of the roles that the lists name.");
}

enum cq_code cq_report_form2(const struct cq_report_request *request,
                             struct cq_report_result *result, struct cq_err *err)
{
    struct filling f = {.request = request,
                        .result = result,
                        .lines = request->law->form2_lines,
                        .line_count = request->law->form2_line_count};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    struct cq_report_section *left = CQ_SECTION(result, "left", left_columns);
    struct cq_report_section *places = CQ_SECTION(result, "places", place_columns);
    rows->title = N_("Line by line");
    left->title = N_("Who stands in none of the parts of a line, and whose sex is not stated");
    places->place = CQ_SECTION_TOTALS;
    enum cq_code code = cq_form2_read(request, result, &f.form, err);
    if (!code)
        code = count(&f, err);
    if (!code) {
        add_rows(&f, rows);
        add_all_left(&f, left);
        add_names(&f, places);
        add_words(&f);
        cq_result_figure(result, N_("people attached"), (int64_t)f.form.count);
        cq_result_figure(result, N_("medical organisations"), (int64_t)f.form.place_count);
    }
    free(f.sheets);
    free(f.memory);
    cq_form2_free(&f.form);
    return code;
}

/* --- the people of a line --- */

static const struct cq_report_column people_columns[] = {
    {"facility", N_("Medical organisation"), CQ_CELL_CODE, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"middle_name", N_("Middle name"), CQ_CELL_NAME, false},
    {"birth_date", N_("Birth date"), CQ_CELL_DAY, false},
    {"sex", N_("Sex"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"card_no", N_("Card"), CQ_CELL_TEXT, false},
    {"opened_on", N_("Opened on"), CQ_CELL_DAY, false},
};
enum { AGENCY = 8 };

const struct cq_form2_line *cq_report_form2_line(const struct cq_law *law, int64_t number)
{
    for (size_t i = 0; i < law->form2_line_count; i++)
        if (strtoll(law->form2_lines[i].line, NULL, 10) == number)
            return &law->form2_lines[i];
    return NULL;
}

static int by_place(const void *a, const void *b)
{
    const struct cq_form2_person *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

/* Names and birth date, of the row that counts; empty where no list names the person. */
static void add_identity(struct filling *f, struct cq_report_section *s, sqlite3_stmt *stmt,
                         bool named)
{
    for (int i = 0; i < 3; i++)
        if (named)
            cq_result_name(f->request, f->result, s, stmt, i);
        else
            cq_result_empty(f->result, s);
    bool shown = named && !f->request->mask;
    cq_result_day(f->result, s, shown ? sqlite3_column_int(stmt, 3) : CQ_DAY_MIN);
}

static enum cq_code add_person(struct filling *f, struct cq_report_section *s,
                               const struct cq_form2_person *p, sqlite3_stmt *names,
                               sqlite3_stmt *cards, struct cq_err *err)
{
    bool named = false, has_card = false;
    sqlite3_reset(names);
    sqlite3_reset(cards);
    sqlite3_bind_int64(names, 1, p->version);
    sqlite3_bind_int64(cards, 1, p->card);
    enum cq_code code = cq_db_step(f->request->db, names, &named, err);
    if (!code)
        code = cq_db_step(f->request->db, cards, &has_card, err);
    if (code)
        return code;
    add_place(f, s, p->place + 1);
    cq_result_iin(f->request, f->result, s, (p->version ? p->version : p->card) >> CQ_GROUP_SHIFT);
    add_identity(f, s, names, named);
    if (p->sex < 0)
        cq_result_empty(f->result, s);
    else
        cq_result_code(f->result, s, p->sex ? "f" : "m",
                       cq_report_word(f->request, "found", p->sex ? "f" : "m"));
    const char *category = cq_fact_value_name(CQ_FACT_CATEGORY, p->category);
    cq_result_code(f->result, s, category,
                   cq_law_label(f->request->law, "category", category, f->request->language));
    if (p->agency)
        cq_result_word_number(f->request, f->result, s, &people_columns[AGENCY], p->agency);
    else
        cq_result_empty(f->result, s);
    bool shown = has_card && !f->request->mask;
    cq_result_text(f->result, s, shown ? cq_result_column(f->result, cards, 0) : "");
    cq_result_day(f->result, s, p->opened);
    return CQ_OK;
}

static enum cq_code add_people(struct filling *f, struct cq_report_section *s,
                               const struct cq_form2_line *line, struct cq_err *err)
{
    struct cq_db *db = f->request->db;
    sqlite3_stmt *names = NULL, *cards = NULL;
    enum cq_code code = cq_db_prepare(db, &names,
                                      "SELECT last_name, first_name, middle_name, birth_date"
                                      " FROM person WHERE id = ?1",
                                      err);
    if (!code)
        code = cq_db_prepare(db, &cards, "SELECT card_no FROM card WHERE id = ?1", err);
    for (size_t i = 0; i < f->form.count && !code; i++)
        if (cq_form2_counts(line, &f->form.people[i]))
            code = add_person(f, s, &f->form.people[i], names, cards, err);
    sqlite3_finalize(names);
    sqlite3_finalize(cards);
    return code;
}

/* The log says which list was read and how many people it showed. */
static enum cq_code log_reading(const struct filling *f, const struct cq_form2_line *line,
                                int64_t people, struct cq_err *err)
{
    char detail[32];
    int year, month, day;
    cq_date_split(f->request->day, &year, &month, &day);
    snprintf(detail, sizeof detail, "form2 %d %.8s", year, line->line);
    const struct cq_audit entry = {f->request->now, f->request->actor, "list", people, detail};
    return cq_audit_add(f->request->db, &entry, err);
}

enum cq_code cq_report_form2_people(const struct cq_report_request *request,
                                    struct cq_report_result *result, struct cq_err *err)
{
    struct filling f = {.request = request, .result = result};
    const struct cq_form2_line *line = cq_report_form2_line(request->law, request->line);
    struct cq_report_section *rows = CQ_SECTION(result, "rows", people_columns);
    struct cq_str text = {0};
    if (!line)
        return cq_err_set(err, CQ_B_BUG, "form2: line");
    rows->title = N_("Person by person");
    rows->people = true;
    rows->note = N_("The reading of this page stands in the log.");
    enum cq_code code = cq_form2_read(request, result, &f.form, err);
    if (!code && f.form.count > 0)
        qsort(f.form.people, f.form.count, sizeof *f.form.people, by_place);
    if (!code)
        code = add_people(&f, rows, line, err);
    if (!code)
        code = log_reading(&f, line, (int64_t)cq_section_rows(rows), err);
    cq_str_printf(&text, "%s. %s%s%s", line->line, line->label[request->language],
                  line->kept ? "" : ". ",
                  line->kept ? "" : cq_report_word(request, "form2", "dash"));
    result->answer = cq_result_string(result, &text);
    result->has_day = true;
    result->summary = N_("The people of one line of form 2 on %s.");
    cq_result_figure(result, N_("people"), (int64_t)cq_section_rows(rows));
    cq_form2_free(&f.form);
    return code;
}
