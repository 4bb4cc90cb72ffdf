/* The report reconcile: what goes back to the personnel service that sent a list. Once its findings
 * are settled in the list, the next report has none. */
#include <stdlib.h>
#include <string.h>

#include "cq/lists.h"
#include "reports/reconcile_fallen.h"
#include "reports/reconcile_lists.h"
#include "reports/reconcile_people.h"
#include "reports/report_private.h"

static const char *const kind_names[CQ_RECONCILE_KINDS] = {"rejected", "not_named", "contradicted"};
static const char *const kind_words[CQ_RECONCILE_KINDS] = {N_("row not taken"), N_("not named"),
                                                           N_("contradicted")};
static const char *const step_names[CQ_RECONCILE_STEPS] = {"mend", "add_or_end", "correct", "end",
                                                           "sponsor"};
static const char *const step_words[CQ_RECONCILE_STEPS] = {
    N_("correct the row and send it again"),
    N_("add the person to the list, or send the row with valid_to"),
    N_("write the other value, or have it corrected there"),
    N_("write this day as valid_to, or have the other side corrected"),
    N_("correct the sponsor's IIN, or send the sponsor's row")};

static const struct cq_report_column columns[] = {
    {"finding", N_("Finding"), CQ_CELL_CODE, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"line", N_("Line of the list"), CQ_CELL_NUMBER, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"field", N_("Column"), CQ_CELL_CODE, false},
    {"code", N_("Code"), CQ_CELL_TEXT, false},
    {"yours", N_("Your list says"), CQ_CELL_TEXT, false},
    {"theirs", N_("Others say"), CQ_CELL_TEXT, false},
    {"source", N_("Who says otherwise"), CQ_CELL_CODE, false},
    {"since", N_("Since"), CQ_CELL_DAY, false},
    {"days", N_("Days"), CQ_CELL_COUNT, false},
    {"do", N_("What to do"), CQ_CELL_CODE, false},
    {"text", N_("What is wrong"), CQ_CELL_MESSAGE, false},
};
static const struct cq_report_column head_columns[] = {
    {"what", N_("About the list"), CQ_CELL_TEXT, false},
    {"value", N_("Value"), CQ_CELL_TEXT, false},
};
static const struct cq_report_column rejected_columns[] = {
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"line", N_("Line of the list"), CQ_CELL_NUMBER, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"field", N_("Column"), CQ_CELL_CODE, false},
    {"code", N_("Code"), CQ_CELL_TEXT, false},
    {"text", N_("What is wrong"), CQ_CELL_MESSAGE, false},
    {"source", N_("Who says otherwise"), CQ_CELL_CODE, false},
};
static const struct cq_report_column not_named_columns[] = {
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"since", N_("Held since"), CQ_CELL_DAY, false},
    {"run", N_("Last named by run"), CQ_CELL_NUMBER, false},
    {"days", N_("Days ago"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column contradicted_columns[] = {
    {"line", N_("Line of the list"), CQ_CELL_NUMBER, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"field", N_("Column"), CQ_CELL_CODE, false},
    {"yours", N_("Your list says"), CQ_CELL_TEXT, false},
    {"theirs", N_("Others say"), CQ_CELL_TEXT, false},
    {"source", N_("Who says otherwise"), CQ_CELL_CODE, false},
    {"text", N_("What is wrong"), CQ_CELL_MESSAGE, false},
    {"do", N_("What to do"), CQ_CELL_CODE, false},
};

/* The words of columns that are named most, where a catalogue has them. */
static const char *field_word(const char *field)
{
    static const struct {
        const char *field, *word;
    } words[] = {
        {"iin", N_("IIN")},
        {"last_name", N_("Last name")},
        {"first_name", N_("First name")},
        {"middle_name", N_("Middle name")},
        {"birth_date", N_("Birth date")},
        {"sex", N_("Sex")},
        {"category", N_("Category")},
        {"agency", N_("Agency")},
        {"sponsor_iin", N_("IIN of the sponsor")},
        {"valid_from", N_("Valid from")},
        {"valid_to", N_("Valid before")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].field, field) == 0)
            return words[i].word;
    return field;
}

/* What a code means: its text, with the values that the column allows. */
static const char *meaning_of(const struct cq_reconcile *r, const struct cq_reconcile_finding *f,
                              const char *text)
{
    const char *mark = strstr(text, "%s");
    struct cq_list list;
    struct cq_str out = {0};
    if (!mark)
        return text;
    size_t len = (size_t)(mark - text);
    cq_list_init(&list, CQ_KIND_CONTINGENT, r->request->law);
    cq_str_put(&out, text, len);
    for (size_t i = 0; i < list.in_file && f->field; i++)
        if (strcmp(list.columns[i].name, f->field) == 0)
            cq_column_allowed(&list.columns[i], i == CQ_P_CATEGORY, &out);
    while (out.len == len && len > 0 && (text[len - 1] == ' ' || text[len - 1] == ':'))
        out.len = --len;
    if (!out.failed)
        out.ptr[out.len] = '\0';
    return cq_result_string(r->result, &out);
}

static void add_text(struct cq_reconcile *r, struct cq_report_section *s, const char *text)
{
    if (text)
        cq_result_text(r->result, s, text);
    else
        cq_result_empty(r->result, s);
}

/* Who says otherwise: an agency, or another kind of list. */
static void add_source(struct cq_reconcile *r, struct cq_report_section *s,
                       const struct cq_reconcile_finding *f)
{
    const struct cq_agency *agency = cq_law_agency_number(r->request->law, f->agency);
    if (agency)
        cq_result_code(r->result, s, agency->id, agency->name[r->request->language]);
    else if (f->source)
        cq_result_code(r->result, s, f->source, cq_report_word(r->request, "source", f->source));
    else
        cq_result_empty(r->result, s);
}

static void add_number(struct cq_reconcile *r, struct cq_report_section *s, int64_t number,
                       int64_t none)
{
    if (number == none)
        cq_result_empty(r->result, s);
    else
        cq_result_number(r->result, s, number);
}

/* With --mask values are left out too: they are of people. */
static void add_cell(struct cq_reconcile *r, struct cq_report_section *s, const char *column,
                     const struct cq_reconcile_finding *f)
{
    struct cq_report_result *result = r->result;
    const struct cq_report_request *request = r->request;
    if (strcmp(column, "finding") == 0)
        cq_result_code(result, s, kind_names[f->kind],
                       cq_report_translate(request, kind_words[f->kind]));
    else if (strcmp(column, "run") == 0)
        add_number(r, s, f->run, 0);
    else if (strcmp(column, "line") == 0)
        add_number(r, s, f->line, 0);
    else if (strcmp(column, "iin") == 0)
        cq_result_iin(request, result, s, f->iin);
    else if (strcmp(column, "last_name") == 0)
        add_text(r, s, request->mask ? NULL : f->last_name);
    else if (strcmp(column, "first_name") == 0)
        add_text(r, s, request->mask ? NULL : f->first_name);
    else if (strcmp(column, "field") == 0 && f->field)
        cq_result_code(result, s, f->field, cq_report_translate(request, field_word(f->field)));
    else if (strcmp(column, "code") == 0)
        add_text(r, s, f->code);
    else if (strcmp(column, "yours") == 0)
        add_text(r, s, request->mask ? NULL : f->yours);
    else if (strcmp(column, "theirs") == 0)
        add_text(r, s, request->mask ? NULL : f->theirs);
    else if (strcmp(column, "source") == 0)
        add_source(r, s, f);
    else if (strcmp(column, "since") == 0)
        cq_result_day(result, s, f->since);
    else if (strcmp(column, "days") == 0)
        add_number(r, s, f->days, -1);
    else if (strcmp(column, "do") == 0)
        cq_result_code(result, s, step_names[f->step],
                       cq_report_translate(request, step_words[f->step]));
    else if (strcmp(column, "text") == 0)
        cq_result_code(result, s, meaning_of(r, f, f->text),
                       meaning_of(r, f, cq_report_translate(request, f->text)));
    else
        cq_result_empty(result, s);
}

static int by_kind(const void *a, const void *b)
{
    const struct cq_reconcile_finding *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->kind == CQ_REJECTED && x->run != y->run)
        return x->run < y->run ? -1 : 1;
    if (x->kind == CQ_REJECTED)
        return x->line < y->line ? -1 : x->line > y->line;
    if (x->iin != y->iin)
        return x->iin < y->iin ? -1 : 1;
    return x->field && y->field ? strcmp(x->field, y->field) : 0;
}

/* Adds the findings of a kind, of all kinds where it is CQ_RECONCILE_KINDS. */
static void add_findings(struct cq_reconcile *r, struct cq_report_section *s,
                         enum cq_reconcile_kind kind)
{
    s->people = true;
    for (size_t i = 0; i < r->count; i++)
        for (size_t c = 0; c < s->column_count; c++)
            if (kind == CQ_RECONCILE_KINDS || kind == r->findings[i].kind)
                add_cell(r, s, s->columns[c].name, &r->findings[i]);
}

static void add_fact(struct cq_reconcile *r, struct cq_report_section *head, const char *what,
                     const char *value)
{
    cq_result_code(r->result, head, what, cq_report_translate(r->request, what));
    add_text(r, head, value);
}

static void add_count(struct cq_reconcile *r, struct cq_report_section *head, const char *what,
                      sqlite3_stmt *stmt, int column)
{
    if (sqlite3_column_type(stmt, column) != SQLITE_NULL)
        add_fact(r, head, what, cq_result_column(r->result, stmt, column));
}

static const struct cq_report_column mode = {"mode", N_("Mode"), CQ_CELL_CODE, false};

/* The last list: which it is, how old, and what became of its rows. Of a list of several agencies
 * only what is known by agency. */
static enum cq_code add_head(struct cq_reconcile *r, struct cq_report_section *head,
                             struct cq_err *err)
{
    static const char sql[] =
        "SELECT run.id, date(list_date * 86400, 'unixepoch'), ?3 - list_date, file_hash, mode,"
        " coalesce(a.read, iif(run.agency, run.read, NULL)),"
        " iif(run.agency, added + changed + unchanged, NULL), iif(run.agency, added, NULL),"
        " iif(run.agency, changed, NULL), iif(run.agency, unchanged, NULL),"
        " iif(run.agency, ended, NULL), coalesce(a.rejected, iif(run.agency, run.rejected, NULL)),"
        " coalesce(a.warnings, iif(run.agency, run.warnings, NULL)) FROM run"
        " LEFT JOIN run_agency AS a ON a.run = run.id AND a.agency = ?2 WHERE run.id = ?1";
    static const char *const counts[] = {
        N_("Rows read"),        N_("Rows taken"),   N_("of them new"),    N_("of them changed"),
        N_("of them the same"), N_("People ended"), N_("Rows not taken"), N_("Warnings")};
    sqlite3_stmt *stmt = NULL;
    struct cq_str held = {0};
    bool row = false;
    enum cq_code code = cq_db_prepare(r->request->db, &stmt, sql, err);
    if (code)
        return code;
    sqlite3_bind_int64(stmt, 1, r->last);
    sqlite3_bind_int(stmt, 2, r->agency);
    sqlite3_bind_int(stmt, 3, r->request->day);
    code = cq_db_step(r->request->db, stmt, &row, err);
    if (!code && row) {
        add_count(r, head, N_("Run"), stmt, 0);
        add_count(r, head, N_("Day of the list"), stmt, 1);
        add_count(r, head, N_("Days old"), stmt, 2);
        add_count(r, head, N_("File (BLAKE2b)"), stmt, 3);
        cq_result_code(r->result, head, mode.heading,
                       cq_report_translate(r->request, mode.heading));
        cq_result_word(r->request, r->result, head, &mode, cq_result_column(r->result, stmt, 4));
        for (int i = 0; i < (int)(sizeof counts / sizeof *counts); i++)
            add_count(r, head, counts[i], stmt, 5 + i);
    } else {
        add_fact(r, head, N_("Run"),
                 cq_report_translate(r->request, N_("none: this agency has sent no list yet")));
    }
    sqlite3_finalize(stmt);
    cq_str_printf(&held, "%lld", (long long)r->held);
    add_fact(r, head, N_("People held in force"), cq_result_string(r->result, &held));
    return code;
}

static void add_sections(struct cq_reconcile *r)
{
    struct cq_report_section *s = CQ_SECTION(r->result, "rejected", rejected_columns);
    s->title = N_("Rows that were not taken");
    s->note = N_("Correct each row and send it again with the next list.");
    add_findings(r, s, CQ_REJECTED);
    s = CQ_SECTION(r->result, "not_named", not_named_columns);
    s->title = N_("Held, and not named by the last list");
    s->note = r->whole > 0
                  ? N_("Add the person to the list, or send the row with valid_to: a list that "
                       "leaves somebody out ends nobody, unless it is a full one.")
                  : N_("Not known yet: it is told from the next list on.");
    add_findings(r, s, CQ_NOT_NAMED);
    s = CQ_SECTION(r->result, "contradicted", contradicted_columns);
    s->title = N_("Where others do not agree");
    add_findings(r, s, CQ_CONTRADICTED);
}

static void add_figures(struct cq_reconcile *r)
{
    int64_t counts[CQ_RECONCILE_KINDS] = {0};
    for (size_t i = 0; i < r->count; i++)
        counts[r->findings[i].kind]++;
    cq_result_figure(r->result, N_("to settle"), (int64_t)r->count);
    cq_result_figure(r->result, N_("rows not taken"), counts[CQ_REJECTED]);
    cq_result_figure(r->result, N_("not named"), counts[CQ_NOT_NAMED]);
    cq_result_figure(r->result, N_("contradicted"), counts[CQ_CONTRADICTED]);
}

enum cq_code cq_report_reconcile(const struct cq_report_request *request,
                                 struct cq_report_result *result, struct cq_err *err)
{
    struct cq_reconcile r = {.request = request, .result = result, .agency = request->agency};
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns), *head;
    rows->place = CQ_SECTION_TOTALS; /* for people it is three tables */
    head = CQ_SECTION(result, "head", head_columns);
    head->title = N_("The last list");
    enum cq_code code = cq_reconcile_lists(&r, err);
    if (!code)
        code = cq_reconcile_read_fallen(&r, err);
    if (!code)
        code = cq_reconcile_people(&r, err);
    if (!code)
        code = cq_reconcile_last_named(&r, err);
    if (!code)
        code = add_head(&r, head, err);
    if (r.count > 1)
        qsort(r.findings, r.count, sizeof *r.findings, by_kind);
    if (!code) {
        add_findings(&r, rows, CQ_RECONCILE_KINDS);
        add_sections(&r);
        add_figures(&r);
        result->answer = cq_law_agency_number(request->law, r.agency)->name[request->language];
    }
    result->signature = true;
    result->has_day = true;
    result->summary = N_("What the sender of the list is to settle, as the registry stands on %s. "
                         "Once it is settled in the list, the next report is empty.");
    for (int i = 0; i < CQ_RECONCILE_QUERIES; i++)
        sqlite3_finalize(r.queries[i]);
    free(r.findings);
    free(r.named);
    free(r.fallen);
    return code;
}
