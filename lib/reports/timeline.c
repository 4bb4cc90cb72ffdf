/* A person's entitlements from day to day: for each service the days on which the answer is the same,
 * as lists and law are known now, what changes it, and the line of the list that says so. */
#include "reports/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "cq/answer.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "people/timeline.h"
#include "reports/overtaken_sum.h"
#include "result/result_private.h"

static const struct cq_report_column columns[] = {
    {"service", N_("Service"), CQ_CELL_CODE, false},
    {"from", N_("From"), CQ_CELL_DAY, false},
    {"to", N_("Until before"), CQ_CELL_DAY, false},
    {"outcome", N_("Outcome"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"provider", N_("Provider"), CQ_CELL_CODE, false},
    {"facility", N_("Facility"), CQ_CELL_CODE, false},
    {"payer", N_("Payer"), CQ_CELL_CODE, false},
    {"referral", N_("Referral"), CQ_CELL_CODE, true},
    {"documents", N_("Documents"), CQ_CELL_LIST, true},
    {"reasons", N_("Reasons"), CQ_CELL_LIST, false},
    {"missing", N_("Missing"), CQ_CELL_LIST, true},
    {"rule", N_("Rule"), CQ_CELL_LIST, true},
    {"basis", N_("Basis"), CQ_CELL_LIST, false},
    {"certainty", N_("Certainty"), CQ_CELL_CODE, true},
    {"gaps", N_("Gaps"), CQ_CELL_LIST, false},
    {"cause", N_("What changed"), CQ_CELL_CODE, false},
    {"told", N_("Told by"), CQ_CELL_CODE, false},
    {"edition", N_("Edition"), CQ_CELL_LIST, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"list", N_("List"), CQ_CELL_HASH, true},
    {"list_date", N_("List date"), CQ_CELL_DAY, true},
    {"line", N_("Line"), CQ_CELL_NUMBER, false},
};
enum { SERVICE, FROM, TO, OUTCOME, CATEGORY, AGENCY, CAUSE = 17, TOLD };

_Static_assert(CAUSE - OUTCOME == CQ_ANSWER_CELLS - 1, "the cells of an answer but its service");
_Static_assert((int)CQ_TOLD_PERSON == (int)CQ_TIMELINE_PERSON &&
                   (int)CQ_TOLD_FACILITY == (int)CQ_TIMELINE_FACILITY,
               "both lists have one order");

struct timeline {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_report_section *rows;
    struct cq_answers *answers;
    sqlite3_stmt *run;
};

/* Words of a list of codes, for people. */
static void add_list(const struct timeline *t, const char *kind, const char *codes)
{
    struct cq_text rest = cq_text_of(codes), part;
    struct cq_str words = {0};
    while (*codes != '\0' && cq_text_next(&rest, ';', &part)) {
        const struct cq_word *word = cq_law_word(t->request->law, kind, part.ptr, part.len);
        cq_str_puts(&words, words.len > 0 ? "; " : "");
        if (word)
            cq_str_puts(&words, word->label[t->request->language]);
        else
            cq_str_put(&words, part.ptr, part.len);
    }
    const char *label = cq_result_string(t->result, &words);
    if (*codes == '\0')
        cq_result_empty(t->result, t->rows);
    else
        cq_result_code(t->result, t->rows, cq_result_copy(t->result, codes, strlen(codes)), label);
}

static void add_cell(const struct timeline *t, int column, const char *code)
{
    const struct cq_report_column *c = &columns[column];
    if (column == AGENCY) {
        const struct cq_agency *agency = cq_law_agency(t->request->law, code, strlen(code));
        if (agency)
            cq_result_code(t->result, t->rows, agency->id, agency->name[t->request->language]);
        else
            cq_result_empty(t->result, t->rows);
    } else if (strcmp(c->name, "reasons") == 0) {
        add_list(t, "reason", code);
    } else if (strcmp(c->name, "missing") == 0) {
        add_list(t, "fact", code);
    } else {
        add_list(t, c->name, code);
    }
}

/* The editions that begin on a day, joined. */
static void add_editions(const struct timeline *t, const struct cq_period *period)
{
    const struct cq_law *law = t->request->law;
    struct cq_str ids = {0};
    for (size_t i = 0; i < law->edition_count && strcmp(period->cause, "law") == 0; i++)
        if (law->editions[i].since == period->from)
            cq_str_printf(&ids, "%s%s", ids.len > 0 ? ";" : "", law->editions[i].id);
    const char *text = cq_result_string(t->result, &ids);
    if (*text == '\0')
        cq_result_empty(t->result, t->rows);
    else
        cq_result_text(t->result, t->rows, text);
}

static void add_number(const struct timeline *t, int64_t number)
{
    if (number != 0)
        cq_result_number(t->result, t->rows, number);
    else
        cq_result_empty(t->result, t->rows);
}

/* The run that told, with the list it read. */
static enum cq_code add_run(const struct timeline *t, const struct cq_period *period,
                            struct cq_err *err)
{
    bool row = false;
    sqlite3_reset(t->run);
    sqlite3_bind_int64(t->run, 1, period->run);
    enum cq_code code = cq_db_step(t->request->db, t->run, &row, err);
    add_number(t, period->run);
    if (code || !row) {
        cq_result_empty(t->result, t->rows);
        cq_result_empty(t->result, t->rows);
    } else {
        cq_result_text(t->result, t->rows, cq_result_column(t->result, t->run, 0));
        cq_result_day(t->result, t->rows, cq_db_column_int(t->run, 1, CQ_DAY_MIN));
    }
    add_number(t, period->list_line);
    return code;
}

static enum cq_code add_period(const struct timeline *t, int service,
                               const struct cq_period *period, struct cq_err *err)
{
    const char *cells[CQ_ANSWER_CELLS];
    if (cq_answers_cells(t->answers, service, &period->answer, cells))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    add_cell(t, SERVICE, cells[0]);
    cq_result_day(t->result, t->rows, period->from);
    cq_result_day(t->result, t->rows, period->to);
    for (int i = 1; i < CQ_ANSWER_CELLS; i++)
        add_cell(t, OUTCOME - 1 + i, cells[i]);
    add_cell(t, CAUSE, period->cause);
    if (period->told == CQ_TIMELINE_NONE)
        cq_result_empty(t->result, t->rows);
    else
        cq_result_code(t->result, t->rows, cq_overtaken_told_code((int)period->told),
                       cq_report_translate(t->request, cq_overtaken_told_label((int)period->told)));
    add_editions(t, period);
    return add_run(t, period, err);
}

static enum cq_code add_service(const struct timeline *t, struct cq_people *people, int service,
                                struct cq_err *err)
{
    struct cq_timeline timeline = {0};
    const struct cq_request asked = cq_request_default(service, cq_people_first_day(people));
    enum cq_code code = cq_people_timeline(&timeline, people, t->request->iin, &asked, err);
    for (size_t i = 0; i < timeline.count && !code; i++)
        code = add_period(t, service, &timeline.list[i], err);
    free(timeline.list);
    return code;
}

enum cq_code cq_report_timeline(const struct cq_report_request *request,
                                struct cq_report_result *result, struct cq_err *err)
{
    struct timeline t = {.request = request, .result = result};
    struct cq_people *people = NULL;
    t.rows = CQ_SECTION(result, "rows", columns);
    t.rows->title = N_("From day to day");
    t.rows->people = true;
    enum cq_code code = cq_people_open(&people, request->db, request->law, result->run, err);
    if (!code)
        code = cq_answers_new(&t.answers, request->law, err);
    if (!code)
        code = cq_db_prepare(request->db, &t.run,
                             "SELECT file_hash, list_date FROM run WHERE id = ?1", err);
    for (int service = 0; service < CQ_SERVICES && !code; service++)
        code = add_service(&t, people, service, err);
    result->summary =
        N_("What the person is entitled to from day to day, as lists and law are known "
           "now, and what changes it.");
    sqlite3_finalize(t.run);
    cq_answers_free(t.answers);
    cq_people_close(people);
    return code;
}
