/* Writes one row of a list, or its absence from a full list, to the registry.
 *
 * The rule of time, for every kind of list: a row states what is valid from its start on. Versions
 * that begin there or later are replaced; one that is valid over its start is ended there; earlier
 * ones stay. A row without a start has the start of the row that it replaces; with another
 * category it starts on the day of the list; if nothing was there before, its start stays open.
 *
 * Who had left by the day of the list, whether a full list or the row's own end said so, comes back
 * on that day, or on a later start that the row states: days of absence are covered afterwards only
 * by a list that says when rows end, too.
 *
 * A column that the file does not have states nothing: the row keeps its value there, but for the
 * days of somebody who comes back, and for an end that is not after the start it states. An empty
 * cell of a column that the file has states that nothing is known. */
#include "import/effects.h"

#include "import/apply.h"

#include <string.h>

#include "base/vec.h"
#include "import/verdicts.h"

/* Copies the values of a table's row to the columns of the list. */
static enum cq_code read_version(struct cq_import_job *job, const struct cq_version *version,
                                 struct cq_value *stored, struct cq_value *values,
                                 struct cq_err *err)
{
    enum cq_code code = cq_versions_read(job->versions, version->id, stored, err);
    if (code)
        return code;
    for (size_t i = 0; i < job->list.count; i++)
        values[i] = (struct cq_value){0};
    for (size_t i = 0; i < job->list.table.count; i++)
        values[job->list.stored[i]] = stored[i];
    return CQ_OK;
}

static struct cq_value day_value(int32_t day)
{
    bool open = day == CQ_DAY_MIN || day == CQ_DAY_MAX;
    return (struct cq_value){.present = !open, .number = open ? 0 : day};
}

static bool in_table(const struct cq_list *list, int column)
{
    for (size_t i = 0; i < list->table.count; i++)
        if (list->stored[i] == column)
            return true;
    return column == list->start || column == list->end;
}

/* Writes the differences between what was (all absent for a new row) and what is. */
static enum cq_code write_changes(struct cq_import_job *job, const struct cq_value *names,
                                  const struct cq_value *was, const struct cq_value *is,
                                  struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (int i = 0; i < (int)job->list.count && !code && job->changes; i++)
        if (in_table(&job->list, i) && !cq_value_same(&was[i], &is[i]))
            code = cq_import_write_change(job, names, i, &was[i], &is[i], err);
    return code;
}

/* Ends a version, and keeps its part before a day if it has one. */
static enum cq_code end_version_at(struct cq_import_job *job, const struct cq_version *version,
                                   int32_t day, int64_t *next_id, struct cq_err *err)
{
    struct cq_value stored[CQ_LIST_COLUMNS];
    enum cq_code code = cq_versions_end(job->versions, version->id, job->run.id, err);
    if (code || version->valid_from >= day)
        return code;
    code = cq_versions_read(job->versions, version->id, stored, err);
    if (code)
        return code;
    struct cq_version part = *version;
    part.id = (*next_id)++;
    part.hash = 0;
    part.line = 0;
    part.list_line = 0;
    part.run_from = job->run.id;
    part.run_to = 0;
    part.valid_to = day;
    return cq_versions_insert(job->versions, &part, stored, err);
}

static bool same_role(const struct cq_import_job *job, const struct cq_value *was,
                      const struct cq_value *is)
{
    return job->list.kind != CQ_KIND_CONTINGENT ||
           was[CQ_P_CATEGORY].number == is[CQ_P_CATEGORY].number;
}

/* The row as it was known: as the last list stated it, else its last part; NULL where no version is
 * current. */
static const struct cq_version *find_known(const struct cq_key_versions *s)
{
    const struct cq_version *known = s->stated;
    for (size_t i = 0; i < s->count && !s->stated; i++)
        if (!s->all[i].run_to && (!known || s->all[i].valid_to > known->valid_to))
            known = &s->all[i];
    return known;
}

/* Whether the list says when its rows end, or is of a kind whose rows only begin. */
static bool states_end(const struct cq_import_job *job)
{
    return job->list.end < 0 || cq_import_states(job, (size_t)job->list.end);
}

/* Whether a row brings somebody back who had left; one that states a past end does not. */
static bool comes_back(const struct cq_import_job *job, const struct cq_version *known,
                       const struct cq_value *is)
{
    int32_t day = job->import->list_date;
    int start = job->list.start, end = job->list.end;
    if (!known || known->valid_to > day || (end >= 0 && is[end].present && is[end].number <= day))
        return false;
    /* A start before the old end, in a list that says when rows end, corrects that end. */
    return !is[start].present || is[start].number >= known->valid_to || !states_end(job);
}

bool cq_merge_brings_back(const struct cq_import_job *job, const struct cq_version *version)
{
    return version->valid_to <= job->import->list_date && !states_end(job);
}

/* Whether anything known holds on a day. */
static bool is_covered(const struct cq_key_versions *s, int32_t day)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->all[i].run_to && s->all[i].valid_from <= day && day < s->all[i].valid_to)
            return true;
    return false;
}

/* Whether a start lies before an absence after which the row began, be it long ago. A list that
 * says when rows end corrects that; one that does not repeats the start of before it. */
static bool is_before_absence(const struct cq_import_job *job, const struct cq_key_versions *s,
                              const struct cq_version *known, int64_t start)
{
    if (states_end(job))
        return false;
    for (size_t i = 0; i < s->count; i++) {
        int32_t end = s->all[i].valid_to;
        if (!s->all[i].run_to && start < end && end < known->valid_from && !is_covered(s, end))
            return true;
    }
    return false;
}

/* Returns the day from which the row is valid. */
static int32_t start_day(struct cq_import_job *job, const struct cq_key_versions *s,
                         const struct cq_version *known, bool back, const struct cq_value *was,
                         const struct cq_value *is)
{
    const struct cq_value *start = &is[job->list.start];
    if (!known)
        return start->present ? (int32_t)start->number : CQ_DAY_MIN;
    bool same = same_role(job, was, is);
    if (start->present && back && start->number < known->valid_to)
        return job->import->list_date;
    if (start->present && (back || !is_before_absence(job, s, known, start->number)))
        return (int32_t)start->number;
    return back || !same ? job->import->list_date : known->valid_from;
}

/* Adds a conflict to the rows that people review. */
static enum cq_code insert_review(struct cq_import_job *job, const struct cq_record *record,
                                  const struct cq_value *is, struct cq_err *err)
{
    static const char sql[] = "INSERT INTO review (run, line, iin, agency, code, identity)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    int64_t identity;
    enum cq_code code = job->review ? CQ_OK : cq_db_prepare(job->db, &job->review, sql, err);
    if (!code)
        code = cq_list_identity(is, &identity, err);
    if (code)
        return code;
    const char *id = cq_code_id(CQ_R_CONFLICT);
    sqlite3_bind_int64(job->review, 1, job->run.id);
    sqlite3_bind_int64(job->review, 2, record->line);
    sqlite3_bind_int64(job->review, 3, group_of(record->key));
    sqlite3_bind_int64(job->review, 4, cq_key_agency(record->key));
    cq_db_bind_text(job->review, 5, id, strlen(id));
    sqlite3_bind_int64(job->review, 6, identity);
    return cq_db_run(job->db, job->review, err);
}

/* Whether a version is the last of its key that is current. */
static bool is_latest(const struct cq_merge *m, size_t at)
{
    if (m->versions[at].run_to)
        return false;
    for (size_t i = at + 1; i < m->version_count; i++)
        if (!m->versions[i].run_to && key_of(m->versions[i].id) == key_of(m->versions[at].id))
            return false;
    return true;
}

/* Compares a new or changed row with the current rows of the same IIN, in this agency's list and in
 * others: another name and another birth date are another person. Former names are not compared:
 * people marry, and a birth date is corrected after that. */
static enum cq_code check_identity(struct cq_merge *m, const struct cq_record *record,
                                   const struct cq_value *is, bool *conflict, struct cq_err *err)
{
    struct cq_import_job *job = m->job;
    struct cq_value was[CQ_LIST_COLUMNS], stored[CQ_LIST_COLUMNS];
    bool elsewhere = false;
    enum cq_code code = CQ_OK;
    *conflict = false;
    if (job->list.kind != CQ_KIND_CONTINGENT)
        return CQ_OK;
    for (size_t i = 0; i < m->version_count && !code && !*conflict; i++) {
        if (!is_latest(m, i))
            continue;
        elsewhere = elsewhere || (key_of(m->versions[i].id) != record->key &&
                                  m->versions[i].valid_to > job->import->list_date);
        code = read_version(job, &m->versions[i], stored, was, err);
        *conflict = !code && !cq_list_same_person(was, is);
    }
    if (!code && *conflict) {
        cq_import_report(job, CQ_R_CONFLICT, record->line, CQ_P_IIN);
        code = insert_review(job, record, is, err);
    } else if (elsewhere) {
        cq_import_report(job, CQ_W_TWO_AGENCIES, record->line, CQ_P_AGENCY);
    }
    return code;
}

/* Adds the sponsor that a row names. */
static enum cq_code add_link(struct cq_import_job *job, const struct cq_record *record,
                             const struct cq_value *is, struct cq_err *err)
{
    if (job->list.kind != CQ_KIND_CONTINGENT || !is[CQ_P_SPONSOR_IIN].present ||
        !cq_category_has_sponsor((int)is[CQ_P_CATEGORY].number))
        return CQ_OK;
    struct cq_sponsor_link *links =
        cq_grow(job->links, job->link_count + 1, &job->link_room, sizeof *links);
    if (!links)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    job->links = links;
    links[job->link_count++] =
        (struct cq_sponsor_link){is[CQ_P_SPONSOR_IIN].number, record->key, record->line,
                                 is[CQ_P_CATEGORY].number == CQ_CATEGORY_FAMILY};
    return CQ_OK;
}

/* Copies to a row the values of the one before it in columns that the file does not have. Texts are
 * copied too: those of the version are valid until the next one is read. */
static enum cq_code copy_absent_columns(struct cq_merge *m, bool back, const struct cq_value *was,
                                        struct cq_value *is, struct cq_err *err)
{
    const struct cq_list *list = &m->job->list;
    struct cq_value copy[CQ_LIST_COLUMNS];
    bool any = false;
    for (int i = 0; i < (int)list->in_file; i++)
        any = any || (!cq_import_states(m->job, (size_t)i) && in_table(list, i) && was[i].present);
    if (!any)
        return CQ_OK;
    cq_str_clear(&m->copied);
    enum cq_code code = cq_list_pack(list, was, &m->copied);
    if (code)
        return cq_err_set(err, code, NULL);
    cq_list_unpack(list, (const unsigned char *)m->copied.ptr, copy);
    const struct cq_value *from = &is[list->start];
    for (int i = 0; i < (int)list->in_file; i++) {
        bool over = i == list->end &&
                    (back || (from->present && copy[i].present && from->number >= copy[i].number));
        if (!cq_import_states(m->job, (size_t)i) && !is[i].present && in_table(list, i) &&
            i != list->start && !over)
            is[i] = copy[i];
    }
    return CQ_OK;
}

static bool same_row(const struct cq_list *list, const struct cq_value *was,
                     const struct cq_value *is)
{
    for (int i = 0; i < (int)list->count; i++)
        if (in_table(list, i) && !cq_value_same(&was[i], &is[i]))
            return false;
    return true;
}

/* Records what a row changes of one that was known. */
static enum cq_code record_change(struct cq_import_job *job, const struct cq_record *record,
                                  const struct cq_value *was, const struct cq_value *is,
                                  struct cq_err *err)
{
    struct cq_import_result *r = job->result;
    uint64_t columns = 0;
    for (int i = 0; i < (int)job->list.count; i++) {
        if (!in_table(&job->list, i) || cq_value_same(&was[i], &is[i]))
            continue;
        columns |= (uint64_t)1 << i;
        job->emptied[i] += was[i].present && !is[i].present;
    }
    if (job->list.kind == CQ_KIND_CONTINGENT) {
        uint64_t renamed = cq_list_renamed(was, is);
        r->renamed += renamed != 0;
        r->renamed_columns |= renamed;
    }
    return cq_import_touch(job, record->key, columns, err);
}

enum cq_code cq_merge_row(struct cq_merge *m, struct cq_merge_item *item,
                          const struct cq_key_versions *versions, struct cq_err *err)
{
    struct cq_import_job *job = m->job;
    const struct cq_record *record = &item->record;
    struct cq_value was[CQ_LIST_COLUMNS] = {{0}}, is[CQ_LIST_COLUMNS];
    struct cq_value stored[CQ_LIST_COLUMNS];
    struct cq_key_versions s = *versions;
    enum cq_code code = CQ_OK;
    bool outdated = false;
    if (job->list.kind == CQ_KIND_VERDICTS) {
        cq_list_unpack(&job->list, (const unsigned char *)m->bytes.ptr + item->payload, is);
        code = cq_import_check_verdict(job, record, is, s.stated, &item->rejected, &outdated, err);
    }
    if (code || item->rejected)
        return code;
    if (s.stated && s.stated->hash == record->hash && !outdated &&
        !cq_merge_brings_back(job, s.stated)) {
        job->result->unchanged++;
        if (s.stated->line != record->line_hash) /* other bytes, the same row */
            code = cq_versions_set_hashes(job->versions, s.stated->id, record->hash,
                                          record->line_hash, err);
        return code;
    }
    cq_list_unpack(&job->list, (const unsigned char *)m->bytes.ptr + item->payload, is);
    code = check_identity(m, record, is, &item->rejected, err);
    if (code || item->rejected)
        return code;
    code = add_link(job, record, is, err);
    const struct cq_version *known = find_known(&s);
    bool back = comes_back(job, known, is);
    if (!code && known)
        code = read_version(job, known, stored, was, err);
    if (code)
        return code;
    int start = job->list.start, end = job->list.end;
    if (known) {
        was[start] = day_value(known->valid_from);
        if (end >= 0)
            was[end] = day_value(known->valid_to);
        if (same_role(job, was, is))
            code = copy_absent_columns(m, back, was, is, err);
        if (code)
            return code;
    }
    int32_t from = start_day(job, &s, known, back, was, is);
    int32_t to = end >= 0 && is[end].present ? (int32_t)is[end].number : CQ_DAY_MAX;
    if (to <= from) { /* the start was not stated: row_check.c compares those that are */
        cq_import_report(job, CQ_R_DATE_ORDER, record->line, end);
        item->rejected = true;
        return CQ_OK;
    }
    is[start] = day_value(from);
    if (known && !back && !outdated && known->valid_to == to && same_row(&job->list, was, is)) {
        job->result->unchanged++;
        return s.stated ? cq_versions_set_hashes(job->versions, s.stated->id, record->hash,
                                                 record->line_hash, err)
                        : CQ_OK;
    }
    int32_t day = job->import->list_date;
    if (known && known->valid_to > day && to <= day) /* listed, but with an end */
        job->ended_early++;
    if (known)
        code = record_change(job, record, was, is, err);
    else if (job->list.kind == CQ_KIND_FACILITIES)
        code = cq_import_touch(job, record->key, (uint64_t)1 << CQ_F_FACILITY, err);
    if (!code)
        code = write_changes(job, is, was, is, err);
    for (size_t i = 0; i < s.count && !code; i++)
        if (!s.all[i].run_to && s.all[i].valid_to > from)
            code = end_version_at(job, &s.all[i], from, &s.next_id, err);
    if (code)
        return code;
    for (size_t i = 0; i < job->list.table.count; i++)
        stored[i] = is[job->list.stored[i]];
    struct cq_version version = {s.next_id, record->hash, record->line_hash, job->run.id, 0,
                                 from,      to,           record->line};
    if (s.current)
        job->result->changed++;
    else
        job->result->added++;
    return cq_versions_insert(job->versions, &version, stored, err);
}

enum cq_code cq_merge_absence(struct cq_import_job *job, int64_t key,
                              const struct cq_key_versions *versions, struct cq_err *err)
{
    struct cq_value was[CQ_LIST_COLUMNS], stored[CQ_LIST_COLUMNS];
    struct cq_key_versions s = *versions;
    int32_t day = job->import->list_date;
    enum cq_code code = CQ_OK;
    bool ended = false;
    for (size_t i = 0; i < s.count && !code; i++) {
        const struct cq_version *version = &s.all[i];
        if (version->run_to || version->valid_to <= day)
            continue;
        code = read_version(job, version, stored, was, err);
        if (code || cq_import_is_rejected(job, was))
            break;
        if (!ended)
            code = cq_import_touch(job, key, CQ_EFFECT_ABSENT, err);
        if (code)
            break;
        ended = true;
        if (job->changes) {
            if (job->list.kind != CQ_KIND_FACILITIES && job->list.kind != CQ_KIND_VERDICTS)
                was[0] = (struct cq_value){.present = true, .number = group_of(key)};
            struct cq_value before = day_value(version->valid_to), after = day_value(day);
            code = cq_import_write_change(job, was, CQ_CHANGE_END, &before, &after, err);
        }
        if (!code)
            code = end_version_at(job, version, day, &s.next_id, err);
    }
    job->result->ended += ended;
    return code;
}
