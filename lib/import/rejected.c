/* The people whom rejected rows name. A full list does not end a person whose row is rejected: the
 * row names the IIN, its lost zero restored, or else a name and a birth date. */
#include <stdlib.h>

#include "base/vec.h"
#include "cq/date.h"
#include "cq/digits.h"
#include "cq/hash.h"
#include "cq/iin.h"
#include "import/job.h"

int64_t cq_import_identity(const struct cq_value *values)
{
    const struct cq_text *last = &values[CQ_P_LAST_NAME].text,
                         *first = &values[CQ_P_FIRST_NAME].text;
    const int64_t parts[] = {cq_hash_row(last->ptr, last->len), cq_hash_row(first->ptr, first->len),
                             values[CQ_P_BIRTH_DATE].number};
    return cq_hash_row(parts, sizeof parts);
}

static bool has_identity(const struct cq_value *values)
{
    return values[CQ_P_LAST_NAME].text.len && values[CQ_P_FIRST_NAME].text.len &&
           values[CQ_P_BIRTH_DATE].present;
}

/* Keeps the identity of a row without a readable IIN. */
static enum cq_code add_rejected_identity(struct cq_import_job *job, const struct cq_value *values,
                                          struct cq_err *err)
{
    if (!has_identity(values))
        return CQ_OK;
    int64_t *list = cq_grow(job->rejected_identities, job->rejected_identity_count + 1,
                            &job->rejected_identity_room, sizeof *list);
    if (!list)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    job->rejected_identities = list;
    list[job->rejected_identity_count++] = cq_import_identity(values);
    return CQ_OK;
}

/* Adds the mention of a facility, whose key is code, service and profile, or of a day. */
static enum cq_code add_row_mention(struct cq_import_job *job, const struct cq_row *row,
                                    struct cq_err *err)
{
    static const int facility[] = {CQ_F_FACILITY, CQ_F_SERVICE, CQ_F_PROFILE}, day[] = {CQ_D_DAY};
    bool is_day = job->list.kind == CQ_KIND_CALENDAR;
    const int *columns = is_day ? day : facility;
    size_t count = is_day ? sizeof day / sizeof *day : sizeof facility / sizeof *facility;
    struct cq_value values[CQ_LIST_COLUMNS] = {{0}};
    cq_str_clear(&job->scratch);
    for (size_t i = 0; i < count; i++) {
        int field = job->map[columns[i]];
        static const struct cq_text nothing = {"", 0};
        enum cq_code bad = cq_column_parse(
            &job->list.columns[columns[i]],
            field < 0 || (size_t)field >= row->count ? &nothing : &row->fields[field],
            &values[columns[i]], &job->scratch);
        if (bad || (is_day && !values[CQ_D_DAY].present))
            return bad == CQ_B_NOMEM ? cq_err_set(err, bad, NULL) : CQ_OK;
    }
    struct cq_record record = {.key = cq_list_key(&job->list, values, 0),
                               .line = (uint32_t)row->line};
    return cq_sorter_add(job->sorter, &record, err);
}

/* Reads the IIN of a row, its lost zero restored. */
static enum cq_code read_iin(const struct cq_import_job *job, const struct cq_row *row,
                             int64_t *iin)
{
    int field = job->map[0];
    if (!cq_kind_is_of_people(job->list.kind) || field < 0 || (size_t)field >= row->count)
        return CQ_R_MISSING;
    struct cq_text text = cq_text_trim(row->fields[field]);
    enum cq_code code = cq_iin_parse(text.ptr, text.len, iin);
    if (code == CQ_R_IIN_ELEVEN) {
        char repaired[12] = "0";
        bool grouped;
        cq_digits_read(text.ptr, text.len, repaired + 1, 11, &grouped);
        code = cq_iin_parse(repaired, 12, iin);
        if (!code && cq_iin_birth(*iin) == CQ_DAY_MIN) /* another digit was lost */
            code = CQ_R_IIN_ELEVEN;
    }
    return code;
}

void cq_import_identify_reject(struct cq_import_job *job, const struct cq_row *row,
                               const struct cq_value *values)
{
    int64_t iin;
    struct cq_reject *reject = job->reject_count > 0 ? &job->rejects[job->reject_count - 1] : NULL;
    if (!reject || reject->line != (uint32_t)row->line)
        return;
    if (!read_iin(job, row, &iin))
        reject->iin = iin;
    if (job->list.kind != CQ_KIND_CONTINGENT)
        return;
    if (!reject->iin && values && has_identity(values))
        reject->identity = cq_import_identity(values);
    reject->agency = (int8_t)job->import->agency;
    if (!reject->agency && values && values[CQ_P_AGENCY].present)
        reject->agency = (int8_t)cq_list_agency(&job->list, &values[CQ_P_AGENCY]);
}

enum cq_code cq_import_add_mention(struct cq_import_job *job, const struct cq_row *row,
                                   const struct cq_value *values, struct cq_err *err)
{
    struct cq_record record = {.line = (uint32_t)row->line};
    int64_t iin = 0;
    cq_import_identify_reject(job, row, values);
    if (!job->import->full)
        return CQ_OK;
    if (job->list.kind == CQ_KIND_FACILITIES || job->list.kind == CQ_KIND_CALENDAR)
        return add_row_mention(job, row, err);
    if (!read_iin(job, row, &iin)) {
        record.key = cq_person_key(iin, 0);
        return cq_sorter_add(job->sorter, &record, err);
    }
    return values && job->list.kind == CQ_KIND_CONTINGENT ? add_rejected_identity(job, values, err)
                                                          : CQ_OK;
}

void cq_import_sort_rejected(struct cq_import_job *job)
{
    if (job->rejected_identity_count > 1)
        qsort(job->rejected_identities, job->rejected_identity_count,
              sizeof *job->rejected_identities, cq_compare_numbers);
}

bool cq_import_is_rejected(const struct cq_import_job *job, const struct cq_value *values)
{
    if (job->rejected_identity_count == 0)
        return false;
    int64_t hash = cq_import_identity(values);
    return bsearch(&hash, job->rejected_identities, job->rejected_identity_count, sizeof hash,
                   cq_compare_numbers);
}
