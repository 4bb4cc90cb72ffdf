/* What becomes of one row of a list, and of one that a full list no longer names.
 *
 * The rule of time, for every kind of list: a row says what holds from its start on. Versions that
 * begin there or later give way to it; one that reaches over its start is cut short there; earlier
 * ones stay. A row that names no start takes the start of the row it replaces; if it says another
 * category, or the person was gone, it starts on the day of the list; if nothing was there before,
 * its start stays open.
 *
 * A column that the file does not have says nothing: the row keeps what it held there. An empty cell
 * of a column that is there says that nothing is known. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include "cq/hash.h"
#include "cq/kato.h"

/* Spreads the values of a table's row over the columns of the list. */
static enum cq_code read_version(struct cq_importing *work, const struct cq_version *version,
                                 struct cq_value *stored, struct cq_value *values,
                                 struct cq_err *err)
{
    enum cq_code code = cq_versions_read(work->versions, version->id, stored, err);
    if (code)
        return code;
    for (size_t i = 0; i < work->list.count; i++)
        values[i] = (struct cq_value){0};
    for (size_t i = 0; i < work->list.table.count; i++)
        values[work->list.stored[i]] = stored[i];
    return CQ_OK;
}

static struct cq_value day_value(int32_t day)
{
    bool open = day == CQ_DAY_MIN || day == CQ_DAY_MAX;
    return (struct cq_value){.present = !open, .number = open ? 0 : day};
}

/* Two values as a list would write them. */
static bool same_value(const struct cq_value *a, const struct cq_value *b)
{
    return a->present == b->present && a->number == b->number && a->text.len == b->text.len &&
           (a->text.len == 0 || memcmp(a->text.ptr, b->text.ptr, a->text.len) == 0);
}

static bool in_table(const struct cq_list *list, int column)
{
    for (size_t i = 0; i < list->table.count; i++)
        if (list->stored[i] == column)
            return true;
    return column == list->start || column == list->end;
}

/* Tells the differences between what was (all absent for a new row) and what is. */
static enum cq_code tell_changes(struct cq_importing *work, const struct cq_value *names,
                                 const struct cq_value *was, const struct cq_value *is,
                                 struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    for (int i = 0; i < (int)work->list.count && !code && work->changes; i++)
        if (in_table(&work->list, i) && !same_value(&was[i], &is[i]))
            code = cq_import_change(work, names, i, &was[i], &is[i], err);
    return code;
}

/* Ends a version, and keeps its part before a day if it has one. */
static enum cq_code cut(struct cq_importing *work, const struct cq_version *version, int32_t day,
                        int64_t *next_id, struct cq_err *err)
{
    struct cq_value stored[CQ_LIST_COLUMNS];
    enum cq_code code = cq_versions_end(work->versions, version->id, work->run.id, err);
    if (code || version->valid_from >= day)
        return code;
    code = cq_versions_read(work->versions, version->id, stored, err);
    if (code)
        return code;
    struct cq_version part = *version;
    part.id = (*next_id)++;
    part.hash = 0;
    part.line = 0;
    part.list_line = 0;
    part.run_from = work->run.id;
    part.run_to = 0;
    part.valid_to = day;
    return cq_versions_insert(work->versions, &part, stored, err);
}

static bool same_role(const struct cq_importing *work, const struct cq_value *was,
                      const struct cq_value *is)
{
    return work->list.kind != CQ_KIND_CONTINGENT ||
           was[CQ_P_CATEGORY].number == is[CQ_P_CATEGORY].number;
}

/* The day from which the row holds. */
static int32_t start_day(struct cq_importing *work, const struct cq_standing *s,
                         const struct cq_value *was, const struct cq_value *is)
{
    int start = work->list.start;
    if (is[start].present)
        return (int32_t)is[start].number;
    if (s->said && same_role(work, was, is))
        return s->said->valid_from;
    return s->any ? work->import->list_date : CQ_DAY_MIN;
}

/* Puts a contradiction on the list that people settle. */
static enum cq_code keep_for_review(struct cq_importing *work, const struct cq_record *record,
                                    struct cq_err *err)
{
    static const char sql[] =
        "INSERT INTO review (run, line, iin, agency, code) VALUES (?1, ?2, ?3, ?4, ?5)";
    enum cq_code code = work->review ? CQ_OK : cq_db_prepare(work->db, &work->review, sql, err);
    if (code)
        return code;
    const char *id = cq_code_id(CQ_R_CONFLICT);
    sqlite3_bind_int64(work->review, 1, work->run.id);
    sqlite3_bind_int64(work->review, 2, record->line);
    sqlite3_bind_int64(work->review, 3, group_of(record->key));
    sqlite3_bind_int64(work->review, 4, record->key & ((1 << CQ_AGENCY_BITS) - 1));
    cq_db_bind_text(work->review, 5, id, strlen(id));
    return cq_db_run(work->db, work->review, err);
}

/* Whether a version stands and is the last to do so of its key: what is known today. */
static bool is_latest(const struct cq_merge *m, size_t at)
{
    if (m->versions[at].run_to)
        return false;
    for (size_t i = at + 1; i < m->version_count; i++)
        if (!m->versions[i].run_to && key_of(m->versions[i].id) == key_of(m->versions[at].id))
            return false;
    return true;
}

/* Compares a new or changed row with what stands of the same IIN, in this agency's list and in
 * others: another name and another birth date are another person. Names of former years count no
 * more: people marry, and a birth date is corrected after that. */
static enum cq_code check_identity(struct cq_merge *m, const struct cq_record *record,
                                   const struct cq_value *is, bool *conflict, struct cq_err *err)
{
    struct cq_importing *work = m->work;
    struct cq_value was[CQ_LIST_COLUMNS], stored[CQ_LIST_COLUMNS];
    bool elsewhere = false;
    enum cq_code code = CQ_OK;
    *conflict = false;
    if (work->list.kind != CQ_KIND_CONTINGENT)
        return CQ_OK;
    for (size_t i = 0; i < m->version_count && !code && !*conflict; i++) {
        if (!is_latest(m, i))
            continue;
        elsewhere = elsewhere || (key_of(m->versions[i].id) != record->key &&
                                  m->versions[i].valid_to > work->import->list_date);
        code = read_version(work, &m->versions[i], stored, was, err);
        *conflict = !code && !cq_list_same_person(was, is);
    }
    if (!code && *conflict) {
        cq_import_find(work, CQ_R_CONFLICT, record->line, CQ_P_IIN);
        code = keep_for_review(work, record, err);
    } else if (elsewhere) {
        cq_import_find(work, CQ_W_TWO_AGENCIES, record->line, CQ_P_AGENCY);
    }
    return code;
}

/* Remembers whom a row names as sponsor. */
static enum cq_code keep_link(struct cq_importing *work, const struct cq_record *record,
                              const struct cq_value *is, struct cq_err *err)
{
    if (work->list.kind != CQ_KIND_CONTINGENT || !is[CQ_P_SPONSOR_IIN].present ||
        (is[CQ_P_CATEGORY].number != CQ_CATEGORY_FAMILY &&
         is[CQ_P_CATEGORY].number != CQ_CATEGORY_CHILD_OF_FALLEN))
        return CQ_OK;
    if (work->link_count == work->link_room) {
        size_t room = work->link_room ? work->link_room * 2 : 64;
        struct cq_link *links = realloc(work->links, room * sizeof *links);
        if (!links)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        work->links = links;
        work->link_room = room;
    }
    work->links[work->link_count++] = (struct cq_link){
        is[CQ_P_SPONSOR_IIN].number, record->line, is[CQ_P_CATEGORY].number == CQ_CATEGORY_FAMILY};
    return CQ_OK;
}

/* Gives a row what the one before it held in columns that the file does not have. The values are
 * copied: those of the version last until the next one is read. */
static enum cq_code keep_unsaid(struct cq_merge *m, const struct cq_value *was, struct cq_value *is,
                                struct cq_err *err)
{
    const struct cq_list *list = &m->work->list;
    struct cq_value copy[CQ_LIST_COLUMNS];
    bool any = false;
    for (int i = 0; i < (int)list->in_file; i++)
        any = any || (m->work->map[i] < 0 && in_table(list, i) && was[i].present);
    if (!any)
        return CQ_OK;
    cq_str_clear(&m->kept);
    if (cq_list_pack(list, was, &m->kept))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    cq_list_unpack(list, (const unsigned char *)m->kept.ptr, copy);
    for (int i = 0; i < (int)list->in_file; i++)
        if (m->work->map[i] < 0 && in_table(list, i) && i != list->start)
            is[i] = copy[i];
    return CQ_OK;
}

static bool same_row(const struct cq_list *list, const struct cq_value *was,
                     const struct cq_value *is)
{
    for (int i = 0; i < (int)list->count; i++)
        if (in_table(list, i) && !same_value(&was[i], &is[i]))
            return false;
    return true;
}

/* Counts who would lose cover. */
static void count_leaving(struct cq_importing *work, const struct cq_value *was)
{
    if (work->list.kind != CQ_KIND_CONTINGENT)
        return;
    const struct cq_value *residence = &was[CQ_P_RESIDENCE];
    int region = residence->present ? cq_kato_region((int32_t)residence->number) : 0;
    if (was[CQ_P_CATEGORY].number < CQ_CATEGORIES)
        work->result->leaving[was[CQ_P_CATEGORY].number][region]++;
}

enum cq_code cq_merge_row(struct cq_merge *m, const struct cq_merge_item *item,
                          const struct cq_standing *standing, struct cq_err *err)
{
    struct cq_importing *work = m->work;
    const struct cq_record *record = &item->record;
    struct cq_value was[CQ_LIST_COLUMNS] = {{0}}, is[CQ_LIST_COLUMNS];
    struct cq_value stored[CQ_LIST_COLUMNS];
    struct cq_standing s = *standing;
    enum cq_code code = CQ_OK;
    if (s.said && s.said->hash == record->hash) {
        work->result->unchanged++;
        if (s.said->line != record->line_hash) /* other bytes, the same row */
            code = cq_versions_set_hashes(work->versions, s.said->id, record->hash,
                                          record->line_hash, err);
        return code;
    }
    cq_list_unpack(&work->list, (const unsigned char *)m->bytes.ptr + item->payload, is);
    bool conflict;
    code = check_identity(m, record, is, &conflict, err);
    if (code || conflict)
        return code;
    code = keep_link(work, record, is, err);
    if (!code && s.said)
        code = read_version(work, s.said, stored, was, err);
    if (code)
        return code;
    int start = work->list.start, end = work->list.end;
    if (s.said) {
        was[start] = day_value(s.said->valid_from);
        if (end >= 0)
            was[end] = day_value(s.said->valid_to);
        if (same_role(work, was, is))
            code = keep_unsaid(m, was, is, err);
        if (code)
            return code;
    }
    int32_t from = start_day(work, &s, was, is);
    int32_t to = end >= 0 && is[end].present ? (int32_t)is[end].number : CQ_DAY_MAX;
    is[start] = day_value(from);
    if (s.said && same_row(&work->list, was, is)) {
        work->result->unchanged++;
        return cq_versions_set_hashes(work->versions, s.said->id, record->hash, record->line_hash,
                                      err);
    }
    int32_t day = work->import->list_date;
    if (s.said && s.said->valid_to > day && to <= day) { /* named, and ended all the same */
        work->cut_off++;
        count_leaving(work, was);
    }
    code = tell_changes(work, is, was, is, err);
    for (size_t i = 0; i < s.count && !code; i++)
        if (!s.all[i].run_to && s.all[i].valid_to > from)
            code = cut(work, &s.all[i], from, &s.next_id, err);
    if (code)
        return code;
    for (size_t i = 0; i < work->list.table.count; i++)
        stored[i] = is[work->list.stored[i]];
    struct cq_version version = {s.next_id, record->hash, record->line_hash, work->run.id, 0,
                                 from,      to,           record->line};
    if (s.any)
        work->result->changed++;
    else
        work->result->added++;
    return cq_versions_insert(work->versions, &version, stored, err);
}

/* Whether a rejected row of the list may be this person's. */
static bool is_stray(const struct cq_importing *work, const struct cq_value *was)
{
    if (work->stray_count == 0)
        return false;
    int64_t hash = cq_import_stray(was);
    return bsearch(&hash, work->strays, work->stray_count, sizeof hash, cq_import_by_hash);
}

enum cq_code cq_merge_absence(struct cq_importing *work, int64_t key,
                              const struct cq_standing *standing, struct cq_err *err)
{
    struct cq_value was[CQ_LIST_COLUMNS], stored[CQ_LIST_COLUMNS];
    struct cq_standing s = *standing;
    int32_t day = work->import->list_date;
    enum cq_code code = CQ_OK;
    bool ended = false;
    for (size_t i = 0; i < s.count && !code; i++) {
        const struct cq_version *version = &s.all[i];
        if (version->run_to || version->valid_to <= day)
            continue;
        code = read_version(work, version, stored, was, err);
        if (code || is_stray(work, was))
            break;
        if (!ended)
            count_leaving(work, was);
        ended = true;
        if (work->changes) {
            if (work->list.kind != CQ_KIND_FACILITIES)
                was[0] = (struct cq_value){.present = true, .number = group_of(key)};
            struct cq_value before = day_value(version->valid_to), after = day_value(day);
            code = cq_import_change(work, was, CQ_CHANGE_END, &before, &after, err);
        }
        if (!code)
            code = cut(work, version, day, &s.next_id, err);
    }
    work->result->ended += ended;
    return code;
}
