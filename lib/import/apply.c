/* Writes one row of a list, or its absence from a full list, to the registry.
 *
 * A column that the file does not have states nothing: the row keeps its value there, but for the
 * days of somebody who comes back, and for an end that is not after the start it states. An empty
 * cell of a column that the file has states that nothing is known. */
#include "import/apply.h"

#include "base/vec.h"
#include "import/effects.h"
#include "import/identity.h"
#include "import/rule_of_time.h"
#include "import/verdicts.h"

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

/* Adds a card that was written. */
static enum cq_code add_card(struct cq_import_job *job, int64_t id, uint32_t line,
                             struct cq_err *err)
{
    struct cq_card_link *cards =
        cq_grow(job->cards, job->card_count + 1, &job->card_room, sizeof *cards);
    if (!cards)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    job->cards = cards;
    cards[job->card_count++] = (struct cq_card_link){id, line};
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
        job->lost_letters += cq_list_lost_letters(was, is);
    }
    columns |= cq_import_soon(job, columns, was, is);
    return cq_import_touch(job, record->key, columns, err);
}

/* A row of the list, and the one that it replaces. */
struct row {
    const struct cq_version *known; /* NULL for a new row; was is empty then */
    struct cq_value was[CQ_LIST_COLUMNS], is[CQ_LIST_COLUMNS];
    bool back; /* brings somebody back */
    int32_t from, to;
};

/* The row says what the registry holds already. */
static enum cq_code keep_row(struct cq_import_job *job, const struct cq_record *record,
                             const struct cq_version *stated, struct cq_err *err)
{
    job->result->unchanged++;
    if (!stated || (stated->hash == record->hash && stated->line == record->line_hash))
        return CQ_OK;
    return cq_versions_set_hashes(job->versions, stated->id, record->hash, record->line_hash, err);
}

/* Completes a row from the one that was known, and finds the days on which it holds. */
static enum cq_code complete_row(struct cq_merge *m, const struct cq_key_versions *s,
                                 struct row *row, struct cq_err *err)
{
    struct cq_import_job *job = m->job;
    struct cq_value stored[CQ_LIST_COLUMNS];
    int start = job->list.start, end = job->list.end;
    enum cq_code code = CQ_OK;
    row->known = cq_rule_known(s);
    row->back = cq_rule_comes_back(job, row->known, row->is);
    if (row->known) {
        code = cq_import_read_version(job, row->known, stored, row->was, err);
        if (code)
            return code;
        row->was[start] = day_value(row->known->valid_from);
        if (end >= 0)
            row->was[end] = day_value(row->known->valid_to);
        if (cq_rule_same_role(job, row->was, row->is))
            code = copy_absent_columns(m, row->back, row->was, row->is, err);
    }
    row->from = cq_rule_start(job, s, row->known, row->back, row->was, row->is);
    row->to = end >= 0 && row->is[end].present ? (int32_t)row->is[end].number : CQ_DAY_MAX;
    return code;
}

/* Adds a row to the index of names, where the one before it was not known by the same ones. */
static enum cq_code add_names(struct cq_import_job *job, int64_t key, const struct row *row,
                              struct cq_err *err)
{
    const struct cq_value *is = row->is;
    bool same = row->known != NULL;
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_BIRTH_DATE; i++)
        same = same && cq_value_same(&row->was[i], &is[i]);
    if (!job->names || same)
        return CQ_OK;
    const struct cq_names names = {.iin = group_of(key),
                                   .last = is[CQ_P_LAST_NAME].text,
                                   .first = is[CQ_P_FIRST_NAME].text,
                                   .middle = is[CQ_P_MIDDLE_NAME].text,
                                   .birth = (int32_t)is[CQ_P_BIRTH_DATE].number};
    return cq_name_writer_add(job->names, &names, err);
}

/* Replaces what the registry holds from the row's start on. */
static enum cq_code write_row(struct cq_import_job *job, const struct cq_record *record,
                              const struct cq_key_versions *versions, const struct row *row,
                              struct cq_err *err)
{
    struct cq_value stored[CQ_LIST_COLUMNS];
    struct cq_key_versions s = *versions;
    int32_t day = job->import->list_date;
    enum cq_code code = CQ_OK;
    if (row->known && row->known->valid_to > day && row->to <= day) /* listed, but with an end */
        job->ended_early++;
    if (row->known)
        code = record_change(job, record, row->was, row->is, err);
    else if (job->list.kind == CQ_KIND_FACILITIES)
        code = cq_import_touch(job, record->key, (uint64_t)1 << CQ_F_FACILITY, err);
    if (!code)
        code = add_names(job, record->key, row, err);
    if (!code)
        code = write_changes(job, row->is, row->was, row->is, err);
    for (size_t i = 0; i < s.count && !code; i++)
        if (!s.all[i].run_to && s.all[i].valid_to > row->from)
            code = end_version_at(job, &s.all[i], row->from, &s.next_id, err);
    if (code)
        return code;
    for (size_t i = 0; i < job->list.table.count; i++)
        stored[i] = row->is[job->list.stored[i]];
    struct cq_version version = {s.next_id, record->hash, record->line_hash, job->run.id,
                                 0,         row->from,    row->to,           record->line};
    if (s.current)
        job->result->changed++;
    else
        job->result->added++;
    if (job->list.kind == CQ_KIND_CARDS)
        code = add_card(job, version.id, record->line, err);
    if (code)
        return code;
    return cq_versions_insert(job->versions, &version, stored, err);
}

static void unpack(const struct cq_merge *m, const struct cq_merge_item *item,
                   struct cq_value *values)
{
    cq_list_unpack(&m->job->list, (const unsigned char *)m->bytes.ptr + item->payload, values);
}

/* A row that says something new, or says it in other bytes. */
static enum cq_code merge_changed(struct cq_merge *m, struct cq_merge_item *item,
                                  const struct cq_key_versions *s, bool outdated,
                                  struct cq_err *err)
{
    struct cq_import_job *job = m->job;
    const struct cq_record *record = &item->record;
    struct row row = {0};
    unpack(m, item, row.is);
    enum cq_code code = cq_import_check_identity(job, record, row.is, m->versions, m->version_count,
                                                 &item->rejected, err);
    if (code || item->rejected)
        return code;
    code = complete_row(m, s, &row, err);
    if (code)
        return code;
    if (row.to <= row.from) { /* the start was not stated: row_check.c compares those that are */
        cq_import_report(job, CQ_R_DATE_ORDER, record->line, job->list.end);
        item->rejected = true;
        return CQ_OK;
    }
    code = add_link(job, record, row.is, err);
    if (code)
        return code;
    row.is[job->list.start] = day_value(row.from);
    if (row.known && !row.back && !outdated && row.known->valid_to == row.to &&
        same_row(&job->list, row.was, row.is))
        return keep_row(job, record, s->stated, err);
    return write_row(job, record, s, &row, err);
}

static enum cq_code check_verdict(struct cq_merge *m, struct cq_merge_item *item,
                                  const struct cq_version *stated, bool *outdated,
                                  struct cq_err *err)
{
    struct cq_value is[CQ_LIST_COLUMNS];
    unpack(m, item, is);
    return cq_import_check_verdict(m->job, &item->record, is, stated, &item->rejected, outdated,
                                   err);
}

enum cq_code cq_merge_row(struct cq_merge *m, struct cq_merge_item *item,
                          const struct cq_key_versions *s, struct cq_err *err)
{
    struct cq_import_job *job = m->job;
    bool outdated = false; /* a verdict on other facts: stated again, it is a new one */
    enum cq_code code = CQ_OK;
    if (job->list.kind == CQ_KIND_VERDICTS)
        code = check_verdict(m, item, s->stated, &outdated, err);
    if (code || item->rejected)
        return code;
    if (s->stated && s->stated->hash == item->record.hash && !outdated &&
        !cq_rule_brings_back(job, s->stated))
        return keep_row(job, &item->record, s->stated, err);
    return merge_changed(m, item, s, outdated, err);
}

/* Whether a row is of a day before the list, of which a full one does not speak. */
static bool is_past(const struct cq_import_job *job, const struct cq_value *was)
{
    return job->list.kind == CQ_KIND_CALENDAR && was[CQ_D_DAY].number < job->import->list_date;
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
        code = cq_import_read_version(job, version, stored, was, err);
        if (code || cq_import_is_rejected(job, was) || is_past(job, was))
            break;
        if (!ended)
            code = cq_import_touch(job, key, CQ_EFFECT_ABSENT, err);
        if (code)
            break;
        ended = true;
        if (job->changes) {
            if (cq_kind_is_of_people(job->list.kind))
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
