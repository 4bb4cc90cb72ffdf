/* Answers the rows of a CSV, or a list of IINs: the loops. batch_input.c reads and decides one,
 * batch_output.c writes it. */
#include "answers/batch_output.h"
#include "answers/compare.h"

#include <stdlib.h>
#include <string.h>

#include "engine/next_change.h"
#include "cq/iin.h"
#include "cq/utf8.h"

/* A row that is one line without quotes. It is split here, faster than by the CSV parser and with
 * the same result. */
struct plain {
    struct cq_text *fields;
    size_t count; /* of the header */
    char delimiter;
    struct cq_row row;
};

/* Splits a line at the delimiters. Returns false if the number of fields differs or the line is not
 * plain text: then the CSV parser splits it. */
static bool split_plain(struct plain *plain, const struct cq_text *line)
{
    const char *at = line->ptr, *end = line->ptr + line->len;
    if (line->len > CQ_FIELD_MAX || memchr(at, '"', line->len) || memchr(at, '\0', line->len) ||
        cq_utf8_valid(at, line->len) != line->len)
        return false;
    for (size_t i = 0; i + 1 < plain->count; i++) {
        const char *to = at;
        while (to < end && *to != plain->delimiter)
            to++;
        if (to == end)
            return false;
        plain->fields[i] = (struct cq_text){at, (size_t)(to - at)};
        at = to + 1;
    }
    if (memchr(at, plain->delimiter, (size_t)(end - at)))
        return false;
    plain->fields[plain->count - 1] = (struct cq_text){at, (size_t)(end - at)};
    return true;
}

/* Reads the next row if it is plain. Shape: *row is NULL if it is not. */
static enum cq_code next_plain(struct cq_csvin *in, struct plain *plain, const struct cq_row **row,
                               struct cq_err *err)
{
    struct cq_text line;
    size_t width = cq_csvin_width(in);
    bool found;
    *row = NULL;
    if (width != 0 && width != plain->count)
        return CQ_OK;
    do {
        enum cq_code code = cq_csvin_peek(in, &line, &found, err);
        if (code || !found || !split_plain(plain, &line))
            return code;
        cq_csvin_skip(in, &plain->row.line, &plain->row.offset);
        plain->row.fields = plain->fields;
        plain->row.count = plain->count;
        plain->row.raw = line;
    } while (cq_csvin_passes_over(in, &plain->row));
    *row = &plain->row;
    return CQ_OK;
}

/* The next row. Shape: as cq_csvin_next; *is_plain: its raw bytes, without the line's end, are
 * its cells in CSV form. */
static enum cq_code next_row(struct cq_csvin *in, struct plain *plain, const struct cq_row **row,
                             bool *is_plain, enum cq_code *bad, struct cq_err *err)
{
    enum cq_code code = next_plain(in, plain, row, err);
    *bad = CQ_OK;
    *is_plain = *row && plain->delimiter == ',';
    return code || *row ? code : cq_csvin_next(in, row, bad, err);
}

/* The verdict on a claim that could be read. */
static enum cq_code judge(struct cq_batch_run *w, struct cq_batch_item *item, struct cq_err *err)
{
    if (item->claim.read)
        return cq_claims_judge(w->claims, item->person, &item->request, &item->answers[0],
                               &item->claim, err);
    cq_claims_unread(w->claims, &item->claim);
    return CQ_OK;
}

/* Answers a row and writes it. */
static enum cq_code answer_row(struct cq_batch_run *w, struct cq_batch_item *item,
                               struct cq_err *err)
{
    bool refused = false;
    enum cq_code code = cq_batch_answer(w, item, err);
    if (!code && w->claims)
        code = judge(w, item, err);
    if (code)
        return code;
    return item->count == 0 ? cq_batch_compare(w, item, &refused, err)
                            : cq_batch_write(w, item, err);
}

static enum cq_code answer_rows(struct cq_batch_run *w, struct cq_csvin *in, struct plain *plain,
                                struct cq_batch_item *item, struct cq_err *err)
{
    enum cq_code bad, code = CQ_OK;
    for (;;) {
        if (!cq_csvin_ready(in)) { /* reading may block: flush first */
            if (w->out)
                code = cq_out_flush(w->out, err);
            if (w->batch->people)
                cq_people_end(w->batch->people);
        }
        if (!code)
            code = next_row(in, plain, &item->row, &item->plain, &bad, err);
        if (code || !item->row)
            return code;
        if (bad) {
            cq_batch_report_bad(w, in, item->row, bad);
            if (w->claims)
                cq_claims_unread(w->claims, &item->claim);
            continue;
        }
        if (w->batch->people)
            code = cq_people_begin(w->batch->people, err);
        if (!code)
            code = answer_row(w, item, err);
        if (code)
            return code;
    }
}

enum cq_code cq_batch_csv(const struct cq_batch *batch, struct cq_csvin *in, const char *name,
                          int fd, bool *bad_rows, struct cq_err *err)
{
    struct cq_batch_run w = {.batch = batch, .name = name, .bad = bad_rows};
    const struct cq_row *header = cq_csvin_header(in);
    struct plain plain = {.count = header->count, .delimiter = cq_csvin_delimiter(in)};
    struct cq_batch_item *item = calloc(1, sizeof *item);
    plain.fields = malloc((header->count + 1) * sizeof *plain.fields);
    enum cq_code code = item && plain.fields ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_batch_map_columns(&w, header, err);
    if (code)
        cq_err_at(err, name, cq_csvin_header(in)->line, NULL);
    if (!code)
        code = cq_law_days(batch->law, &w.law_days, &w.law_day_count, err);
    if (!code && batch->claims)
        code = cq_claims_open(&w.claims, batch->people, batch->claims, batch->request.day, err);
    if (!code)
        code = cq_batch_open_output(&w, header, fd, err);
    if (!code)
        code = answer_rows(&w, in, &plain, item, err);
    free(item);
    free(plain.fields);
    return cq_batch_close_output(&w, code, err);
}

/* Answers for one person; text is the IIN as it was asked for, NULL for the person's own. */
static enum cq_code write_person(struct cq_batch_run *w, struct cq_batch_item *item,
                                 const char *text, bool *refused, struct cq_err *err)
{
    char digits[13];
    struct cq_text field;
    struct cq_row row = {.fields = &field, .count = 1};
    if (!text) {
        digits[cq_iin_write(digits, item->person)] = '\0';
        text = digits;
    }
    field = item->iin = row.raw = (struct cq_text){text, strlen(text)};
    item->row = &row;
    item->plain = text == digits;
    item->request = w->batch->request;
    enum cq_code code;
    if (w->batch->second_law && item->person) {
        code = cq_batch_compare(w, item, refused, err);
    } else {
        code = cq_batch_decide(w, item, err);
        *refused = *refused || (!code && !item->answers[0].decision.entitled);
        if (!code)
            code = cq_batch_write(w, item, err);
    }
    item->row = NULL; /* it is local to this call */
    return code;
}

/* What is wrong with an IIN of the command line, by its place there. */
static void report_operand(const struct cq_batch *batch, enum cq_code bad, int place)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, bad, NULL);
    cq_err_at(&finding, NULL, place, "iin");
    batch->report(&finding, batch->context);
}

enum cq_code cq_batch_iins(const struct cq_batch *batch, char *const *iins, int count, int fd,
                           bool *refused, struct cq_err *err)
{
    static const struct cq_text name = {"iin", 3};
    const struct cq_row header = {.fields = &name, .count = 1};
    struct cq_batch_run w = {.batch = batch};
    struct cq_batch_item *item = calloc(1, sizeof *item);
    enum cq_code code = item ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    for (int i = 0; i < CQ_IN_COLUMNS; i++)
        w.map[i] = -1;
    if (!code)
        memcpy(item->given, batch->given, sizeof item->given);
    if (!code)
        code = cq_batch_open_output(&w, &header, fd, err);
    for (int i = 0; i < count && !code; i++) {
        enum cq_code bad = cq_iin_parse(iins[i], strlen(iins[i]), &item->person);
        if (bad) {
            item->person = 0;
            report_operand(batch, bad, i + 1);
        }
        code = write_person(&w, item, iins[i], refused, err);
    }
    int32_t day = batch->request.day, until = batch->until > day ? batch->until : day + 1;
    for (int64_t iin = 0; !code && count == 0;) {
        code = cq_people_next(batch->people, iin, day, until, &iin, err);
        if (code || iin == 0)
            break;
        item->person = iin;
        code = write_person(&w, item, NULL, refused, err);
    }
    free(item);
    return cq_batch_close_output(&w, code, err);
}
