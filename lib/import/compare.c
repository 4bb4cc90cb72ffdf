/* The sorted list against the registry, group by group (a group is a person): what is new, what
 * differs, what is gone. Versions are written in the order of their keys; what becomes of one row
 * stands in import_apply.c. */
#include "compare.h"

#include <stdlib.h>

/* Collects the records of a group. */
static enum cq_code take_group(struct cq_merge *m, int64_t group, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    m->count = 0;
    m->mentioned = false;
    cq_str_clear(&m->bytes);
    while (!code && m->ahead && group_of(m->ahead->key) == group) {
        if (m->ahead->size == 0 && m->ahead->line_hash == 0) {
            m->mentioned = true;
            code = cq_sorter_next(m->work->sorter, &m->ahead, err);
            continue;
        }
        if (m->count == m->room) {
            size_t room = m->room ? m->room * 2 : 16;
            struct cq_merge_item *items = realloc(m->items, room * sizeof *items);
            if (!items)
                return cq_err_set(err, CQ_B_NOMEM, NULL);
            m->items = items;
            m->room = room;
        }
        m->items[m->count++] = (struct cq_merge_item){*m->ahead, m->bytes.len, false};
        if (cq_str_add(&m->bytes, (const char *)m->ahead->payload, m->ahead->size))
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        code = cq_sorter_next(m->work->sorter, &m->ahead, err);
    }
    return code;
}

static struct cq_standing look(const struct cq_version *versions, size_t count, int64_t key)
{
    struct cq_standing s = {versions, count, NULL, false, key << CQ_VERSION_BITS};
    for (size_t i = 0; i < count; i++) {
        s.next_id = versions[i].id + 1;
        if (versions[i].run_to)
            continue;
        s.any = true;
        if (versions[i].hash)
            s.said = &versions[i];
    }
    return s;
}
/* A known line stands for the row that the registry holds of it; where that has changed since the
 * reading began, the line is read after all. */
static enum cq_code resolve(struct cq_merge *m, struct cq_merge_item *item,
                            const struct cq_standing *s, struct cq_err *err)
{
    const unsigned char *payload;
    struct cq_importing *work = m->work;
    if (item->record.size > 0)
        return CQ_OK;
    if (s->said && s->said->line == item->record.line_hash) {
        item->record.hash = s->said->hash;
        return CQ_OK;
    }
    enum cq_code code = cq_import_reread(work, &item->record, &payload, err);
    if (code)
        return code;
    item->record.hash = cq_hash_row(payload, work->packed.len);
    item->record.size = (uint32_t)work->packed.len;
    item->payload = m->bytes.len;
    if (cq_str_add(&m->bytes, (const char *)payload, item->record.size))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    return CQ_OK;
}

/* Rows of one key: the same row again is taken once, different rows are all rejected.
 * Returns the row that stands, or NULL. Shape: items first to last (exclusive) have one key. */
static const struct cq_merge_item *settle_key(struct cq_merge *m, size_t first, size_t last)
{
    struct cq_importing *work = m->work;
    bool same = true;
    for (size_t i = first + 1; i < last; i++)
        same = same && m->items[i].record.hash == m->items[first].record.hash;
    int column = work->list.kind == CQ_KIND_FACILITIES ? CQ_F_FACILITY : CQ_P_IIN;
    for (size_t i = first; i < last && last - first > 1; i++) {
        if (!same) {
            cq_import_find(work, CQ_R_DUPLICATE, m->items[i].record.line, column);
        } else if (i > first) {
            cq_import_find(work, CQ_W_DUPLICATE, m->items[i].record.line, column);
            work->result->unchanged++;
        }
    }
    return same ? &m->items[first] : NULL;
}
/* Whether a full list speaks for a key: rows of its agency (or of those it names), or all rows of
 * its kind. */
static bool in_scope(const struct cq_importing *work, int64_t key)
{
    int agency = (int)(key & ((1 << CQ_AGENCY_BITS) - 1));
    if (!work->import->full)
        return false;
    if (work->list.kind != CQ_KIND_CONTINGENT)
        return true;
    return work->import->agency ? agency == work->import->agency : work->agencies >> agency & 1;
}

/* Whether a row held on a day, before this run. */
static bool stands(const struct cq_standing *s, int32_t day)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->all[i].run_to && s->all[i].valid_to > day)
            return true;
    return false;
}

/* Rows of one IIN in the lists of two agencies must speak of one person. */
static void reject_strangers(struct cq_merge *m)
{
    struct cq_value first[CQ_LIST_COLUMNS], other[CQ_LIST_COLUMNS];
    const struct cq_list *list = &m->work->list;
    bool strangers = false;
    if (list->kind != CQ_KIND_CONTINGENT || m->count < 2 || m->items[0].record.size == 0)
        return;
    cq_list_unpack(list, (const unsigned char *)m->bytes.ptr + m->items[0].payload, first);
    for (size_t i = 1; i < m->count; i++) {
        if (m->items[i].record.size == 0 || m->items[i].record.key == m->items[0].record.key)
            continue;
        cq_list_unpack(list, (const unsigned char *)m->bytes.ptr + m->items[i].payload, other);
        strangers = strangers || !cq_list_same_person(first, other);
    }
    for (size_t i = 0; i < m->count && strangers; i++) {
        m->items[i].rejected = true;
        cq_import_find(m->work, CQ_R_CONFLICT, m->items[i].record.line, CQ_P_IIN);
    }
}

/* One group: its records and its versions, both in order of their keys. */
static enum cq_code merge_group(struct cq_merge *m, int64_t group, struct cq_err *err)
{
    size_t i = 0, v = 0;
    enum cq_code code = take_group(m, group, err);
    if (!code)
        code =
            cq_versions_read_group(m->work->versions, group, &m->versions, &m->version_count, err);
    if (!code)
        reject_strangers(m);
    const struct cq_version *versions = m->versions;
    size_t version_count = m->version_count;
    while (!code && (i < m->count || v < version_count)) {
        int64_t key = i < m->count ? m->items[i].record.key : INT64_MAX;
        if (v < version_count && key_of(versions[v].id) < key)
            key = key_of(versions[v].id);
        size_t last_item = i, last_version = v;
        while (last_item < m->count && m->items[last_item].record.key == key)
            last_item++;
        while (last_version < version_count && key_of(versions[last_version].id) == key)
            last_version++;
        struct cq_standing s = look(versions + v, last_version - v, key);
        m->work->in_scope += in_scope(m->work, key) && stands(&s, m->work->import->list_date);
        if (last_item > i) {
            for (size_t k = i; k < last_item && !code; k++)
                code = resolve(m, &m->items[k], &s, err);
            const struct cq_merge_item *item =
                code || m->items[i].rejected ? NULL : settle_key(m, i, last_item);
            if (item)
                code = cq_merge_row(m, item, &s, err);
        } else if (s.any && in_scope(m->work, key) && !m->mentioned) {
            code = cq_merge_absence(m->work, key, &s, err);
        }
        i = last_item;
        v = last_version;
    }
    return code;
}

/* Looking up each group costs more than one scan where the list names much of the registry. */
static enum cq_code should_scan(struct cq_importing *work, bool *scan, struct cq_err *err)
{
    int64_t last;
    struct cq_str sql = {0};
    *scan = true;
    if (work->import->full || cq_sorter_count(work->sorter) > 100000)
        return CQ_OK;
    /* The table's pages, cheaply: how many versions a scan would pass. */
    cq_str_addf(&sql, "SELECT count(*) FROM (SELECT 1 FROM %s LIMIT 1000000)",
                work->list.table.name);
    enum cq_code code = cq_db_int(work->db, sql.ptr, &last, err);
    cq_str_free(&sql);
    *scan = last < cq_sorter_count(work->sorter) * 8;
    return code;
}

enum cq_code cq_import_merge(struct cq_importing *work, struct cq_err *err)
{
    struct cq_merge m = {.work = work};
    bool scan;
    enum cq_code code = should_scan(work, &scan, err);
    if (!code)
        code = cq_versions_open(&work->versions, work->db, &work->list.table, scan, err);
    if (!code)
        code = cq_sorter_next(work->sorter, &m.ahead, err);
    while (!code) {
        int64_t group = work->import->full ? cq_versions_next_group(work->versions) : INT64_MAX;
        if (m.ahead && group_of(m.ahead->key) < group)
            group = group_of(m.ahead->key);
        if (group == INT64_MAX)
            break;
        code = merge_group(&m, group, err);
        if (!code && work->no_memory)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    if (!code)
        code = cq_import_check_sponsors(work, err);
    sqlite3_finalize(work->review);
    work->review = NULL;
    cq_versions_close(work->versions);
    work->versions = NULL;
    free(m.items);
    cq_str_free(&m.bytes);
    cq_str_free(&m.kept);
    return code;
}
