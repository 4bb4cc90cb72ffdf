/* Reads the rows of a list to sorted records, and rejects bad ones. */
#include "cq/hash.h"
#include "import/verdicts.h"

/* Bytes of rows held in memory; beyond it the sorter uses a file. */
static const size_t memory_limit = (size_t)88 << 20;

static void on_finding(enum cq_code code, int column, void *context)
{
    struct cq_import_job *job = context;
    cq_import_report(job, code, job->line, column);
}

/* Fills an empty cell with the list's agency, and rejects a row of another. */
static bool apply_agency(struct cq_import_job *job, struct cq_value *values)
{
    struct cq_value *agency = &values[CQ_P_AGENCY];
    if (job->list.kind != CQ_KIND_CONTINGENT || job->import->agency == 0)
        return true;
    if (agency->present && cq_list_agency(&job->list, agency) != job->import->agency) {
        cq_import_report(job, CQ_R_AGENCY, job->line, CQ_P_AGENCY);
        return false;
    }
    agency->present = true;
    for (int i = 0; job->list.agencies[i]; i++)
        if (job->list.agency_numbers[i] == job->import->agency)
            agency->number = i;
    return true;
}

/* Packs a row, then the mask of the columns that the file does not have: an empty cell states that
 * nothing is known, an absent column states nothing, and their rows must not hash alike. Columns
 * that came later count where the file has them: a list of before hashes as before. */
enum cq_code cq_import_pack(struct cq_import_job *job, const struct cq_value *values,
                            struct cq_err *err)
{
    uint32_t absent = 0;
    for (size_t i = 0; i < job->list.in_file; i++)
        absent |= (uint32_t)(!cq_import_states(job, i) == (i < job->list.later)) << i;
    cq_str_clear(&job->packed);
    enum cq_code code = cq_list_pack(&job->list, values, &job->packed);
    cq_str_put(&job->packed, (const char *)&absent, sizeof absent);
    code = code ? code : job->packed.failed;
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

/* Without --agency a full list decides about the agencies that its rows name. */
static void add_agency(struct cq_import_job *job, int64_t key)
{
    job->agencies |= 1u << cq_key_agency(key);
}

/* The agency whose list of people a row is in; 0 in lists of other kinds, whose keys name none. */
static int agency_of(const struct cq_import_job *job, int64_t key)
{
    return job->list.kind == CQ_KIND_CONTINGENT ? cq_key_agency(key) : 0;
}

/* Whether a line is cached: then its record needs no more than a place. */
static bool is_cached(const struct cq_import_job *job, struct cq_text line,
                      struct cq_record *record)
{
    record->line_hash = cq_import_hash_line(job, line);
    return cq_line_cache_find(job->line_cache, record->line_hash, &record->key);
}

static enum cq_code add_cached(struct cq_import_job *job, const struct cq_record *record,
                               struct cq_err *err)
{
    job->result->read++;
    add_agency(job, record->key);
    job->counts[agency_of(job, record->key)].read++;
    return cq_sorter_add(job->sorter, record, err);
}

/* Adds the line ahead without parsing it, if it is cached. */
static enum cq_code read_cached(struct cq_import_job *job, bool *cached, struct cq_err *err)
{
    struct cq_record record = {0};
    struct cq_text text;
    bool found;
    long line;
    *cached = false;
    enum cq_code code = cq_csvin_peek(job->in, &text, &found, err);
    if (code || !found || !is_cached(job, text, &record))
        return code;
    cq_csvin_skip(job->in, &line, &record.offset);
    record.line = (uint32_t)line;
    *cached = true;
    return add_cached(job, &record, err);
}

/* The first row says how many fields each has, and that is part of what lines are hashed with.
 * Returns whether the row was cached, and is added. */
static bool read_first(struct cq_import_job *job, const struct cq_row *row, enum cq_code *code,
                       struct cq_err *err)
{
    struct cq_record record = {.offset = row->offset, .line = (uint32_t)row->line};
    cq_import_hash_context(job);
    if (!job->line_cache || !is_cached(job, row->raw, &record))
        return false;
    *code = add_cached(job, &record, err);
    return true;
}

static enum cq_code read_row(struct cq_import_job *job, const struct cq_row *row,
                             struct cq_err *err)
{
    struct cq_value values[CQ_LIST_COLUMNS];
    int64_t warnings = job->counts[0].warnings;
    job->line = row->line;
    if (!cq_import_values(job, row, values) || !apply_agency(job, values) ||
        !cq_list_check(&job->list, values, job->import->list_date, on_finding, job)) {
        enum cq_code code = cq_import_add_mention(job, row, values, err);
        cq_import_count_row(job, 0, row->line, warnings);
        return code;
    }
    enum cq_code code = cq_import_pack(job, values, err);
    if (code)
        return code;
    struct cq_record record = {
        .key = cq_list_key(&job->list, values, job->import->agency),
        .hash = cq_hash_row(job->packed.ptr, job->packed.len),
        .line_hash = cq_import_hash_line(job, row->raw),
        .offset = row->offset,
        .line = (uint32_t)row->line,
        .size = (uint32_t)job->packed.len,
        .payload = (const unsigned char *)job->packed.ptr,
    };
    add_agency(job, record.key);
    cq_import_count_row(job, agency_of(job, record.key), row->line, warnings);
    return cq_sorter_add(job->sorter, &record, err);
}

enum cq_code cq_import_reread(struct cq_import_job *job, const struct cq_record *record,
                              const unsigned char **payload, struct cq_err *err)
{
    struct cq_value values[CQ_LIST_COLUMNS];
    const struct cq_row *row;
    enum cq_code bad = CQ_OK;
    enum cq_code code = cq_csvin_seek(job->in, record->offset, (long)record->line, err);
    if (!code)
        code = cq_csvin_next(job->in, &row, &bad, err);
    if (code)
        return code;
    if (!row || bad || !cq_import_values(job, row, values) || !apply_agency(job, values)) {
        cq_err_record(err, CQ_O_READ, NULL); /* the list changed while it was read */
        cq_err_at(err, job->name, (long)record->line, NULL);
        return err->code;
    }
    code = cq_import_pack(job, values, err);
    *payload = (const unsigned char *)job->packed.ptr;
    return code;
}

/* Reads the next row. Shape: *begun becomes true at the first one, *end at the end of the list. */
static enum cq_code read_next(struct cq_import_job *job, bool *begun, bool *end, struct cq_err *err)
{
    const struct cq_row *row = NULL;
    char detail[CQ_CSVIN_DETAIL];
    bool cached = false;
    enum cq_code bad, code = CQ_OK;
    if (job->line_cache && *begun)
        code = read_cached(job, &cached, err);
    if (cached || code)
        return code;
    code = cq_csvin_next(job->in, &row, &bad, err);
    *end = !row;
    if (code || !row)
        return code;
    bool first = !*begun && !bad;
    *begun = *begun || first;
    if (first && read_first(job, row, &code, err))
        return code;
    if (!bad && cq_import_is_unsettled(job, row)) {
        job->result->unsettled++;
        return CQ_OK;
    }
    job->result->read++;
    if (!bad)
        return read_row(job, row, err);
    cq_import_report_with(job, bad, row->line, -1, cq_csvin_detail(job->in, row, bad, detail));
    if (bad == CQ_R_WIDTH)
        code = cq_import_add_mention(job, row, NULL, err);
    cq_import_count_row(job, 0, row->line, job->counts[0].warnings);
    return code;
}

/* Opens the list and finds its columns. */
static enum cq_code open_rows(struct cq_import_job *job, struct cq_err *err)
{
    enum cq_code code = cq_import_open(job, &job->in, err);
    if (!code)
        code = cq_import_map(job, err);
    return code ? code : cq_sorter_open(&job->sorter, memory_limit, job->import->folder, err);
}

enum cq_code cq_import_read(struct cq_import_job *job, struct cq_err *err)
{
    bool begun = false, end = false;
    enum cq_code code = open_rows(job, err);
    if (!code)
        cq_import_hash_context(job);
    while (!code && !end) {
        if (job->import->progress && job->result->read % 8192 == 0)
            job->import->progress(cq_csvin_offset(job->in), job->source_bytes,
                                  job->import->context);
        code = read_next(job, &begun, &end, err);
        if (job->no_memory)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    if (job->in)
        cq_csvin_passed(job->in, &job->result->blank, &job->result->skipped);
    cq_import_sort_rejected(job);
    return code ? code : cq_sorter_sort(job->sorter, err);
}
