/* A batch of registrations: its columns, and how its requests are read. */
#include "referrals/registrations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/list.h"
#include "cq/lists.h"
#include "referrals/case.h"

const struct cq_column cq_register_columns[CQ_REGISTER_COLUMNS] = {
    [CQ_REGISTER_IIN] =
        {"iin", CQ_TYPE_IIN, true, NULL,
         "жсн|иин|жеке сәйкестендіру нөмірі|индивидуальный идентификационный номер"},
    [CQ_REGISTER_FACILITY] =
        {"facility", CQ_TYPE_TEXT, true, NULL,
         "ұйым коды|емхана коды|емхана|код организации|код поликлиники|поликлиника"},
    [CQ_REGISTER_PAPERS] = {"papers", CQ_TYPE_CHOICES, false, cq_paper_names,
                            "құжаттар|көрсетілген құжаттар|ұсынылған құжаттар|ресімдеу құжаттары|"
                            "документы|предъявленные документы|представленные документы|"
                            "документы при оформлении|документы при регистрации"},
    [CQ_REGISTER_ON] = {"on", CQ_TYPE_DATE, false, NULL,
                        "күні|дата|ресімделген күні|тіркелген күні|тіркеу күні|дата оформления|"
                        "дата регистрации|день регистрации"},
    [CQ_REGISTER_CARD_NO] = {"card_no", CQ_TYPE_TEXT, false, NULL, "карта нөмірі|номер карты"},
};

enum cq_code cq_registrations_open(struct cq_registrations **result,
                                   const struct cq_register_options *options, struct cq_err *err)
{
    struct cq_registrations *batch = calloc(1, sizeof *batch);
    *result = batch;
    if (!batch || !(batch->texts = cq_texts_new()))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    batch->options = options;
    memcpy(batch->columns, cq_register_columns, sizeof batch->columns);
    enum cq_code code =
        cq_terms_read(&batch->papers, options->law, "document", cq_paper_names, err);
    if (!code)
        batch->columns[CQ_REGISTER_PAPERS].values = batch->papers.values;
    return code;
}

void cq_registrations_close(struct cq_registrations *batch)
{
    if (!batch)
        return;
    cq_terms_free(&batch->papers);
    cq_texts_free(batch->texts);
    cq_str_free(&batch->scratch);
    free(batch->list);
    free(batch);
}

const struct cq_registration *cq_registrations_list(const struct cq_registrations *batch,
                                                    size_t *count)
{
    *count = batch->count;
    return batch->list;
}

void cq_registrations_passed(const struct cq_registrations *batch, int64_t *blank, int64_t *skipped)
{
    *blank = batch->blank;
    *skipped = batch->skipped;
}

void cq_registrations_report(struct cq_registrations *batch, enum cq_code code, long line,
                             int column, const char *detail, struct cq_registration *registration)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, code, "%s", detail ? detail : "");
    cq_err_at(&finding, batch->file, line, column < 0 ? NULL : batch->columns[column].name);
    batch->options->report(&finding, batch->options->context);
    if (registration && cq_code_status(code) != 0)
        registration->state = CQ_REGISTERED_REFUSED;
}

enum cq_code cq_registrations_parse(struct cq_registrations *batch, int column,
                                    const struct cq_text *field, struct cq_value *value)
{
    const struct cq_column *reading = &batch->columns[column];
    enum cq_code code = cq_column_parse(reading, field, value, &batch->scratch);
    if (code || !value->present || reading->type != CQ_TYPE_TEXT ||
        !cq_text_states_nothing(value->text))
        return code;
    *value = (struct cq_value){.present = false};
    return reading->required ? CQ_R_MISSING : CQ_OK;
}

/* What is wrong with a cell, beside its place: the papers there are. */
static const char *detail_of(struct cq_registrations *batch, enum cq_code code, int column,
                             struct cq_str *text)
{
    cq_str_puts(text, "");
    if (code == CQ_R_VALUE)
        cq_column_allowed(&batch->columns[column], 0, text);
    return text->failed ? "" : text->ptr;
}

/* Reads the cells of a request. Returns whether all are right; else they were reported. */
static bool read_cells(struct cq_registrations *batch, const struct cq_text *fields, long line,
                       struct cq_value *values)
{
    bool good = true;
    cq_str_clear(&batch->scratch);
    for (int i = 0; i < CQ_REGISTER_COLUMNS; i++) {
        struct cq_str detail = {0};
        struct cq_text field = cq_text_trim(fields[i]);
        enum cq_code code = cq_registrations_parse(
            batch, i, field.len ? &field : &batch->options->defaults[i], &values[i]);
        if (code)
            cq_registrations_report(batch, code, line, i, detail_of(batch, code, i, &detail), NULL);
        cq_str_free(&detail);
        good = good && !code;
    }
    return good;
}

static bool keep_text(struct cq_registrations *batch, const struct cq_value *value,
                      struct cq_text *text)
{
    *text = (struct cq_text){"", 0};
    if (value->present)
        *text = (struct cq_text){cq_texts_copy(batch->texts, &value->text), value->text.len};
    return text->ptr;
}

enum cq_code cq_registrations_add(struct cq_registrations *batch, const struct cq_text *fields,
                                  long line, struct cq_err *err)
{
    struct cq_value values[CQ_REGISTER_COLUMNS];
    struct cq_registration *list =
        cq_grow(batch->list, batch->count + 1, &batch->room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    batch->list = list;
    if (!read_cells(batch, fields, line, values))
        return CQ_OK;
    const struct cq_value *on = &values[CQ_REGISTER_ON];
    struct cq_registration *r = &list[batch->count++];
    *r = (struct cq_registration){.line = line,
                                  .iin = values[CQ_REGISTER_IIN].number,
                                  .papers = values[CQ_REGISTER_PAPERS].number,
                                  .on = on->present ? (int32_t)on->number : batch->options->day,
                                  .state = CQ_REGISTERED_OPENED,
                                  .documents = ""};
    r->opened_on = r->registered_on = r->on;
    return keep_text(batch, &values[CQ_REGISTER_FACILITY], &r->facility) &&
                   keep_text(batch, &values[CQ_REGISTER_CARD_NO], &r->card_no)
               ? CQ_OK
               : cq_err_set(err, CQ_B_NOMEM, NULL);
}

static void on_unknown(const struct cq_text *header, size_t place, const char *nearest,
                       void *context)
{
    struct cq_registrations *batch = context;
    struct cq_str detail = {0};
    if (cq_is_answer_column(header) || cq_text_is(*header, "as_of") ||
        cq_text_is(*header, "service"))
        return; /* of an answer: not the day on which the papers were seen */
    cq_columns_unknown(header, place, nearest, &detail);
    cq_registrations_report(batch, CQ_W_COLUMN, batch->header_line, -1,
                            detail.failed ? "" : detail.ptr, NULL);
    cq_str_free(&detail);
}

/* Opens the list and finds its columns: one that has a default need not be there. */
static enum cq_code open_requests(struct cq_registrations *batch, const struct cq_csv_input *input,
                                  struct cq_csvin **in, int *map, struct cq_err *err)
{
    struct cq_column columns[CQ_REGISTER_COLUMNS];
    for (int i = 0; i < CQ_REGISTER_COLUMNS; i++) {
        columns[i] = batch->columns[i];
        if (batch->options->defaults[i].len)
            columns[i].required = false;
    }
    enum cq_code code = cq_columns_open(in, input, columns, CQ_REGISTER_COLUMNS, NULL, err);
    if (code)
        return code;
    batch->header_line = cq_csvin_header(*in)->line;
    code = cq_columns_map(columns, CQ_REGISTER_COLUMNS, cq_csvin_header(*in), NULL, map, on_unknown,
                          batch, err);
    cq_err_at(err, input->name, batch->header_line, NULL);
    return code;
}

enum cq_code cq_registrations_read(struct cq_registrations *batch, const struct cq_csv_input *input,
                                   struct cq_err *err)
{
    static const struct cq_text nothing = {"", 0};
    struct cq_csvin *in = NULL;
    const struct cq_row *row = NULL;
    struct cq_text fields[CQ_REGISTER_COLUMNS];
    int map[CQ_REGISTER_COLUMNS];
    char detail[CQ_CSVIN_DETAIL];
    enum cq_code bad;
    batch->file = input->name;
    enum cq_code code = open_requests(batch, input, &in, map, err);
    while (!code && !(code = cq_csvin_next(in, &row, &bad, err)) && row) {
        if (bad) {
            cq_registrations_report(batch, bad, row->line, -1,
                                    cq_csvin_detail(in, row, bad, detail), NULL);
            continue;
        }
        for (int i = 0; i < CQ_REGISTER_COLUMNS; i++)
            fields[i] = map[i] < 0 ? nothing : row->fields[map[i]];
        code = cq_registrations_add(batch, fields, row->line, err);
    }
    if (in) {
        cq_csvin_passed(in, &batch->blank, &batch->skipped);
        cq_csvin_report_sheet(in, batch->options->report, batch->options->context);
    }
    cq_csvin_close(in);
    return code;
}
