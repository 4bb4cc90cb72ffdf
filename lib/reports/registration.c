/* The report registration: by polyclinic, whose registration is done, and who still has to be given a
 * card or asked for papers. A worklist; no answer about entitlement rests on it. */
#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "people/papers.h"
#include "reports/registration_count.h"
#include "reports/report_private.h"

static const struct cq_report_column columns[] = {
    {"facility", N_("Polyclinic"), CQ_CELL_CODE, false},
    {"registration", N_("Registration"), CQ_CELL_CODE, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"card_no", N_("Card"), CQ_CELL_TEXT, false},
    {"registered_on", N_("Registered on"), CQ_CELL_DAY, false},
    {"papers", N_("Papers seen"), CQ_CELL_CODE, false},
    {"lacking", N_("Still to be seen"), CQ_CELL_CODE, false},
};
static const struct cq_report_column place_columns[] = {
    {"facility", N_("Polyclinic"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
    {"done", N_("Done"), CQ_CELL_COUNT, false},
    {"no_card", N_("Without card"), CQ_CELL_COUNT, false},
    {"incomplete", N_("Papers lacking"), CQ_CELL_COUNT, false},
    {"not_recorded", N_("Papers not recorded"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column state_columns[] = {
    {"facility", N_("Polyclinic"), CQ_CELL_CODE, false},
    {"registration", N_("Registration"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column lacking_columns[] = {
    {"document", N_("Still to be seen"), CQ_CELL_CODE, false},
    {"people", N_("People"), CQ_CELL_COUNT, false},
};
/* The columns that each list shows to people. */
static const struct cq_report_column card_columns[] = {
    {"facility", N_("Polyclinic"), CQ_CELL_CODE, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"lacking", N_("Papers to be seen"), CQ_CELL_CODE, false},
};
static const struct cq_report_column paper_columns[] = {
    {"facility", N_("Polyclinic"), CQ_CELL_CODE, false},
    {"card_no", N_("Card"), CQ_CELL_TEXT, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"registered_on", N_("Registered on"), CQ_CELL_DAY, false},
    {"papers", N_("Papers seen"), CQ_CELL_CODE, false},
    {"lacking", N_("Still to be seen"), CQ_CELL_CODE, false},
};

struct registration {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_registration_count count;
    sqlite3_stmt *facility, *person;
};

/* Finds the name of a polyclinic, in the language of people. */
static enum cq_code find_label(struct registration *r, struct cq_registration_place *place,
                               struct cq_err *err)
{
    struct cq_str label = {0};
    bool row = false;
    if (*place->code == '\0') {
        place->label = cq_report_translate(r->request, N_("no polyclinic serves them"));
        return CQ_OK;
    }
    sqlite3_reset(r->facility);
    cq_db_bind_text(r->facility, 1, place->code, strlen(place->code));
    enum cq_code failed = cq_db_step(r->request->db, r->facility, &row, err);
    const char *name = row ? (const char *)sqlite3_column_text(r->facility, 0) : NULL;
    if (name)
        cq_str_printf(&label, "%s (%s)", name, place->code);
    else
        cq_str_puts(&label, place->code);
    place->label = cq_result_string(r->result, &label);
    return failed;
}

static void add_facility(struct registration *r, struct cq_report_section *s,
                         const struct cq_registration_place *place)
{
    cq_result_code(r->result, s, place->code, place->label);
}

/* Papers as data have them, and in words. */
static void add_papers(struct registration *r, struct cq_report_section *s, struct cq_str *papers)
{
    struct cq_str words = {0};
    cq_papers_words(r->request->law, r->request->language, papers->len ? papers->ptr : "", &words);
    if (papers->len == 0)
        cq_result_empty(r->result, s);
    else
        cq_result_code(r->result, s, cq_result_copy(r->result, papers->ptr, papers->len),
                       cq_result_string(r->result, &words));
    if (papers->failed)
        r->result->failed = papers->failed;
    cq_str_free(papers);
}

static void add_text(struct registration *r, struct cq_report_section *s, const char *text)
{
    if (*text && !r->request->mask)
        cq_result_text(r->result, s, text);
    else
        cq_result_empty(r->result, s);
}

static void add_cell(struct registration *r, struct cq_report_section *s,
                     const struct cq_report_column *column, const struct cq_registration_open *p)
{
    const char *name = column->name;
    struct cq_str text = {0};
    if (strcmp(name, "facility") == 0)
        add_facility(r, s, p->place);
    else if (strcmp(name, "registration") == 0)
        cq_result_word(r->request, r->result, s, column, cq_registration_states[p->state]);
    else if (strcmp(name, "iin") == 0)
        cq_result_iin(r->request, r->result, s, p->iin);
    else if (strcmp(name, "last_name") == 0)
        cq_result_name(r->request, r->result, s, r->person, 0);
    else if (strcmp(name, "first_name") == 0)
        cq_result_name(r->request, r->result, s, r->person, 1);
    else if (strcmp(name, "category") == 0)
        cq_result_word_number(r->request, r->result, s, column, p->category);
    else if (strcmp(name, "agency") == 0)
        cq_result_word_number(r->request, r->result, s, column, p->agency);
    else if (strcmp(name, "card_no") == 0)
        add_text(r, s, p->card_no);
    else if (strcmp(name, "registered_on") == 0)
        cq_result_day(r->result, s, p->registered_on);
    else if (strcmp(name, "papers") == 0) {
        cq_papers_write(p->papers, &text);
        add_papers(r, s, &text);
    } else {
        cq_papers_lacking(p->documents, p->papers, &text);
        add_papers(r, s, &text);
    }
}

/* Adds the people of some states to a list. */
static enum cq_code add_list(struct registration *r, struct cq_report_section *s, unsigned states,
                             struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    s->people = true;
    for (size_t i = 0; i < r->count.open_count && !code; i++) {
        const struct cq_registration_open *p = &r->count.open[i];
        bool row = false;
        if (!(states >> p->state & 1) || !cq_result_has_room(r->request, s))
            continue;
        sqlite3_reset(r->person);
        sqlite3_bind_int64(r->person, 1, p->version);
        code = cq_db_step(r->request->db, r->person, &row, err);
        for (size_t c = 0; c < s->column_count && !code; c++)
            add_cell(r, s, &s->columns[c], p);
    }
    return code;
}

static enum cq_code add_lists(struct registration *r, struct cq_report_section *rows,
                              struct cq_err *err)
{
    enum cq_code code = add_list(r, rows, ~0u, err);
    struct cq_report_section *s = CQ_SECTION(r->result, "cards", card_columns);
    s->title = N_("Who has no card");
    s->note =
        N_("The polyclinic is the nearest of the bodies that serves the place of residence or "
           "of service. Whoever is in a list has a right to be registered on any day (R78:14).");
    if (!code)
        code = add_list(r, s, 1u << CQ_REGISTRATION_NO_CARD, err);
    s = CQ_SECTION(r->result, "papers", paper_columns);
    s->title = N_("Whose papers are lacking, or not recorded");
    s->note = N_("To be asked for at the next visit; a paper that was not seen is no ground to "
                 "refuse care.");
    if (!code)
        code = add_list(r, s, 1u << CQ_REGISTRATION_INCOMPLETE | 1u << CQ_REGISTRATION_NOT_RECORDED,
                        err);
    return code;
}

/* Polyclinic by polyclinic: a table, and a chart of its parts. */
static enum cq_code add_places(struct registration *r, struct cq_err *err)
{
    struct cq_report_section *s = CQ_SECTION(r->result, "polyclinics", place_columns),
                             *chart = CQ_SECTION(r->result, "states", state_columns);
    enum cq_code code = CQ_OK;
    s->title = N_("Polyclinic by polyclinic");
    chart->title = N_("How far the registration is");
    chart->place = CQ_SECTION_PICTURE;
    chart->chart = CQ_CHART_STACKS;
    for (size_t i = 0; i < r->count.place_count && !code; i++) {
        struct cq_registration_place *place = r->count.places[i];
        int64_t people = 0;
        for (int state = 0; state < CQ_REGISTRATION_STATES; state++)
            people += place->people[state];
        code = find_label(r, place, err);
        add_facility(r, s, place);
        cq_result_number(r->result, s, people);
        for (int state = 0; state < CQ_REGISTRATION_STATES; state++) {
            cq_result_number(r->result, s, place->people[state]);
            if (place->people[state] == 0)
                continue;
            add_facility(r, chart, place);
            cq_result_word(r->request, r->result, chart, &state_columns[1],
                           cq_registration_states[state]);
            cq_result_number(r->result, chart, place->people[state]);
        }
    }
    return code;
}

/* How often each paper is lacking where papers were seen; either of two counts for both. */
static enum cq_code add_lacking(struct registration *r, struct cq_err *err)
{
    struct cq_report_section *s = CQ_SECTION(r->result, "lacking", lacking_columns);
    int64_t counts[CQ_PAPERS] = {0};
    struct cq_str lacking = {0};
    s->title = N_("What is lacking where papers were seen");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    for (size_t i = 0; i < r->count.open_count; i++) {
        const struct cq_registration_open *p = &r->count.open[i];
        if (p->state != CQ_REGISTRATION_INCOMPLETE)
            continue;
        cq_str_clear(&lacking);
        cq_papers_lacking(p->documents, p->papers, &lacking);
        for (const char *at = lacking.len ? lacking.ptr : ""; *at; at += *at != '\0') {
            size_t len = strcspn(at, "+/");
            for (int paper = 0; paper < CQ_PAPERS; paper++)
                counts[paper] += cq_text_is((struct cq_text){at, len}, cq_paper_names[paper]);
            at += len;
        }
    }
    for (int paper = 0; paper < CQ_PAPERS; paper++)
        if (counts[paper] > 0) {
            cq_result_word(r->request, r->result, s, &lacking_columns[0], cq_paper_names[paper]);
            cq_result_number(r->result, s, counts[paper]);
        }
    enum cq_code code = lacking.failed ? cq_err_set(err, lacking.failed, NULL) : CQ_OK;
    cq_str_free(&lacking);
    return code;
}

static void add_figures(struct registration *r)
{
    static const char *const labels[CQ_REGISTRATION_STATES] = {N_("registered"), N_("without card"),
                                                               N_("with papers lacking"),
                                                               N_("with papers not recorded")};
    int64_t sums[CQ_REGISTRATION_STATES] = {0};
    for (size_t i = 0; i < r->count.place_count; i++)
        for (int state = 0; state < CQ_REGISTRATION_STATES; state++)
            sums[state] += r->count.places[i]->people[state];
    for (int state = 0; state < CQ_REGISTRATION_STATES; state++)
        cq_result_figure(r->result, labels[state], sums[state]);
}

static enum cq_code prepare(struct registration *r, struct cq_err *err)
{
    static const char person[] = "SELECT last_name, first_name FROM person WHERE id = ?1";
    static const char facility[] =
        "SELECT CASE ?3 WHEN 0 THEN name_kk WHEN 1 THEN name_ru ELSE name_en END AS name"
        " FROM facility WHERE facility = ?1 AND run_from <= ?2 AND (run_to IS NULL OR run_to > ?2)"
        " ORDER BY name IS NULL, id LIMIT 1";
    enum cq_code code = cq_db_prepare(r->request->db, &r->facility, facility, err);
    if (!code) {
        sqlite3_bind_int64(r->facility, 2, r->result->run);
        sqlite3_bind_int(r->facility, 3, (int)r->request->language);
        code = cq_db_prepare(r->request->db, &r->person, person, err);
    }
    return code;
}

enum cq_code cq_report_registration(const struct cq_report_request *request,
                                    struct cq_report_result *result, struct cq_err *err)
{
    struct registration r = {.request = request, .result = result};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    rows->title = N_("Person by person");
    rows->place = CQ_SECTION_TOTALS; /* for people it is two lists */
    enum cq_code code = prepare(&r, err);
    if (!code)
        code = cq_registration_count(request, result, &r.count, err);
    if (!code)
        code = add_places(&r, err);
    if (!code)
        code = add_lacking(&r, err);
    if (!code)
        code = add_lists(&r, rows, err);
    if (!code)
        add_figures(&r);
    result->has_day = true;
    result->summary =
        N_("Who has an outpatient card and showed the papers that R78:14 asks for, as "
           "the registry stands on %s. A worklist: nobody is refused care for it.");
    sqlite3_finalize(r.facility);
    sqlite3_finalize(r.person);
    cq_registration_count_fini(&r.count);
    return code;
}
