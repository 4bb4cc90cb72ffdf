/* Reads the cells of a row to the values of its list. */
#include <string.h>

#include "cq/list.h"
#include "cq/utf8.h"
#include "import/job.h"
#include "lists/name_check.h"

static const struct cq_text nothing = {"", 0};

static const struct cq_text *cell_of(const struct cq_import_job *job, const struct cq_row *row,
                                     size_t column)
{
    int field = job->map[column];
    return field < 0 ? &nothing : &row->fields[field];
}

/* Whether two names are the same but for capitals and blanks. */
static bool same_name(struct cq_text a, struct cq_text b)
{
    struct cq_str x = {0}, y = {0};
    bool same = !cq_utf8_fold(&x, a.ptr, a.len) && !cq_utf8_fold(&y, b.ptr, b.len) &&
                x.len == y.len && (x.len == 0 || memcmp(x.ptr, y.ptr, x.len) == 0);
    cq_str_free(&x);
    cq_str_free(&y);
    return same;
}

/* The three names of a row: their own cells, or what the full name says.
 * Errors: CQ_R_FULL_NAME; CQ_R_CONTRADICTION where both are stated and differ. */
static enum cq_code read_names(const struct cq_import_job *job, const struct cq_row *row,
                               struct cq_text *names)
{
    struct cq_text full = cq_text_trim(*cell_of(job, row, CQ_P_FULL_NAME)), parts[3];
    for (int i = 0; i < 3; i++)
        names[i] = *cell_of(job, row, CQ_P_LAST_NAME + (size_t)i);
    if (full.len == 0)
        return CQ_OK;
    enum cq_code code = cq_full_name_split(full, parts);
    for (int i = 0; i < 3 && !code; i++) {
        struct cq_text own = cq_text_trim(names[i]);
        if (own.len == 0)
            names[i] = parts[i];
        else if (!same_name(own, parts[i]))
            code = CQ_R_CONTRADICTION;
    }
    return code;
}

/* Keeps a name as the list writes it where its letters were corrected. */
static bool copy_listed_names(struct cq_import_job *job, long line, const struct cq_text *names,
                              struct cq_value *values)
{
    size_t start = job->scratch.len;
    bool corrected = false;
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_MIDDLE_NAME; i++)
        corrected = corrected || values[i].corrected;
    if (!corrected)
        return true;
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_MIDDLE_NAME; i++) {
        struct cq_text text = cq_text_trim(names[i - CQ_P_LAST_NAME]);
        if (values[i].corrected)
            cq_import_report(job, CQ_W_LOOKALIKE, line, i);
        if (i > CQ_P_LAST_NAME)
            cq_str_puts(&job->scratch, "|");
        cq_str_put(&job->scratch, text.ptr, text.len);
    }
    if (job->scratch.failed)
        return false;
    values[CQ_P_LISTED_NAMES] = (struct cq_value){
        .present = true, .text = {job->scratch.ptr + start, job->scratch.len - start}};
    return true;
}

/* Whether a cell says in words whether there is a special rank: "капитан полиции". */
static bool says_rank(const struct cq_import_job *job, size_t column, const struct cq_text *cell,
                      int *said)
{
    if (job->list.kind != CQ_KIND_CONTINGENT || column != CQ_P_SPECIAL_RANK)
        return false;
    *said = cq_list_rank(&job->list, cq_text_trim(*cell));
    return *said != CQ_UNKNOWN;
}

/* Whether a text has a letter, as a rank has. */
static bool has_letter(struct cq_text text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            return true;
        if (c >= 0xD0 && c <= 0xD4) /* Cyrillic */
            return true;
    }
    return false;
}

/* Reads one value and reports it if it is wrong. */
static bool read_value(struct cq_import_job *job, long line, size_t column,
                       const struct cq_text *cell, struct cq_value *value)
{
    const struct cq_column *c = &job->list.columns[column];
    enum cq_code code = cq_column_parse(c, cell, value, &job->scratch);
    int said;
    if (code == CQ_R_BOOLEAN && says_rank(job, column, cell, &said)) {
        *value = (struct cq_value){.present = true, .number = said == CQ_YES};
        job->rank_told = said == CQ_YES;
        code = CQ_OK;
    }
    if (code == CQ_B_NOMEM)
        job->no_memory = true;
    if (!code && c->type == CQ_TYPE_NAME && value->present)
        code = cq_name_check(value->text);
    if (!code && job->list.kind == CQ_KIND_CONTINGENT && column == CQ_P_RANK && value->present &&
        !has_letter(value->text))
        code = CQ_R_RANK;
    if (code) {
        *value = (struct cq_value){0}; /* the row is rejected, but it still names somebody */
        cq_import_report(job, code, line, (int)column);
    }
    return !code;
}

static bool is_name(const struct cq_list *list, size_t column)
{
    return list->kind == CQ_KIND_CONTINGENT && column >= CQ_P_LAST_NAME &&
           column <= CQ_P_MIDDLE_NAME;
}

/* Adds what the row states through other columns. */
static bool complete(struct cq_import_job *job, long line, const struct cq_text *names,
                     struct cq_value *values)
{
    int column = -1;
    enum cq_code code = cq_list_complete(&job->list, values, &column);
    if (code)
        cq_import_report(job, code, line, column);
    else if (job->list.kind == CQ_KIND_CONTINGENT && !copy_listed_names(job, line, names, values))
        job->no_memory = true;
    return !code;
}

/* The cell that a column is read from; NULL for one that is not read. */
static const struct cq_text *source_of(const struct cq_import_job *job, const struct cq_row *row,
                                       size_t column, const struct cq_text *names)
{
    const struct cq_list *list = &job->list;
    const struct cq_text *cell = cell_of(job, row, column);
    if (column >= list->in_file && column < list->count)
        return NULL;
    if (list->kind != CQ_KIND_CONTINGENT)
        return cell;
    if (column == CQ_P_FULL_NAME)
        return NULL;
    if (is_name(list, column))
        return names ? &names[column - CQ_P_LAST_NAME] : NULL;
    if (column == CQ_P_RANK && job->rank_told && cq_text_trim(*cell).len == 0)
        return cell_of(job, row, CQ_P_SPECIAL_RANK);
    return cell;
}

bool cq_import_values(struct cq_import_job *job, const struct cq_row *row, struct cq_value *values)
{
    const struct cq_list *list = &job->list;
    bool good = true;
    struct cq_text names[3];
    enum cq_code code = list->kind == CQ_KIND_CONTINGENT ? read_names(job, row, names) : CQ_OK;
    cq_str_clear(&job->scratch);
    job->rank_told = false;
    if (code)
        cq_import_report(job, code, row->line, CQ_P_FULL_NAME);
    for (size_t i = 0; i < list->all; i++) {
        const struct cq_text *cell = source_of(job, row, i, code ? NULL : names);
        values[i] = (struct cq_value){0};
        if (cell)
            good = read_value(job, row->line, i, cell, &values[i]) && good;
    }
    return !code && good && complete(job, row->line, names, values);
}
