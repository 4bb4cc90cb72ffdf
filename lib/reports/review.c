/* The report quality with --review: what people have to settle, a row for each matter. Filled in,
 * it is a list of verdicts. */
#include "reports/review.h"

#include <stdlib.h>
#include <string.h>

#include "cq/lists.h"
#include "people/links.h"
#include "people/twin_compare.h"
#include "people/twins.h"
#include "reports/review_lists.h"
#include "reports/review_open.h"

/* In the order of cq_review_columns, which has their names. */
static const struct {
    const char *heading;
    enum cq_cell cell;
} headings[CQ_REVIEW_COLUMNS] = {
    [CQ_REVIEW_KIND] = {N_("What it is"), CQ_CELL_CODE},
    [CQ_REVIEW_REASON] = {N_("Why"), CQ_CELL_CODE},
    [CQ_REVIEW_IIN] = {N_("IIN"), CQ_CELL_IIN},
    [CQ_REVIEW_AGENCY] = {N_("Agency"), CQ_CELL_CODE},
    [CQ_REVIEW_LAST_NAME] = {N_("Last name"), CQ_CELL_NAME},
    [CQ_REVIEW_FIRST_NAME] = {N_("First name"), CQ_CELL_NAME},
    [CQ_REVIEW_MIDDLE_NAME] = {N_("Middle name"), CQ_CELL_NAME},
    [CQ_REVIEW_BIRTH_DATE] = {N_("Birth date"), CQ_CELL_DAY},
    [CQ_REVIEW_OTHER_IIN] = {N_("Other IIN"), CQ_CELL_IIN},
    [CQ_REVIEW_OTHER_AGENCY] = {N_("Its agency"), CQ_CELL_CODE},
    [CQ_REVIEW_OTHER_LAST_NAME] = {N_("Its last name"), CQ_CELL_NAME},
    [CQ_REVIEW_OTHER_FIRST_NAME] = {N_("Its first name"), CQ_CELL_NAME},
    [CQ_REVIEW_OTHER_MIDDLE_NAME] = {N_("Its middle name"), CQ_CELL_NAME},
    [CQ_REVIEW_OTHER_BIRTH_DATE] = {N_("Its birth date"), CQ_CELL_DAY},
    [CQ_REVIEW_RUN] = {N_("Run"), CQ_CELL_NUMBER},
    [CQ_REVIEW_LINE] = {N_("Line of the list"), CQ_CELL_NUMBER},
    [CQ_REVIEW_VERDICT] = {N_("Verdict"), CQ_CELL_TEXT},
    [CQ_REVIEW_WHOSE] = {N_("Whose words are right"), CQ_CELL_TEXT},
};

struct review {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_report_section *rows;
    const struct cq_verdicts *verdicts;
    const struct cq_links *links;
    sqlite3_stmt *entry; /* names and birth date of a version */
    int64_t contradictions, twins;
};

static struct cq_report_section *open_rows(struct cq_report_result *result)
{
    struct cq_report_column *columns = cq_result_alloc(result, CQ_REVIEW_COLUMNS * sizeof *columns);
    for (int i = 0; columns && i < CQ_REVIEW_COLUMNS; i++)
        columns[i] = (struct cq_report_column){cq_review_columns[i], headings[i].heading,
                                               headings[i].cell, false};
    struct cq_report_section *rows =
        cq_result_section(result, "rows", columns, columns ? CQ_REVIEW_COLUMNS : 0);
    rows->title = N_("To be settled");
    rows->people = true;
    return rows;
}

static const char *word_of(const struct review *v, const char *code)
{
    const struct cq_word *word = cq_law_word(v->request->law, "review", code, strlen(code));
    return word ? word->label[v->request->language] : code;
}

/* What it is, and the reasons, each by its code and its word; one of its own where there are none. */
static void add_reasons(struct review *v, const char *kind, const char *own, unsigned reasons,
                        bool changed)
{
    static const char *const names[] = {"same",          "spelling",      "one_letter",
                                        "swapped_names", "birth_swapped", "birth_digit",
                                        "iin_digit"};
    struct cq_str codes = {0}, words = {0};
    if (reasons == 0) {
        cq_str_puts(&codes, own);
        cq_str_puts(&words, word_of(v, own));
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if ((reasons >> i & 1) == 0)
            continue;
        cq_str_printf(&codes, "%s%s", codes.len ? ";" : "", names[i]);
        cq_str_printf(&words, "%s%s", words.len ? "; " : "", word_of(v, names[i]));
    }
    if (changed) {
        cq_str_puts(&codes, ";changed_since");
        cq_str_printf(&words, "; %s", word_of(v, "changed_since"));
    }
    const char *code = cq_result_string(v->result, &codes);
    cq_result_code(v->result, v->rows, kind, word_of(v, kind));
    cq_result_code(v->result, v->rows, code, cq_result_string(v->result, &words));
}

/* IIN, agency, names and birth date of an entry; of an agency's row that was not taken nothing but
 * the IIN is known. id 0 for such a one. */
static enum cq_code add_side(struct review *v, int64_t iin, int agency, int64_t id,
                             struct cq_err *err)
{
    const struct cq_report_column *column = &v->rows->columns[CQ_REVIEW_AGENCY];
    bool row = false;
    sqlite3_bind_int64(v->entry, 1, id);
    enum cq_code code = cq_db_step(v->request->db, v->entry, &row, err);
    cq_result_iin(v->request, v->result, v->rows, iin);
    cq_result_word_number(v->request, v->result, v->rows, column, agency);
    for (int i = 0; i < 3; i++)
        if (!code && row)
            cq_result_name(v->request, v->result, v->rows, v->entry, i);
        else
            cq_result_empty(v->result, v->rows);
    if (!code && row && !v->request->mask)
        cq_result_day(v->result, v->rows, sqlite3_column_int(v->entry, 3));
    else
        cq_result_empty(v->result, v->rows);
    sqlite3_reset(v->entry);
    return code;
}

/* The cells that are filled in by people. */
static void add_blanks(struct review *v)
{
    cq_result_empty(v->result, v->rows);
    cq_result_empty(v->result, v->rows);
}

/* Whether a matter is to be listed; *changed says that it was settled on other facts. */
static bool is_open(const struct review *v, int64_t iin, int64_t other_iin, bool *changed)
{
    const struct cq_verdict *verdict = cq_verdicts_find(v->verdicts, iin, other_iin);
    *changed = verdict && verdict->changed;
    return cq_links_open(v->links, v->verdicts, iin, other_iin);
}

static enum cq_code add_contradiction(const struct cq_contradiction *c, void *context,
                                      struct cq_err *err)
{
    struct review *v = context;
    bool changed;
    if (!is_open(v, c->iin, c->iin, &changed))
        return CQ_OK;
    v->contradictions++;
    add_reasons(v, "contradiction", "other_person", 0, changed);
    enum cq_code code = add_side(v, c->iin, c->agency, 0, err);
    if (!code)
        code = add_side(v, c->iin, cq_id_agency(c->entry), c->entry, err);
    cq_result_number(v->result, v->rows, c->run);
    cq_result_number(v->result, v->rows, c->line);
    add_blanks(v);
    return code;
}

/* Two lists whose rows were both taken. */
static enum cq_code add_disagreement(const struct cq_disagreement *d, void *context,
                                     struct cq_err *err)
{
    struct review *v = context;
    int64_t iin = d->id >> CQ_GROUP_SHIFT;
    bool changed;
    if (!is_open(v, iin, iin, &changed))
        return CQ_OK;
    v->contradictions++;
    add_reasons(v, "contradiction", "lists_differ", 0, changed);
    enum cq_code code = add_side(v, iin, cq_id_agency(d->later_id), d->later_id, err);
    if (!code)
        code = add_side(v, iin, cq_id_agency(d->id), d->id, err);
    cq_result_number(v->result, v->rows, d->run);
    if (d->line != 0)
        cq_result_number(v->result, v->rows, d->line);
    else
        cq_result_empty(v->result, v->rows);
    add_blanks(v);
    return code;
}

static enum cq_code add_twin(struct review *v, const struct cq_twin *t, struct cq_err *err)
{
    int64_t iin = t->id >> CQ_GROUP_SHIFT, other_iin = t->other_id >> CQ_GROUP_SHIFT;
    bool changed;
    if (!is_open(v, iin, other_iin, &changed))
        return CQ_OK;
    v->twins++;
    add_reasons(v, "twin", NULL, t->reasons, changed);
    enum cq_code code = add_side(v, iin, cq_id_agency(t->id), t->id, err);
    if (!code)
        code = add_side(v, other_iin, cq_id_agency(t->other_id), t->other_id, err);
    cq_result_empty(v->result, v->rows);
    cq_result_empty(v->result, v->rows);
    add_blanks(v);
    return code;
}

static enum cq_code add_twins(struct review *v, struct cq_err *err)
{
    struct cq_twins twins = {0};
    enum cq_code code = cq_twins_find(&twins, v->request->db, v->result->run, v->request->day, err);
    for (size_t i = 0; i < twins.count && !code; i++)
        code = add_twin(v, &twins.list[i], err);
    free(twins.list);
    return code;
}

enum cq_code cq_report_review(const struct cq_report_request *request,
                              struct cq_report_result *result, struct cq_err *err)
{
    static const char entry[] =
        "SELECT last_name, first_name, middle_name, birth_date FROM person WHERE id = ?1";
    struct cq_verdicts verdicts = {0};
    struct cq_links links = {0};
    struct review v = {
        .request = request, .result = result, .verdicts = &verdicts, .links = &links};
    v.rows = open_rows(result);
    enum cq_code code = cq_verdicts_read(&verdicts, request->db, result->run, request->day, err);
    if (!code)
        code = cq_links_read(&links, request->db, result->run, request->day, err);
    if (!code)
        code = cq_db_prepare(request->db, &v.entry, entry, err);
    if (!code)
        code = cq_contradictions_read(request->db, result->run, add_contradiction, &v, err);
    if (!code)
        code = cq_disagreements_read(request->db, result->run, request->day, add_disagreement, &v,
                                     err);
    if (!code)
        code = add_twins(&v, err);
    cq_result_figure(result, N_("contradictions"), v.contradictions);
    cq_result_figure(result, N_("probable duplicates"), v.twins);
    cq_result_figure(result, N_("settled"), (int64_t)verdicts.count);
    result->has_day = true;
    result->summary = N_("What people have to settle in the lists, on %s: filled in, it is a list "
                         "for cq-import --kind=verdicts.");
    sqlite3_finalize(v.entry);
    cq_verdicts_free(&verdicts);
    free(links.list);
    return code;
}
