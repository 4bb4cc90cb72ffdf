/* Answers as rows: what was read, the columns of an answer, and those that options add. */
#include "answers/batch_output.h"

#include <stdlib.h>
#include <string.h>

#include "cq/columns.h"
#include "cq/date.h"
#include "cq/explain.h"
#include "cq/list.h"
#include "engine/receipt.h"
#include "cq/utf8.h"

enum { ADDED_MAX = CQ_ANSWER_COLUMNS + CQ_SECOND_COLUMNS + 3 };

/* The cells of an answer, service to gaps, that follow a claim after who is due and the verdict: its
 * own payer and day are the claim's. */
static const int claim_cells[] = {1, 2, 3, 4, 9, 10, 11, 12, 13, 14};
enum { CLAIM_CELLS = sizeof claim_cells / sizeof *claim_cells, PAYER_CELL = 6 };

static size_t claim_columns(const struct cq_batch_run *w, const char *names[ADDED_MAX])
{
    size_t n = 0;
    if (w->map[CQ_IN_AS_OF] < 0)
        names[n++] = cq_answer_columns[0];
    if (w->map[CQ_FACT_SERVICE] < 0)
        names[n++] = cq_answer_columns[1];
    names[n++] = "due_payer";
    names[n++] = "verdict";
    for (int i = 0; i < CLAIM_CELLS; i++)
        names[n++] = cq_answer_columns[1 + claim_cells[i]];
    return n;
}

/* The columns that follow the input's. */
static size_t added_columns(const struct cq_batch_run *w, const char *names[ADDED_MAX])
{
    const struct cq_batch *batch = w->batch;
    size_t n = 0;
    if (w->claims)
        return claim_columns(w, names);
    for (int i = 0; i < CQ_ANSWER_COLUMNS; i++)
        names[n++] = cq_answer_columns[i];
    for (int i = 0; i < CQ_SECOND_COLUMNS && batch->second_law; i++)
        names[n++] = cq_more_columns[CQ_MORE_SECOND + i];
    if (batch->until)
        names[n++] = cq_more_columns[CQ_MORE_UNTIL];
    if (batch->why_not)
        names[n++] = "would_need";
    if (batch->receipt)
        names[n++] = "receipt";
    return n;
}

/* Request options that the input lacks are repeated, in its empty cells or at the end
 * of each row, so that the output asks the same question again: cq-eligible … | cq-refer issue. */
static void find_repeated(struct cq_batch_run *w)
{
    for (int i = 0; i < CQ_REQUEST_FACTS; i++) {
        /* The service is a column of the answer; the profile takes its place here. */
        int column = cq_batch_request_facts[i] == CQ_FACT_SERVICE ? CQ_IN_PROFILE
                                                                  : (int)cq_batch_request_facts[i];
        bool given = column == CQ_IN_PROFILE ? w->batch->profile_given : w->batch->given[column];
        if (given && w->map[column] < 0)
            w->repeated[w->repeated_count++] = column;
        else if (given)
            w->filled[w->filled_count++] = column;
    }
}

/* Whether a header is one of the names, compared with case and blanks folded. */
static enum cq_code contains_name(const char *const *names, size_t count,
                                  const struct cq_text *name, bool *found)
{
    struct cq_str folded = {0}, candidate = {0};
    enum cq_code code = cq_utf8_fold(&folded, name->ptr, name->len);
    *found = false;
    for (size_t i = 0; i < count && !code && !*found; i++) {
        cq_str_clear(&candidate);
        code = cq_utf8_fold(&candidate, names[i], strlen(names[i]));
        *found = !code && folded.len == candidate.len &&
                 memcmp(folded.ptr, candidate.ptr, candidate.len) == 0;
    }
    cq_str_free(&folded);
    cq_str_free(&candidate);
    return code;
}

static enum cq_code open_out(struct cq_batch_run *w, const struct cq_row *header, int fd,
                             struct cq_err *err)
{
    const char *added[ADDED_MAX];
    size_t added_count = added_columns(w, added), n = 0;
    struct cq_text *names =
        malloc((header->count + added_count + w->repeated_count) * sizeof *names);
    w->passed = malloc((header->count + 1) * sizeof *w->passed);
    w->header_count = header->count;
    if (!names || !w->passed) {
        free(names);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    for (size_t i = 0; i < header->count; i++) {
        bool found;
        if (contains_name(added, added_count, &header->fields[i], &found)) {
            free(names);
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        }
        if (!found) {
            w->passed[w->passed_count++] = i;
            names[n++] = header->fields[i];
        }
    }
    for (size_t i = 0; i < added_count; i++)
        names[n++] = cq_text_of(added[i]);
    for (size_t i = 0; i < w->repeated_count; i++) {
        names[n++] = cq_text_of(cq_batch_column(w->repeated[i]));
    }
    enum cq_code code =
        cq_out_open_for(&w->out, fd, w->batch->format, w->batch->reader, names, n, err);
    free(names);
    return code;
}

enum cq_code cq_batch_open_output(struct cq_batch_run *w, const struct cq_row *header, int fd,
                                  struct cq_err *err)
{
    const struct cq_batch *batch = w->batch;
    if (batch->explain)
        return CQ_OK;
    if (!w->claims) /* a claim is passed through as it is */
        find_repeated(w);
    enum cq_code code = cq_answers_new(&w->answers, batch->law, err);
    if (!code && batch->second_law)
        code = cq_answers_new(&w->second_answers, batch->second_law, err);
    if (!code && batch->why_not)
        code = cq_whynot_new(&w->whynot, batch->law, err);
    return code ? code : open_out(w, header, fd, err);
}

/* The value of an option as a cell of its column. */
static struct cq_text option_text(const struct cq_batch_run *w, int column)
{
    if (column == CQ_IN_PROFILE)
        return w->batch->request.profile;
    int value = cq_batch_default(w->batch, (enum cq_fact)column);
    const char *name = value == CQ_UNKNOWN ? "" : cq_fact_value_name((enum cq_fact)column, value);
    return cq_text_of(name);
}

static void write_repeated(struct cq_batch_run *w)
{
    for (size_t i = 0; i < w->repeated_count; i++) {
        struct cq_text text = option_text(w, w->repeated[i]);
        cq_out_text(w->out, text.ptr, text.len);
    }
}

/* A cell of the input; where it is empty and an option fills it, the option's value. */
static struct cq_text passed_cell(const struct cq_batch_run *w, const struct cq_row *row,
                                  size_t field)
{
    for (size_t i = 0; i < w->filled_count; i++)
        if ((size_t)w->map[w->filled[i]] == field && cq_text_trim(row->fields[field]).len == 0)
            return option_text(w, w->filled[i]);
    return row->fields[field];
}

static void write_passed(struct cq_batch_run *w, const struct cq_batch_item *item)
{
    const struct cq_row *row = item->row;
    if (item->plain && w->passed_count == w->header_count && w->filled_count == 0 &&
        w->batch->format == CQ_FORMAT_CSV) {
        cq_out_raw(w->out, row->raw.ptr, row->raw.len, row->count);
        return;
    }
    for (size_t i = 0; i < w->passed_count; i++) {
        struct cq_text cell = passed_cell(w, row, w->passed[i]);
        cq_out_text(w->out, cell.ptr, cell.len);
    }
}

static enum cq_code write_second(struct cq_batch_run *w, const struct cq_batch_item *item,
                                 unsigned effect)
{
    const char *cells[CQ_ANSWER_CELLS];
    struct cq_text *texts = &w->more[CQ_MORE_SECOND];
    enum cq_code code =
        cq_answers_cells(w->second_answers, item->request.service, &item->second, cells);
    cq_str_clear(&w->effect);
    for (int i = 0; i < CQ_EFFECTS; i++)
        if (effect >> i & 1)
            cq_str_printf(&w->effect, "%s%s", w->effect.len ? ";" : "", cq_effect_names[i]);
    if (code || w->effect.failed)
        return code ? code : w->effect.failed;
    texts[0] = (struct cq_text){w->effect.ptr, w->effect.len};
    for (int i = 1; i < CQ_SECOND_COLUMNS; i++) /* the first cell is the service */
        texts[i] = cq_text_of(cells[i]);
    for (int i = 0; i < CQ_SECOND_COLUMNS; i++)
        cq_out_text(w->out, texts[i].ptr, texts[i].len);
    return CQ_OK;
}

static void write_until(struct cq_batch_run *w, int32_t until)
{
    w->more[CQ_MORE_UNTIL] = (struct cq_text){w->until, cq_date_write(w->until, until)};
    cq_out_day(w->out, until);
}

static enum cq_code write_needs(struct cq_batch_run *w, const struct cq_batch_item *item,
                                const struct cq_answer *answer, struct cq_err *err)
{
    const struct cq_need *needs;
    struct cq_text *text = &w->more[CQ_MORE_WOULD_NEED];
    size_t count = 0;
    uint64_t fixed = cq_whynot_fixed(answer->facts, w->batch->all_facts), no_stay = 0;
    enum cq_code code = CQ_OK;
    cq_str_clear(&w->needs);
    if (w->batch->people && answer->facts && !answer->decision.entitled)
        code = cq_people_no_stay(w->batch->people, item->person, &item->request, answer, &no_stay,
                                 err);
    if (!code && answer->facts)
        code = cq_whynot_find(w->whynot, item->request.day, answer->facts, fixed | no_stay, &needs,
                              &count, err);
    if (!code && count > 0)
        code = cq_needs_write(needs, count, &w->needs);
    *text = (struct cq_text){w->needs.ptr ? w->needs.ptr : "", w->needs.len};
    cq_out_text(w->out, text->ptr, text->len);
    return code;
}

/* What a question about a person asks: a receipt of it can be asked again. */
static void read_asked(const struct cq_request *request, int asked[CQ_RECEIPT_ASKED])
{
    const int values[CQ_RECEIPT_ASKED] = {request->urgency, request->destination,
                                          request->indicated, request->package,
                                          request->duty_injury ? CQ_YES : CQ_UNKNOWN};
    memcpy(asked, values, sizeof values);
}

/* The cells of the row that are not decided; those of other options are written by now. */
static void read_more(struct cq_batch_run *w, const struct cq_batch_item *item,
                      const struct cq_answer *answer, char day[11])
{
    const struct cq_agency *agency = cq_law_agency_number(w->batch->law, answer->agency);
    const struct cq_text *profile = &item->request.profile;
    size_t len = answer->changes_on == CQ_DAY_MAX ? 0 : cq_date_write(day, answer->changes_on);
    w->more[CQ_MORE_AGENCY] = cq_text_of(agency ? agency->id : "");
    w->more[CQ_MORE_FACILITY] = cq_text_of(answer->facility);
    w->more[CQ_MORE_CHANGES_ON] = (struct cq_text){day, len};
    w->more[CQ_MORE_CHANGE_CAUSE] = cq_text_of(answer->change_cause);
    if (w->batch->people)
        w->more[CQ_MORE_PROFILE] = profile->ptr ? *profile : cq_text_of("");
}

/* Leaves the receipt in w->cell; it is empty for an answer that was not decided. */
static enum cq_code make_receipt(struct cq_batch_run *w, const struct cq_batch_item *item,
                                 const struct cq_answer *answer)
{
    char day[11] = "";
    int asked[CQ_RECEIPT_ASKED];
    const struct cq_batch *batch = w->batch;
    const struct cq_receipt_source source = {.law = batch->law,
                                             .day = item->request.day,
                                             .run = batch->run,
                                             .facts = answer->facts,
                                             .decision = &answer->decision,
                                             .asked = batch->people ? asked : NULL,
                                             .more = w->more,
                                             .more_count = batch->second_law ? CQ_MORE_COLUMNS
                                                                             : CQ_MORE_SECOND};
    read_asked(&item->request, asked);
    read_more(w, item, answer, day);
    cq_str_clear(&w->cell);
    return answer->facts ? cq_receipt_write(&source, &w->cell) : CQ_OK;
}

static enum cq_code write_receipt(struct cq_batch_run *w, const struct cq_batch_item *item,
                                  const struct cq_answer *answer)
{
    enum cq_code code = make_receipt(w, item, answer);
    cq_out_text(w->out, w->cell.ptr ? w->cell.ptr : "", w->cell.len);
    return code;
}

/* A claim: who is due, the verdict, and what they rest on. */
static enum cq_code write_claim(struct cq_batch_run *w, const struct cq_batch_item *item,
                                struct cq_err *err)
{
    const char *cells[CQ_ANSWER_CELLS];
    int verdict = item->claim.verdict;
    enum cq_code code =
        cq_answers_cells(w->answers, item->request.service, &item->answers[0], cells);
    if (code)
        return cq_err_set(err, code, NULL);
    write_passed(w, item);
    if (w->map[CQ_IN_AS_OF] < 0)
        cq_out_day(w->out, item->request.day);
    if (w->map[CQ_FACT_SERVICE] < 0)
        cq_out_string(w->out, cells[0]);
    cq_out_string(w->out, cells[PAYER_CELL]);
    cq_out_string(w->out, verdict < 0 ? "" : cq_claim_verdict_names[verdict]);
    for (int i = 0; i < CLAIM_CELLS; i++)
        cq_out_string(w->out, cells[claim_cells[i]]);
    return cq_out_end(w->out, err);
}

static enum cq_code write_row(struct cq_batch_run *w, const struct cq_batch_item *item,
                              const struct cq_answer *answer, unsigned effect, struct cq_err *err)
{
    write_passed(w, item);
    enum cq_code code = cq_answers_write(w->answers, w->out, w->batch->format, item->request.day,
                                         item->request.service, answer, err);
    if (!code && w->batch->second_law)
        code = write_second(w, item, effect);
    if (!code && w->batch->until)
        write_until(w, item->until);
    if (!code && w->batch->why_not)
        code = write_needs(w, item, answer, err);
    if (!code && w->batch->receipt)
        code = write_receipt(w, item, answer);
    if (code)
        return cq_err_set(err, code, NULL);
    write_repeated(w);
    return cq_out_end(w->out, err);
}

/* Compares the answers under two laws; if they differ, finds the next change. */
static enum cq_code compare_laws(struct cq_batch_run *w, struct cq_batch_item *item,
                                 unsigned *effect, struct cq_err *err)
{
    const struct cq_batch *batch = w->batch;
    *effect = cq_answer_diff(batch->law, &item->answers[0], batch->second_law, &item->second);
    if (*effect && batch->counts)
        cq_answer_diff_count(batch->counts, &item->answers[0], *effect);
    return *effect && item->person && item->answers[0].facts
               ? cq_people_next_change(batch->people, item->person, &item->request, item->answers,
                                       1, err)
               : CQ_OK;
}

static enum cq_code explain_item(struct cq_batch_run *w, const struct cq_batch_item *item,
                                 struct cq_err *err)
{
    struct cq_question question = {.iin = item->iin,
                                   .person = item->person,
                                   .request = &item->request,
                                   .answers = item->answers,
                                   .count = item->count};
    memcpy(question.given, item->given, sizeof question.given);
    if (w->batch->receipt) {
        enum cq_code code = make_receipt(w, item, &item->answers[0]);
        if (code)
            return cq_err_set(err, code, NULL);
        question.receipt = (struct cq_text){w->cell.ptr ? w->cell.ptr : "", w->cell.len};
    }
    return w->batch->explain(&question, w->batch->explain_context, err);
}

enum cq_code cq_batch_write(struct cq_batch_run *w, struct cq_batch_item *item, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    unsigned effect = 0;
    if (w->batch->explain)
        return explain_item(w, item, err);
    if (w->claims)
        return write_claim(w, item, err);
    if (w->batch->second_law) {
        code = compare_laws(w, item, &effect, err);
        if (code || !effect)
            return code;
    }
    for (int i = 0; i < item->count && !code; i++)
        code = write_row(w, item, &item->answers[i], effect, err);
    return code;
}

enum cq_code cq_batch_close_output(struct cq_batch_run *w, enum cq_code code, struct cq_err *err)
{
    if (code)
        cq_out_abandon(w->out);
    else
        code = cq_out_close(w->out, err);
    cq_answers_free(w->answers);
    cq_answers_free(w->second_answers);
    cq_whynot_free(w->whynot);
    cq_claims_close(w->claims);
    cq_str_free(&w->cell);
    cq_str_free(&w->needs);
    cq_str_free(&w->effect);
    free(w->days);
    free(w->passed);
    free(w->law_days);
    return code;
}
