/* The report quality: how reliable each agency's list is, by named measures and a score of them,
 * and the worst rows, for the HR service to correct. */
#include <stdlib.h>

#include "cq/date.h"
#include "people/links.h"
#include "reports/quality_count.h"
#include "reports/report_private.h"
#include "reports/review.h"
#include "reports/review_open.h"

static const char *const finding_names[FINDINGS] = {"missing_residence",
                                                    "missing_sex",
                                                    "missing_service_place",
                                                    "missing_service_id",
                                                    "missing_coresident",
                                                    "missing_special_rank",
                                                    "missing_killed_on",
                                                    "missing_pension_certificate",
                                                    "orphan",
                                                    "lookalike",
                                                    "no_card",
                                                    "twin"};

/* A measure that hits every row costs its weight. Cards are opened by polyclinics, not by the HR
 * service: they are counted here, and cost nothing. */
static const int weights[MEASURES] = {25, 10, 20, 20, 5, 0, 10};
enum { STALE_WEIGHT = 10, STALE_DAYS = 31 };
static const char *const measure_names[MEASURES] = {"missing",    "warned",  "conflicts", "orphans",
                                                    "lookalikes", "no_card", "twins"};

static const struct cq_report_column columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"list_date", N_("Day of the last list"), CQ_CELL_DAY, false},
    {"age_days", N_("Days old"), CQ_CELL_COUNT, false},
    {"rows", N_("Entries"), CQ_CELL_COUNT, false},
    {"missing", N_("With a missing field"), CQ_CELL_COUNT, false},
    {"warned", N_("Warnings in the last list"), CQ_CELL_COUNT, false},
    {"conflicts", N_("Contradictions in the last list"), CQ_CELL_COUNT, false},
    {"orphans", N_("Without known sponsor"), CQ_CELL_COUNT, false},
    {"lookalikes", N_("Latin letters"), CQ_CELL_COUNT, false},
    {"no_card", N_("Without card"), CQ_CELL_COUNT, false},
    {"twins", N_("Probable duplicates"), CQ_CELL_COUNT, false},
    {"score", N_("Score of 100"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column score_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"score", N_("Score of 100"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column measure_columns[] = {
    {"measure", N_("Entries that are"), CQ_CELL_CODE, false},
    {"rows", N_("Entries"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column trend_columns[] = {
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"list_date", N_("Day of the list"), CQ_CELL_DAY, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"read", N_("Read"), CQ_CELL_COUNT, false},
    {"rejected", N_("Rejected"), CQ_CELL_COUNT, false},
    {"warnings", N_("Warnings"), CQ_CELL_COUNT, false},
    {"per_1000", N_("Rejected or warned, of 1000"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column worst_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"line", N_("Line of the list"), CQ_CELL_NUMBER, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
    {"findings", N_("What is wrong"), CQ_CELL_LIST, false},
};
static const struct cq_report_column review_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"line", N_("Line of the list"), CQ_CELL_NUMBER, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"code", N_("Code"), CQ_CELL_TEXT, false},
};

/* Thousandths of the weight by which a measure lowers the score. */
static int64_t cost(const struct agency *a, int measure)
{
    int64_t whole = measure == WARNED || measure == CONFLICTS ? a->read : a->rows;
    int64_t hit = a->measures[measure] < whole ? a->measures[measure] : whole;
    return whole > 0 ? weights[measure] * 1000 * hit / whole : 0;
}

static int64_t score_of(const struct quality *q, const struct agency *a)
{
    int64_t score = 100000;
    for (int m = 0; m < MEASURES; m++)
        score -= cost(a, m);
    if (a->list_date == CQ_DAY_MIN || q->request->day - a->list_date > STALE_DAYS)
        score -= STALE_WEIGHT * 1000;
    return (score + 500) / 1000;
}

static void add_agencies(struct quality *q, struct cq_report_section *rows)
{
    struct cq_report_section *scores = CQ_SECTION(q->result, "scores", score_columns);
    scores->title = N_("Score by agency");
    scores->place = CQ_SECTION_PICTURE;
    scores->chart = CQ_CHART_BARS;
    for (int i = 0; i < AGENCIES; i++) {
        const struct agency *a = &q->agencies[i];
        struct cq_report_result *r = q->result;
        if (a->rows == 0 && a->run == 0)
            continue;
        cq_result_word_number(q->request, r, rows, &columns[0], i);
        cq_result_day(r, rows, a->list_date);
        if (a->list_date == CQ_DAY_MIN)
            cq_result_empty(r, rows);
        else
            cq_result_number(r, rows, q->request->day - a->list_date);
        cq_result_number(r, rows, a->rows);
        for (int m = 0; m < MEASURES; m++)
            cq_result_number(r, rows, a->measures[m]);
        cq_result_number(r, rows, score_of(q, a));
        cq_result_word_number(q->request, r, scores, &score_columns[0], i);
        cq_result_number(r, scores, score_of(q, a));
    }
}

static void add_measures(struct quality *q)
{
    struct cq_report_section *s = CQ_SECTION(q->result, "measures", measure_columns);
    s->title = N_("What lowers the scores");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    for (int m = 0; m < MEASURES; m++) {
        int64_t sum = 0;
        if (weights[m] == 0)
            continue;
        for (int i = 0; i < AGENCIES; i++)
            sum += q->agencies[i].measures[m];
        cq_result_word(q->request, q->result, s, &measure_columns[0], measure_names[m]);
        cq_result_number(q->result, s, sum);
    }
}

static const char *finding_list(struct quality *q, uint32_t findings)
{
    struct cq_str out = {0};
    for (int i = 0; i < FINDINGS; i++)
        if ((findings >> i & 1) != 0)
            cq_str_printf(&out, "%s%s", out.len > 0 ? ";" : "", finding_names[i]);
    return cq_result_string(q->result, &out);
}

static enum cq_code add_worst(struct quality *q, struct cq_err *err)
{
    struct cq_report_section *s = CQ_SECTION(q->result, "worst", worst_columns);
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(
        q->request->db, &stmt,
        "SELECT last_name, first_name, run_from, list_line FROM person WHERE id = ?1", err);
    s->title = N_("The rows to mend first");
    s->note = N_(
        "The line is that of the list which the run imported; none where a list was taken back.");
    s->people = true;
    for (int i = 0; i < AGENCIES && !code; i++)
        for (size_t k = 0; k < q->agencies[i].worst_count && !code; k++) {
            const struct worst *w = &q->agencies[i].worst[k];
            bool row = false;
            sqlite3_bind_int64(stmt, 1, w->id);
            code = cq_db_step(q->request->db, stmt, &row, err);
            cq_result_word_number(q->request, q->result, s, &worst_columns[0], i);
            cq_result_number(q->result, s, sqlite3_column_int64(stmt, 2));
            cq_result_number(q->result, s, sqlite3_column_int64(stmt, 3));
            cq_result_iin(q->request, q->result, s, w->id >> CQ_GROUP_SHIFT);
            cq_result_name(q->request, q->result, s, stmt, 0);
            cq_result_name(q->request, q->result, s, stmt, 1);
            cq_result_text(q->result, s, finding_list(q, w->findings));
            sqlite3_reset(stmt);
        }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code add_contradiction(const struct cq_contradiction *c, void *context,
                                      struct cq_err *err)
{
    struct quality *q = context;
    struct cq_report_section *s = &q->result->sections[q->result->section_count - 1];
    (void)err;
    if (!cq_links_open(NULL, q->verdicts, c->iin, c->iin))
        return CQ_OK;
    cq_result_word_number(q->request, q->result, s, &review_columns[0], c->agency);
    cq_result_number(q->result, s, c->run);
    cq_result_number(q->result, s, c->line);
    cq_result_iin(q->request, q->result, s, c->iin);
    cq_result_text(q->result, s, cq_code_id(CQ_R_CONFLICT));
    return CQ_OK;
}

static enum cq_code add_contradictions(struct quality *q, struct cq_err *err)
{
    struct cq_report_section *s = CQ_SECTION(q->result, "review", review_columns);
    s->title = N_("Rows not taken that are to be settled");
    s->people = true;
    return cq_contradictions_read(q->request->db, q->result->run, add_contradiction, q, err);
}

static enum cq_code add_lists(struct quality *q, struct cq_err *err)
{
    static const char trend[] =
        "SELECT * FROM (SELECT id, list_date, agency, read, rejected, warnings,"
        " (rejected + warnings) * 1000 / max(read, 1) FROM run WHERE kind = 'contingent'"
        " AND mode <> 'undo' AND id <= ?1 ORDER BY id DESC LIMIT 24) ORDER BY id";
    const int64_t params[] = {q->result->run};
    struct cq_report_section *s = CQ_SECTION(q->result, "trend", trend_columns);
    s->title = N_("List by list");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_LINE;
    enum cq_code code = cq_result_query(q->request, q->result, s, trend, params, err);
    return code ? code : add_contradictions(q, err);
}

enum cq_code cq_report_quality(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    if (request->review)
        return cq_report_review(request, result, err);
    struct quality *q = calloc(1, sizeof *q);
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    if (!q)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    q->request = request;
    q->result = result;
    rows->title = N_("Agency by agency");
    struct cq_verdicts verdicts = {0};
    q->verdicts = &verdicts;
    enum cq_code code = cq_verdicts_read(&verdicts, request->db, result->run, request->day, err);
    if (!code)
        code = cq_quality_count(q, err);
    if (!code) {
        add_agencies(q, rows);
        add_measures(q);
        code = add_lists(q, err);
    }
    if (!code)
        code = add_worst(q, err);
    cq_result_figure(result, N_("entries"), (int64_t)q->count);
    int64_t twins = 0, missing = 0;
    for (int i = 0; i < AGENCIES; i++) {
        twins += q->agencies[i].measures[TWINS];
        missing += q->agencies[i].measures[MISSING];
    }
    cq_result_figure(result, N_("with a missing field"), missing);
    cq_result_figure(result, N_("probable duplicates"), twins);
    result->has_day = true;
    result->summary = N_("How far the HR lists can be relied on, on %s, and which rows to mend "
                         "first.");
    cq_verdicts_free(&verdicts);
    free(q->entries);
    free(q);
    return code;
}
