/* The header of a list, and which columns it has. */
#include <string.h>

#include "cq/list.h"
#include "import/verdicts.h"

const char *const cq_reject_columns[CQ_REJECT_COLUMNS] = {"line", "column", "code", "message"};

/* The header names the columns of the list, the name in parts or as a whole. */
static int judge_header(const struct cq_row *row, bool first, void *context)
{
    const struct cq_import_job *job = context;
    struct cq_column columns[CQ_LIST_COLUMNS];
    int best = 0;
    for (int full = 0; full < 2; full++) {
        size_t count = cq_list_headers(&job->list, full, columns);
        int score = cq_columns_score(columns, count, job->import->map, row, first);
        best = score > best ? score : best;
    }
    return best;
}

static enum cq_code open_at(struct cq_import_job *job, int fd, const enum cq_encoding *encoding,
                            struct cq_csvin **in, struct cq_err *err)
{
    const struct cq_header_search search = {judge_header, job};
    bool rows = job->source.sheet.number > 0;
    const struct cq_csv_input input = {.fd = fd,
                                       .name = job->name,
                                       .encoding = encoding,
                                       .delimiter = rows ? ',' : job->import->delimiter,
                                       .rows = rows};
    return cq_csvin_open_at(in, &input, &search, err);
}

enum cq_code cq_import_open(struct cq_import_job *job, struct cq_csvin **in, struct cq_err *err)
{
    return open_at(job, job->source.fd, NULL, in, err);
}

static void on_unknown(const struct cq_text *header, size_t place, const char *nearest,
                       void *context)
{
    struct cq_import_job *job = context;
    struct cq_err finding = {0};
    for (int i = 0; i < CQ_REJECT_COLUMNS; i++) /* corrected rejects have these columns */
        if (cq_text_is(*header, cq_reject_columns[i]))
            return;
    if (cq_import_is_review_column(job, *header))
        return;
    struct cq_str detail = {0};
    cq_columns_unknown(header, place, nearest, &detail);
    cq_err_record(&finding, CQ_W_COLUMN, "%s", detail.failed ? "" : detail.ptr);
    cq_str_free(&detail);
    cq_err_at(&finding, job->name, cq_csvin_header(job->in)->line, NULL);
    job->import->report(&finding, job->import->context);
    job->result->warnings++;
}

/* Notes which columns the file states, itself or through one that stands for them. */
static void note_stated(struct cq_import_job *job)
{
    const struct cq_list *list = &job->list;
    for (size_t i = 0; i < list->in_file; i++)
        job->stated |= (uint32_t)(job->map[i] >= 0) << i;
    if (list->through >= 0 && job->map[list->through] >= 0)
        job->stated |= 1u << list->end;
    if (list->kind == CQ_KIND_CONTINGENT && job->map[CQ_P_FULL_NAME] >= 0)
        job->stated |= 1u << CQ_P_LAST_NAME | 1u << CQ_P_FIRST_NAME | 1u << CQ_P_MIDDLE_NAME;
}

/* A list that lacks the column of its agency may be told it by an option. */
static void name_agency_option(struct cq_err *err)
{
    static const char agency[] = "agency", option[] = " (--agency)";
    size_t len = strlen(err->detail), n = sizeof agency - 1;
    if (err->code == CQ_F_HEADER_MISSING && len >= n &&
        strcmp(err->detail + len - n, agency) == 0 && len + sizeof option <= sizeof err->detail)
        memcpy(err->detail + len, option, sizeof option);
}

/* Maps the columns of a header; reports unknown ones unless unknown is NULL. */
static enum cq_code map_header(struct cq_import_job *job, const struct cq_row *header,
                               cq_column_unknown_fn *unknown, struct cq_err *err)
{
    struct cq_column columns[CQ_LIST_COLUMNS];
    struct cq_err other = {0};
    size_t count = cq_list_headers(&job->list, true, columns);
    bool full =
        !cq_columns_map(columns, count, header, job->import->map, job->map, NULL, NULL, &other) ||
        (job->list.kind == CQ_KIND_CONTINGENT && job->map[CQ_P_FULL_NAME] >= 0);
    count = cq_list_headers(&job->list, full, columns);
    enum cq_code code =
        cq_columns_map(columns, count, header, job->import->map, job->map, unknown, job, err);
    if (code) {
        name_agency_option(err);
        cq_err_at(err, job->name, header->line, NULL);
    }
    return code;
}

enum cq_code cq_import_map(struct cq_import_job *job, struct cq_err *err)
{
    enum cq_code code = map_header(job, cq_csvin_header(job->in), on_unknown, err);
    if (!code)
        note_stated(job);
    return code;
}

/* Whether the text can be read at all is judged by the whole list, so only its header counts. */
enum cq_code cq_import_probe(int fd, void *context, struct cq_err *err)
{
    struct cq_import_job *job = context;
    struct cq_csvin *in = NULL;
    struct cq_err unread = {0};
    enum cq_code code = CQ_OK;
    if (!open_at(job, fd, job->import->encoding, &in, &unread))
        code = map_header(job, cq_csvin_header(in), NULL, err);
    cq_csvin_close(in);
    return code;
}

bool cq_import_states(const struct cq_import_job *job, size_t column)
{
    return job->stated >> column & 1;
}
