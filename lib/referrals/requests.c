/* Requests as rows of a CSV. */
#include <stdio.h>

#include "cq/csvin.h"
#include "cq/list.h"
#include "referrals/case.h"

/* What cq-eligible answers: it is decided again here, so its answer is ignored. */
static const char *const answers[] = {
    "outcome",   "category",   "agency",       "provider",   "payer",   "referral",
    "documents", "reasons",    "missing",      "rule",       "basis",   "certainty",
    "gaps",      "changes_on", "change_cause", "would_need", "receipt", NULL,
};

bool cq_is_answer_column(const struct cq_text *header)
{
    for (size_t i = 0; answers[i]; i++)
        if (cq_text_is(*header, answers[i]))
            return true;
    return false;
}

static void on_unknown(const struct cq_text *header, size_t place, const char *nearest,
                       void *context)
{
    struct cq_intake *intake = context;
    struct cq_str detail = {0};
    if (cq_is_answer_column(header))
        return;
    cq_columns_unknown(header, place, nearest, &detail);
    cq_intake_report(intake, CQ_W_COLUMN, -1, detail.failed ? "" : detail.ptr);
    cq_str_free(&detail);
}

/* Opens the list and finds its columns: one that has a default need not be there. */
static enum cq_code open_requests(struct cq_intake *intake, const struct cq_csv_input *input,
                                  struct cq_csvin **in, int *map, struct cq_err *err)
{
    struct cq_column columns[CQ_REQUEST_COLUMNS];
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++) {
        columns[i] = cq_request_columns[i];
        if (intake->options->defaults[i].len)
            columns[i].required = false;
    }
    enum cq_code code = cq_columns_open(in, input, columns, CQ_REQUEST_COLUMNS, NULL, err);
    if (code)
        return code;
    intake->line = cq_csvin_header(*in)->line;
    code = cq_columns_map(columns, CQ_REQUEST_COLUMNS, cq_csvin_header(*in), NULL, map, on_unknown,
                          intake, err);
    if (code)
        cq_err_at(err, intake->file, intake->line, NULL);
    return code;
}

/* Opens or ends the read transaction. It makes many lookups cheap, but must not be open while input
 * is waited for: it would block every writer. The run decided from is fixed, so the same rows are
 * read. */
static enum cq_code set_transaction(struct cq_intake *intake, bool open, bool *in_transaction,
                                    struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (open && !*in_transaction)
        code = cq_db_begin_read(intake->db, err);
    else if (!open && *in_transaction)
        code = cq_db_commit(intake->db, err);
    if (!code)
        *in_transaction = open;
    return code;
}

void cq_intake_passed(const struct cq_intake *intake, int64_t *blank, int64_t *skipped)
{
    *blank = intake->blank;
    *skipped = intake->skipped;
}

enum cq_code cq_intake_read(struct cq_intake *intake, const struct cq_csv_input *input,
                            struct cq_err *err)
{
    static const struct cq_text nothing = {"", 0};
    struct cq_csvin *in = NULL;
    const struct cq_row *row = NULL;
    struct cq_text fields[CQ_REQUEST_COLUMNS];
    int map[CQ_REQUEST_COLUMNS];
    char detail[CQ_CSVIN_DETAIL];
    enum cq_code bad;
    bool in_transaction = false;
    intake->file = input->name;
    enum cq_code code = open_requests(intake, input, &in, map, err);
    while (!code) {
        code = set_transaction(intake, cq_csvin_ready(in), &in_transaction, err);
        if (!code)
            code = cq_csvin_next(in, &row, &bad, err);
        if (code || !row)
            break;
        if (bad) {
            intake->line = row->line;
            cq_intake_report(intake, bad, -1, cq_csvin_detail(in, row, bad, detail));
            continue;
        }
        for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
            fields[i] = map[i] < 0 ? nothing : row->fields[map[i]];
        code = cq_intake_add(intake, fields, input->name, row->line, err);
    }
    if (in_transaction)
        cq_db_rollback(intake->db);
    if (in) {
        cq_csvin_passed(in, &intake->blank, &intake->skipped);
        cq_csvin_report_sheet(in, intake->options->report, intake->options->context);
    }
    cq_csvin_close(in);
    return code;
}
