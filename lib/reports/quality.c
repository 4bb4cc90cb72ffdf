/* The report quality: how reliable each agency's list is, by named measures and a score of them,
 * and the worst rows, for the HR service to correct. */
#include <stdlib.h>

#include "cq/date.h"
#include "reports/quality_count.h"
#include "reports/report_private.h"
#include "reports/review.h"

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
                                                    "twin",
                                                    "no_sponsor",
                                                    "other_relation"};
static const char *const measure_names[MEASURES] = {
    "missing", "conflicts", "orphans", "doubtful", "lookalikes", "twins", "stale"};

static const struct cq_report_column columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"list_date", N_("Day of the last list"), CQ_CELL_DAY, false},
    {"age_days", N_("Days old"), CQ_CELL_COUNT, false},
    {"rows", N_("Entries"), CQ_CELL_COUNT, false},
    {"missing", N_("With a missing field"), CQ_CELL_COUNT, false},
    {"warned", N_("Warnings in the last list"), CQ_CELL_COUNT, false},
    {"conflicts", N_("Contradictions to settle"), CQ_CELL_COUNT, false},
    {"orphans", N_("Without known sponsor"), CQ_CELL_COUNT, false},
    {"lookalikes", N_("Latin letters"), CQ_CELL_COUNT, false},
    {"no_card", N_("Without card"), CQ_CELL_COUNT, false},
    {"twins", N_("Probable duplicates"), CQ_CELL_COUNT, false},
    {"score", N_("Score of 100"), CQ_CELL_COUNT, false},
    {"doubtful", N_("With a doubtful relation"), CQ_CELL_COUNT, false},
    {"read", N_("Rows of the last list"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column score_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"score", N_("Score of 100"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column measure_columns[] = {
    {"measure", N_("Entries that are"), CQ_CELL_CODE, false},
    {"rows", N_("Entries"), CQ_CELL_COUNT, false},
};
static const struct cq_report_column mend_columns[] = {
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"measure", N_("What to mend"), CQ_CELL_CODE, false},
    {"count", N_("How many"), CQ_CELL_COUNT, false},
    {"base", N_("Of how many"), CQ_CELL_COUNT, false},
    {"gain", N_("Points gained, of 100"), CQ_CELL_CODE, false},
    {"next", N_("Which rows they are"), CQ_CELL_MESSAGE, false},
};
static const struct cq_report_column trend_columns[] = {
    {"run", N_("Run"), CQ_CELL_NUMBER, false},
    {"list_date", N_("Day of the list"), CQ_CELL_DAY, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"read", N_("Read"), CQ_CELL_COUNT, false},
    {"rejected", N_("Rejected"), CQ_CELL_COUNT, false},
    {"warnings", N_("Warnings"), CQ_CELL_COUNT, false},
    {"per_1000", N_("Rejected, of 1000 rows read"), CQ_CELL_COUNT, false},
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

static int64_t score_of(const struct agency *a)
{
    int64_t score = 100000;
    for (int m = 0; m < MEASURES; m++)
        score -= cq_quality_cost(a, m);
    return (score + 500) / 1000;
}

static void add_known(struct cq_report_result *r, struct cq_report_section *s, int64_t number)
{
    if (number < 0)
        cq_result_empty(r, s);
    else
        cq_result_number(r, s, number);
}

static bool is_shown(const struct agency *a)
{
    return a->rows > 0 || a->run > 0 || a->measures[CONFLICTS] > 0;
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
        if (!is_shown(a))
            continue;
        cq_result_word_number(q->request, r, rows, &columns[0], i);
        cq_result_day(r, rows, a->list_date);
        if (a->list_date == CQ_DAY_MIN)
            cq_result_empty(r, rows);
        else
            cq_result_number(r, rows, q->request->day - a->list_date);
        cq_result_number(r, rows, a->rows);
        cq_result_number(r, rows, a->measures[MISSING]);
        add_known(r, rows, a->warnings);
        cq_result_number(r, rows, a->measures[CONFLICTS]);
        cq_result_number(r, rows, a->measures[ORPHANS]);
        cq_result_number(r, rows, a->measures[LOOKALIKES]);
        cq_result_number(r, rows, a->no_card);
        cq_result_number(r, rows, a->measures[TWINS]);
        cq_result_number(r, rows, score_of(a));
        cq_result_number(r, rows, a->measures[DOUBTFUL]);
        add_known(r, rows, a->read);
        cq_result_word_number(q->request, r, scores, &score_columns[0], i);
        cq_result_number(r, scores, score_of(a));
    }
}

static int64_t sum_of(const struct quality *q, int measure)
{
    int64_t sum = 0;
    for (int i = 0; i < AGENCIES; i++)
        sum += q->agencies[i].measures[measure];
    return sum;
}

static void add_measures(struct quality *q)
{
    struct cq_report_section *s = CQ_SECTION(q->result, "measures", measure_columns);
    s->title = N_("What lowers the scores");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_BARS;
    for (int m = 0; m < STALE; m++) {
        int64_t sum = sum_of(q, m);
        cq_result_word(q->request, q->result, s, &measure_columns[0], measure_names[m]);
        cq_result_number(q->result, s, sum);
    }
}

/* What one agency can gain by one measure. */
struct gain {
    int agency, measure;
    int64_t cost;
};

static int by_gain(const void *a, const void *b)
{
    const struct gain *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost > y->cost ? -1 : 1;
    if (x->agency != y->agency)
        return x->agency < y->agency ? -1 : 1;
    return (x->measure > y->measure) - (x->measure < y->measure);
}

/* Points with one decimal, in the writing of the reader. */
static void add_points(struct quality *q, struct cq_report_section *s, int64_t cost)
{
    int64_t tenths = (cost + 50) / 100;
    struct cq_str code = {0}, label = {0};
    const char *less = tenths == 0 ? "<" : "";
    tenths = tenths == 0 ? 1 : tenths;
    cq_str_printf(&code, "%s%d.%d", less, (int)(tenths / 10), (int)(tenths % 10));
    cq_str_printf(&label, "%s%d%c%d", less, (int)(tenths / 10),
                  q->request->language == CQ_EN ? '.' : ',', (int)(tenths % 10));
    const char *text = cq_result_string(q->result, &code);
    cq_result_code(q->result, s, text, cq_result_string(q->result, &label));
}

/* Where the rows are told: to the sender, by the report reconcile. */
static void add_next(struct quality *q, struct cq_report_section *s, const struct gain *g)
{
    static const char *const texts[MEASURES] = {[MISSING] = N_("the rows to mend first, below"),
                                                [DOUBTFUL] = N_("the rows to mend first, below"),
                                                [LOOKALIKES] = N_("the rows to mend first, below"),
                                                [STALE] = N_("all: a new list is to be sent")};
    const struct cq_agency *agency = cq_law_agency_number(q->request->law, g->agency);
    struct cq_str command = {0};
    if (g->measure == TWINS)
        cq_result_text(q->result, s, "cq-report quality --review");
    else if (texts[g->measure])
        cq_result_code(q->result, s, texts[g->measure],
                       cq_report_translate(q->request, texts[g->measure]));
    else if (agency) {
        cq_str_printf(&command, "cq-report reconcile --agency=%s", agency->id);
        cq_result_text(q->result, s, cq_result_string(q->result, &command));
    } else
        cq_result_empty(q->result, s);
}

static void add_gains(struct quality *q)
{
    struct gain gains[AGENCIES * MEASURES];
    size_t count = 0;
    struct cq_report_section *s = CQ_SECTION(q->result, "mend", mend_columns);
    s->title = N_("What to mend first, by how much the agency's score gains");
    s->note = N_("cq-report reconcile --agency=… is the list to send to an agency: its rows that "
                 "were not taken, and those with which others do not agree.");
    for (int i = 0; i < AGENCIES; i++)
        for (int m = 0; m < MEASURES; m++)
            if (is_shown(&q->agencies[i]) && q->agencies[i].measures[m] > 0)
                gains[count++] = (struct gain){i, m, cq_quality_cost(&q->agencies[i], m)};
    if (count > 1)
        qsort(gains, count, sizeof *gains, by_gain);
    for (size_t k = 0; k < count; k++) {
        const struct gain *g = &gains[k];
        const struct agency *a = &q->agencies[g->agency];
        cq_result_word_number(q->request, q->result, s, &mend_columns[0], g->agency);
        cq_result_word(q->request, q->result, s, &mend_columns[1], measure_names[g->measure]);
        cq_result_number(q->result, s, a->measures[g->measure]);
        cq_result_number(q->result, s, cq_quality_base(a, g->measure));
        add_points(q, s, g->cost);
        add_next(q, s, g);
    }
}

/* The findings of a row as codes, and as words. */
static void add_findings(struct quality *q, struct cq_report_section *s, uint32_t findings)
{
    struct cq_str codes = {0}, words = {0};
    for (int i = 0; i < FINDINGS; i++) {
        if ((findings >> i & 1) == 0)
            continue;
        cq_str_printf(&codes, "%s%s", codes.len > 0 ? ";" : "", finding_names[i]);
        cq_str_printf(&words, "%s%s", words.len > 0 ? "; " : "",
                      cq_report_word(q->request, "measure", finding_names[i]));
    }
    const char *text = cq_result_string(q->result, &codes);
    cq_result_code(q->result, s, text, cq_result_string(q->result, &words));
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
            add_findings(q, s, w->findings);
            sqlite3_reset(stmt);
        }
    sqlite3_finalize(stmt);
    return code;
}

static void add_contradictions(struct quality *q)
{
    struct cq_report_section *s = CQ_SECTION(q->result, "review", review_columns);
    s->title = N_("Rows not taken that are to be settled");
    s->people = true;
    for (size_t i = 0; i < q->conflict_count; i++) {
        const struct cq_contradiction *c = &q->conflicts[i];
        cq_result_word_number(q->request, q->result, s, &review_columns[0], c->agency);
        cq_result_number(q->result, s, c->run);
        cq_result_number(q->result, s, c->line);
        cq_result_iin(q->request, q->result, s, c->iin);
        cq_result_text(q->result, s, cq_code_id(CQ_R_CONFLICT));
    }
}

static enum cq_code add_lists(struct quality *q, struct cq_err *err)
{
    static const char trend[] =
        "SELECT * FROM (SELECT id, list_date, agency, read, rejected, warnings,"
        " rejected * 1000 / nullif(read, 0) FROM run WHERE kind = 'contingent'"
        " AND mode <> 'undo' AND id <= ?1 ORDER BY id DESC LIMIT 24) ORDER BY id";
    const int64_t params[] = {q->result->run};
    struct cq_report_section *s = CQ_SECTION(q->result, "trend", trend_columns);
    s->title = N_("List by list: rows rejected, of 1000 read");
    s->place = CQ_SECTION_PICTURE;
    s->chart = CQ_CHART_LINE;
    enum cq_code code = cq_result_query(q->request, q->result, s, trend, params, err);
    if (!code)
        add_contradictions(q);
    return code;
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
        add_gains(q);
        code = add_lists(q, err);
    }
    if (!code)
        code = add_worst(q, err);
    cq_result_figure(result, N_("entries"), (int64_t)q->count);
    cq_result_figure(result, N_("with a missing field"), sum_of(q, MISSING));
    cq_result_figure(result, N_("probable duplicates"), sum_of(q, TWINS));
    result->has_day = true;
    result->summary = N_("How far the HR lists can be relied on, on %s, and which rows to mend "
                         "first.");
    cq_verdicts_free(&verdicts);
    free(q->entries);
    free(q->conflicts);
    free(q);
    return code;
}
